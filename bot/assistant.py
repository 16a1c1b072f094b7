"""The one door: what came in, and when, becomes what goes out. No clock, no network, no messenger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.admin.chat import gaps
from bot.admin.chat.admins import Admins
from bot.admin.chat.circle import Circle
from bot.admin.chat.joining import Joining
from bot.admin.chat.standing import Membership
from bot.cases.collaborators import Collaborators
from bot.cases.hours import Hours
from bot.cases.wiring import Cases
from bot.edition import Edition
from bot.groups.calendar import Calendar
from bot.learning import lecture
from bot.learning.wiring import Learning
from bot.limits import BOUNDLESS, Rate
from bot.matching.smalltalk import EMERGENCY
from bot.messages import Address, Incoming, Inspect, Learn, Load, OpenTopic, Outgoing, Screen, Timer, room
from bot.private import Private
from bot.rooms import Rooms
from bot.storage import Storage
from bot.talk import inline, reminders
from bot.talk.guard import Guard
from bot.talk.reminders import Reminders
from bot.talk.speech import Speech
from bot.talk.view import View

TALK = frozenset({"message", "tap", "edited", "attachment"})  # after anything else nobody waits for an answer
Part = Callable[[View, Incoming, datetime], list[Outgoing] | None]  # None: not mine
ZONE = "Asia/Ho_Chi_Minh"  # whose day it is; there is one for the whole country


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator decided that concerns the talk."""

    language: str = "vi"
    place: str = ""
    zone: str = ZONE
    collaborators: Address | None = None
    admins: frozenset[int] = frozenset()
    admins_channel: str = "telegram"
    rate: Rate = BOUNDLESS
    topics: str = "none"  # what has a topic of its own in the collaborators' group


class Assistant:
    """Reads and writes only through its storage, inside the desk's transaction."""

    def __init__(self, edition: Edition, storage: Storage, settings: Settings, token: Callable[[], str]) -> None:
        """*token* draws a secret that nobody guesses, of letters that a link may hold."""
        self._storage = storage
        self._settings = settings
        self._zone = ZoneInfo(settings.zone)
        self._circle = Circle(settings.admins, settings.admins_channel, self._view, storage.team)
        self._rooms = Rooms(storage, settings.collaborators, settings.topics, lambda: self._base, self._circle.tell_all)
        team = Collaborators(storage, self._rooms, settings.admins, settings.admins_channel)
        self._cases = Cases(storage, team, self._view, self._hours, self._zone, lecture.button)
        self._membership = Membership(storage, self._circle, self._rooms)
        serving = (lambda: self._edition, self._serve)
        self._learning = Learning(storage, self._circle, self._is_free, *serving)
        self._admins = Admins(storage, self._circle, self._zone, *serving, self._membership.look)
        self._reminders = Reminders(storage, self._zone, self._view)
        self._joining = Joining(storage, self._circle, token, self._zone)
        self._guard = Guard(storage.limits, settings.rate, self._is_free, self._is_urgent)
        self._private = Private(storage, self._cases, self._learning, self._reminders)
        self._looks: Mapping[str, Callable[[Timer, datetime], list[Outgoing]]] = {  # by the kind of a timer
            **self._cases.looks,
            gaps.KIND: self._admins.gaps.due,
            reminders.KIND: self._reminders.look,
        }
        self._serve(edition)

    def begin(self, now: datetime) -> None:
        """Set going what comes by itself, such as the Monday message; once set, a restart changes nothing."""
        self._admins.gaps.wind(now)

    def _serve(self, edition: Edition) -> None:
        """Answer from *edition*, from the next update on: whatever is remembered of a talk fits any."""
        self._edition = edition
        self._base = edition.base
        self._private.serve(edition)

    def respond(self, incoming: Incoming, now: datetime) -> list[Outgoing]:
        """Everything to be sent because of *incoming*."""
        if (happened := self._happened(incoming, now)) is not None:
            return happened
        if (held := self._guard.hold(incoming, self._view, now)) is not None:
            return held
        view = self._view(incoming.sender, now)
        answers = (part(view, incoming, now) for part in self._parts)
        return next(answer for answer in answers if answer is not None)

    @property
    def _parts(self) -> tuple[Part, ...]:
        """Who is asked in turn; the last always answers."""
        private = self._private
        return (
            self._joined,
            self._learning.respond,
            self._admins.respond,
            self._cases.respond,
            self._id,
            self._group,
            private.album,
            private.forget,
            private.help,
            private.thank,
            private.talk,
        )

    def _happened(self, incoming: Incoming, now: datetime) -> list[Outgoing] | None:
        """What is to be sent because something happened that nobody said; None when somebody says something."""
        match incoming.kind:
            case "joined" | "promoted" | "demoted" | "removed" | "migrated":
                if incoming.kind == "removed":
                    self._storage.timers.clear(reminders.KIND, incoming.sender)
                return self._membership.changed(incoming, now)
            case "gone":
                return self._rooms.gone(incoming, now)
            case "changed":
                return self._admins.reload()
            case "done":
                return self._done(incoming, now)
            case "due":
                return self._due(incoming.timer, now) if incoming.timer is not None else []
            case "undelivered":
                return self._cases.undelivered(incoming, now)
            case "shown":
                return self._cases.shown(incoming, now)
            case "inline":
                return [inline.answer(self._view(incoming.sender, now), self._edition.matcher, incoming.text)]
        return None

    def _joined(self, view: View, incoming: Incoming, now: datetime) -> list[Outgoing] | None:
        """What concerns the team; who left it holds no case."""
        joined = self._joining.respond(view, incoming, now)
        return None if joined is None else [*joined, *self._cases.sweep(now)]

    @staticmethod
    def _id(view: View, incoming: Incoming, _: datetime) -> list[Outgoing] | None:
        """The id of a chat, a group too, so that it can be configured."""
        if incoming.command != ("/id", ""):
            return None
        return [Outgoing(incoming.sender, Screen(view.say("admin.id", chat=room(incoming.sender).chat)))]

    @staticmethod
    def _group(_: View, incoming: Incoming, __: datetime) -> list[Outgoing] | None:
        """Else people in a group talk to each other."""
        return [] if incoming.group else None

    def apologise(self, incoming: Incoming, error: Exception) -> list[Outgoing]:
        """What is said when deciding failed: plain words to the citizen, the error to the admins."""
        speech = Speech(self._settings.language, self._base.texts)
        told = Screen(speech.say("admin.error", update=incoming.update, error=type(error).__name__))
        admins = (Address(self._settings.admins_channel, str(admin)) for admin in sorted(self._settings.admins))
        alarm = [Outgoing(admin, told) for admin in admins]
        if incoming.group or incoming.kind not in TALK:
            return alarm
        numbers = ", ".join(hotline.number for hotline in self._base.hotlines)
        return [Outgoing(incoming.sender, Screen(speech.say("error.apology", numbers=numbers))), *alarm]

    def _done(self, incoming: Incoming, now: datetime) -> list[Outgoing]:
        """What came of a job, for who had it done."""
        match incoming.job:
            case OpenTopic() as job:
                return self._rooms.done(incoming, job, now)
            case Inspect() as job:
                return self._membership.seen(incoming, job, now)
            case Learn() as job:
                return self._learning.done(job, incoming.result, now)
            case Load() as job:
                return [*self._admins.done(incoming, now), *self._learning.published(job, self._edition, now)]
        return self._admins.done(incoming, now)

    def _due(self, timer: Timer, now: datetime) -> list[Outgoing]:
        """Whoever set *timer* looks at how things stand now."""
        looks_after = self._looks.get(timer.kind)
        return [] if looks_after is None else looks_after(timer, now)

    def _hours(self) -> Hours:
        return Hours(Calendar(self._base.calendar, self._zone), self._zone)

    def _is_free(self, incoming: Incoming) -> bool:
        """Whether somebody works here: nobody counts what they say."""
        if incoming.group:
            return room(incoming.sender) == self._rooms.group
        channel = incoming.sender.channel
        return incoming.user in self._circle or self._storage.team.member(channel, incoming.user) is not None

    def _is_urgent(self, text: str) -> bool:
        return self._edition.matcher.match(text).reply == EMERGENCY

    def _view(self, chat: Address, now: datetime) -> View:
        session = self._storage.session(chat)
        session = replace(session, place=session.place or self._settings.place)
        speech = Speech(session.language or self._settings.language, self._base.texts)
        local = now.astimezone(self._zone)
        return View(self._base, speech, session, local.date(), chat, local.time())
