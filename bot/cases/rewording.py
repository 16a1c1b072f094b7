"""A question that is put otherwise while people are at it: nobody gets an answer to what they do not ask."""

from __future__ import annotations

from datetime import datetime

from bot.cases.book import Book
from bot.cases.endings import Endings
from bot.cases.likeness import Likeness
from bot.cases.notices import Notices
from bot.cases.values import Case
from bot.markup import escape
from bot.messages import Outgoing


class Rewording:
    """*likeness* says whether two questions are still one."""

    def __init__(self, book: Book, notices: Notices, endings: Endings, likeness: Likeness) -> None:
        self._book = book
        self._notices = notices
        self._endings = endings
        self._likeness = likeness

    def reworded(self, case: Case, text: str, now: datetime) -> list[Outgoing]:
        """What is to be said because *case* asks *text* (redacted) from now on."""
        sense = self._likeness.sense(text)
        others = [self._book.leader(case)] if case.state == "merged" else self._book.siblings(case.id)
        apart = any(not self._likeness.same(text, sense, other) for other in others)
        told = self._part(case, now) if apart else []
        self._book.reword(case.id, text, sense)
        standing = self._book.get(case.id) or case
        if apart:
            return [*told, *self._notices.offer(standing, now)]
        if standing.state == "merged":
            return []
        words = self._notices.desk(standing, now, "case.reworded", text=escape(text))
        return [*self._notices.refresh(case.id, now), *(words if standing.state == "claimed" else ())]

    def _part(self, case: Case, now: datetime) -> list[Outgoing]:
        """*case* stands for itself again, and nobody has it."""
        if case.state == "merged":
            told = self._endings.left(case, now)
        else:
            told = self._endings.hand_over(case, now, "case.moved") or []
        self._book.asks(case.id, asked=False)
        self._book.release(case.id)
        return told
