"""What happens to a question on its way to the collaborators and back, over real HTTP."""

from __future__ import annotations

import pytest

from bot.actions import Handle

from ..api import Server
from ..errands import asked, fresh, offered
from ..harness import COLLABORATORS
from ..people import Person, actions
from ..world import Json

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def claimed(citizen: Person, collaborator: Person) -> Json:
    """The card of a question that *collaborator* claimed."""
    question = await asked(citizen)
    await collaborator.expect(question["text"])
    collaborator.tap("Tôi trả lời")
    return await collaborator.expect(question["text"], "đang trả lời")


async def test_without_consent_nothing_is_passed_on(server: Server, citizen: Person, collaborator: Person):
    question = citizen.say(fresh())
    await offered(citizen)
    citizen.tap("Không gửi")
    await citizen.expect("em không gửi câu hỏi đi")
    after = await asked(Person(server))
    await collaborator.expect(after["text"])

    assert not any(question["text"] in text for text in collaborator.shown())


async def test_of_fifty_who_claim_at_once_one_has_it_and_all_read_who(server: Server, citizen: Person):
    crowd = [Person(server, server.world.chats[COLLABORATORS]) for _ in range(50)]
    question = await asked(citizen)
    card = await crowd[0].expect(question["text"])
    for person in crowd:
        person.tap("Tôi trả lời", under=card)
    await citizen.expect("đã nhận câu hỏi")
    names = [person.user["first_name"] for person in crowd]
    (winner,) = (name for name in names if f"{name} đang trả lời, giữ" in server_text(crowd[0], card))

    await server.bell.until(lambda: any(f": {winner} đang trả lời." in text for text in crowd[0].shown()), 10)
    assert sum(f": {winner} đang trả lời." in text for text in crowd[0].shown()) == 1
    assert sum("đã nhận câu hỏi" in text for text in citizen.shown()) == 1


def server_text(person: Person, message: Json) -> str:
    return str(person.chat.messages[message["message_id"]]["text"])


@pytest.mark.parametrize(
    "text", ["**a** [b](https://c.vn) <i>&amp; \\ _x_", "x" * 4000 + " hết", "a b\n" * 1000 + "hết"]
)
async def test_an_answer_arrives_as_it_was_written(citizen: Person, collaborator: Person, text: str):
    card = await claimed(citizen, collaborator)
    collaborator.reply_to(card, text)
    await collaborator.expect("Bản nháp")
    assert not any("hết" in shown for shown in citizen.shown())

    collaborator.tap("Gửi")
    await citizen.expect(text[-6:])

    assert "".join(text.split()) in "".join("".join(citizen.shown()).split()).replace(NOTE, "")


NOTE = "Đâylàlờigiúpđỡ,khôngphảiquyếtđịnhcủacơquannhànước."


async def test_a_collaborator_learns_that_the_citizen_blocked_the_bot(
    server: Server, citizen: Person, collaborator: Person
):
    card = await claimed(citizen, collaborator)
    collaborator.reply_to(card, "tới xã hỏi")
    await collaborator.expect("Bản nháp")
    citizen.block()

    collaborator.tap("Gửi")

    await collaborator.expect("đã chặn bot")
    server.refusals[:] = [refusal for refusal in server.refusals if "blocked by the user" not in refusal]


async def test_a_question_asked_back_is_answered_in_the_case(citizen: Person, collaborator: Person):
    card = await claimed(citizen, collaborator)
    collaborator.reply_to(card, "trận nào rứa?")
    await collaborator.expect("Bản nháp")
    collaborator.tap("Hỏi lại người hỏi")
    await citizen.expect("trận nào rứa?")

    citizen.say("trận chiều qua ở sân Hòa Xuân, số 0905 123 456")

    told = await collaborator.expect("sân Hòa Xuân")
    assert "0905" not in told["text"]


async def test_an_edited_answer_changes_where_it_is_read_and_a_recalled_one_is_gone(
    citizen: Person, collaborator: Person
):
    card = await claimed(citizen, collaborator)
    part = collaborator.reply_to(card, "hai không")
    await collaborator.expect("Bản nháp")
    collaborator.tap("Gửi")
    got = await citizen.expect("hai không")

    collaborator.edit(part, "hai đều")
    changed = await citizen.expect("hai đều")
    collaborator.tap("Thu hồi")
    recalled = await citizen.expect("đã thu hồi")

    assert {got["message_id"]} == {changed["message_id"], recalled["message_id"]}
    assert not any("hai đều" in text for text in citizen.shown())


async def test_a_withdrawn_question_needs_no_answer(citizen: Person, collaborator: Person):
    question = await asked(citizen)
    card = await collaborator.expect(question["text"])

    citizen.tap("Rút câu hỏi")
    await citizen.expect("Em đã rút câu hỏi")
    await collaborator.expect("người hỏi đã rút lại")

    assert question["text"] not in server_text(collaborator, card)


async def test_buttons_of_collaborators_do_nothing_for_a_citizen(citizen: Person, server: Server, collaborator: Person):
    question = await asked(citizen)
    card = await collaborator.expect(question["text"])
    number = next(action.case for action in actions(card) if isinstance(action, Handle))
    stranger = Person(server)
    stranger.say("/menu")
    await stranger.expect()

    stranger.tap_data(f"Cc:{number}:take")
    stranger.tap_data(f"Cq:{number}:withdraw")
    await server.bell.until(lambda: all(server.world.taps.values()), 5)
    citizen.tap("Đã gửi tới đâu")

    await citizen.expect("câu")
    assert "đã nhận" not in citizen.shown()[-1]
