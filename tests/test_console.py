"""The console: the same talk with numbered choices."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from bot.actions import Menu, OpenGroup
from bot.messages import Address, Button, Copied, Delivery, Incoming, Outcome, Outgoing, Screen, Sent
from handlers.console import HERE, Console

ROWS = (
    (Button("Có em bé", OpenGroup("birth")), Button("Trang", "https://a.vn")),
    (Button("Menu", Menu()), Button("Mở bot", "start:p_will")),
)


SAID = {"no-choice": "Không có nút số {number}.", "copied": "[Tin số {message}, xem ở Telegram]"}


class Desk:
    """Answers each thing said with the same screen."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.came: list[Incoming] = []
        self.reports: list[Outcome] = []

    async def submit(self, incoming: Incoming) -> None:
        self.came.append(incoming)
        self.console.deliver([Delivery(1, Outgoing(HERE, Screen("**Chào** anh/chị", ROWS)))])

    def report(self, delivery: Delivery, outcome: Outcome) -> None:
        self.reports.append(outcome)


def talk(*said: str) -> tuple[list[str], Desk]:
    written: list[str] = []
    console = Console(written.append, SAID, lambda one: type(one).__name__)
    desk = Desk(console)

    async def lines() -> AsyncIterator[str]:
        for line in said:
            yield line

    asyncio.run(console.talk(lines(), desk))
    return written, desk


def test_what_is_written_is_handed_over_and_the_answer_printed() -> None:
    written, desk = talk("khai sinh\n")
    assert [(one.kind, one.text, one.sender) for one in desk.came] == [("message", "khai sinh", HERE)]
    assert written == ["Chào anh/chị\n  [#1] Có em bé\n  [#2] Trang\n  [#3] Menu\n  [#4] Mở bot\n"]
    assert desk.reports == [Sent(0)]


def test_a_number_presses_the_choice() -> None:
    _, desk = talk("chào\n", "#1\n", "#3\n")
    assert [one.action for one in desk.came[1:]] == [OpenGroup("birth"), Menu()]
    assert desk.came[1].kind == "tap"
    assert desk.came[1].message is not None


def test_a_button_that_opens_the_bot_hands_it_what_a_deep_link_would() -> None:
    _, desk = talk("chào\n", "#4\n")
    assert [(one.kind, one.text) for one in desk.came[1:]] == [("message", "/start p_will")]


def test_a_link_is_printed() -> None:
    written, desk = talk("chào\n", "#2\n")
    assert (written[-1], len(desk.came)) == ("https://a.vn", 1)


def test_a_number_without_a_choice_is_told() -> None:
    written, desk = talk("#1\n", "chào\n", "#0\n", "#5\n", "#²\n")
    assert [line for line in written if line.startswith("Không")] == [
        "Không có nút số 1.",
        "Không có nút số 0.",
        "Không có nút số 5.",
    ]
    assert [one.text for one in desk.came] == ["chào", "#²"]


def test_empty_lines_are_nothing() -> None:
    assert talk("\n", "   \n")[1].came == []


def test_updates_have_numbers_of_their_own() -> None:
    _, desk = talk("một\n", "hai\n", "ba\n")
    assert len({one.update for one in desk.came}) == 3


def test_what_goes_to_others_is_settled_and_not_shown() -> None:
    written: list[str] = []
    console = Console(written.append, SAID, lambda one: type(one).__name__)
    desk = Desk(console)

    async def nothing() -> AsyncIterator[str]:
        for line in ():
            yield line

    asyncio.run(console.talk(nothing(), desk))
    console.deliver([Delivery(1, Outgoing(Address("telegram", "1"), Screen("Tin")))])
    assert (written, desk.reports) == ([], [Sent(None)])


def test_a_copy_of_what_was_sent_elsewhere_is_a_line() -> None:
    written, desk = talk("chào\n")
    desk.console.deliver([Delivery(2, Outgoing(HERE, copies=Copied(Address("telegram", "-5"), 31)))])
    assert (written[-1], desk.reports[-1]) == ("[Tin số 31, xem ở Telegram]", Sent(1))
