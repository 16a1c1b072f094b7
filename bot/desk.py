"""The desk owns the database: one task takes what is waiting, decides it in one transaction, and only then confirms it.

An update is confirmed, and its answers leave, after the commit; a kill at any moment loses nothing and decides nothing
twice. Only COMMIT runs in a thread (measured: it alone waits for the disk), everything else stays on the loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.messages import Address, Delivery, Incoming, Moved, Outcome, Outgoing, Refused
from bot.storage import Storage

BATCH = 64  # updates in one commit: more gains nothing, fewer costs speed (measured)
BREATH = 0.005  # seconds of deciding before others on the loop get a turn
PAUSE = 0.5  # seconds after a failed commit: a full disk does not get better by haste
PURGE_EVERY = timedelta(hours=1)

log = logging.getLogger(__name__)


class Brain(Protocol):
    """Who decides what is said."""

    def respond(self, incoming: Incoming, now: datetime) -> list[Outgoing]: ...

    def apologise(self, incoming: Incoming, error: Exception) -> list[Outgoing]: ...


@dataclass(frozen=True, slots=True)
class _Update:
    incoming: Incoming
    done: asyncio.Future[None]


@dataclass(frozen=True, slots=True)
class _Report:
    delivery: Delivery
    outcome: Outcome


class Desk:
    """Everything that happens passes here, one after another."""

    def __init__(
        self,
        storage: Storage,
        brain: Brain,
        deliver: Callable[[list[Delivery]], None],
        now: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._brain = brain
        self._deliver = deliver
        self._now = now
        self._queue: asyncio.Queue[_Update | _Report] = asyncio.Queue()
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="commit")
        self._purged: datetime | None = None

    async def submit(self, incoming: Incoming) -> None:
        """Returns once *incoming* is decided for good; raises when that could not be kept, so do not confirm it."""
        done = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(_Update(incoming, done))
        await done

    def report(self, delivery: Delivery, outcome: Outcome) -> None:
        """Say what became of *delivery*."""
        self._queue.put_nowait(_Report(delivery, outcome))

    async def drain(self) -> None:
        """Returns once everything handed in so far is committed."""
        await self._queue.join()

    async def run(self) -> None:
        """Work until cancelled; first send what an earlier run left in the outbox."""
        self._deliver(self._storage.waiting())
        try:
            while True:
                items = await self._next()
                await self._turn(items)
                for _ in items:
                    self._queue.task_done()
        finally:
            self._executor.shutdown()  # a COMMIT under way ends first: nobody else may touch the connection until then
            self._storage.rollback()

    async def _next(self) -> list[_Update | _Report]:
        items = [await self._queue.get()]
        updates = 0
        while not self._queue.empty() and updates < BATCH:
            items.append(self._queue.get_nowait())
            updates += isinstance(items[-1], _Update)
        return items

    async def _turn(self, items: list[_Update | _Report]) -> None:
        """Decide *items* and commit them together; on a failed commit none of it happened."""
        loop = asyncio.get_running_loop()
        leaving: list[Delivery] = []
        try:
            self._storage.begin()
            self._purge()
            started = loop.time()
            for item in items:
                leaving += self._handle(item)
                if loop.time() - started > BREATH:
                    await asyncio.sleep(0)
                    started = loop.time()
            await loop.run_in_executor(self._executor, self._storage.commit)
        except Exception as error:
            log.exception("the database could not keep %d items", len(items))
            self._storage.rollback()
            self._fail(items, error)
            await asyncio.sleep(PAUSE)
            return
        self._confirm(items)
        if leaving:
            self._deliver(leaving)

    def _handle(self, item: _Update | _Report) -> list[Delivery]:
        now = self._now()
        if isinstance(item, _Report):
            return self._settle(item, now)
        incoming = item.incoming
        if not self._storage.is_new(incoming.sender.channel, incoming.update, now):
            return []
        try:
            with self._storage.savepoint():
                outgoing = self._brain.respond(incoming, now)
        except Exception as error:
            log.exception("update %s was not understood by us", incoming.update)
            outgoing = self._brain.apologise(incoming, error)
        return [self._storage.enqueue(one, now) for one in outgoing]

    def _settle(self, report: _Report, now: datetime) -> list[Delivery]:
        delivery = report.delivery
        match report.outcome:
            case Moved(chat):
                old = delivery.outgoing.to
                self._storage.move(old, chat)
                moved = replace(delivery.outgoing, to=Address(old.channel, chat))
                return [replace(delivery, outgoing=moved)]
            case Refused(reason):
                log.error("message %d was refused: %s", delivery.row, reason)
        self._storage.settle(delivery, report.outcome, now)
        return []

    def _purge(self) -> None:
        now = self._now()
        if self._purged is None or now - self._purged > PURGE_EVERY:
            self._storage.purge(now)
            self._purged = now

    def _confirm(self, items: list[_Update | _Report]) -> None:
        for item in items:
            if isinstance(item, _Update) and not item.done.done():
                item.done.set_result(None)

    def _fail(self, items: list[_Update | _Report], error: Exception) -> None:
        for item in items:
            if isinstance(item, _Report):
                self._queue.put_nowait(item)
            elif not item.done.done():
                item.done.set_exception(error)
