"""/queue and /mine: what waits, and what one has taken on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.actions import Handle
from bot.cases.collaborators import Person
from bot.cases.notices import Notices
from bot.cases.values import Case
from bot.markup import escape
from bot.messages import Button, Outgoing, Rows, Screen
from bot.storage import Storage
from bot.talk.speech import shorten
from bot.talk.view import View

SHOWN = 8  # cases of a list: with its title and the rest, counted, ten lines
WORDS = 60  # characters of each
ROW = 4  # buttons side by side
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Lists:
    """Short lists, each case with a button that shows its card here."""

    def __init__(self, storage: Storage, notices: Notices) -> None:
        self._book = storage.cases
        self._notices = notices

    def command(self, view: View, name: str, person: Person, now: datetime) -> list[Outgoing] | None:
        """The list that the command *name* asks for; None when it is another command."""
        match name:
            case "/queue":
                return [Outgoing(view.chat, self._queue(view, now))]
            case "/mine":
                held = self._book.held_by(person.holder)
                return [Outgoing(view.chat, self._list(view, "case.list.mine", "case.list.none-mine", held, now))]
        return None

    def _queue(self, view: View, now: datetime) -> Screen:
        """What anybody may answer, then what waits for the officers."""
        queue = self._book.queue()
        anybody, officers = ([one for one in queue if one.officers == wanted] for wanted in (False, True))
        screen = self._list(view, "case.list.queue", "case.list.none", anybody, now)
        if not officers:
            return screen
        apart = self._list(view, "case.list.officers", "case.list.none", officers, now, max(2, SHOWN - len(anybody)))
        return Screen(f"{screen.text}\n\n{apart.text}", (*screen.buttons, *apart.buttons))

    def _list(  # noqa: PLR0913, PLR0917 a title, what to say when there is nothing, and the list
        self, view: View, title: str, nothing: str, cases: Sequence[Case], now: datetime, most: int = SHOWN
    ) -> Screen:
        if not cases:
            return Screen(view.say(nothing))
        shown = cases[:most]
        lines = [view.say(title, count=len(cases)), *(self._line(view, one, now) for one in shown)]
        if len(cases) > most:
            lines.append(view.say("admin.more", count=len(cases) - most))
        buttons = [Button(view.say("case.list.open", number=one.id), Handle(one.id, "show")) for one in shown]
        rows: Rows = tuple(tuple(buttons[at : at + ROW]) for at in range(0, len(buttons), ROW))
        return Screen("\n".join(lines), rows)

    def _line(self, view: View, case: Case, now: datetime) -> str:
        urgent = view.say("case.card.urgent") if case.urgent else ""
        text = escape(shorten(case.text.replace("\n", " "), WORDS))
        return view.say("case.list.line", number=case.id, age=_age(view, now - case.opened), urgent=urgent, text=text)


def _age(view: View, age: timedelta) -> str:
    if age < HOUR:
        return view.say("case.list.minutes", count=age // timedelta(minutes=1))
    return view.say("case.list.hours", count=age // HOUR) if age < DAY else view.say("case.list.days", count=age // DAY)
