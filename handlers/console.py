"""The console channel: the same talk on a terminal, with numbered choices; `#3` presses the third."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from itertools import count
from typing import Protocol

from bot.attachments import Attachment
from bot.markup import START, plain
from bot.messages import Address, Button, Delivery, Incoming, Outcome, Outgoing, Screen, Sent

HERE = Address("console", "me")
WORDS = ("no-choice", "copied")  # what it says itself: that there is no such button, that a message cannot be shown


class Desk(Protocol):
    """The one door, and where to say what became of an answer."""

    async def submit(self, incoming: Incoming) -> None: ...

    def report(self, delivery: Delivery, outcome: Outcome) -> None: ...


class Console:
    """One chat. *write* prints; *words* are the sentences of its own, see WORDS; *start* numbers the updates.

    *keep* puts a file somewhere and says where.
    """

    def __init__(
        self, write: Callable[[str], None], words: Mapping[str, str], keep: Callable[[Attachment], str], start: int = 0
    ) -> None:
        self._keep = keep
        self._write = write
        self._words = words
        self._updates = count(start)
        self._messages = count(start)
        self._choices: tuple[Button, ...] = ()
        self._screen: int | None = None
        self._desk: Desk | None = None

    def deliver(self, deliveries: Iterable[Delivery]) -> None:
        """Print what goes out; the last one is the screen whose choices have numbers."""
        for delivery in deliveries:
            message = self._print(delivery.outgoing) if delivery.outgoing.to == HERE else None
            if self._desk is not None:
                self._desk.report(delivery, Sent(message))

    async def talk(self, lines: AsyncIterator[str], desk: Desk) -> None:
        """Hand every line to *desk*; its answer is printed before the next line is read."""
        self._desk = desk
        async for line in lines:
            said = line.strip()
            if said and (incoming := self._incoming(said)) is not None:
                await desk.submit(incoming)

    def _print(self, outgoing: Outgoing) -> int | None:
        """Its number, if it is a message."""
        if outgoing.copies is not None:  # what it holds is elsewhere
            self._write(self._words["copied"].format(message=outgoing.copies.message))
            return next(self._messages)
        if outgoing.screen is None:
            return None
        message = outgoing.edits or next(self._messages)
        if outgoing.attachment is not None:
            self._write(f"[{self._keep(outgoing.attachment)}]")
        self._show(outgoing.screen, message)
        return message

    def _show(self, screen: Screen, message: int) -> None:
        self._screen = message
        self._choices = tuple(button for row in screen.buttons for button in row)
        self._write("\n".join(_lines(screen)) + "\n")

    def _incoming(self, said: str) -> Incoming | None:
        update = str(next(self._updates))
        if not re.fullmatch("#[0-9]{1,9}", said):
            return Incoming(update, HERE, text=said)
        number = int(said[1:])
        if not 1 <= number <= len(self._choices):
            self._write(self._words["no-choice"].format(number=number))
            return None
        pressed = self._choices[number - 1].does
        if isinstance(pressed, str) and pressed.startswith(START):
            return Incoming(update, HERE, text=f"/start {pressed.removeprefix(START)}")
        if isinstance(pressed, str):
            self._write(pressed)
            return None
        return Incoming(update, HERE, kind="tap", action=pressed, message=self._screen)


def _lines(screen: Screen) -> Iterator[str]:
    yield plain(screen.text)
    for number, button in enumerate((button for row in screen.buttons for button in row), 1):
        yield f"  [#{number}] {button.label}"
