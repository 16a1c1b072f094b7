"""One call to the Bot API, its errors in the words of `handlers.delivery` where those have one."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Mapping

from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from handlers.delivery import Unavailable, Wait
from handlers.telegram.errors import TokenRevoked

READ_TIMEOUT = 10.0  # seconds

# What the bot handles; everything else stays with Telegram. https://core.telegram.org/bots/api#update
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")


async def call(bot: Bot, method: str, data: Mapping[str, object], read_timeout: float = READ_TIMEOUT) -> object:
    """The result of *method* (in PascalCase: the library warns about names it has methods for).

    Raises Wait, Unavailable, TokenRevoked, or what the library raises for a refusal.
    """
    try:
        result: object = await bot.do_api_request(method, api_kwargs=dict(data), read_timeout=read_timeout)
    except (EndPointNotFound, InvalidToken) as error:  # 401 and 404; the methods we call exist
        raise TokenRevoked from error
    except RetryAfter as error:
        raise Wait(_seconds(error.retry_after)) from error
    except (BadRequest, ChatMigrated, Conflict, Forbidden):
        raise
    except TelegramError as error:
        raise Unavailable(str(error)) from error
    return result


async def fetch(bot: Bot, ref: str) -> bytes:
    """The file that Telegram knows by *ref*, https://core.telegram.org/bots/api#getfile (20 MB at most).

    Raises as `call` does.
    """
    found = await call(bot, "GetFile", {"file_id": ref})
    path = found.get("file_path") if isinstance(found, dict) else None
    try:
        return await bot.request.retrieve(f"{bot.base_file_url}/{path}", read_timeout=READ_TIMEOUT)
    except (BadRequest, InvalidToken) as error:  # the library calls every 404 a bad token
        raise BadRequest("the file is gone") from error
    except TelegramError as error:
        raise Unavailable(str(error)) from error


def _seconds(period: int | dtm.timedelta) -> float:
    return period.total_seconds() if isinstance(period, dtm.timedelta) else float(period)
