"""Slow work off the desk, one piece at a time: a channel that does jobs instead of reaching people.

A job is a row of the outbox like any message, so a kill loses none; its result comes back through the one door.
It also watches for changes of the knowledge, and says so there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from bot.messages import Address, Done, Incoming, Job, Outcome, Outgoing, Sent
from handlers.delivery import Desk, Sleep

CHANNEL = "workshop"
HERE = Address(CHANNEL, "")
PACE = 2.0  # seconds between two looks at the knowledge


class Workshop:
    """*perform* does a job in a thread; *start* numbers the changes seen."""

    def __init__(self, perform: Callable[[Job], object], start: int = 0) -> None:
        self._perform = perform
        self._changes = count(start)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="workshop")

    async def send(self, outgoing: Outgoing) -> Outcome:
        """What came of the job of *outgoing*."""
        if outgoing.job is None:
            return Sent()
        return Done(await asyncio.get_running_loop().run_in_executor(self._executor, self._perform, outgoing.job))

    async def watch(self, desk: Desk, stamp: Callable[[], object], seen: object, sleep: Sleep = asyncio.sleep) -> None:
        """Tell *desk* whenever *stamp* has become another than *seen*, once it rests: files are written one by one."""
        loop = asyncio.get_running_loop()
        before = seen
        while True:
            await sleep(PACE)
            now = await loop.run_in_executor(self._executor, stamp)
            if now == before and now != seen:
                seen = now
                await desk.submit(Incoming(f"changed-{next(self._changes)}", HERE, "changed"))
            before = now

    def close(self) -> None:
        """Begin no other job; the one under way ends unheard and is done again after the next start."""
        self._executor.shutdown(wait=False, cancel_futures=True)
