"""How long anybody waits while changed knowledge is read: `python -m tests.bench.bench_reload [PROCEDURES]`.

The aim: 100 ms.

A tap every ten milliseconds goes through the desk, in quiet first, then while the workshop reads, checks and swaps the
whole base three times. What counts is the longest wait of one tap, and how much longer it is than in quiet. The
database is in memory: a disk that is slow for somebody else's sake would hide what is measured.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from time import perf_counter

from bot import edition
from bot.actions import OpenGroup
from bot.admin.workbench import Workbench
from bot.assistant import Assistant, Settings
from bot.desk import Desk
from bot.messages import Address, Delivery, Incoming, Outcome
from bot.storage import Storage
from handlers.delivery import Dispatcher
from handlers.workshop import CHANNEL, HERE, Workshop
from tests.bench.bench_base import grown
from tests.stage import CITIZEN, KNOWLEDGE

EVERY = 0.01  # seconds between two taps
QUIET = 3.0  # seconds of taps with nothing else going on
RELOADS = 3


class Citizens:
    """A channel that takes everything at once, and the taps of those who use it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._updates = count()

    async def tap(self) -> float:
        """Seconds until one tap was decided and committed."""
        start = perf_counter()
        update = f"t{next(self._updates)}"
        await self._desk.submit(Incoming(update, CITIZEN, "tap", action=OpenGroup("birth"), message=1))
        return perf_counter() - start

    async def waits(self, until: Awaitable[object]) -> list[float]:
        """How long each tap took while *until* went on."""
        work, found = asyncio.ensure_future(until), []
        while not work.done():
            found.append(await self.tap())
            await asyncio.sleep(EVERY)
        return found


async def measure(folder: Path, data: Path) -> None:
    """Print the waits on *folder*, with the cache in *data*."""
    storage = Storage.memory()
    served = edition.read(folder, {}, data / "cache").edition
    assert served is not None, "the base has problems: bot check"
    served.matcher.warm()
    bench = Workbench(folder, data / "cache", served, lambda: datetime.now(UTC).date(), lambda *_: ())
    workshop = Workshop(bench.perform)
    heard: asyncio.Queue[Delivery] = asyncio.Queue()

    def report(delivery: Delivery, outcome: Outcome) -> None:
        desk.report(delivery, outcome)
        if delivery.outgoing.to == HERE:
            heard.put_nowait(delivery)

    dispatcher = Dispatcher({CHANNEL: workshop}, report)
    assistant = Assistant(served, storage, Settings(admins=frozenset({1})), str)
    desk = Desk(storage, assistant, dispatcher.deliver, lambda: datetime.now(UTC))
    work = asyncio.create_task(desk.run())
    citizens = Citizens(desk)

    async def reload(number: int) -> None:
        await desk.submit(Incoming(f"r{number}", Address(CHANNEL, ""), "changed"))
        await heard.get()
        await desk.drain()

    say("in quiet", await citizens.waits(asyncio.sleep(QUIET)))
    for number in range(RELOADS):
        start = perf_counter()
        waits = await citizens.waits(reload(number))
        say(f"reload {number + 1}, {perf_counter() - start:.1f} s", waits)
    work.cancel()
    workshop.close()


def say(what: str, waits: list[float]) -> None:
    middle, slow, longest = (sorted(waits)[int(len(waits) * part)] * 1000 for part in (0.5, 0.95, 0.9999))
    print(f"{what:18} {len(waits):5} taps: half {middle:5.1f} ms, 95 % {slow:5.1f} ms, longest {longest:6.1f} ms")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as data:
        large = grown(Path(data) / "knowledge", int(sys.argv[1])) if len(sys.argv) > 1 else KNOWLEDGE
        asyncio.run(measure(large, Path(data)))
