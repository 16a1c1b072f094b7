"""What waits for approval, and what comes of it: a second person decides, and what harms others is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot import actions as act
from bot.admin.chat.circle import Circle, faults, listed
from bot.admin.chat.intake import WORKSHOP
from bot.edition import Edition
from bot.learning.board import QUOTED, board, card, owner
from bot.learning.lessons import Lesson
from bot.learning.pool import Pool
from bot.learning.suggestions import Cluster, Suggestion
from bot.learning.trial import Tried
from bot.messages import Incoming, Learn, Outgoing
from bot.publications import BOT, By
from bot.storage import Storage
from bot.talk.speech import shorten
from bot.talk.view import View

Told = Callable[[Edition, str, datetime], list[Outgoing]]

OPEN = ("waiting", "accepted")
ROAD = ("received", "checked", "proposed", "approved", "published")  # of a publication


class Judging:
    """*serve* swaps what citizens are answered from; *told* gives what to say to who waits for a published file."""

    def __init__(
        self,
        storage: Storage,
        circle: Circle,
        serving: Callable[[], Edition],
        serve: Callable[[Edition], None],
        told: Told,
    ) -> None:
        self._storage = storage
        self._kept = storage.learning.suggestions
        self._circle = circle
        self._pool = Pool(storage, serving)
        self._serve = serve
        self._told = told

    def respond(self, view: View, incoming: Incoming, now: datetime) -> list[Outgoing] | None:
        """What somebody who may approve sets off; None when *incoming* is nothing of the kind."""
        who = incoming.user
        if incoming.group or who is None or who not in self._circle:
            return None
        if incoming.command == ("/suggestions", ""):
            waiting, tasks = (self._pool.clusters(state) for state in OPEN)
            return [Outgoing(view.chat, board(view, waiting, tasks))]
        match incoming.action:
            case act.OpenSuggestion(number):
                found = self._pool.cluster(number, *OPEN)
                team = self._storage.team.members()
                return [self._over(who, now) if found is None else Outgoing(view.chat, card(view, found, team))]
            case act.Judge(number, given):
                return self._decide(view, number, who, now, given=given)
        return None

    def done(self, job: Learn, result: object, now: datetime) -> list[Outgoing]:
        """The base was read with what an approved suggestion teaches."""
        found = self._pool.cluster(job.suggestion, "approved")
        if found is None:
            return []
        if job.over != self._storage.publications.over():  # something else was published meanwhile
            return [self._trial(found, now)]
        match result:
            case Tried(test="", loaded=loaded) if loaded.edition is not None:
                return self._refuse(found, now, "learn.not-understood")
            case Tried(victims=victims) if victims:
                return self._refuse(found, now, "learn.victims", victims=victims)
            case Tried(loaded=loaded) as tried if loaded.edition is not None:
                return self._publish(found, job, tried, loaded.edition, now)
            case Tried(loaded=loaded):
                view = self._circle.view(found.first.author, now)
                return self._refuse(found, now, "learn.faults", faults(view.speech, loaded.problems))
        return self._refuse(found, now, "learn.untried")

    def _decide(self, view: View, number: int, who: int, now: datetime, *, given: bool) -> list[Outgoing]:
        found = self._pool.cluster(number, *OPEN)
        if found is None:
            return [self._over(who, now)]
        first = found.first
        if first.state == "waiting" and first.author == who:
            return [self._circle.tell(who, now, "publish.own")]
        to = "declined" if not given else "done" if first.state == "accepted" else _next(first)
        self._move(found, to, who, now)
        if to == "approved":
            return [self._circle.tell(who, now, "publish.approved"), self._trial(found, now)]
        words = {"text": shorten(first.text, QUOTED), "who": who, **owner(view, first.subject)}
        told = dict.fromkeys((who, *(one.author for one in found.members)))
        if to == "accepted":
            told = dict.fromkeys((*told, *sorted(self._circle.ids)))
        return [self._circle.tell(id, now, f"learn.{to}", **words) for id in told]

    def _move(self, found: Cluster, to: str, who: int, now: datetime) -> None:
        self._kept.move([one.id for one in found.members], to, found.first.state, approver=who)
        self._storage.team.deed(who, f"learn.deed.{to}", str(found.first.id), now)

    def _refuse(
        self, found: Cluster, now: datetime, key: str, lines: list[str] | None = None, *, victims: tuple[str, ...] = ()
    ) -> list[Outgoing]:
        """It would do harm, or no good: whoever made it and whoever approved it read why."""
        self._kept.move([one.id for one in found.members], "refused", "approved")
        told = []
        for id in dict.fromkeys((found.first.author, found.first.approver)):
            shown = lines or list(listed(self._circle.view(id, now).speech, victims))
            words = {"text": shorten(found.first.text, QUOTED), "count": len(victims)}
            told.append(self._circle.tell(id, now, key, shown, **words))
        return told

    def _publish(self, found: Cluster, job: Learn, tried: Tried, edition: Edition, now: datetime) -> list[Outgoing]:
        """From the next update on, citizens are answered by it."""
        number = self._keep(found, job, tried, edition, now)
        self._storage.learning.lessons.keep(Lesson(number, job.subject, tried.test))
        self._kept.move([one.id for one in found.members], "published", "approved", publication=number)
        self._serve(edition)
        words = {"text": shorten(found.first.text, QUOTED), "file": job.file, "test": tried.test}
        who = dict.fromkeys((*sorted(self._circle.ids), *(one.author for one in found.members)))
        told = [self._circle.tell(id, now, "learn.published", **words) for id in who]
        return [*told, *self._told(edition, job.file, now)]

    def _keep(self, found: Cluster, job: Learn, tried: Tried, edition: Edition, now: datetime) -> int:
        """The file as a publication that has gone all its way; its number."""
        first, publications = found.first, self._storage.publications
        author, approver = By(first.author, now, f"{first.kind}: {first.text}"), By(first.approver, now)
        number = publications.receive(job.file, tried.text, author)
        publications.put(number, under=edition.under.get(job.file, ""), changes=f"+ {first.text}")
        steps = (By(BOT, now), author, approver, By(BOT, now))
        for before, state, by in zip(ROAD, ROAD[1:], steps, strict=False):
            publications.move(number, state, (before,), by)
        return number

    def _trial(self, found: Cluster, now: datetime) -> Outgoing:
        """The order to try what *found* teaches."""
        day = self._circle.view(found.first.author, now).day
        return Outgoing(WORKSHOP, job=self._pool.order(found, day), transient=True)

    def _over(self, who: int, now: datetime) -> Outgoing:
        return self._circle.tell(who, now, "publish.over")


def _next(first: Suggestion) -> str:
    return "accepted" if first.kind == "fact" else "approved"
