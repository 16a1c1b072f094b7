"""What Telegram reports, in the words every channel shares.

It reads the plain JSON of an update: building the library's typed objects only to take five values out of
them makes the whole bot 1.4 times slower (measured), so the price is that every value is checked here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.actions import decode
from bot.messages import Address, File, Incoming, Kind

CHANNEL = "telegram"
INLINE = "telegram-inline"  # a channel of its own, where a chat is a query that waits for choices

# https://core.telegram.org/bots/api#message: what a person can send instead of a text
ATTACHMENTS = (
    "animation", "audio", "checklist", "contact", "dice", "document", "game", "location", "paid_media", "photo",
    "poll", "sticker", "story", "venue", "video", "video_note", "voice",
)  # fmt: skip
GROUPS = ("group", "supergroup")
GONE = ("kicked", "left")  # a private chat reports a block as "kicked"

Json = Mapping[str, object]

_ADDRESSED = re.compile(r"(/\w+)@(\w+)(.*)", re.DOTALL)  # in a group a command names its bot: /help@this_bot


def incoming(update: Json, name: str = "") -> Incoming | None:
    """*update* as an Incoming; None for what the bot does not serve. *name* is the bot's own user name."""
    number = _number(update.get("update_id"))
    if number is None:
        return None
    ident = str(number)
    if tap := _object(update.get("callback_query")):
        return _tap(ident, tap)
    if message := _object(update.get("message")):
        return _message(ident, message, name)
    if message := _object(update.get("edited_message")):
        return _edited(ident, message, name)
    if query := _object(update.get("inline_query")):
        return _query(ident, query)
    if member := _object(update.get("my_chat_member")):
        return _membership(ident, member)
    return None


def tap_id(update: Json) -> str | None:
    """The id with which a tap is to be acknowledged, if *update* is one."""
    return _text(_object(update.get("callback_query")).get("id")) or None


def _tap(ident: str, tap: Json) -> Incoming | None:
    screen, person = _object(tap.get("message")), _object(tap.get("from"))
    sender = _address(screen)
    if sender is None:
        return None
    return Incoming(
        ident,
        sender,
        "tap",
        action=decode(_text(tap.get("data"))),
        message=_number(screen.get("message_id")),
        user=_number(person.get("id")),
        person=_called(person),
        language=_text(person.get("language_code")) or None,
        group=_in_group(screen),
    )


def _query(ident: str, query: Json) -> Incoming | None:
    """https://core.telegram.org/bots/api#inlinequery; who asks does not matter, all are told the same."""
    id = _text(query.get("id"))
    return Incoming(ident, Address(INLINE, id), "inline", _text(query.get("query"))) if id else None


def _message(ident: str, message: Json, name: str) -> Incoming | None:
    successor, sender = _number(message.get("migrate_to_chat_id")), _address(message)
    if successor is not None and sender is not None:
        return Incoming(ident, sender, "migrated", group=True, successor=str(successor))
    if text := _text(message.get("text")):
        return _said(ident, message, "message", _command(text, name))
    if not any(message.get(kind) for kind in ATTACHMENTS):
        return None
    return _said(ident, message, "attachment", _text(message.get("caption")))


def _edited(ident: str, message: Json, name: str) -> Incoming | None:
    text = _text(message.get("text")) or _text(message.get("caption"))
    # Without a text it is a live location that moved.
    return _said(ident, message, "edited", _command(text, name)) if text else None


def _said(ident: str, message: Json, kind: Kind, text: str | None) -> Incoming | None:
    person, sender = _object(message.get("from")), _address(message)
    if text is None or sender is None or not person or person.get("is_bot"):
        return None
    if _object(message.get("sender_chat")).get("type") == "channel":  # the post of a channel tied to the group
        return None
    return Incoming(
        ident,
        sender,
        kind,
        text,
        message=_number(message.get("message_id")),
        replies_to=_number(_object(message.get("reply_to_message")).get("message_id")),
        user=_number(person.get("id")),
        person=_called(person),
        language=_text(person.get("language_code")) or None,
        group=_in_group(message),
        album=_text(message.get("media_group_id")),
        file=_file(_object(message.get("document"))),
    )


def _called(person: Json) -> str:
    return " ".join(filter(None, (_text(person.get("first_name")), _text(person.get("last_name")))))


def _file(document: Json) -> File | None:
    """https://core.telegram.org/bots/api#document"""
    ref = _text(document.get("file_id"))
    return File(ref, _text(document.get("file_name")), _number(document.get("file_size")) or 0) if ref else None


def _membership(ident: str, member: Json) -> Incoming | None:
    """What became of the bot in a chat, https://core.telegram.org/bots/api#chatmemberupdated"""
    sender, person = _address(member), _object(member.get("from"))
    kind = _became(_object(member.get("old_chat_member")), _object(member.get("new_chat_member")))
    group = _in_group(member)
    if sender is None or kind is None or (kind != "removed" and not group):
        return None
    title = _text(_object(member.get("chat")).get("title"))
    return Incoming(ident, sender, kind, title, user=_number(person.get("id")), group=group)


def _became(old: Json, new: Json) -> Kind | None:
    before, after = _text(old.get("status")), _text(new.get("status"))
    if after in GONE:
        return "removed"
    if before in GONE and after:
        return "joined"
    if after == "administrator":
        return "promoted"
    return "demoted" if before == "administrator" or after == "restricted" else None


def _command(text: str, name: str) -> str | None:
    """*text* without the name of this bot; None for a command to another bot."""
    found = _ADDRESSED.match(text)
    if found is None:
        return text
    command, bot, rest = found.groups()
    return None if name and bot.lower() != name.lower() else command + rest


def _address(holder: Json) -> Address | None:
    """The chat of *holder*; None for a channel, where nobody can ask."""
    chat = _object(holder.get("chat"))
    number = _number(chat.get("id"))
    if number is None or chat.get("type") == "channel":
        return None
    topic = _number(holder.get("message_thread_id")) if holder.get("is_topic_message") is True else None
    # A private chat may have topics too, but there they are all one talk.
    in_topic = topic is not None and topic > 0 and chat.get("type") == "supergroup"
    return Address(CHANNEL, f"{number}#{topic}" if in_topic else str(number))


def _in_group(holder: Json) -> bool:
    return _object(holder.get("chat")).get("type") in GROUPS


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _number(value: object) -> int | None:
    """*value* if it is a whole number a database can hold."""
    return value if isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63 else None


def _text(value: object) -> str:
    """*value* if it is a text, without the half characters (JSON can write them, UTF-8 cannot)."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
