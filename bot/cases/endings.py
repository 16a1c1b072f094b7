"""How a case ends otherwise than with thanks: withdrawn, forgotten, unanswered for too long, or out of reach."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.cases.claims import EXPIRES, LATE, Claims
from bot.cases.collaborators import Collaborators
from bot.cases.hours import Hours
from bot.cases.notices import Notices
from bot.cases.values import ANSWER, ASK, CARD, MEDIA, MORE, Case
from bot.messages import Address, Outgoing, Screen, Timer
from bot.storage import Storage


class Endings:
    """*hours* tells when collaborators work."""

    def __init__(
        self, storage: Storage, team: Collaborators, notices: Notices, claims: Claims, hours: Callable[[], Hours]
    ) -> None:  # fmt: skip
        self._storage = storage
        self._book = storage.cases
        self._team = team
        self._notices = notices
        self._claims = claims
        self._hours = hours

    def withdraw(self, case: Case, now: datetime) -> list[Outgoing]:
        """Who asked takes the question back: nobody is to answer it, and nothing of it stays."""
        if case.state == "merged":
            gone = self._gone(case)
            self._end(case, now)
            return [*self.left(case, now), *gone]
        if (handed := self.hand_over(case, now)) is not None:
            gone = self._gone(case)
            self._end(case, now)
            return [*handed, *gone]
        told = self._notices.desk(case, now, "case.taken-back") if case.state == "claimed" else []
        self._book.close(case.id, "withdrawn", now)
        gone = [*self._notices.refresh(case.id, now), *self._gone(case)]
        self._end(case, now)
        return [*told, *gone]

    def forget(self, chat: Address, now: datetime) -> list[Outgoing]:
        """*chat* is about to be forgotten: whoever asked alike keeps the case, whoever holds it is told."""
        told: list[Outgoing] = []
        for case in self._book.own(chat):
            if case.state == "merged":
                self._book.close(case.id, "withdrawn", now)
                told += self.left(case, now)
            elif (handed := self.hand_over(case, now)) is not None:
                told += handed
            elif case.state == "claimed":
                told += self._notices.desk(case, now, "case.taken-back")
        return told

    def left(self, case: Case, now: datetime) -> list[Outgoing]:
        """*case* is none of those any more that another answers for: nor are its words on the cards of that one."""
        self._book.merge(case.id, 0)
        self._book.retention.unsay(case.into)
        return self._notices.refresh(case.into, now)

    def hand_over(self, case: Case, now: datetime, key: str = "case.handed") -> list[Outgoing] | None:
        """The next who asked alike takes the place of *case*, which the holder is told by *key*; None: nobody did."""
        siblings = self._book.siblings(case.id)
        if not siblings:
            return None
        heir = siblings[0]
        self._book.lead(case.id, heir.id)
        self._claims.stop(case)
        standing = self._book.get(heir.id) or heir
        if standing.state == "claimed":
            self._claims.extend(standing, now)
        self._set("case-expired", standing, self._hours().days(now, 1))
        told = self._notices.desk(standing, now, key, old=case.id) if standing.state == "claimed" else []
        return [*self._notices.refresh(heir.id, now), *told]

    def _gone(self, case: Case) -> list[Outgoing]:
        """What lies elsewhere about *case* is deleted, but the card of who is to know how it ended."""
        copies = self._book.copies.elsewhere(case)
        gone = (one for one in copies if one.part != CARD or not self._team.sees(one.chat))
        return [Outgoing(one.chat, None, edits=one.message) for one in gone]

    def _end(self, case: Case, now: datetime) -> None:
        self._book.close(case.id, "withdrawn", now)
        self._claims.stop(case)
        for kind in ("case-late", "case-expired"):
            self._storage.timers.clear(kind, case.asked_by, str(case.id))
        self._book.retention.erase(case.id)

    # When a timer goes off.

    def late(self, timer: Timer, now: datetime) -> list[Outgoing]:
        """Still nobody: an apology, once, and whom to call."""
        case = self._book.get(int(timer.subject))
        if case is None or not case.waits:
            return []
        if self._book.leader(case).state != "open":
            self._set("case-late", case, self._hours().after(now, LATE))
            return []
        return [self._notices.citizen(case, now, "case.late", "status", "withdraw", calls=True)]

    def expire(self, timer: Timer, now: datetime) -> list[Outgoing]:
        """Nobody answered for days: said plainly, to who asked and to the officers."""
        case = self._book.get(int(timer.subject))
        if case is None or case.state not in {"open", "claimed"}:
            return []
        if case.state == "claimed":
            self._set("case-expired", case, self._hours().days(now, 1))
            return []
        told = []
        for one in (case, *self._book.siblings(case.id)):
            told.append(self._notices.citizen(one, now, "case.expired", days=EXPIRES, calls=True))
            self._book.close(one.id, "expired", now)
        for chat in self._team.officers():
            view = self._notices.look(chat, now)
            told.append(Outgoing(chat, Screen(view.say("case.expired-officers", number=case.id, days=EXPIRES))))
        return [*told, *self._notices.refresh(case.id, now)]

    # When a message did not arrive.

    def undelivered(self, failed: Outgoing, now: datetime, *, blocked: bool) -> list[Outgoing]:
        """Whoever answered learns that it did not arrive."""
        case = self._book.get(failed.case or 0)
        if case is None or not failed.part.startswith((ANSWER, MORE, ASK, MEDIA)):
            return []
        if blocked and failed.part.startswith((MORE, MEDIA)):  # what came before did not arrive either, which was said
            return []
        leader = self._book.get(case.into) or case
        return self._notices.desk(leader, now, "case.blocked" if blocked else "case.refused")

    def _set(self, kind: str, case: Case, due: datetime) -> None:
        self._storage.timers.set(Timer(kind, case.asked_by, str(case.id), due))
