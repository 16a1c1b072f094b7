"""The desk owns the database: one task takes what is waiting, decides it in one transaction, and only then confirms it.

An update is confirmed, and its answers leave, after the commit; a kill at any moment loses nothing and decides nothing
twice. Only COMMIT runs in a thread (measured: it alone waits for the disk), everything else stays on the loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.messages import (
    Address,
    Delivery,
    Done,
    Incoming,
    Moved,
    Outcome,
    Outgoing,
    Refused,
    Sent,
    TopicGone,
    Unreachable,
)
from bot.storage import Storage

BATCH = 64  # updates in one commit: more gains nothing, fewer costs speed (measured)
TURN = 0.005  # seconds of deciding in one commit: longer is faster, shorter repeats less after a kill
BREATH = 0.005  # seconds of deciding before others on the loop get a turn
PAUSE = 0.5  # seconds after a failed commit: a full disk does not get better by haste
PURGE_EVERY = timedelta(hours=1)
TICK = 5.0  # seconds between two looks at the timers

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
        self._updates: deque[_Update] = deque()
        self._reports: deque[_Report] = deque()
        self._busy = asyncio.Event()  # something is waiting
        self._idle = asyncio.Event()  # nothing is, and all of it is committed
        self._idle.set()
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="commit")
        self._purged: datetime | None = None
        self._ticked: datetime | None = None

    async def submit(self, incoming: Incoming) -> None:
        """Returns once *incoming* is decided for good; raises when that could not be kept, so do not confirm it."""
        done = asyncio.get_running_loop().create_future()
        self._updates.append(_Update(incoming, done))
        self._wake()
        await done

    def report(self, delivery: Delivery, outcome: Outcome) -> None:
        """Say what became of *delivery*."""
        self._reports.append(_Report(delivery, outcome))
        self._wake()

    async def drain(self) -> None:
        """Returns once everything handed in so far is committed."""
        await self._idle.wait()

    async def run(self) -> None:
        """Work until cancelled; first send what an earlier run left in the outbox."""
        self._deliver(self._storage.waiting())
        try:
            while True:
                with suppress(TimeoutError):
                    async with asyncio.timeout(TICK):
                        await self._busy.wait()
                await self._turn()
                if not self._updates and not self._reports:
                    self._busy.clear()
                    self._idle.set()
        finally:
            self._executor.shutdown()  # a COMMIT under way ends first: nobody else may touch the connection until then
            self._storage.rollback()

    def _wake(self) -> None:
        self._idle.clear()
        self._busy.set()

    async def _turn(self) -> None:
        """Keep the reports and decide what fits, in one commit; when it fails none of it happened.

        Reports come first and a turn is short: the sooner a send is on record, the fewer a kill repeats.
        """
        reports = list(self._reports)
        self._reports.clear()
        updates: list[_Update] = []
        try:
            self._storage.begin()
            self._purge()
            leaving = [one for report in reports for one in self._settle(report, self._now())]
            leaving += self._tick()
            async for update in self._batch():
                updates.append(update)
                leaving += self._decide(update.incoming, self._now())
            await asyncio.get_running_loop().run_in_executor(self._executor, self._storage.commit)
        except Exception as error:
            log.exception("the database could not keep %d items", len(reports) + len(updates))
            self._storage.rollback()
            self._fail(reports, updates, error)
            await asyncio.sleep(PAUSE)
            return
        for update in updates:
            if not update.done.done():
                update.done.set_result(None)
        if leaving:
            self._deliver(leaving)

    async def _batch(self) -> AsyncIterator[_Update]:
        """The updates of one turn, as long as there is time; others on the loop get theirs in between."""
        loop = asyncio.get_running_loop()
        started = breathed = loop.time()
        for _ in range(BATCH):
            if not self._updates or loop.time() - started > TURN:
                return
            yield self._updates.popleft()
            if loop.time() - breathed > BREATH:
                await asyncio.sleep(0)
                breathed = loop.time()

    def _decide(self, incoming: Incoming, now: datetime) -> list[Delivery]:
        """What leaves because of *incoming*; nothing when it was decided before."""
        if incoming.update and not self._storage.is_new(incoming.sender.channel, incoming.update, now):
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
        back = [self._storage.enqueue(one, now) for one in self._storage.settle(delivery, report.outcome, now)]
        after = aftermath(delivery, report.outcome)
        return back if after is None else [*back, *self._decide(after, now)]

    def _purge(self) -> None:
        now = self._now()
        if self._purged is None or now - self._purged > PURGE_EVERY:
            self._storage.purge(now)
            self._purged = now

    def _tick(self) -> list[Delivery]:
        """What leaves because its time has come."""
        now = self._now()
        if self._ticked is not None and timedelta() <= now - self._ticked < timedelta(seconds=TICK):
            return []
        self._ticked = now
        return [one for incoming in self._due(now) for one in self._decide(incoming, now)]

    def _due(self, now: datetime) -> Iterator[Incoming]:
        for number, timer in self._storage.timers.due(now):
            self._storage.timers.take(number)
            yield Incoming(f"timer-{number}", timer.chat, "due", timer=timer)

    def _fail(self, reports: list[_Report], updates: list[_Update], error: Exception) -> None:
        """Nothing of a turn was kept: reports wait for the next, updates are not confirmed and come again."""
        self._reports.extendleft(reversed(reports))
        for update in updates:
            if not update.done.done():
                update.done.set_exception(error)


def aftermath(delivery: Delivery, outcome: Outcome) -> Incoming | None:
    """What is to be decided because *delivery* met *outcome*: a job is done, or something has to go another way."""
    outgoing, row = delivery.outgoing, delivery.row
    if outgoing.job is not None:
        result = outcome.result if isinstance(outcome, Done) else None
        return Incoming(f"job-{row}", outgoing.to, "done", job=outgoing.job, result=result)
    match outcome:
        case Sent(int(message)) if outgoing.case is not None and outgoing.part == "card" and outgoing.edits is None:
            return Incoming("", outgoing.to, "shown", message=message, shown=outgoing)
        case TopicGone():
            return Incoming(f"gone-{row}", outgoing.to, "gone", failed=outgoing)
        case Refused(reason) if outgoing.case is not None:
            return Incoming(f"undelivered-{row}", outgoing.to, "undelivered", reason, failed=outgoing)
        case Unreachable() if outgoing.case is not None:
            return Incoming(f"undelivered-{row}", outgoing.to, "undelivered", failed=outgoing)
    return None
