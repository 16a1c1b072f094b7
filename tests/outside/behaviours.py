"""The Bot API as a table: a row says what a method needs, what it refuses and what it does.

The text and type of each parameter come from aiogram's model of the method; the rows are from the page they cite.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiogram import methods

from . import groups, inline, messages
from .oracle import Method
from .world import Json, Refusal

if TYPE_CHECKING:
    from .api import Server

Check = Callable[[Any], bool]
Limits = dict[str, tuple[Check, str]]  # parameter: what must hold, and the description when it does not
Act = Callable[["Server", Json], Any | Awaitable[Any]]

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
COMMAND = re.compile(r"[a-z0-9_]{1,32}")


@dataclass(frozen=True)
class Behaviour:
    """One method of the Bot API."""

    method: Method
    page: str
    act: Act
    required: tuple[str, ...] = ()
    limits: Limits | None = None

    def check(self, params: Json) -> None:
        for name in self.required:
            if params.get(name) in (None, ""):
                raise Refusal(400, EMPTY.get(name, f"Bad Request: {name} is not specified"))
        for name, (holds, description) in (self.limits or {}).items():
            if name in params and not holds(params[name]):
                raise Refusal(400, f"Bad Request: {description}")


EMPTY = {"text": "Bad Request: message text is empty", "chat_id": "Bad Request: chat_id is empty"}


def _between(low: int, high: int) -> Check:
    return lambda value: low <= int(value) <= high


def _commands(commands: Any) -> bool:
    return len(commands) <= 100 and all(
        COMMAND.fullmatch(one["command"]) and 1 <= len(one["description"]) <= 256 for one in commands
    )


def _get_me(server: Server, _: Json) -> Json:
    return server.world.bot


async def _delete_webhook(server: Server, params: Json) -> bool:
    return await server.updates.set_webhook({**params, "url": ""})


def _webhook_info(server: Server, _: Json) -> Json:
    return {
        "url": server.updates.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(server.updates.waiting),
    }


def _set_commands(server: Server, params: Json) -> bool:
    server.commands[params.get("language_code", "")] = params["commands"]
    return True


def _answer_tap(server: Server, params: Json) -> bool:
    if params["callback_query_id"] not in server.world.taps:
        raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    server.world.taps[params["callback_query_id"]] = True
    server.bell.ring()
    return True


API = "https://core.telegram.org/bots/api"


def _get_file(server: Server, params: Json) -> Json:
    id = params["file_id"]
    if id not in server.files:
        raise Refusal(400, "Bad Request: invalid file_id")
    return {
        "file_id": id, "file_unique_id": id, "file_size": len(server.files[id]), "file_path": f"documents/{id}",
    }  # fmt: skip


TABLE = {
    row.method.__api_method__.lower(): row  # names are not case-sensitive, #making-requests
    for row in (
        Behaviour(methods.GetMe, f"{API}#getme", _get_me),
        Behaviour(methods.GetFile, f"{API}#getfile", _get_file, ("file_id",)),
        Behaviour(
            methods.GetUpdates, f"{API}#getupdates", lambda server, p: server.updates.poll(p),
            limits={"limit": (_between(1, 100), "limit must be between 1 and 100")},
        ),
        # Over plain http and on any port as a Bot API server of one's own allows: #using-a-local-bot-api-server
        Behaviour(
            methods.SetWebhook, f"{API}#setwebhook", lambda server, p: server.updates.set_webhook(p),
            limits={
                "secret_token": (lambda s: bool(SECRET.fullmatch(s)), "secret token contains unallowed characters"),
                "max_connections": (_between(1, 100_000), "max_connections is out of range"),
            },
        ),
        Behaviour(methods.DeleteWebhook, f"{API}#deletewebhook", _delete_webhook),
        Behaviour(methods.GetWebhookInfo, f"{API}#getwebhookinfo", _webhook_info),
        Behaviour(
            methods.SetMyCommands, f"{API}#setmycommands", _set_commands, ("commands",),
            {"commands": (_commands, "BOT_COMMAND_INVALID")},
        ),
        Behaviour(
            methods.SendMessage, f"{API}#sendmessage", lambda s, p: messages.send(s.world, p), ("chat_id", "text")
        ),
        Behaviour(
            methods.CopyMessage, f"{API}#copymessage", lambda s, p: messages.copy(s.world, p),
            ("chat_id", "from_chat_id", "message_id"),
        ),
        Behaviour(
            methods.SendPhoto, f"{API}#sendphoto", lambda s, p: messages.send_photo(s.world, p), ("chat_id", "photo")
        ),
        Behaviour(
            methods.EditMessageText, f"{API}#editmessagetext", lambda s, p: messages.edit(s.world, p),
            ("chat_id", "message_id", "text"),
        ),
        Behaviour(
            methods.EditMessageReplyMarkup, f"{API}#editmessagereplymarkup",
            lambda s, p: messages.edit_buttons(s.world, p), ("chat_id", "message_id"),
        ),
        Behaviour(
            methods.DeleteMessage, f"{API}#deletemessage", lambda s, p: messages.delete(s.world, p),
            ("chat_id", "message_id"),
        ),
        Behaviour(
            methods.AnswerCallbackQuery, f"{API}#answercallbackquery", _answer_tap, ("callback_query_id",),
            {"text": (lambda text: len(text) <= 200, "MESSAGE_TOO_LONG")},
        ),
        Behaviour(
            methods.CreateForumTopic, f"{API}#createforumtopic", lambda s, p: groups.open_topic(s.world, p),
            ("chat_id", "name"), {"name": (lambda name: len(name) <= groups.NAME, "TOPIC_TITLE_INVALID")},
        ),
        Behaviour(
            methods.GetChatMember, f"{API}#getchatmember", lambda s, p: groups.get_member(s.world, p),
            ("chat_id", "user_id"),
        ),
        Behaviour(methods.GetChat, f"{API}#getchat", lambda s, p: groups.get_chat(s.world, p), ("chat_id",)),
        Behaviour(
            methods.AnswerInlineQuery, f"{API}#answerinlinequery", lambda s, p: inline.answer(s.world, p),
            ("inline_query_id",),
        ),
        Behaviour(
            methods.SendChatAction, f"{API}#sendchataction",
            lambda s, p: bool(s.world.reachable(p["chat_id"])), ("chat_id", "action"),
        ),
    )
}  # fmt: skip
