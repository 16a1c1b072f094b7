"""From a checked file to the citizens, and back: a second admin approves, any admin takes back; all of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot import actions as act
from bot.admin.chat.circle import Circle, note
from bot.admin.chat.intake import Intake, changed
from bot.edition import Edition, Loaded
from bot.messages import Outgoing
from bot.publications import BOT, By, Publication
from bot.storage import Storage
from bot.talk.view import View

PENDING = ("received", "checked", "proposed")  # its author may still leave it


class Approval:
    """Whoever sent a file never approves it. *serve* swaps what citizens are answered from."""

    def __init__(self, storage: Storage, circle: Circle, intake: Intake, serve: Callable[[Edition], None]) -> None:
        self._storage = storage
        self._kept = storage.publications
        self._circle = circle
        self._intake = intake
        self._serve = serve

    def tap(self, view: View, action: act.Action, who: int, now: datetime) -> list[Outgoing] | None:
        """What a button under a publication does; None when it is another button."""
        match action:
            case act.PlaceFile(number, place) if (mine := self._own(number, who, "received")) is not None:
                return self._intake.placed(view, mine, place)
            case act.Propose(number) if (mine := self._own(number, who, "checked")) is not None:
                return self._propose(view, mine, now)
            case act.Withdraw(number) if (mine := self._own(number, who, *PENDING)) is not None:
                self._kept.move(number, "withdrawn", PENDING, By(who, now))
                return [self._circle.tell(who, now, "publish.withdrawn", file=mine.file)]
            case act.Approve(number, given) if (other := self._kept.get(number)) is not None:
                return self._decide(other, who, now, given=given)
            case act.PlaceFile() | act.Propose() | act.Withdraw() | act.Approve():
                return [self._circle.tell(who, now, "publish.over")]
        return None

    def reason(self, view: View, who: int, text: str, now: datetime) -> list[Outgoing]:
        """The text an admin wrote when asked why."""
        number = view.session.reason
        self._storage.keep(view.chat, replace(view.session, reason=0), now)
        self._kept.put(number, why=" ".join(text.split()))
        mine = self._own(number, who, "checked")
        return [self._circle.tell(who, now, "publish.over")] if mine is None else self._ask(mine, now)

    def judged(self, publication: Publication, loaded: Loaded | None, now: datetime) -> list[Outgoing]:
        """The base was read once more with an approved file in it: from the next update on, citizens get it."""
        if loaded is None or loaded.edition is None:
            return [self._intake.refuse(publication, loaded, now)]
        self._kept.put(publication.id, under=loaded.edition.under.get(publication.file, ""))
        self._kept.move(publication.id, "published", ("approved",), By(BOT, now))
        self._serve(loaded.edition)
        deeds = reversed(self._kept.deeds(publication.id))
        approver = next(deed.by.who for deed in deeds if deed.state == "approved")
        words = {**_signed(publication), "version": loaded.edition.base.version, "approver": approver}
        return self._circle.tell_all(now, "publish.published", **words)

    def undo(self, who: int, why: str, now: datetime) -> Publication | None:
        """Take back what was published last; None when nothing is."""
        published = self._kept.published()
        if not published:
            return None
        self._kept.move(published[-1].id, "undone", ("published",), By(who, now, why))
        return published[-1]

    def _propose(self, view: View, mine: Publication, now: datetime) -> list[Outgoing]:
        """To the others, once it is said why."""
        if mine.why:
            return self._ask(mine, now)
        self._storage.keep(view.chat, replace(view.session, reason=mine.id), now)
        return [self._circle.tell(mine.author, now, "publish.why")]

    def _ask(self, mine: Publication, now: datetime) -> list[Outgoing]:
        """Show the others what it changes."""
        self._kept.move(mine.id, "proposed", ("checked",), By(mine.author, now, mine.why))
        others = sorted(self._circle.ids - {mine.author})
        told = self._circle.tell(mine.author, now, "publish.proposed", count=len(others))
        return [told, *(self._asked(other, mine, now) for other in others)]

    def _asked(self, id: int, publication: Publication, now: datetime) -> Outgoing:
        view = self._circle.view(id, now)
        buttons = (
            view.button("publish.button.approve", act.Approve(publication.id, given=True)),
            view.button("publish.button.decline", act.Approve(publication.id, given=False)),
        )
        lines = ["", *changed(view, tuple(publication.changes.splitlines()))]
        return Outgoing(view.chat, note(view.speech, "publish.ask", lines, *buttons, **_signed(publication)))

    def _decide(self, publication: Publication, who: int, now: datetime, *, given: bool) -> list[Outgoing]:
        """Yes or no of somebody; before it is published it is tried once more, as the base may have changed."""
        if publication.author == who:
            return [self._circle.tell(who, now, "publish.own")]
        to = "approved" if given else "declined"
        if not self._kept.move(publication.id, to, ("proposed",), By(who, now)):
            return [self._circle.tell(who, now, "publish.over")]
        if given:
            return [self._circle.tell(who, now, "publish.approved"), self._intake.trial(publication.id)]
        words = {"file": publication.file, "who": who}
        return [self._circle.tell(id, now, "publish.declined", **words) for id in (who, publication.author)]

    def _own(self, number: int, who: int, *states: str) -> Publication | None:
        """The publication with this number, if this person sent it and it is in one of *states*."""
        found = self._kept.get(number)
        return found if found is not None and found.author == who and found.state in states else None


def _signed(publication: Publication) -> dict[str, object]:
    return {"file": publication.file, "author": publication.author, "why": publication.why}
