"""The one door: what came in, and when, becomes what goes out. No clock, no network, no messenger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.actions import Helped
from bot.admin.chat import gaps
from bot.admin.chat.admins import Admins
from bot.admin.chat.circle import Circle
from bot.admin.chat.joining import Joining
from bot.admin.chat.standing import Membership
from bot.attachments import Media
from bot.cases.collaborators import Collaborators
from bot.cases.hours import Hours
from bot.cases.wiring import Cases
from bot.edition import Edition
from bot.groups.calendar import Calendar
from bot.helping import Helping
from bot.learning import lecture
from bot.learning.wiring import Learning
from bot.limits import BOUNDLESS, Rate
from bot.matching.smalltalk import EMERGENCY
from bot.messages import Address, Incoming, Inspect, Learn, Load, OpenTopic, Outgoing, Screen, Timer, room
from bot.rooms import Rooms
from bot.session import Session
from bot.storage import Storage
from bot.talk import inline, reminders
from bot.talk.conversation import Conversation
from bot.talk.guard import Guard
from bot.talk.menus import menu
from bot.talk.people import Nobody
from bot.talk.reminders import Reminders
from bot.talk.speech import Speech
from bot.talk.turn import Turn
from bot.talk.view import View

TALK = frozenset({"message", "tap", "edited", "attachment"})  # after anything else nobody waits for an answer
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
        self._helping = Helping()
        self._membership = Membership(storage, self._circle, self._rooms)
        serving = (lambda: self._edition, self._serve)
        self._learning = Learning(storage, self._circle, self._is_free, *serving)
        self._admins = Admins(storage, self._circle, self._zone, *serving, self._membership.look)
        self._reminders = Reminders(storage, self._zone, self._view)
        self._joining = Joining(storage, self._circle, token, self._zone)
        self._guard = Guard(storage.limits, settings.rate, self._is_free, self._is_urgent)
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
        self._asking = self._cases.asking(edition.matcher)
        self._conversation = Conversation(edition.base, edition.matcher, self._storage, self._asking)
        self._helpers = Conversation(edition.base, edition.matcher, self._helping.storage, Nobody())

    def respond(self, incoming: Incoming, now: datetime) -> list[Outgoing]:
        """Everything to be sent because of *incoming*."""
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
        if (held := self._guard.hold(incoming, self._view, now)) is not None:
            return held
        view = self._view(incoming.sender, now)
        if (joined := self._joining.respond(view, incoming, now)) is not None:
            return [*joined, *self._cases.sweep(now)]
        if (taught := self._learning.respond(view, incoming, now)) is not None:
            return taught
        if (answers := self._admins.respond(view, incoming, now)) is not None:
            return answers
        if (answers := self._cases.respond(view, incoming, now)) is not None:
            return answers
        if incoming.text.split("@")[0].strip() == "/id":  # so that it can be configured, in a group too
            return [Outgoing(incoming.sender, Screen(view.say("admin.id", chat=room(incoming.sender).chat)))]
        if incoming.group:
            return []
        if (album := self._asking.rest_of_album(incoming)) is not None:
            return album
        if self._heard(incoming, now):
            return []
        if incoming.text.split("@")[0].strip() == "/forget":
            return self._forget(view, incoming, now)
        if (helped := self._help(view, incoming, now)) is not None:
            return helped
        if (thanked := self._learning.heard(view, incoming, self._conversation, now)) is not None:
            return thanked
        turn = self._asking.turn(view, incoming, now) or self._conversation.turn(view, incoming, now)
        return self._reply(incoming, turn, view, now)

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

    def _heard(self, incoming: Incoming, now: datetime) -> bool:
        """Whether an album was answered already: its pictures come one by one, and one of them may say something."""
        here, album = incoming.sender.channel, incoming.album
        return bool(album) and not self._storage.is_new(here, f"album:{album}", now) and not incoming.text

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

    def _reply(self, incoming: Incoming, turn: Turn, view: View, now: datetime) -> list[Outgoing]:
        """The screen of *turn*, in place of the one whose button was pressed if that is still the latest."""
        attachment = turn.attachment
        if isinstance(attachment, Media):
            attachment = self._storage.known(incoming.sender.channel, attachment)
        shown = incoming.kind == "tap" and view.session.screen == incoming.message
        edits = incoming.message if shown and attachment is None else None
        self._storage.keep(incoming.sender, replace(turn.session, screen=edits, reason=0), now)
        self._reminders.follow(view, turn.session)
        if turn.silent:
            return [*turn.also]
        return [Outgoing(incoming.sender, turn.screen, edits=edits, latest=True, attachment=attachment), *turn.also]

    def _help(self, view: View, incoming: Incoming, now: datetime) -> list[Outgoing] | None:
        """A turn of a walk for somebody else; None when it is none. It leaves nothing in the storage."""
        chat = incoming.sender
        if incoming.text.split("@")[0].strip() == "/helper":
            session = self._helping.begin(chat, view.session, now)
            turn = Turn(menu(replace(view, session=session), view.say("helper.begin")), session)
        elif (other := self._helping.session(chat, view.session, now)) is None:
            return None
        elif incoming.action == Helped():
            self._helping.end(chat, now)
            turn = Turn(menu(view, view.say("helper.end")), view.session)
        else:
            turn = self._helpers.turn(replace(view, session=other), incoming, now)
            self._helping.storage.keep(chat, turn.session, now)
        replies = self._reply(incoming, replace(turn, session=view.session), view, now)
        return [replace(one, transient=True) for one in replies]

    def _forget(self, view: View, incoming: Incoming, now: datetime) -> list[Outgoing]:
        self._helping.end(incoming.sender, now)
        told = self._cases.forget(incoming.sender, now)
        copies = self._storage.forget(incoming.sender, now)
        gone = replace(view, session=Session()).screen([view.say("forget.done")])
        deletions = [Outgoing(chat, None, edits=message) for chat, message in copies]
        return [Outgoing(incoming.sender, gone, transient=True), *deletions, *told]
