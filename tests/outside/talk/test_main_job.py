"""What a citizen, two collaborators and an admin live through with the bot, over real HTTP."""

from __future__ import annotations

import pytest

from bot.actions import Answer, Consent, Human, OpenGroup, OpenPage, OpenStep

from ..api import Server
from ..errands import BIRTH, asked, fresh, offered
from ..harness import ADMIN
from ..people import Person, actions
from ..world import Json

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def answer(collaborator: Person, copy: Json, text: str) -> None:
    """Reply to a question with *text*, and send it."""
    collaborator.reply_to(copy, text)
    panel = await collaborator.expect("Bản nháp", text)
    collaborator.tap("Gửi", under=panel)


def has_question(message: Json) -> bool:
    return any(isinstance(action, Answer) for action in actions(message))


async def test_commands_are_registered_in_both_languages(server: Server):
    assert set(server.commands) == {"", "en"}


async def test_the_birth_group_is_walked_to_its_plan_on_one_screen(citizen: Person, server: Server):
    citizen.say(BIRTH)
    screen = await citizen.expect_button(Answer)
    first, steps = screen["message_id"], 0

    while has_question(screen):
        citizen.tap(Answer)
        screen = await citizen.expect(having=actions)
        steps += 1

    assert steps >= 4
    assert screen["message_id"] == first
    assert any(isinstance(action, OpenStep) for action in actions(screen))
    assert any(isinstance(action, OpenPage) for action in actions(screen))
    await server.bell.until(lambda: all(server.world.taps.values()), 5)


async def test_a_screen_further_up_is_left_as_it_is(citizen: Person):
    citizen.say(BIRTH)
    older = await citizen.expect_button(Answer)
    citizen.say("/menu")
    await citizen.expect_button(OpenGroup)

    citizen.tap(Answer, under=older)
    newer = await citizen.expect_button(Answer)

    assert newer["message_id"] > older["message_id"]
    assert citizen.chat.messages[older["message_id"]]["text"] == older["text"]


async def test_an_unknown_question_reaches_a_collaborator_whose_reply_comes_back(citizen: Person, collaborator: Person):
    asked_for = fresh()
    question = citizen.say(asked_for + ", goi toi so 0905 123 456")
    await offered(citizen)
    assert not any(asked_for in text for text in collaborator.shown())

    citizen.tap(Consent)
    await citizen.expect_button(Human)
    copy = await collaborator.expect(asked_for)
    await answer(collaborator, copy, "Cá sấu phải xin <phép> Chi cục Kiểm lâm & đăng ký ở xã.")
    got = await citizen.expect("xin <phép> Chi cục Kiểm lâm & đăng ký")
    await collaborator.expect("Đã gửi trả lời")

    assert "0905" not in copy["text"]
    assert "123 456" not in copy["text"]
    assert got["reply_to_message"]["message_id"] == question["message_id"]


async def test_each_reply_finds_its_own_asker(server: Server, collaborator: Person):
    people = [Person(server) for _ in range(3)]
    copies = []
    for person in people:
        question = await asked(person)
        copies.append(await collaborator.expect(question["text"]))

    for number, copy in reversed(list(enumerate(copies))):
        await answer(collaborator, copy, f"trả lời thứ {number}")

    for number, person in enumerate(people):
        await person.expect(f"trả lời thứ {number}")
        assert sum("trả lời thứ" in text for text in person.shown()) == 1


async def test_a_reply_arrives_even_when_the_question_was_deleted(citizen: Person, collaborator: Person):
    question = await asked(citizen)
    copy = await collaborator.expect(question["text"])
    citizen.world.remove(citizen.chat, citizen.chat.messages[question["message_id"]])

    await answer(collaborator, copy, "vẫn tới nơi")

    got = await citizen.expect("vẫn tới nơi")
    assert "reply_to_message" not in got


async def test_what_the_collaborators_say_among_themselves_goes_nowhere(citizen: Person, collaborator: Person):
    question = await asked(citizen)
    await collaborator.expect(question["text"])
    before = len(citizen.chat.events)

    note = collaborator.say("ai biết câu này không")
    collaborator.reply_to(note, "tôi chịu")
    citizen.say("/menu", reply_to=question)
    await citizen.expect_button(OpenGroup)

    assert len(citizen.chat.events) == before + 2


async def test_forgetting_takes_the_copy_away(citizen: Person, collaborator: Person):
    question = await asked(citizen)
    copy = await collaborator.expect(question["text"])

    citizen.say("/forget")
    await citizen.expect()

    await citizen.server.bell.until(lambda: copy["message_id"] not in collaborator.chat.messages, 5)


async def test_the_status_is_for_admins_only(citizen: Person, server: Server):
    admin = Person(server, id=ADMIN)

    admin.say("/status")
    citizen.say("/status")

    status = await admin.expect()
    assert not actions(status)
    assert status["text"] != (await citizen.expect())["text"]
