"""The dispatcher: order within a chat, nobody waits for another, and nothing is given up."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.messages import Address, Delivery, Outcome, Outgoing, Refused, Screen, Sent, Unreachable
from handlers.delivery import LONGEST_PAUSE, PACE, Broken, Dispatcher, Unavailable, Wait, back_off

if TYPE_CHECKING:
    from tests.handlers.conftest import Clock

AN, BINH = Address("toy", "an"), Address("toy", "bình")


class Toy:
    """A channel that answers each text as told, else takes it; a closed gate holds the chat back."""

    def __init__(self) -> None:
        self.tried: list[str] = []
        self.troubles: dict[str, list[Exception | Outcome]] = {}
        self.gates: dict[str, asyncio.Event] = {}
        self.now = self.most = 0

    async def send(self, outgoing: Outgoing) -> Outcome:
        assert outgoing.screen
        text = outgoing.screen.text
        self.tried.append(text)
        self.now += 1
        self.most = max(self.most, self.now)
        await (self.gates[outgoing.to.chat].wait() if outgoing.to.chat in self.gates else asyncio.sleep(0))
        self.now -= 1
        match self.troubles.get(text):
            case [Exception() as trouble, *rest]:
                self.troubles[text] = rest
                raise trouble
            case [outcome, *_] if not isinstance(outcome, Exception):
                return outcome
        return Sent(len(self.tried))


class Desk:
    """Collects what the dispatcher reports."""

    def __init__(self) -> None:
        self.reports: list[tuple[int, Outcome]] = []

    def report(self, delivery: Delivery, outcome: Outcome) -> None:
        self.reports.append((delivery.row, outcome))

    @property
    def rows(self) -> list[int]:
        return [row for row, _ in self.reports]


def delivery(row: int, to: Address = AN, *, slow: bool = False) -> Delivery:
    return Delivery(row, Outgoing(to, Screen(str(row)), slow=slow))


async def settle() -> None:
    for _ in range(100):
        await asyncio.sleep(0)


@pytest.fixture
def toy() -> Toy:
    return Toy()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def dispatcher(toy: Toy, desk: Desk, clock: Clock) -> Dispatcher:
    return Dispatcher({"toy": toy}, desk.report, sleep=clock.sleep, in_flight=3)


async def test_a_chat_gets_its_messages_in_order(dispatcher: Dispatcher, toy: Toy, desk: Desk) -> None:
    toy.troubles["1"] = [Unavailable("down")]

    dispatcher.deliver([delivery(1), delivery(2)])
    dispatcher.deliver([delivery(3)])
    await settle()

    assert toy.tried == ["1", "1", "2", "3"]
    assert desk.rows == [1, 2, 3]


async def test_a_chat_that_waits_holds_up_no_other(dispatcher: Dispatcher, toy: Toy, desk: Desk) -> None:
    toy.gates["an"] = asyncio.Event()

    dispatcher.deliver([delivery(1), delivery(2), delivery(3, BINH)])
    await settle()
    before = list(desk.rows)
    toy.gates["an"].set()
    await settle()

    assert before == [3]
    assert desk.rows == [3, 1, 2]


async def test_only_so_many_sends_are_in_flight(dispatcher: Dispatcher, toy: Toy, desk: Desk) -> None:
    dispatcher.deliver([delivery(row, Address("toy", str(row))) for row in range(20)])
    await settle()

    assert toy.most == 3
    assert len(desk.rows) == 20


async def test_trouble_is_met_with_longer_and_longer_pauses(
    dispatcher: Dispatcher, toy: Toy, desk: Desk, clock: Clock
) -> None:
    toy.troubles["1"] = [Unavailable("down"), Wait(17), Unavailable("down"), Unavailable("down")]

    dispatcher.deliver([delivery(1)])
    await settle()

    assert clock.pauses == [0.5, 17, 1.0, 2.0]
    assert desk.rows == [1]


@pytest.mark.parametrize(("failures", "pause"), [(1, 0.5), (2, 1), (7, 32), (8, LONGEST_PAUSE), (10**6, LONGEST_PAUSE)])
def test_pauses_double_up_to_a_minute(failures: int, pause: float) -> None:
    assert back_off(failures) == pause


@pytest.mark.parametrize("outcome", [Unreachable(), Refused("too long")])
async def test_what_the_channel_says_is_reported_and_the_next_goes_on(
    dispatcher: Dispatcher, toy: Toy, desk: Desk, outcome: Outcome
) -> None:
    toy.troubles["1"] = [outcome]

    dispatcher.deliver([delivery(1), delivery(2)])
    await settle()

    assert desk.reports == [(1, outcome), (2, Sent(2))]


async def test_a_bug_costs_one_message_only(dispatcher: Dispatcher, toy: Toy, desk: Desk) -> None:
    toy.troubles["1"] = [KeyError("text")]

    dispatcher.deliver([delivery(1), delivery(2)])
    await settle()

    assert desk.reports == [(1, Refused("KeyError: 'text'")), (2, Sent(2))]


async def test_nobody_waits_behind_a_broadcast(dispatcher: Dispatcher, desk: Desk, clock: Clock) -> None:
    dispatcher.deliver([delivery(row, Address("toy", str(row)), slow=True) for row in range(10)])
    await asyncio.sleep(0)
    dispatcher.deliver([delivery(99)])
    await settle()

    assert desk.rows.index(99) <= 2
    assert [row for row in desk.rows if row != 99] == list(range(10))
    assert clock.pauses == [PACE] * 10


async def test_a_broken_channel_ends_the_run_and_leaves_the_row(dispatcher: Dispatcher, toy: Toy, desk: Desk) -> None:
    toy.troubles["1"] = [Broken("token revoked")]

    dispatcher.deliver([delivery(1), delivery(2)])
    with pytest.raises(Broken, match="token revoked"):
        await dispatcher.run()

    assert desk.rows == []


async def test_what_comes_before_its_channel_is_held(toy: Toy, desk: Desk) -> None:
    dispatcher = Dispatcher({}, desk.report)

    dispatcher.deliver([delivery(1), delivery(2)])
    await settle()
    dispatcher.add("toy", toy)
    await settle()

    assert desk.rows == [1, 2]


async def test_closing_lets_the_send_under_way_finish_and_begins_no_other(
    dispatcher: Dispatcher, toy: Toy, desk: Desk
) -> None:
    gate = toy.gates["an"] = asyncio.Event()
    dispatcher.deliver([delivery(1), delivery(2)])
    await settle()

    closing = asyncio.create_task(dispatcher.aclose())
    await settle()
    gate.set()
    await closing
    dispatcher.deliver([delivery(3)])
    await settle()

    assert desk.rows == [1]
    assert toy.tried == ["1"]


async def test_closing_does_not_wait_for_a_pause_to_end(toy: Toy, desk: Desk) -> None:
    async def forever(_: float) -> None:
        await asyncio.Event().wait()

    dispatcher = Dispatcher({"toy": toy}, desk.report, sleep=forever)
    toy.troubles["1"] = [Unavailable("down")]
    dispatcher.deliver([delivery(1)])
    await settle()

    await asyncio.wait_for(dispatcher.aclose(), 1)

    assert desk.rows == []


async def test_idle_chats_leave_nothing_behind(dispatcher: Dispatcher, desk: Desk) -> None:
    dispatcher.deliver([delivery(1), delivery(2, BINH), delivery(3, slow=True)])
    await settle()

    assert sorted(desk.rows) == [1, 2, 3]
    assert len(asyncio.all_tasks()) == 1
