"""What people press and write gets a plain answer, whatever it is."""

from __future__ import annotations

import pytest

from bot.actions import Answer, Consent, Human, OpenGroup

from ..api import Server
from ..errands import BIRTH, UNKNOWN, offered
from ..people import Person

pytestmark = pytest.mark.asyncio(loop_scope="package")

OLD_BUTTONS = ("x:another:version", "a:birth:gone:yes", "g:gone", "p::::", "y:99999999", "😀", "h:" + "x" * 62)


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
