"""What admins do by chat: ask how things stand, have the knowledge read again, send it, publish it, take it back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, tzinfo

from bot.admin import stale
from bot.admin.chat.approval import Approval
from bot.admin.chat.circle import Circle, faults, listed, note
from bot.admin.chat.gaps import Gaps
from bot.admin.chat.intake import WORKSHOP, Intake, changed, is_knowledge
from bot.base.problems import Problem
from bot.edition import Edition, Loaded, digest
from bot.learning.opinions import flagged
from bot.matching.calibrate import Limits
from bot.messages import Fetch, Gather, Incoming, Load, Outgoing, Screen
from bot.publications import BOT, By
from bot.storage import Storage
from bot.talk.view import View

AHEAD = timedelta(days=45)  # how far /stale looks


class Admins:
    """*serving* tells what citizens are answered from, *serve* swaps it between two updates.

    *look* has it looked how the bot stands in the collaborators' group, since when, and for which admin.
    """

    def __init__(  # noqa: PLR0913, PLR0917 what its parts need
        self,
        storage: Storage,
        circle: Circle,
        zone: tzinfo,
        serving: Callable[[], Edition],
        serve: Callable[[Edition], None],
        look: Callable[[str, int], list[Outgoing]],
    ) -> None:
        self._look = look
        self._storage = storage
        self._kept = storage.publications
        self._circle = circle
        self._serving = serving
        self._serve = serve
        self._intake = Intake(self._kept, circle)
        self._approval = Approval(storage, circle, self._intake, serve)
        self.gaps = Gaps(storage.timers, circle, zone)
        self._refused: tuple[Problem, ...] = ()  # why what is on disk is not served

    def respond(self, view: View, incoming: Incoming, now: datetime) -> list[Outgoing] | None:
        """What an admin's own doing sets off; None when it is what any citizen may do."""
        if incoming.group or incoming.user is None or incoming.user not in self._circle:
            return None
        if incoming.kind == "tap" and incoming.action is not None:
            return self._approval.tap(view, incoming.action, incoming.user, now)
        if incoming.kind == "attachment" and is_knowledge(incoming):
            return self._intake.sent(view, incoming)
        if incoming.text.startswith("/"):
            return self._command(view, incoming, incoming.user, now)
        if incoming.kind == "message" and view.session.reason:
            return self._approval.reason(view, incoming.user, incoming.text, now)
        return None

    def reload(self, ask: int = 0) -> list[Outgoing]:
        """Have the knowledge read; *ask* is told even when nothing is new, 0: nobody in particular."""
        return [Outgoing(WORKSHOP, job=Load(self._kept.over(), ask=ask), transient=True)]

    def done(self, incoming: Incoming, now: datetime) -> list[Outgoing]:
        """What came of a job."""
        loaded = incoming.result if isinstance(incoming.result, Loaded) else None
        match incoming.job:
            case Fetch() as job:
                return self._intake.fetched(self._circle.look(incoming.sender, now), job, incoming.result, now)
            case Gather() as job:
                return self.gaps.done(job, incoming.result, now)
            case Load(publication=0) as job:
                return self._loaded(job, loaded, now)
            case Load() as job:
                return self._judged(job, loaded, now)
        return []

    def _judged(self, job: Load, loaded: Loaded | None, now: datetime) -> list[Outgoing]:
        publication = self._kept.get(job.publication)
        if publication is None or publication.state not in {"received", "approved"}:
            return []
        if job.over != self._kept.over(publication):  # something else was published meanwhile
            return [self._intake.trial(publication.id)]
        who = self._intake if publication.state == "received" else self._approval
        return who.judged(publication, loaded, now)

    def _loaded(self, job: Load, loaded: Loaded | None, now: datetime) -> list[Outgoing]:
        """The knowledge was read: from now on it is served, or the good one stays."""
        if job.over != self._kept.over():  # something was published meanwhile
            return self.reload(job.ask)
        if loaded is None or loaded.edition is None:
            return self._keep_good(loaded, now)
        before, edition = self._serving().base.version, loaded.edition
        self._refused = ()
        self._serve(edition)
        told = self._settle(edition, now)
        if edition.base.version != before:
            words = {"version": edition.base.version}
            return [
                *told,
                *self._circle.tell_all(now, "reload.done", lambda view: changed(view, loaded.changes), **words),
            ]
        same = self._circle.tell(job.ask, now, "reload.same", version=before) if job.ask else None
        return told if same is None else [*told, same]

    def _keep_good(self, loaded: Loaded | None, now: datetime) -> list[Outgoing]:
        version = self._serving().base.version
        if loaded is None:
            return self._circle.tell_all(now, "reload.failed", version=version)
        self._refused = loaded.problems
        words = {"version": version, "count": len(loaded.problems)}
        return self._circle.tell_all(now, "reload.refused", lambda view: faults(view.speech, loaded.problems), **words)

    def _settle(self, edition: Edition, now: datetime) -> list[Outgoing]:
        """Published files that the folder has by now are ordinary knowledge; say when one changed below ours."""
        other, published = [], self._kept.published()
        for last in {one.file: one for one in published}.values():  # what was published before it is within it
            below = edition.under.get(last.file, "")
            if below == digest(last.text.encode()):
                for one in published:
                    if one.file == last.file:
                        self._kept.move(one.id, "exported", ("published",), By(BOT, now))
            elif below != last.under:
                other.append(last.file)
        return self._circle.tell_all(now, "reload.hidden", lambda view: listed(view.speech, other)) if other else []

    # Commands.

    def _command(self, view: View, incoming: Incoming, who: int, now: datetime) -> list[Outgoing] | None:
        name, rest = incoming.command
        match name:
            case "/reload":
                return [_here(view, note(view.speech, "reload.begun")), *self.reload(who)]
            case "/problems":
                return [_here(view, self._problems(view))]
            case "/stale":
                return [_here(view, self._stale(view))]
            case "/gaps":
                return self.gaps.ask(view, who)
            case "/version":
                return [_here(view, self._version(view))]
            case "/status":
                return [_here(view, self._status(view)), *self._look("", who)]
            case "/rollback":
                return self._rollback(view, who, rest, now)
        return None

    def _status(self, view: View) -> Screen:
        base = view.base
        known = {"version": base.version, "procedures": len(base.procedures), "groups": len(base.groups)}
        return note(view.speech, "admin.status", **known, **self._storage.counts())

    def _problems(self, view: View) -> Screen:
        """What keeps the knowledge on disk from being served, else what is to be looked at."""
        if self._refused:
            lines = faults(view.speech, self._refused)
            return note(view.speech, "reload.refused", lines, count=len(self._refused), version=view.base.version)
        found = self._serving().reminders
        if not found:
            return note(view.speech, "problems.none")
        return note(view.speech, "problems.reminders", faults(view.speech, found), count=len(found))

    def _stale(self, view: View) -> Screen:
        found = stale.due(view.base, view.day, AHEAD)
        called = [f"{one.id} ({one.owner})" for one in flagged(view.base, self._storage.learning.opinions.flags())]
        old = ["", view.say("stale.called-old"), *listed(view.speech, called)] if called else []
        if not found:
            return note(view.speech, "stale.none", old)
        lines = listed(view.speech, [f"{view.speech.day(one.day)} {one.id} {one.what}".strip() for one in found])
        return note(view.speech, "stale.short", [*lines, *old], count=len(found), days=AHEAD.days)

    def _version(self, view: View) -> Screen:
        """Which knowledge is served, from which beliefs on, and what of it was published by chat."""
        published = self._kept.published()
        lines = list(_limits(view, self._serving().matcher.limits))
        if published:
            files = [f"{one.file}: {one.why}" for one in published]
            lines += [view.say("version.over"), *listed(view.speech, files)]
        counts = {"procedures": len(view.base.procedures), "groups": len(view.base.groups)}
        return note(view.speech, "version.now", lines, version=view.base.version, **counts)

    def _rollback(self, view: View, who: int, why: str, now: datetime) -> list[Outgoing]:
        undone = self._approval.undo(who, why, now)
        if undone is None:
            return [_here(view, note(view.speech, "publish.nothing"))]
        self._storage.learning.suggestions.undo(undone.id)
        words = {"file": undone.file, "who": who, "why": why or "–"}
        return [*self._circle.tell_all(now, "publish.undone", **words), *self.reload(who)]


def _here(view: View, screen: Screen) -> Outgoing:
    return Outgoing(view.chat, screen)


def _limits(view: View, limits: Limits) -> Iterator[str]:
    yield view.say("version.limits", answer=round(100 * limits.answer), ask=round(100 * limits.ask))
    yield view.say("version.tested" if limits.tested else "version.first")
