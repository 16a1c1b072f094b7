"""What a citizen, two collaborators and an admin live through with the bot, over real HTTP, in either mode.

One bot serves the whole module, as it serves a commune: each test has its own chats.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.actions import Answer, Consent, Human, Menu, OpenGroup, OpenPage, OpenStep

from .api import Server
from .errands import BIRTH, UNKNOWN, asked, offered
from .harness import ADMIN, COLLABORATORS, MODES, BotProcess, a_bot, a_server, write_config
from .people import Person, actions
from .world import Json, Refusal

pytestmark = pytest.mark.asyncio(loop_scope="module")

PHONE = UNKNOWN + ", goi toi so 0905 123 456"
OLD_BUTTONS = ("x:another:version", "a:birth:gone:yes", "g:gone", "p::::", "y:99999999", "😀", "h:" + "x" * 62)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server() -> AsyncIterator[Server]:
    async with a_server() as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=MODES, autouse=True)
async def bot(
    server: Server, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> AsyncIterator[BotProcess]:
    config = write_config(tmp_path_factory.mktemp("bot"), server, request.param)
    await server.updates.set_webhook({})
    async with a_bot(server, config) as bot:
        yield bot


@pytest.fixture
def citizen(server: Server) -> Person:
    return Person(server)


@pytest.fixture
def collaborator(server: Server) -> Person:
    return Person(server, server.world.chats[COLLABORATORS])


def has_question(message: Json) -> bool:
    return any(isinstance(action, Answer) for action in actions(message))


# The main job


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
    question = citizen.say(PHONE)
    await offered(citizen)
    assert collaborator.shown() == [] or "mai dinh" not in collaborator.shown()[-1]

    citizen.tap(Consent)
    await citizen.expect_button(Human)
    copy = await collaborator.expect("tran bong")
    collaborator.reply_to(copy, "Cá sấu phải xin <phép> Chi cục Kiểm lâm & đăng ký ở xã.")
    answer = await citizen.expect("xin <phép> Chi cục Kiểm lâm & đăng ký")
    await collaborator.expect()

    assert "0905" not in copy["text"]
    assert "123 456" not in copy["text"]
    assert answer["reply_to_message"]["message_id"] == question["message_id"]


async def test_each_reply_finds_its_own_asker(server: Server, collaborator: Person):
    people = [Person(server) for _ in range(3)]
    copies = []
    for person in people:
        await asked(person)
        copies.append(await collaborator.expect("tran bong"))

    for number, copy in reversed(list(enumerate(copies))):
        collaborator.reply_to(copy, f"trả lời thứ {number}")

    for number, person in enumerate(people):
        await person.expect(f"trả lời thứ {number}")
        assert sum("trả lời thứ" in text for text in person.shown()) == 1


async def test_a_reply_arrives_even_when_the_question_was_deleted(citizen: Person, collaborator: Person):
    question = await asked(citizen)
    copy = await collaborator.expect("tran bong")
    citizen.world.remove(citizen.chat, citizen.chat.messages[question["message_id"]])

    collaborator.reply_to(copy, "vẫn tới nơi")

    answer = await citizen.expect("vẫn tới nơi")
    assert "reply_to_message" not in answer


async def test_what_the_collaborators_say_among_themselves_goes_nowhere(citizen: Person, collaborator: Person):
    question = await asked(citizen)
    await collaborator.expect("tran bong")
    before = len(citizen.chat.events)

    note = collaborator.say("ai biết câu này không")
    collaborator.reply_to(note, "tôi chịu")
    citizen.say("/menu", reply_to=question)
    await citizen.expect_button(OpenGroup)

    assert len(citizen.chat.events) == before + 2


async def test_forgetting_takes_the_copy_away(citizen: Person, collaborator: Person):
    await asked(citizen)
    copy = await collaborator.expect("tran bong")

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


# When Telegram refuses


async def test_too_many_requests_delay_one_chat_and_no_other(citizen: Person, server: Server):
    other = Person(server)
    slow_down = Refusal(429, "Too Many Requests: retry after 1", retry_after=1)
    server.fail("sendMessage", slow_down, chat=citizen.chat.id)

    citizen.say("/menu")
    await server.bell.until(lambda: server.called("sendMessage", chat_id=citizen.chat.id), 5)
    other.say("/menu")
    await other.expect_button(OpenGroup)
    assert citizen.shown() == []

    await citizen.expect_button(OpenGroup)
    assert len(citizen.shown()) == 1


async def test_a_citizen_who_blocked_the_bot_is_served_again_when_back(citizen: Person, server: Server):
    citizen.say("/menu")
    await citizen.expect_button(Menu)
    blocked = Refusal(403, "Forbidden: bot was blocked by the user")
    server.fail("sendMessage", blocked, chat=citizen.chat.id)
    citizen.say("/help")
    await server.bell.until(lambda: len(server.called("sendMessage", chat_id=citizen.chat.id)) == 2, 5)

    citizen.unblock()
    citizen.say("/menu")

    await citizen.expect_button(OpenGroup)


async def test_a_refused_message_does_not_hold_up_the_next(citizen: Person, server: Server):
    server.fail("sendMessage", Refusal(400, "Bad Request: TOPIC_CLOSED"), chat=citizen.chat.id)

    citizen.say("/help")
    citizen.say("/menu")

    await citizen.expect_button(OpenGroup)
    assert len(citizen.shown()) == 1


async def test_markup_that_telegram_cannot_read_goes_out_as_plain_text(citizen: Person, server: Server):
    unreadable = Refusal(400, 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0')
    server.fail("sendMessage", unreadable, chat=citizen.chat.id)

    citizen.say(BIRTH)
    screen = await citizen.expect_button(Answer)

    assert "entities" not in screen
    assert "**" not in screen["text"]


async def test_an_edit_that_is_refused_becomes_a_new_message(citizen: Person, server: Server):
    citizen.say(BIRTH)
    first = await citizen.expect_button(Answer)
    citizen.world.remove(citizen.chat, citizen.chat.messages[first["message_id"]])

    citizen.tap(Answer, under=first)
    second = await citizen.expect_button(Answer)

    assert second["message_id"] > first["message_id"]
    assert server.refusals.pop() == "editMessageText: Bad Request: message to edit not found"


@pytest.mark.parametrize("late", [False, True])
async def test_a_broken_connection_loses_no_answer(citizen: Person, server: Server, late: bool):
    server.drop("sendMessage", chat=citizen.chat.id, late=late)

    citizen.say("/menu")
    await server.bell.until(lambda: len(server.called("sendMessage", chat_id=citizen.chat.id)) == 2, 10)

    assert len(citizen.shown()) == 1 + late


async def test_errors_of_the_server_lose_no_answer(citizen: Person, server: Server):
    server.fail("sendMessage", Refusal(500, "Internal Server Error"), chat=citizen.chat.id)
    server.fail("sendMessage", Refusal(502, "Bad Gateway"), chat=citizen.chat.id)

    citizen.say("/menu")

    await citizen.expect_button(OpenGroup)


# What people press and write


@pytest.mark.parametrize("data", OLD_BUTTONS)
async def test_a_button_of_another_version_shows_where_the_citizen_stands(citizen: Person, server: Server, data: str):
    citizen.say(BIRTH)
    await citizen.expect_button(Answer)
    citizen.tap(Answer)
    await citizen.expect_button(Answer)

    def screens() -> int:
        return len(server.called("sendMessage", **here) + server.called("editMessageText", **here))

    here = {"chat_id": citizen.chat.id}
    citizen.tap_data(data)
    await server.bell.until(lambda: screens() == 3 and all(server.world.taps.values()), 5)
    citizen.say("/help")
    await server.bell.until(lambda: screens() == 4, 5)


BAD = {
    "4096 characters": "a b" * 1365 + "a",
    "4096 digits": "9" * 4096,
    "10,000 emoji": "😀" * 10_000,
    "family emoji": "👨‍👩‍👧‍👦" * 500,
    "right to left": "\u202eمرحبا كيف أسجل مولودا\u202c \u200f",
    "zero width": "kh\u200bai\u200d si\ufeffnh\u2060",
    "only zero width": "\u200b\u200b",
    "combining marks": "a" + "\u0301" * 3000,
    "SQL": "'; DROP TABLE sessions; -- \" OR 1=1",
    "HTML": "<b>đậm <script>alert(1)</script> &lt; </i> <a href='x'>",
    "Markdown": "**đậm** _nghiêng_ [x](tg://user?id=1) `mã` ~~~",
    "template": "{question} %s {0.__class__} ${x} \\N{BULLET}",
    "null and controls": "a\x00b\x07\x1b[31m\r\n\t",
    "lines": "\n" * 4000 + "x",
    "unknown command": "/khongco@thu_tuc_bot x",
    "bare slash": "/",
    "slash and space": "/ start",
    "long payload": "/start " + "g_" * 60,
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
async def test_bad_input_gets_a_plain_answer(citizen: Person, server: Server, text: str):
    last = citizen.say(text)
    written = len(citizen.chat.messages)
    await server.bell.until(lambda: len(citizen.shown()) >= written, 10)

    citizen.say("/menu")
    await citizen.expect_button(OpenGroup)

    assert last["message_id"] in citizen.chat.messages
    assert len(citizen.shown()) == written + 1


async def test_bad_input_reaches_the_collaborators_as_written(citizen: Person, collaborator: Person):
    text = "cuop bien <b>vung vinh & **dam** [x](https://a.vn)"
    citizen.say("/menu")
    await citizen.expect_button(Human)
    citizen.tap(Human)
    await citizen.expect()

    citizen.say(text)
    await citizen.expect_button(Consent)
    citizen.tap(Consent)

    await collaborator.expect(text)


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "document", "location"])
async def test_what_is_not_text_gets_a_polite_answer(citizen: Person, kind: str):
    citizen.send(kind)

    await citizen.expect_button(Human)


async def test_an_album_is_answered_once(citizen: Person):
    for _ in range(4):
        citizen.send("photo", media_group_id="17")
    citizen.say("/menu")
    await citizen.expect_button(OpenGroup)

    assert len(citizen.shown()) == 2


async def test_a_corrected_message_is_answered_again(citizen: Person):
    message = citizen.say(UNKNOWN)
    await offered(citizen)

    citizen.edit(message, BIRTH)

    await citizen.expect_button(Answer)
