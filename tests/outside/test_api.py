"""The server of these tests refuses what Telegram refuses; seen through plain HTTP."""

from __future__ import annotations

import json

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message

from .api import TOKEN, Server
from .behaviours import TABLE
from .client import Client
from .markup import CannotParse, parse_html, units
from .oracle import problems_of_reply
from .people import Person
from .world import Json

BUTTON = {"text": "Menu", "callback_data": "m"}


# Text


@pytest.mark.parametrize(
    ("html", "plain", "entities"),
    [
        ("<b>Giấy</b> tờ", "Giấy tờ", [("bold", 0, 4)]),
        ("a &lt;b&gt; &amp;&#225; &copy; &", "a <b> &á &copy; &", []),
        ("  😀<i>x</i>  ", "😀x", [("italic", 2, 1)]),
        ('<a href="https://a.vn/?b=1&amp;c=2">ở đây</a>', "ở đây", [("text_link", 0, 5)]),
        ('<a href="nowhere">ở đây</a>', "ở đây", []),
        ("<b><i>a</i></b>", "a", [("bold", 0, 1), ("italic", 0, 1)]),
        ("<B>a</b >", "a", [("bold", 0, 1)]),
    ],
)
def test_html_becomes_text_and_entities(html: str, plain: str, entities: list[tuple[str, int, int]]):
    text, found = parse_html(html)

    assert text == plain
    assert [(one["type"], one["offset"], one["length"]) for one in found] == entities


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ("a < b", "Unclosed start tag at byte offset 2"),
        ("<3 thương>", 'Unsupported start tag "3" at byte offset 0'),
        ("đ<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ],
)
def test_other_html_is_refused(html: str, complaint: str):
    with pytest.raises(CannotParse) as refused:
        parse_html(html)

    assert str(refused.value) == complaint


def test_length_is_counted_in_utf_16():
    assert units("đ😀") == 3


# Sending


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": ""}, "message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
        ({"text": "x", "parse_mode": "Markdown"}, "unsupported parse_mode"),
        ({"text": "x", "chat_id": 404}, "chat not found"),
        ({"text": "x", "reply_parameters": {"message_id": 9}}, "message to be replied not found"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[BUTTON] * 9]}}, "REPLY_MARKUP_TOO_LONG"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[BUTTON]] * 101}}, "REPLY_MARKUP_TOO_LONG"),
        *(
            ({"text": "x", "reply_markup": {"inline_keyboard": [[{**BUTTON, **odd}]]}}, complaint)
            for odd, complaint in [
                ({"callback_data": "đ" * 33}, "BUTTON_DATA_INVALID"),
                ({"callback_data": ""}, "BUTTON_DATA_INVALID"),
                ({"text": " "}, "must be non-empty"),
                ({"url": "https://a.vn"}, "exactly one action"),
            ]
        ),
    ],
)
async def test_a_message_beyond_the_limits_is_refused(client: Client, citizen: Person, params: Json, complaint: str):
    reply = await client("sendMessage", **{"chat_id": citizen.chat.id, **params})

    assert reply["error_code"] == 400
    assert complaint in reply["description"]
    assert citizen.shown() == []


@pytest.mark.parametrize(
    "params",
    [
        {"text": "x" * 4096},
        {"text": "<b>" + "&lt;" * 4096 + "</b>", "parse_mode": "HTML"},
        {"text": "x", "reply_parameters": {"message_id": 9, "allow_sending_without_reply": True}},
        {"text": "x", "reply_markup": {"inline_keyboard": [[{**BUTTON, "callback_data": "x" * 64}] * 8] * 12}},
    ],
)
async def test_a_message_within_the_limits_is_shown(client: Client, citizen: Person, params: Json):
    reply = await client("sendMessage", chat_id=citizen.chat.id, **params)

    assert reply["ok"], reply
    assert len(citizen.shown()) == 1


@pytest.mark.parametrize(
    "params",
    [
        {"text": "x", "txet": "y"},
        {"text": "x", "reply_markup": {"inline_keyboard": [[{**BUTTON, "colour": "red"}]]}},
        {"text": "x", "reply_markup": {"inline_keyboard": [BUTTON]}},
        {"text": {"vi": "x"}},
        {"text": "x", "disable_notification": "perhaps"},
    ],
)
async def test_a_call_that_the_models_do_not_know_is_a_violation(
    client: Client, server: Server, citizen: Person, params: Json
):
    reply = await client("sendMessage", chat_id=citizen.chat.id, **params)

    assert not reply["ok"]
    assert server.violations
    server.violations.clear()


def test_a_reply_that_the_models_do_not_know_is_a_violation():
    method = TABLE["sendmessage"].method
    message = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}

    assert problems_of_reply(method, {"ok": True, "result": message}) == []
    assert problems_of_reply(method, {"ok": True, "result": {**message, "chat": {"id": 1, "type": "private", "x": 1}}})
    assert problems_of_reply(method, {"ok": True, "result": {"message_id": 1}})


async def test_a_form_with_json_in_it_is_as_good_as_json(client: Client, citizen: Person):
    markup = json.dumps({"inline_keyboard": [[BUTTON]]})

    reply = await client.form("sendMessage", chat_id=str(citizen.chat.id), text="Giấy tờ", reply_markup=markup)

    assert reply["result"]["reply_markup"] == {"inline_keyboard": [[BUTTON]]}


async def test_unknown_methods_and_tokens_are_told_apart(client: Client, server: Server):
    assert (await client("sendMesage"))["error_code"] == 404
    assert (await client("getMe", token="1:x"))["error_code"] == 401
    assert (await client("getMe", token="nonsense"))["error_code"] == 404
    assert (await client("GETME"))["ok"]
    server.violations.clear()


# Editing and deleting


async def test_only_messages_of_the_bot_change_and_only_when_something_changes(client: Client, citizen: Person):
    theirs = citizen.say("Xin chào")
    mine = (await client("sendMessage", chat_id=citizen.chat.id, text="Dạ"))["result"]["message_id"]
    here = {"chat_id": citizen.chat.id, "message_id": mine}

    assert "not modified" in (await client("editMessageText", **here, text="Dạ"))["description"]
    assert (await client("editMessageText", **here, text="Dạ vâng"))["ok"]
    assert (
        "can't be edited"
        in (await client("editMessageText", **{**here, "message_id": theirs["message_id"]}, text="x"))["description"]
    )
    assert (await client("deleteMessage", **here))["ok"]
    assert "not found" in (await client("editMessageText", **here, text="x"))["description"]
    assert "not found" in (await client("deleteMessage", **here))["description"]
    assert citizen.shown() == []


async def test_an_edit_without_buttons_takes_them_away(client: Client, citizen: Person):
    markup = {"inline_keyboard": [[BUTTON]]}
    sent = await client("sendMessage", chat_id=citizen.chat.id, text="Dạ", reply_markup=markup)

    edited = await client(
        "editMessageText", chat_id=citizen.chat.id, message_id=sent["result"]["message_id"], text="Dạ"
    )

    assert "reply_markup" not in edited["result"]


async def test_a_client_that_others_wrote_is_content(server: Server, citizen: Person):
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(server.url)))
    buttons = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(**BUTTON)]])
    citizen.say("/start")

    async with bot.context():
        (update,) = await bot.get_updates()
        assert update.message
        sent = await bot.send_message(citizen.chat.id, "<b>Dạ</b>", parse_mode="HTML", reply_markup=buttons)
        edited = await sent.edit_text("Vâng")

    assert update.message.text == "/start"
    assert sent.html_text == "<b>Dạ</b>"
    assert isinstance(edited, Message)
    assert edited.reply_markup is None
