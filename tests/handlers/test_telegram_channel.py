"""Each answer of the Bot API becomes the outcome the desk can act on."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from telegram import Bot
from telegram.error import NetworkError, TimedOut

from bot.actions import Menu
from bot.attachments import Chart, Column, Line, Media, Sheet
from bot.messages import (
    Address,
    Button,
    Copied,
    Done,
    Inspect,
    Moved,
    OpenTopic,
    Outcome,
    Outgoing,
    Refused,
    Screen,
    Sent,
    Standing,
    TopicGone,
    Unreachable,
)
from bot.press import Press
from handlers.delivery import Broken, Unavailable, Wait
from handlers.telegram import TokenRevoked
from handlers.telegram.channel import TelegramChannel

if TYPE_CHECKING:
    from tests.handlers.conftest import Wire

HERE = Address("telegram", "5")
NEW, EDIT, DELETE = Outgoing(HERE, Screen("**a**")), Outgoing(HERE, Screen("a"), edits=8), Outgoing(HERE, edits=8)


@pytest.fixture
def channel(telegram_bot: Bot, tmp_path: Path) -> TelegramChannel:
    return TelegramChannel(telegram_bot, Press(tmp_path).make)


async def test_a_message_sent_has_the_id_telegram_gave_it(channel: TelegramChannel, wire: Wire) -> None:
    wire.answers("SendMessage", {"message_id": 31})

    assert await channel.send(NEW) == Sent(31)
    assert wire.sent("SendMessage")[0]["text"] == "<b>a</b>"


async def test_a_link_to_the_bot_itself_has_its_address(channel: TelegramChannel, wire: Wire) -> None:
    await channel.send(Outgoing(HERE, Screen("[nhận lời](start:j_abc)")))

    assert wire.sent("SendMessage")[0]["text"] == '<a href="https://t.me/thu_tuc_bot?start=j_abc">nhận lời</a>'


async def test_an_edited_message_keeps_its_id(channel: TelegramChannel, wire: Wire) -> None:
    wire.answers("EditMessageText", {"message_id": 8})

    assert await channel.send(EDIT) == Sent(8)


async def test_a_deletion_has_no_id(channel: TelegramChannel) -> None:
    assert await channel.send(DELETE) == Sent(None)


async def test_of_several_messages_the_last_counts(channel: TelegramChannel, wire: Wire) -> None:
    wire.answers("SendMessage", {"message_id": 31}, {"message_id": 32})

    assert await channel.send(Outgoing(HERE, Screen("a" * 5000, ((Button("b", Menu()),),)))) == Sent(32)


GROUP = Address("telegram", "-1009")
IN_TOPIC = Outgoing(Address("telegram", "-1009#77"), Screen("a"))
COPY = Outgoing(HERE, copies=Copied(GROUP, 31))


async def test_a_copy_has_an_id_of_its_own(channel: TelegramChannel, wire: Wire) -> None:
    wire.answers("CopyMessage", {"message_id": 32})

    assert await channel.send(COPY) == Sent(32)


REFUSALS: list[tuple[Outgoing, int, str, dict[str, object], Outcome]] = [
    (NEW, 403, "Forbidden: bot was blocked by the user", {}, Unreachable()),
    (NEW, 400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -1009}, Moved("-1009")),
    (NEW, 400, "Bad Request: chat not found", {}, Refused("Chat not found")),
    (EDIT, 400, "Bad Request: message is not modified: exactly the same", {}, Sent(8)),
    (EDIT, 400, "Bad Request: BUTTON_DATA_INVALID", {}, Refused("Button_data_invalid")),
    (IN_TOPIC, 400, "Bad Request: message thread not found", {}, TopicGone()),
    (IN_TOPIC, 400, "Bad Request: TOPIC_DELETED", {}, TopicGone()),
    (IN_TOPIC, 400, "Bad Request: TOPIC_CLOSED", {}, TopicGone()),
    (IN_TOPIC, 400, "Bad Request: chat not found", {}, Refused("Chat not found")),
    (Outgoing(GROUP, Screen("a")), 400, "Bad Request: TOPIC_CLOSED", {}, Refused("Topic_closed")),
    (COPY, 400, "Bad Request: message to copy not found", {}, Refused("Message to copy not found")),
    (COPY, 403, "Forbidden: bot was blocked by the user", {}, Unreachable()),
    (
        COPY,
        400,
        "Bad Request: group chat was upgraded",
        {"migrate_to_chat_id": -1008},
        Refused("the message to copy is in a group that is another by now"),
    ),
    (
        Outgoing(GROUP, copies=Copied(HERE, 3)),
        400,
        "Bad Request: group chat was upgraded",
        {"migrate_to_chat_id": -1008},
        Moved("-1008"),
    ),
    (DELETE, 400, "Bad Request: message to delete not found", {}, Sent(None)),
    (DELETE, 400, "Bad Request: message can't be deleted", {}, Refused("Message can't be deleted")),
]


@pytest.mark.parametrize(("outgoing", "status", "description", "parameters", "outcome"), REFUSALS)
async def test_a_refusal_becomes_an_outcome(
    channel: TelegramChannel,
    wire: Wire,
    outgoing: Outgoing,
    status: int,
    description: str,
    parameters: dict[str, object],
    outcome: Outcome,
) -> None:
    for method in ("SendMessage", "EditMessageText", "DeleteMessage", "CopyMessage"):
        wire.fails(method, status, description, **parameters)

    assert await channel.send(outgoing) == outcome
    assert len(wire.calls) == 1


async def test_a_topic_that_nobody_opened_yet_is_not_written_to(channel: TelegramChannel, wire: Wire) -> None:
    named = Address("telegram", "-1009#civil-status")

    outcomes = [await channel.send(Outgoing(named, Screen("a"))), await channel.send(replace(COPY, to=named))]

    assert (outcomes, wire.calls) == ([TopicGone()] * 2, [])


OPEN = Outgoing(Address("telegram", "-1009#civil-status"), job=OpenTopic("Khai sinh", "civil-status"))
LOOK = Outgoing(GROUP, job=Inspect())


async def test_a_topic_is_opened_by_its_name_and_known_by_its_number(channel: TelegramChannel, wire: Wire) -> None:
    wire.answers("CreateForumTopic", {"message_thread_id": 77, "name": "Khai sinh", "icon_color": 1})

    assert await channel.send(OPEN) == Done(77)
    assert wire.calls == [("CreateForumTopic", {"chat_id": -1009, "name": "Khai sinh"})]


@pytest.mark.parametrize("description", ["the chat is not a forum", "not enough rights to create a topic"])
async def test_a_topic_that_cannot_be_opened_is_a_job_without_a_result(
    channel: TelegramChannel, wire: Wire, description: str
) -> None:
    wire.fails("CreateForumTopic", 400, f"Bad Request: {description}")

    assert await channel.send(OPEN) == Refused(description.capitalize())


STANDINGS = [
    ({"status": "administrator", "can_manage_topics": True}, {}, True, Standing(True, True, True, True)),
    ({"status": "administrator", "can_manage_topics": False}, {}, True, Standing(True, True, True, False)),
    ({"status": "member"}, {}, False, Standing(True, False, False, False)),
    ({"status": "member"}, {"can_read_all_group_messages": True}, False, Standing(True, True, False, False)),
    ({"status": "restricted", "can_send_messages": False}, {}, False, Standing(False, False, False, False)),
    ({"status": "left"}, {}, False, None),
    ("nonsense", {}, False, None),
]


@pytest.mark.parametrize(("member", "me", "forum", "expected"), STANDINGS)
async def test_how_the_bot_stands_is_looked_up(
    channel: TelegramChannel, wire: Wire, member: object, me: dict[str, object], forum: bool, expected: Standing | None
) -> None:
    wire.answers("GetMe", {"id": 7, "is_bot": True, "first_name": "Thủ tục"} | me)
    wire.answers("GetChatMember", member)
    wire.answers("GetChat", {"id": -1009, "type": "supergroup", "is_forum": forum})

    assert await channel.send(LOOK) == Done(expected)
    assert wire.sent("GetChatMember") == [{"chat_id": -1009, "user_id": 7}]


async def test_a_group_that_does_not_know_the_bot_tells_nothing(channel: TelegramChannel, wire: Wire) -> None:
    wire.fails("GetChatMember", 403, "Forbidden: bot was kicked from the supergroup chat")

    assert await channel.send(LOOK) == Unreachable()


@pytest.mark.parametrize("description", ["message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID"])
async def test_a_message_that_cannot_be_edited_is_sent_anew(
    channel: TelegramChannel, wire: Wire, description: str
) -> None:
    wire.fails("EditMessageText", 400, f"Bad Request: {description}")
    wire.answers("SendMessage", {"message_id": 32})

    assert await channel.send(EDIT) == Sent(32)
    assert "message_id" not in wire.sent("SendMessage")[0]


async def test_markup_telegram_cannot_read_goes_out_plain_once(channel: TelegramChannel, wire: Wire) -> None:
    wire.fails("SendMessage", 400, "Bad Request: can't parse entities: unexpected end")
    wire.answers("SendMessage", {"message_id": 33})

    assert await channel.send(NEW) == Sent(33)
    assert [call.get("parse_mode") for call in wire.sent("SendMessage")] == ["HTML", None]
    assert wire.sent("SendMessage")[1]["text"] == "a"


async def test_too_many_requests_ask_for_a_pause(channel: TelegramChannel, wire: Wire) -> None:
    wire.fails("SendMessage", 429, "Too Many Requests", retry_after=17)

    with pytest.raises(Wait) as wait:
        await channel.send(NEW)
    assert wait.value.seconds == 17


@pytest.mark.parametrize("trouble", [TimedOut(), NetworkError("down"), OSError("odd")])
async def test_network_trouble_is_to_be_tried_again(channel: TelegramChannel, wire: Wire, trouble: Exception) -> None:
    wire.answers("SendMessage", trouble)

    with pytest.raises(Unavailable):
        await channel.send(NEW)


@pytest.mark.parametrize("status", [500, 502, 409])
async def test_trouble_at_telegram_is_to_be_tried_again(channel: TelegramChannel, wire: Wire, status: int) -> None:
    wire.fails("SendMessage", status, "Bad Gateway")

    with pytest.raises(Unavailable):
        await channel.send(NEW)


@pytest.mark.parametrize("status", [401, 404])
async def test_a_revoked_token_is_said_plainly(channel: TelegramChannel, wire: Wire, status: int) -> None:
    wire.fails("SendMessage", status, "Unauthorized")

    with pytest.raises(TokenRevoked, match="BotFather") as error:
        await channel.send(NEW)
    assert isinstance(error.value, Broken)


async def test_a_tap_is_answered_and_its_failure_ignored(channel: TelegramChannel, wire: Wire) -> None:
    wire.fails("AnswerCallbackQuery", 400, "Bad Request: query is too old")

    channel.answer_soon("4")
    for _ in range(10):
        await asyncio.sleep(0)
    await channel.aclose()

    assert wire.calls == [("AnswerCallbackQuery", {"callback_query_id": "4"})]


async def test_commands_are_set_by_language_and_a_failure_stops_nothing(channel: TelegramChannel, wire: Wire) -> None:
    wire.fails("SetMyCommands", 429, "Too Many Requests", retry_after=17)

    await channel.set_commands({"vi": {"help": "Trợ giúp"}, "en": {"help": "Help"}})

    assert wire.sent("SetMyCommands") == [
        {"commands": [{"command": "help", "description": "Trợ giúp"}]},
        {"commands": [{"command": "help", "description": "Help"}], "language_code": "en"},
    ]


SHEET = Sheet("khai-sinh", (Line("tick", "Giấy chứng sinh"),), start="birth_1", start_note="Quét để mở lại")


async def test_a_sheet_goes_along_as_a_document_with_the_screen_below_it(channel: TelegramChannel, wire: Wire) -> None:
    await channel.bot.initialize()  # the code on the sheet holds the bot's name
    wire.answers("SendDocument", {"message_id": 31, "document": {"file_id": "f1"}})

    sent = await channel.send(Outgoing(HERE, Screen("**a**", ((Button("b", Menu()),),)), edits=8, attachment=SHEET))

    assert sent == Sent(31, "f1")
    (call,) = wire.sent("SendDocument")
    assert call["caption"] == "<b>a</b>"
    assert "reply_markup" in call


async def test_a_chart_is_shown_as_a_photo_with_the_words_below_it(channel: TelegramChannel, wire: Wire) -> None:
    await channel.bot.initialize()
    wire.answers("SendPhoto", {"message_id": 31, "photo": [{"file_id": "s"}, {"file_id": "l"}]})
    chart = Chart("cau-hoi", "Câu hỏi", "8 tuần", ("chưa trả lời được",), (Column("23/11", (3,), "60 %", "3/5"),))

    assert await channel.send(Outgoing(HERE, Screen("**a**"), attachment=chart)) == Sent(31, "l")
    assert wire.sent("SendPhoto")[0]["caption"] == "<b>a</b>"


async def test_a_text_too_long_for_a_caption_follows_the_file(channel: TelegramChannel, wire: Wire) -> None:
    await channel.bot.initialize()
    wire.answers("SendPhoto", {"message_id": 31, "photo": [{"file_id": "s"}, {"file_id": "l"}]})
    wire.answers("SendMessage", {"message_id": 32})

    sent = await channel.send(Outgoing(HERE, Screen("a" * 1025), attachment=replace(SHEET, format="png")))

    assert sent == Sent(32, "l")
    assert "caption" not in wire.sent("SendPhoto")[0]


async def test_a_video_is_uploaded_once(telegram_bot: Bot, wire: Wire, tmp_path: Path) -> None:
    (tmp_path / "nop.mp4").write_bytes(b"a video")
    channel = TelegramChannel(telegram_bot, Press(tmp_path).make)
    wire.answers("SendVideo", *({"message_id": id, "video": {"file_id": "v1"}} for id in (31, 32)))

    first = await channel.send(Outgoing(HERE, Screen("a"), attachment=Media("nop.mp4")))
    again = await channel.send(Outgoing(HERE, Screen("a"), attachment=Media("nop.mp4", ref="v1")))

    assert (first, again) == (Sent(31, "v1"), Sent(32, "v1"))
    assert [call.get("video") for call in wire.sent("SendVideo")] == [None, "v1"]  # bytes are no parameter


async def test_a_file_telegram_forgot_is_uploaded_again(telegram_bot: Bot, wire: Wire, tmp_path: Path) -> None:
    (tmp_path / "nop.mp4").write_bytes(b"a video")
    channel = TelegramChannel(telegram_bot, Press(tmp_path).make)
    wire.fails("SendVideo", 400, "Bad Request: wrong file identifier/HTTP URL specified")
    wire.answers("SendVideo", {"message_id": 31, "video": {"file_id": "v2"}})

    assert await channel.send(Outgoing(HERE, Screen("a"), attachment=Media("nop.mp4", ref="v1"))) == Sent(31, "v2")


async def test_a_file_that_is_gone_is_refused(channel: TelegramChannel) -> None:
    assert isinstance(await channel.send(Outgoing(HERE, Screen("a"), attachment=Media("nop.mp4"))), Refused)
