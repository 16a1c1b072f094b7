"""The desk: nothing is confirmed before it is kept, nothing is decided twice, nobody pays for another's mistake."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import desk as desk_module
from bot.desk import Desk
from bot.messages import (
    Address,
    Delivery,
    Incoming,
    Moved,
    Outcome,
    Outgoing,
    Refused,
    Screen,
    Sent,
    Timer,
    TopicGone,
    Unreachable,
    room,
)
from bot.storage import Storage

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ME = Address("telegram", "1")
TEAM = Address("telegram", "-500")
PATIENCE = 5  # seconds after which a test has failed; none of them waits for it


class Brain:
    """Repeats what is said; stumbles over "stumble" after having written half of it."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.decided: list[str] = []

    def respond(self, incoming: Incoming, now: datetime) -> list[Outgoing]:
        self.decided.append(incoming.update)
        if incoming.kind == "undelivered" and incoming.failed is not None:
            return [Outgoing(TEAM, Screen(f"Lost: {incoming.failed.case} {incoming.text}"))]
        if incoming.timer is not None:
            return [Outgoing(incoming.sender, Screen(f"Time for {incoming.timer.subject}"))]
        if incoming.kind == "gone" and incoming.failed is not None:
            return [replace(incoming.failed, to=room(incoming.sender))]
        if incoming.text == "stumble":
            self.storage.log(incoming.sender, None, "half", "unknown", None, [], now)
            raise ValueError("no idea")
        self.storage.log(incoming.sender, None, incoming.text, "answer", None, [], now)
        return [Outgoing(incoming.sender, Screen(f"Echo: {incoming.text}"))]

    def apologise(self, incoming: Incoming, error: Exception) -> list[Outgoing]:
        return [Outgoing(incoming.sender, Screen(f"Sorry: {error}"))]


class FullDisk(Storage):
    """Its first commits fail."""

    failures = 1

    def commit(self) -> None:
        if self.failures:
            self.failures -= 1
            raise sqlite3.OperationalError("database or disk is full")
        super().commit()


class SlowDisk(Storage):
    """Its commits wait until they may."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self.loop = asyncio.get_running_loop()
        self.asked = asyncio.Event()
        self.may = threading.Event()

    def commit(self) -> None:
        self.loop.call_soon_threadsafe(self.asked.set)
        assert self.may.wait(PATIENCE)
        super().commit()


class Office:
    """A desk at work, and what left it."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.brain = Brain(storage)
        self.left: list[Delivery] = []
        self.sent = asyncio.Event()
        self.desk = Desk(storage, self.brain, self._deliver, lambda: NOW)

    def _deliver(self, deliveries: list[Delivery]) -> None:
        self.left += deliveries
        if deliveries:
            self.sent.set()

    @property
    def texts(self) -> list[str]:
        return [one.outgoing.screen.text for one in self.left if one.outgoing.screen is not None]

    async def say(self, text: str, update: str = "1") -> None:
        await asyncio.wait_for(self.desk.submit(Incoming(update, ME, text=text)), PATIENCE)


@asynccontextmanager
async def at_work(storage: Storage) -> AsyncIterator[Office]:
    office = Office(storage)
    task = asyncio.create_task(office.desk.run())
    try:
        yield office
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.wait_for(task, PATIENCE)
        assert not in_transaction(storage)


def in_transaction(storage: Storage) -> bool:
    return storage._db.in_transaction


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_module, "PAUSE", 0)


def memory(kind: Callable[[sqlite3.Connection], Storage]) -> Storage:
    """An empty database of this kind."""
    return kind.memory()  # type: ignore[attr-defined, no-any-return]


async def test_what_is_said_is_answered() -> None:
    async with at_work(Storage.memory()) as office:
        await office.say("chào")
        assert office.texts == ["Echo: chào"]
        assert [one.row for one in office.left] == [one.row for one in office.storage.waiting()]


async def test_an_update_is_confirmed_and_answered_only_after_the_commit() -> None:
    storage = memory(SlowDisk)
    assert isinstance(storage, SlowDisk)
    async with at_work(storage) as office:
        said = asyncio.create_task(office.say("chào"))
        await asyncio.wait_for(storage.asked.wait(), PATIENCE)
        assert office.brain.decided == ["1"]
        assert (said.done(), office.left) == (False, [])
        storage.may.set()
        await said
        assert office.texts == ["Echo: chào"]


async def test_the_same_update_is_decided_once() -> None:
    async with at_work(Storage.memory()) as office:
        await office.say("chào")
        await office.say("chào")
        assert (office.brain.decided, office.texts) == (["1"], ["Echo: chào"])


async def test_the_same_update_twice_in_one_batch_is_decided_once() -> None:
    async with at_work(Storage.memory()) as office:
        await asyncio.gather(office.say("chào"), office.say("chào"))
        assert (office.brain.decided, office.texts) == (["1"], ["Echo: chào"])


async def test_a_mistake_undoes_only_its_own_update() -> None:
    async with at_work(Storage.memory()) as office:
        await asyncio.gather(office.say("một", "1"), office.say("stumble", "2"), office.say("ba", "3"))
        assert office.texts == ["Echo: một", "Sorry: no idea", "Echo: ba"]
        assert office.storage.counts()["questions"] == 2
        await office.say("stumble", "2")
        assert office.brain.decided == ["1", "2", "3"]
        assert len(office.texts) == 3


async def test_a_failing_commit_confirms_nothing_and_sends_nothing() -> None:
    async with at_work(memory(FullDisk)) as office:
        said = await asyncio.gather(office.say("một", "1"), office.say("hai", "2"), return_exceptions=True)
        assert [type(error) for error in said] == [sqlite3.OperationalError] * 2
        assert (office.left, office.storage.waiting(), office.storage.counts()["questions"]) == ([], [], 0)
        await asyncio.gather(office.say("một", "1"), office.say("hai", "2"))
        assert office.texts == ["Echo: một", "Echo: hai"]


async def test_a_report_survives_a_failing_commit() -> None:
    storage = memory(FullDisk)
    assert isinstance(storage, FullDisk)
    storage.failures = 0
    async with at_work(storage) as office:
        await office.say("chào")
        storage.failures = 1
        office.desk.report(office.left[0], Sent(5))
        with suppress(sqlite3.OperationalError):
            await office.say("bận", "2")
        await office.say("xong", "3")
        assert office.left[0].row not in [one.row for one in storage.waiting()]


async def test_what_an_earlier_run_left_is_sent_at_the_start(tmp_path: Path) -> None:
    with closing(Storage.open(tmp_path / "bot.db")) as storage:
        async with at_work(storage) as office:
            await office.say("chào")
    with closing(Storage.open(tmp_path / "bot.db")) as storage:
        async with at_work(storage) as office:
            await asyncio.wait_for(office.sent.wait(), PATIENCE)
            assert office.texts == ["Echo: chào"]
            await office.say("chào")
            assert office.brain.decided == []


async def test_what_was_sent_is_not_sent_again(tmp_path: Path) -> None:
    with closing(Storage.open(tmp_path / "bot.db")) as storage:
        async with at_work(storage) as office:
            await office.say("chào")
            office.desk.report(office.left[0], Sent(5))
            await office.say("nữa", "2")
            office.desk.report(office.left[1], Refused("too long"))
            await office.say("stumble", "3")
        assert [one.outgoing.screen for one in storage.waiting()] == [Screen("Sorry: no idea")]


async def test_a_moved_chat_gets_its_message_at_the_new_place() -> None:
    async with at_work(Storage.memory()) as office:
        await office.say("chào")
        office.desk.report(office.left[0], Moved("-100"))
        await office.say("nữa", "2")
        there = Address("telegram", "-100")
        again = [one for one in office.left if one.row == office.left[0].row]
        assert [one.outgoing.to for one in again] == [ME, there]
        assert office.left[-1].row != again[-1].row
        assert {one.outgoing.to for one in office.storage.waiting()} == {there}


@pytest.mark.parametrize(
    ("outcome", "said"), [(Unreachable(), ["Lost: 7 "]), (Refused("too odd"), ["Lost: 7 too odd"]), (Sent(5), [])]
)
async def test_what_of_a_case_does_not_arrive_is_decided_about(outcome: Outcome, said: list[str]) -> None:
    with closing(Storage.memory()) as storage:
        answer = storage.enqueue(Outgoing(ME, Screen("Tới xã hỏi"), case=7), NOW)
        other = storage.enqueue(Outgoing(ME, Screen("Chào")), NOW)
        async with at_work(storage) as office:
            for delivery in (answer, other):
                office.desk.report(delivery, outcome)
            await asyncio.wait_for(office.desk.drain(), PATIENCE)

            assert [text for text in office.texts if text.startswith("Lost")] == said


async def test_what_found_no_topic_is_decided_about_again() -> None:
    async with at_work(Storage.memory()) as office:
        await office.desk.submit(Incoming("1", Address("telegram", "-100#7"), text="chào"))
        office.desk.report(office.left[0], TopicGone())
        await office.say("nữa", "2")
        first, again, _ = office.left
        assert again == Delivery(again.row, replace(first.outgoing, to=Address("telegram", "-100")))
        assert first.row not in [one.row for one in office.storage.waiting()]


async def test_a_timer_goes_off_once_when_it_is_due(tmp_path: Path) -> None:
    with closing(Storage.open(tmp_path / "bot.db")) as storage:
        storage.timers.set(Timer("lunch", ME, "soup", NOW))
        storage.timers.set(Timer("lunch", ME, "cake", NOW + timedelta(hours=1)))
        async with at_work(storage) as office:
            await office.say("chào")
            await office.say("nữa", "2")
            assert office.texts == ["Time for soup", "Echo: chào", "Echo: nữa"]
    with closing(Storage.open(tmp_path / "bot.db")) as storage:
        async with at_work(storage) as office:
            await office.say("lại", "3")
            assert office.texts[-1] == "Echo: lại"
            assert office.brain.decided == ["3"]
        assert storage.timers.next() == NOW + timedelta(hours=1)


async def test_a_timer_needs_nobody_to_say_something(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_module, "TICK", 0.01)
    storage = Storage.memory()
    storage.timers.set(Timer("lunch", ME, "soup", NOW))
    async with at_work(storage) as office:
        await asyncio.wait_for(office.sent.wait(), PATIENCE)
        assert office.texts == ["Time for soup"]


async def test_a_timer_survives_a_failing_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_module, "TICK", 0.0)
    storage = memory(FullDisk)
    storage.timers.set(Timer("lunch", ME, "soup", NOW))
    async with at_work(storage) as office:
        with suppress(sqlite3.OperationalError):
            await office.say("chào")
        await asyncio.wait_for(office.sent.wait(), PATIENCE)
        assert office.texts == ["Time for soup"]


async def test_a_desk_that_is_stopped_leaves_no_open_transaction() -> None:
    storage = memory(SlowDisk)
    assert isinstance(storage, SlowDisk)
    async with at_work(storage) as office:
        said = asyncio.create_task(office.desk.submit(Incoming("1", ME, text="chào")))
        await asyncio.wait_for(storage.asked.wait(), PATIENCE)
        storage.may.set()
    assert not in_transaction(storage)
    assert office.left == []
    said.cancel()
