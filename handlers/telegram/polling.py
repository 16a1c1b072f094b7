"""Updates by asking for them: for a computer without a public address.

An update is confirmed by asking for the next one, so that is done only when the desk has committed it: a stop at
any moment loses nothing. (The library's own receiver confirms when it has queued an update.)
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import NoReturn

from telegram.error import BadRequest, Conflict

from handlers.delivery import Desk, Sleep, Unavailable, Wait, back_off
from handlers.telegram.api import ALLOWED_UPDATES, READ_TIMEOUT, call
from handlers.telegram.channel import TelegramChannel
from handlers.telegram.incoming import Json, incoming, tap_id

PATIENCE = 50  # seconds Telegram keeps a question open when there is no update
BATCH = 100  # updates, https://core.telegram.org/bots/api#getupdates

log = logging.getLogger(__name__)


class Poller:
    """Fetches updates and confirms what the desk has committed."""

    def __init__(self, channel: TelegramChannel, desk: Desk, *, name: str = "", sleep: Sleep = asyncio.sleep) -> None:
        self._channel, self._bot, self._desk = channel, channel.bot, desk
        self._name = name
        self._sleep = sleep
        self._offset = 0
        self._failures = 0

    async def run(self) -> NoReturn:
        """Receive until cancelled; raises TokenRevoked."""
        while not await self._step(self._remove_webhook):
            pass
        while True:
            await self._step(self._poll)

    async def _step(self, action: Callable[[], Awaitable[bool]]) -> bool:
        """Whether *action* went well; if not, pause."""
        try:
            done = await action()
        except Wait as wait:
            log.warning("receiving from Telegram: %s", wait)
            await self._sleep(wait.seconds)
            return False
        except Conflict as error:
            log.error("another program receives the updates of this bot; only one may (%s)", error.message)  # noqa: TRY400
            done = False
        except (BadRequest, Unavailable) as error:
            log.warning("no updates from Telegram: %s", error)
            done = False
        self._failures = 0 if done else self._failures + 1
        if not done:
            await self._sleep(back_off(self._failures))
        return done

    async def _remove_webhook(self) -> bool:
        info = await call(self._bot, "GetWebhookInfo", {})
        if isinstance(info, dict) and info.get("url"):
            log.warning("removing the webhook %s: the configuration says polling", info["url"])
            await call(self._bot, "DeleteWebhook", {})
        return True

    async def _poll(self) -> bool:
        """Fetch updates and decide them; whether all were committed."""
        wanted = {"offset": self._offset, "timeout": PATIENCE, "limit": BATCH, "allowed_updates": ALLOWED_UPDATES}
        fetched = await call(self._bot, "GetUpdates", wanted, read_timeout=PATIENCE + READ_TIMEOUT)
        updates = [update for update in fetched if isinstance(update, dict)] if isinstance(fetched, list) else []
        results = await asyncio.gather(*map(self._submit, updates), return_exceptions=True)
        for update, problem in zip(updates, results, strict=True):
            if problem is not None:  # Telegram gives it again; what was committed after it is known to the desk
                log.error("an update was not committed, asking for it again", exc_info=problem)
                return False
            self._offset = _next(update, self._offset)
        return True

    async def _submit(self, update: Json) -> None:
        if tap := tap_id(update):
            self._channel.answer_soon(tap)
        if (said := incoming(update, self._name)) is not None:
            await self._desk.submit(said)


def _next(update: Json, offset: int) -> int:
    number = update.get("update_id")
    return max(offset, number + 1) if isinstance(number, int) else offset
