"""Who has a case: claimed by one, for a while, and back in the queue when nothing is heard from them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.cases.collaborators import Collaborators, Person
from bot.cases.hours import Hours
from bot.cases.notices import Notices
from bot.cases.values import CARD, Case
from bot.messages import Outgoing, Timer, room
from bot.storage import Storage
from bot.talk.view import View

LEASE = timedelta(minutes=30)  # of working time, from the last act of the holder
NUDGE = timedelta(minutes=20)  # after which the holder is reminded
PATIENCE = timedelta(hours=9, minutes=30)  # of working time, while a question back waits for the citizen
LATE = timedelta(hours=4)  # of working time without anybody: then we apologise, once
EXPIRES = 3  # working days without an answer
QUIET = timedelta(minutes=1)  # in a group one word tells everybody who has it


class Claims:
    """*hours* tells when collaborators work."""

    def __init__(self, storage: Storage, team: Collaborators, notices: Notices, hours: Callable[[], Hours]) -> None:
        self._storage = storage
        self._book = storage.cases
        self._team = team
        self._notices = notices
        self._hours = hours

    def take(self, case: Case, person: Person, now: datetime) -> list[Outgoing]:
        """*person* answers it, if nobody else does."""
        if not self._book.claim(case.id, person.holder, self._hours().after(now, LEASE)):
            return self.taken(case, person, now)
        self._storage.team.deed(person.holder.user, "case.deed.claimed", str(case.id), now)
        self._book.drafts.drop(case.id, but=person.holder)
        self._watch(case, now, LEASE)
        claimed = self._book.get(case.id) or case
        shown = any(one.chat == room(person.holder.chat) for one in self._book.copies.of(case.id, CARD))
        card = [] if shown else self._notices.show(claimed, [person.holder.chat], now)
        return [*self._notices.refresh(case.id, now), *card, *self._notices.told(claimed, now)]

    def taken(self, case: Case, person: Person, now: datetime, *, wrote: bool = False) -> list[Outgoing]:
        """Who came too late is told who has it, at once whoever *wrote* an answer."""
        standing = self._book.get(case.id) or case
        if person.group and not self._book.note(case.id, now, QUIET) and not wrote:
            return []
        mine = standing.holder is not None and standing.state == "claimed" and standing.holder.is_(person.holder)
        key = f"case.taken.{'mine' if mine else standing.state}"
        return [self._notices.here(standing, person.holder.chat, now, key, who=self._who(standing))]

    def wait(self, case: Case, now: datetime) -> None:
        """Somebody waits for an answer from *now* on: look again at *case* when that was for long."""
        self._storage.timers.set(Timer("case-late", case.asked_by, str(case.id), self._hours().after(now, LATE)))
        self._storage.timers.set(Timer("case-expired", case.asked_by, str(case.id), self._hours().days(now, EXPIRES)))

    def until(self, now: datetime, work: timedelta) -> datetime:
        """When so much working time is over."""
        return self._hours().after(now, work)

    def extend(self, case: Case, now: datetime, work: timedelta = LEASE) -> None:
        """The holder of *case* is at it."""
        self._book.extend(case.id, self._hours().after(now, work))
        self._watch(case, now, work)

    def let_go(self, case: Case, person: Person, now: datetime, *, officers: bool = False) -> list[Outgoing]:
        """*person* does not answer it."""
        done = "case.deed.passed" if officers else "case.deed.returned"
        self._storage.team.deed(person.holder.user, done, str(case.id), now)
        return self.give_back(case, now, officers=officers)

    def give_back(
        self, case: Case, now: datetime, key: str = "case.freed", *, officers: bool = False
    ) -> list[Outgoing]:
        """Back to the queue, which all who may take it read; on the officers' list when the holder was not sure."""
        self._book.release(case.id, officers=officers)
        self.stop(case)
        told = self._notices.refresh(case.id, now) + self._notices.drop_panel(case.id)
        self._book.drafts.drop(case.id)
        freed = self._book.get(case.id) or case
        if not officers:
            return [*told, *self._notices.desk(freed, now, key, who=self._who(case))]
        if case.officers:
            return told
        cards = {one.chat for one in self._book.copies.of(case.id, CARD)}
        chats = [chat for chat in self._team.officers() if chat not in cards]
        return [*told, *self._notices.show(freed, chats, now)]

    def sweep(self, now: datetime) -> list[Outgoing]:
        """What somebody holds who left the team is back in the queue at once; the officers' when nobody is left."""
        left = [one for one in self._book.claimed() if one.holder and not self._team.works(one.holder)]
        nobody = not self._team.reachable()
        return [told for case in left for told in self.give_back(case, now, officers=nobody)]

    def stop(self, case: Case) -> None:
        """Nobody's time runs any more."""
        for kind in ("lease", "nudge"):
            self._storage.timers.clear(kind, case.asked_by, str(case.id))

    def _watch(self, case: Case, now: datetime, work: timedelta) -> None:
        hours = self._hours()
        over, nudge = hours.after(now, work), hours.after(now, work - LEASE + NUDGE)
        self._storage.timers.set(Timer("lease", case.asked_by, str(case.id), over))
        self._storage.timers.set(Timer("nudge", case.asked_by, str(case.id), nudge))

    # When a timer goes off.

    def nudge(self, timer: Timer, now: datetime) -> list[Outgoing]:
        """The holder is asked whether they are still at it."""
        case = self._book.get(int(timer.subject))
        if case is None or case.state != "claimed" or case.lease is None or case.lease <= now:
            return []
        return self._notices.desk(case, now, "case.nudge", who=self._who(case), minutes=(LEASE - NUDGE).seconds // 60)

    def lapse(self, timer: Timer, now: datetime) -> list[Outgoing]:
        """The time is over: others may answer."""
        case = self._book.get(int(timer.subject))
        if case is None or case.state != "claimed" or case.lease is None or case.lease > now:
            return []
        return self.give_back(case, now, "case.lapsed")

    def _who(self, case: Case) -> Callable[[View], str]:
        """The holder of *case*, as others of the team know them."""
        return lambda view: self._notices.cards.who(view, case.holder)
