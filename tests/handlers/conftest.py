"""Doubles for the two ends of a channel: the network below it and the desk above it."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.request import BaseRequest, RequestData

from bot.messages import Incoming

ME = {"id": 7, "is_bot": True, "first_name": "Thủ tục", "username": "thu_tuc_bot"}

Reply = tuple[int, object] | BaseException


class Wire(BaseRequest):
    """The network of a real Bot: notes each call, and answers as told or as Telegram would."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, object]]] = []
        self._replies: dict[str, deque[Reply]] = defaultdict(deque)

    def answers(self, method: str, *results: object) -> None:
        """The next calls of *method* succeed with *results*, or raise those that are exceptions."""
        self._replies[method] += [r if isinstance(r, BaseException) else (200, {"result": r}) for r in results]

    def fails(self, method: str, status: int, description: str, **parameters: object) -> None:
        """The next call of *method* is refused."""
        self._replies[method].append((status, {"description": description, "parameters": parameters}))

    def sent(self, method: str) -> list[dict[str, object]]:
        """The parameters of the calls of *method*."""
        return [data for name, data in self.calls if name == method]

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    @property
    def read_timeout(self) -> float | None:
        return 1.0

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_: object,
        **__: object,
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[1]
        self.calls.append((name, dict(request_data.parameters) if request_data else {}))
        reply = self._replies[name].popleft() if self._replies[name] else (200, {"result": self._usual(name)})
        if isinstance(reply, BaseException):
            raise reply
        return reply[0], json.dumps(reply[1]).encode()

    def _usual(self, name: str) -> object:
        if name == "getMe":
            return ME
        return {"message_id": 100 + len(self.calls)} if name.startswith("Send") or name == "EditMessageText" else True


class DeskDouble:
    """A desk that commits everything but what it is told to fail at."""

    def __init__(self) -> None:
        self.committed: list[Incoming] = []
        self.failing: set[str] = set()  # update ids; each fails once

    async def submit(self, incoming: Incoming) -> None:
        await asyncio.sleep(0)
        if incoming.update in self.failing:
            self.failing.remove(incoming.update)
            raise OSError("disk full")
        self.committed.append(incoming)


class Clock:
    """Sleeps without time passing."""

    def __init__(self) -> None:
        self.pauses: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0)


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
async def telegram_bot(wire: Wire) -> AsyncIterator[Bot]:
    async with Bot("7:token", request=wire, get_updates_request=wire) as bot:
        wire.calls.clear()
        yield bot


@pytest.fixture
def desk() -> DeskDouble:
    return DeskDouble()


@pytest.fixture
def clock() -> Clock:
    return Clock()
