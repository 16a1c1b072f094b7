"""Updates on their way to the bot, by long polling or by webhook, kept until the bot confirms them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from .oracle import problems_of_update
from .world import Bell, Json, Refusal

# https://core.telegram.org/bots/api#getupdates: all but these are delivered unless they are asked for
ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}
RETRY = (0.02, 0.05, 0.1, 0.2, 0.5)  # seconds; Telegram waits longer, a test should not

Answered = Callable[[Json], Awaitable[None]]


class Updates:
    """The queue of one bot. *answered* takes a call that came as the reply to a webhook request."""

    def __init__(self, bell: Bell, violations: list[str], answered: Answered) -> None:
        self.waiting: dict[int, Json] = {}
        self.webhook: Json = {}
        self.rejected: list[int] = []  # status codes other than 2xx that the webhook gave
        self._bell, self._violations, self._answered = bell, violations, answered
        self._next, self._allowed = 700_000_001, list[str]()
        self.polls = 0
        self._keys: dict[int, object] = {}
        self._workers: dict[object, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None

    def add(self, kind: str, content: Json, key: object) -> None:
        """One more update; those with the same *key* (a chat) are delivered one after another."""
        wanted = kind in self._allowed if self._allowed else kind not in ON_REQUEST
        if not wanted:
            return
        update = {"update_id": self._next, kind: content}
        self._violations += problems_of_update(update)
        self.waiting[self._next], self._keys[self._next] = update, key
        self._next += 1
        self._bell.ring()
        self._push(key)

    async def poll(self, params: Json) -> list[Json]:
        """https://core.telegram.org/bots/api#getupdates"""
        if self.webhook:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
        self._allow(params)
        self._confirm(int(params.get("offset", 0)))
        self.polls += 1
        mine = self.polls
        self._bell.ring()
        ready = lambda: self.waiting or self.polls != mine  # noqa: E731 it is only waited for
        try:
            await self._bell.until(ready, min(float(params.get("timeout", 0)), 50) or 0.001)
        except TimeoutError:
            return []
        if self.polls != mine:
            raise Refusal(409, "Conflict: terminated by other getUpdates request; make sure that only one is running")
        return list(self.waiting.values())[: int(params.get("limit", 100))]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            offset = max(self.waiting, default=0) + 1 + offset
        for number in [number for number in self.waiting if number < offset]:
            del self.waiting[number]
        self._bell.ring()

    def _allow(self, params: Json) -> None:
        self._allowed = params.get("allowed_updates", self._allowed)

    async def set_webhook(self, params: Json) -> bool:
        """https://core.telegram.org/bots/api#setwebhook"""
        await self.close()
        self._allow(params)
        if params.get("drop_pending_updates"):
            self.waiting.clear()
        self.webhook = params if params.get("url") else {}
        if self.webhook:
            at_once = aiohttp.TCPConnector(limit=int(params.get("max_connections", 40)))
            self._session = aiohttp.ClientSession(connector=at_once, timeout=aiohttp.ClientTimeout(total=20))
        for key in dict.fromkeys(self._keys[number] for number in self.waiting):
            self._push(key)
        self._bell.ring()
        return True

    async def close(self) -> None:
        """Stop delivering to the webhook."""
        workers, self._workers = list(self._workers.values()), {}
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        if self._session:
            await self._session.close()
            self._session = None

    def _push(self, key: object) -> None:
        if self._session and (key not in self._workers or self._workers[key].done()):
            self._workers[key] = asyncio.create_task(self._deliver(self._session, key))

    async def _deliver(self, session: aiohttp.ClientSession, key: object) -> None:
        failures = 0
        while number := next((number for number in self.waiting if self._keys[number] == key), None):
            if await self._post(session, self.waiting[number]):
                self.waiting.pop(number, None)
                failures = 0
                self._bell.ring()
            else:
                await asyncio.sleep(RETRY[min(failures, len(RETRY) - 1)])
                failures += 1

    async def _post(self, session: aiohttp.ClientSession, update: Json) -> bool:
        secret = self.webhook.get("secret_token")
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        try:
            async with session.post(self.webhook["url"], json=update, headers=headers) as response:
                reply: Any = await response.json() if response.content_type == "application/json" else None
                taken = response.ok
                if not taken:
                    self.rejected.append(response.status)
                    self._bell.ring()
        except (aiohttp.ClientError, TimeoutError, OSError):
            return False
        if taken and isinstance(reply, dict) and "method" in reply:
            await self._answered(reply)
        return taken
