"""How a case stands, in words for who asked: nothing is promised that will not be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.cases.book import Book
from bot.cases.hours import CLOSES, OPENS, Hours
from bot.cases.notices import Notices, own_buttons
from bot.cases.values import Case
from bot.markup import escape
from bot.messages import Screen
from bot.talk import menus
from bot.talk.speech import shorten
from bot.talk.view import View


class Standing:
    """*hours* tells when collaborators work."""

    def __init__(self, book: Book, notices: Notices, hours: Callable[[], Hours]) -> None:
        self._book = book
        self._notices = notices
        self._hours = hours

    def received(self, view: View, case: Case, like: Case, now: datetime) -> Screen:
        """A new case: its number, how many come first, when people answer, and whom to call when it cannot wait."""
        lines = [view.say("case.received", number=case.id), *self._standing(view, like), *self._open(view, now)]
        lines += [view.say("case.wait"), *menus.hotlines(view, view.base.hotlines)]
        own = own_buttons(view, case.id, "status", "withdraw")
        return view.screen(lines, (*own, *menus.awaiting(view, case.question)))

    def status(self, view: View, case: Case, key: str = "case.status") -> Screen:
        """How a case stands, and what can be done about it."""
        lines = [view.say(key, number=case.id)]
        if case.text:
            lines.append(view.say("consent.quote", question=escape(shorten(case.text, menus.QUOTED))))
        lines += self._standing(view, self._book.leader(case))
        waiting = own_buttons(view, case.id, "more", "withdraw")
        answered = own_buttons(view, case.id, "clear", "more") if case.state == "answered" else ()
        return view.screen(lines, waiting if case.waits else answered)

    def _standing(self, view: View, case: Case) -> Iterator[str]:
        """How *case* stands, in a line."""
        who = self._notices.cards.role(view, case.holder)
        if case.state == "open" and not case.officers:
            before = self._book.before(case)
            yield view.say("case.stands.waiting" if before else "case.stands.next", count=before)
        elif case.state == "open":
            yield view.say("case.stands.officers")
        elif case.state == "claimed" and case.asked:
            yield view.say("case.stands.asked", who=who)
        else:
            yield view.say(f"case.stands.{case.state}", who=who)

    def _open(self, view: View, now: datetime) -> Iterator[str]:
        """When people answer; what is true just now is not hidden."""
        yield view.say("case.hours", opens=f"{OPENS.hour}:{OPENS:%M}", closes=f"{CLOSES.hour}:{CLOSES:%M}")
        hours = self._hours()
        if not hours.open(now):
            begin = hours.next(now)
            day = view.speech.near(begin.date(), view.day, settled=hours.calendar.settled(begin.date()))
            yield view.say("case.closed-now", hour=view.speech.hour(begin.time()), day=day)
