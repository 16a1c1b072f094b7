"""Sending, changing and deleting messages, with the limits of the Bot API."""

from __future__ import annotations

from typing import Any

from .groups import topic_of
from .markup import CannotParse, parse_html, units
from .world import Chat, Json, Refusal, World

CAPTION = 1024  # the same, https://core.telegram.org/bots/api#sendphoto
TEXT = 4096  # UTF-16 units after parsing, https://core.telegram.org/bots/api#sendmessage
DATA = 64  # bytes, https://core.telegram.org/bots/api#inlinekeyboardbutton
BUTTONS, IN_A_ROW = 100, 8  # https://limits.tginfo.me/en
ACTIONS = {
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
}  # fmt: skip
COPIED = (
    "text", "entities", "caption", "caption_entities", "photo", "voice", "document", "video", "audio", "sticker",
    "location",
)  # fmt: skip
LINKS = ("http://", "https://", "tg://")


def send(world: World, params: Json) -> Json:
    """https://core.telegram.org/bots/api#sendmessage"""
    chat = world.reachable(params["chat_id"])
    text, entities = content(params)
    buttons = markup(params)
    more = {"reply_markup": buttons, "reply_to_message": _quoted(chat, params.get("reply_parameters") or {})}
    return world.post(chat, world.bot, text=text, entities=entities, **more, **topic_of(chat, params))


def send_photo(world: World, params: Json) -> Json:
    """https://core.telegram.org/bots/api#sendphoto"""
    chat = world.reachable(params["chat_id"])
    held: Json = {"photo": [{"file_id": params["photo"], "file_unique_id": "p", "width": 90, "height": 90}]}
    if params.get("caption"):
        held["caption"], held["caption_entities"] = content({**params, "text": params["caption"]}, CAPTION)
    return world.post(chat, world.bot, **held, reply_markup=markup(params))


def copy(world: World, params: Json) -> Json:
    """https://core.telegram.org/bots/api#copymessage"""
    chat, source = world.reachable(params["chat_id"]), world.reachable(params["from_chat_id"])
    original = source.messages.get(int(params["message_id"]))
    if original is None:
        raise Refusal(400, "Bad Request: message to copy not found")
    held = {key: original[key] for key in COPIED if key in original}
    if not held:
        raise Refusal(400, "Bad Request: message can't be copied")
    quoted = _quoted(chat, params.get("reply_parameters") or {})
    more = {"reply_markup": markup(params), "reply_to_message": quoted}
    copied = world.post(chat, world.bot, **held, **more, **topic_of(chat, params))
    return {"message_id": copied["message_id"]}


def edit(world: World, params: Json) -> Json:
    """https://core.telegram.org/bots/api#editmessagetext"""
    chat, message = _own(world, params, "edit")
    text, entities = content(params)
    return _changed(world, chat, message, text=text, entities=entities, reply_markup=markup(params))


def edit_buttons(world: World, params: Json) -> Json:
    """https://core.telegram.org/bots/api#editmessagereplymarkup"""
    chat, message = _own(world, params, "edit")
    return _changed(world, chat, message, reply_markup=markup(params))


def delete(world: World, params: Json) -> bool:
    """https://core.telegram.org/bots/api#deletemessage"""
    chat, message = _own(world, params, "delete")
    world.remove(chat, message)
    return True


def _own(world: World, params: Json, verb: str) -> tuple[Chat, Json]:
    """The message of the bot's own that *params* name."""
    chat = world.reachable(params["chat_id"])
    message = chat.messages.get(int(params["message_id"]))
    if message is None:
        raise Refusal(400, f"Bad Request: message to {verb} not found")
    if message["from"]["id"] != world.bot["id"]:
        raise Refusal(400, f"Bad Request: message can't be {verb.rstrip('e')}ed")
    return chat, message


def _changed(world: World, chat: Chat, message: Json, **content: Any) -> Json:
    if all(message.get(key) == (value or None) for key, value in content.items()):
        raise Refusal(
            400,
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
            "same as a current content and reply markup of the message",
        )
    return world.change(chat, message, **content)


def content(params: Json, limit: int = TEXT) -> tuple[str, list[Json]]:
    """Text and entities; https://core.telegram.org/bots/api#formatting-options"""
    mode = params.get("parse_mode")
    if mode not in (None, "HTML"):
        raise Refusal(400, "Bad Request: unsupported parse_mode")
    try:
        text, entities = parse_html(params["text"]) if mode else (params["text"].strip(), [])
    except CannotParse as error:
        raise Refusal(400, f"Bad Request: can't parse entities: {error}") from error
    if not text:
        raise Refusal(400, "Bad Request: message text is empty")
    if units(text) > limit:
        raise Refusal(400, "Bad Request: message is too long")
    return text, entities


def markup(params: Json) -> Json | None:
    """The buttons; https://core.telegram.org/bots/api#inlinekeyboardmarkup"""
    buttons: Json | None = params.get("reply_markup")
    rows = (buttons or {}).get("inline_keyboard", [])
    if sum(map(len, rows)) > BUTTONS or any(len(row) > IN_A_ROW for row in rows):
        raise Refusal(400, "Bad Request: REPLY_MARKUP_TOO_LONG")
    for row in rows:
        for button in row:
            _button(button)
    return buttons if any(rows) else None


def _button(button: Json) -> None:
    does = ACTIONS & button.keys()
    if not button.get("text", "").strip():
        raise Refusal(400, "Bad Request: can't parse inline keyboard button: Text of the button must be non-empty")
    if len(does) != 1:
        raise Refusal(400, "Bad Request: can't parse inline keyboard button: exactly one action is needed")
    if "callback_data" in does and not 1 <= len(button["callback_data"].encode()) <= DATA:
        raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
    if "url" in does and not button["url"].startswith(LINKS):
        raise Refusal(400, f"Bad Request: inline keyboard button URL '{button['url']}' is invalid")


def _quoted(chat: Chat, reply: Json) -> Json | None:
    """The message replied to; https://core.telegram.org/bots/api#replyparameters"""
    if "message_id" not in reply:
        return None
    quoted = chat.messages.get(int(reply["message_id"]))
    if quoted is None and not reply.get("allow_sending_without_reply"):
        raise Refusal(400, "Bad Request: message to be replied not found")
    return {key: value for key, value in quoted.items() if key != "reply_to_message"} if quoted else None
