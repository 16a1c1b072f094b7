"""What screens are made with: the base, a language, the chat's session, the day; and the rows under every one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property

from bot.actions import Action, Helped, Human, Menu, OpenGroup
from bot.base.model import Base, Record
from bot.groups.calendar import Calendar
from bot.messages import Address, Button, Rows, Screen
from bot.session import Session
from bot.talk.speech import Speech


@dataclass(frozen=True)
class View:
    """One answer being made."""

    base: Base
    speech: Speech
    session: Session
    day: date
    chat: Address
    hour: time = time()  # what their clock shows

    @property
    def now(self) -> datetime:
        """*hour* of *day*; it is local already, so any zone will do, if all have the same."""
        return datetime.combine(self.day, self.hour, UTC)

    @cached_property
    def calendar(self) -> Calendar:
        return Calendar(self.base.calendar, UTC)

    def say(self, key: str, **words: object) -> str:
        return self.speech.say(key, **words)

    def record(self, id: str) -> Record | None:
        """The group or procedure with this id."""
        return self.base.groups.get(id) or self.base.procedures.get(id)

    def name(self, id: str) -> str:
        """What the group, procedure or entry with this id is called on a button; nothing when there is none."""
        if (record := self.record(id)) is not None:
            return self.speech.text(record.short)
        entry = self.base.entries.get(id)
        return "" if entry is None else self.speech.text(entry.title)

    def said_day(self, day: date) -> str:
        """*day* as one says it today."""
        return self.speech.near(day, self.day)

    def button(self, key: str, action: Action) -> Button:
        return Button(self.say(key), action)

    def screen(
        self,
        lines: Iterable[str],
        rows: Rows = (),
        about: str = "",
        *,
        walked: bool = False,
        human: Button | None = None,
    ) -> Screen:
        """The screen with *lines*, its own *rows* and those that are under every screen.

        *about* is the procedure or group it shows; *walked* says that it is part of the walk through that group;
        *human* is the way to people where it is not the usual one.
        """
        text = "\n".join(lines).strip()
        if self.speech.untranslated:
            text = f"{text}\n\n{self.say('untranslated')}"
        done = ((self.button("button.helped", Helped()),),) if self.session.helping else ()
        return Screen(text, (*rows, *(() if walked else self.resume()), *done, self._footer(about, human)))

    def resume(self) -> Rows:
        """The way back into the group that a detour left."""
        group = self.base.groups.get(self.session.group)
        if group is None:
            return ()
        label = self.say("button.resume", group=self.speech.text(group.short))
        return ((Button(label, OpenGroup(group.id)),),)

    def _footer(self, about: str, human: Button | None) -> tuple[Button, ...]:
        return (human or self.button("button.human", Human(about)), self.button("button.menu", Menu()))


def pairs(buttons: Iterable[Button]) -> Rows:
    """*buttons* two in a row: what fits a narrow phone."""
    all_of_them = tuple(buttons)
    return tuple(all_of_them[start : start + 2] for start in range(0, len(all_of_them), 2))


def column(buttons: Iterable[Button]) -> Rows:
    """*buttons* each in a row of its own."""
    return tuple((button,) for button in buttons)
