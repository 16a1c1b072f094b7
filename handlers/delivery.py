"""From the outbox to the people: what the desk committed leaves here, and what became of it goes back.

In order within a chat, side by side across chats. Broadcasts share one slow lane, so nobody waits behind them.
A row is settled only when its outcome is reported: what a stop interrupts is still in the outbox.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Protocol

from bot.messages import Address, Delivery, Incoming, Outcome, Outgoing, Refused

IN_FLIGHT = 30  # sends at the same time
PACE = 0.05  # seconds between two broadcasts: 20/s of the 30/s in https://core.telegram.org/bots/faq, rest for answers
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0  # seconds between two attempts
GRACE = 5.0  # seconds that sends under way are given when the bot stops

log = logging.getLogger(__name__)

Sleep = Callable[[float], Awaitable[None]]


class Wait(Exception):
    """The channel asks us to wait *seconds* before the next message to this chat."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"asked to wait {seconds:g} s")
        self.seconds = seconds


class Unavailable(Exception):
    """The channel cannot be reached now; trying again may help."""


class Broken(Exception):
    """The channel will take nothing any more until an operator acts."""


class Channel(Protocol):
    """A way to reach people."""

    async def send(self, outgoing: Outgoing) -> Outcome:
        """What became of *outgoing*; raises Wait, Unavailable or Broken."""


class Desk(Protocol):
    """The one door, as receivers see it."""

    async def submit(self, incoming: Incoming) -> None:
        """Return once *incoming* is committed; raise when it is not."""


def back_off(failures: int) -> float:
    """How many seconds to pause after so many *failures* in a row."""
    return min(FIRST_PAUSE * 2.0 ** min(failures - 1, 10), LONGEST_PAUSE)


class Dispatcher:
    """Sends deliveries and reports what became of each."""

    def __init__(
        self,
        channels: Mapping[str, Channel],
        report: Callable[[Delivery, Outcome], None],
        *,
        sleep: Sleep = asyncio.sleep,
        in_flight: int = IN_FLIGHT,
    ) -> None:
        self._channels = dict(channels)
        self._report = report
        self._sleep = sleep
        self._slots = asyncio.Semaphore(in_flight)
        self._lanes: dict[Address | None, deque[Delivery]] = {}  # by chat; None: the slow lane
        self._held: dict[str, list[Delivery]] = {}  # for channels that are not open yet
        self._tasks: dict[Address | None, asyncio.Task[None]] = {}
        self._sending: set[Address | None] = set()  # lanes whose message is with the channel right now
        self._failure: Broken | None = None
        self._failed = asyncio.Event()
        self._closing = False

    def add(self, name: str, channel: Channel) -> None:
        """Open *channel*; what was held back for it goes out."""
        self._channels[name] = channel
        self.deliver(self._held.pop(name, ()))

    def deliver(self, deliveries: Iterable[Delivery]) -> None:
        """Take *deliveries* over; returns at once."""
        if self._closing:  # they are in the outbox, and go out after the next start
            return
        for delivery in deliveries:
            outgoing = delivery.outgoing
            if outgoing.to.channel not in self._channels:
                self._held.setdefault(outgoing.to.channel, []).append(delivery)
            else:
                self._enqueue(None if outgoing.slow else outgoing.to, delivery)

    async def run(self) -> None:
        """Run until cancelled, or until a channel is broken: then raise its error."""
        try:
            await self._failed.wait()
            if self._failure:
                raise self._failure
        finally:
            await self.aclose()

    async def aclose(self) -> None:
        """Let the sends under way finish, begin no other."""
        self._closing = True
        tasks = dict(self._tasks)
        for lane in tasks.keys() - self._sending:
            tasks[lane].cancel()
        if tasks:
            await asyncio.wait(tasks.values(), timeout=GRACE)
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)

    def _enqueue(self, lane: Address | None, delivery: Delivery) -> None:
        if lane in self._lanes:
            self._lanes[lane].append(delivery)
            return
        self._lanes[lane] = deque([delivery])
        self._tasks[lane] = asyncio.get_running_loop().create_task(self._drain(lane))

    async def _drain(self, lane: Address | None) -> None:
        """Send what is in *lane* one by one; an empty lane is gone."""
        queue = self._lanes[lane]
        try:
            while queue and not self._closing:
                delivery = queue.popleft()
                outcome = await self._settle(lane, delivery.outgoing)
                if outcome is not None:
                    self._report(delivery, outcome)
                if lane is None and not self._closing:
                    await self._sleep(PACE)
        except Broken as error:
            self._failure = error
            self._failed.set()
        finally:
            del self._lanes[lane], self._tasks[lane]

    async def _settle(self, lane: Address | None, outgoing: Outgoing) -> Outcome | None:
        """Try until the channel has an answer; None when the bot stops first."""
        failures, pause = 0, 0.0
        while not self._closing:
            if pause:
                await self._sleep(pause)
            try:
                return await self._send(lane, outgoing)
            except Wait as wait:
                log.info("chat of %s: %s", outgoing.to.channel, wait)
                pause = wait.seconds
            except Unavailable as error:
                failures += 1
                pause = back_off(failures)
                log.warning("%s cannot be reached (%s), again in %g s", outgoing.to.channel, error, pause)
        return None

    async def _send(self, lane: Address | None, outgoing: Outgoing) -> Outcome:
        async with self._slots:
            self._sending.add(lane)
            try:
                return await self._channels[outgoing.to.channel].send(outgoing)
            except (Wait, Unavailable, Broken):
                raise
            except Exception as error:  # a bug: it must not stop the rest of the chat
                log.exception("a message could not be sent")
                return Refused(f"{type(error).__name__}: {error}")
            finally:
                self._sending.discard(lane)
