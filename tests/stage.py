"""A stage for talks: the real assistant and storage, chats that remember what they see, and a clock the test moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.actions import Action, decode
from bot.admin.gaps.asked import asked
from bot.admin.workbench import Workbench
from bot.assistant import ZONE, Assistant, Settings
from bot.attachments import Attachment
from bot.base.model import Base
from bot.desk import aftermath
from bot.edition import Edition
from bot.limits import BOUNDLESS, Rate
from bot.markup import plain
from bot.matching import finder
from bot.matching.matcher import Matcher
from bot.messages import (
    Address,
    Button,
    Copied,
    Delivery,
    Done,
    Fetch,
    Gather,
    Incoming,
    Inspect,
    Job,
    Kind,
    Learn,
    Load,
    OpenTopic,
    Outcome,
    Outgoing,
    Screen,
    Sent,
    Standing,
    TopicGone,
    Unreachable,
    room,
)
from bot.storage import Storage

CITIZEN = Address("telegram", "100")
VOLUNTEERS = Address("telegram", "-500")
ADMIN = 900
TEAM = {"lan": 601, "minh": 602}  # collaborators by name, with their ids
KNOWLEDGE = Path(__file__).parent.parent / "knowledge"
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # nine in the morning in Da Nang


@dataclass
class Chat:
    """What a person sees: messages by id, newest last."""

    messages: dict[int, Screen] = field(default_factory=dict)
    quotes: dict[int, int | None] = field(default_factory=dict)
    copies: dict[int, Copied] = field(default_factory=dict)  # what came as a copy of another message
    handed: list[Attachment] = field(default_factory=list)  # files that came along, newest last
    latest: int = 0
    edited: bool = False  # the latest answer took the place of an earlier one
    blocked: bool = False

    @property
    def text(self) -> str:
        return plain(self.messages[self.latest].text)

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.messages[self.latest].buttons for button in row]


class Stage:
    """Everything between the people and the brain, without a network: it delivers at once and settles what it sent."""

    def __init__(
        self,
        base: Base,
        database: Path,
        *,
        matcher: Matcher | None = None,
        reachable: bool = True,
        place: str = "",
        admins: Iterable[int] = (ADMIN,),
        folder: Path = KNOWLEDGE,
        rate: Rate = BOUNDLESS,
        topics: str = "none",
    ) -> None:
        self.base = base
        self.matcher = matcher or finder.matcher(base)
        self.database = database
        helpers = VOLUNTEERS if reachable else None
        self.settings = Settings(place=place, collaborators=helpers, admins=frozenset(admins), rate=rate, topics=topics)
        self.tokens = count(1)
        self.folder = folder
        self.now = START
        self.chats: dict[Address, Chat] = {}
        self.files: dict[str, bytes] = {}  # what people sent, by the channel's reference
        self.after: list[Incoming] = []  # what came of jobs and lost messages, to be decided about
        self.standing: Standing | None = Standing(speaks=True, hears=True, forum=True, opens=True)
        self.closed: set[str] = set()  # numbers of topics that were deleted
        self.slow: set[Address] = set()  # chats to which everything takes its time
        self._under_way: list[Delivery] = []
        self._threads = count(71)
        self._updates = 0
        self._messages = 1000
        self.open()

    def open(self) -> None:
        self.storage = Storage.open(self.database)
        served = Edition(self.base, self.matcher)
        questions = partial(asked, self.database, ZoneInfo(ZONE))
        today = lambda: self.now.date()  # noqa: E731, PLW0108 the clock moves
        self.workbench = Workbench(self.folder, self.database.parent / "cache", served, today, questions)
        self.assistant = Assistant(served, self.storage, self.settings, lambda: f"secret-{next(self.tokens)}")

    def restart(self) -> None:
        """The bot stops and starts again; what people see stays."""
        self.storage.close()
        self.open()

    def chat(self, who: Address = CITIZEN) -> Chat:
        return self.chats.setdefault(who, Chat())

    def wait(self, days: float) -> None:
        """Time passes, and each timer goes off when it is due."""
        until = self.now + timedelta(days=days)
        while (due := self.storage.timers.next()) is not None and due <= until:
            self.now = max(self.now, due)
            for number, timer in self.storage.timers.due(self.now):
                self.storage.timers.take(number)
                self.feed(Incoming(f"timer-{number}", timer.chat, "due", timer=timer))
        self.now = until

    def say(
        self,
        text: str,
        who: Address = CITIZEN,
        kind: Kind = "message",
        replies_to: int | None = None,
        user: int | None = None,
        message: int | None = None,
        album: str = "",
    ) -> int:
        """Write something; the id of the message."""
        message = message or self._next()
        said = Incoming("", who, kind, text, message=message, replies_to=replies_to, user=user, album=album)
        self.feed(replace(said, group=room(who) == VOLUNTEERS, person=self._name(user)))
        return message

    def press(self, label: str, who: Address = CITIZEN, user: int | None = None) -> None:
        """Press the button of the latest screen whose label is, or begins with, *label*."""
        buttons = self.chat(who).buttons
        found = [b for b in buttons if b.label == label] or [b for b in buttons if b.label.startswith(label)]
        assert found, f"no button {label!r}, only {[button.label for button in buttons]}"
        assert not isinstance(found[0].does, str), f"{label!r} opens a page"
        self.tap(found[0].does, who, user=user)

    def tap(
        self, action: Action | str | None, who: Address = CITIZEN, message: int | None = None, user: int | None = None
    ) -> None:
        """Press a button with this action (or raw data) on *message*, else on the latest screen."""
        decoded = decode(action) if isinstance(action, str) else action
        tapped = Incoming("", who, "tap", action=decoded, message=message or self.chat(who).latest, user=user)
        self.feed(replace(tapped, group=room(who) == VOLUNTEERS, person=self._name(user)))

    def feed(self, incoming: Incoming) -> list[Outgoing]:
        """Give *incoming* to the assistant as the desk does, and deliver what it answers."""
        self._updates += 1
        incoming = replace(incoming, update=incoming.update or f"u{self._updates}")
        self.storage.begin()
        new = self.storage.is_new(incoming.sender.channel, incoming.update, self.now)
        answers = self.assistant.respond(incoming, self.now) if new else []
        deliveries = [self.storage.enqueue(one, self.now) for one in answers]
        for delivery in deliveries:
            self._deliver(delivery)
        self.storage.commit()
        while self.after:
            self.feed(self.after.pop(0))
        return answers

    def send(self, *outgoing: Outgoing) -> None:
        """Have the channel send *outgoing*, and decide what comes of it."""
        for delivery in [self.storage.enqueue(one, self.now) for one in outgoing]:
            self._deliver(delivery)
        while self.after:
            self.feed(self.after.pop(0))

    def arrive(self) -> None:
        """What was under way to slow chats is there."""
        self.slow.clear()
        self.storage.begin()
        while self._under_way:
            self._deliver(self._under_way.pop(0))
        self.storage.commit()
        while self.after:
            self.feed(self.after.pop(0))

    def _deliver(self, delivery: Delivery) -> None:
        outgoing = delivery.outgoing
        if outgoing.to in self.slow:
            self._under_way.append(delivery)
            return
        chat, topic = self._where(outgoing), outgoing.to.topic
        outcome: Outcome
        if chat.blocked:
            outcome = Unreachable()
        elif outgoing.job is not None:
            outcome = Done(self._work(outgoing.job))
        elif topic and (topic in self.closed or not topic.isdigit()):
            outcome = TopicGone()
        elif outgoing.copies is not None:
            message = self._next()
            chat.copies[message] = outgoing.copies
            chat.quotes[message] = outgoing.quotes
            outcome = Sent(message)
        elif outgoing.screen is None:
            chat.messages.pop(outgoing.edits or 0, None)
            chat.copies.pop(outgoing.edits or 0, None)
            outcome = Sent()
        else:
            chat.edited = outgoing.edits in chat.messages
            message = outgoing.edits if chat.edited and outgoing.edits else self._next()
            chat.messages[message] = outgoing.screen
            chat.quotes[message] = outgoing.quotes
            chat.latest = message
            outcome = Sent(message)
            if outgoing.attachment is not None:
                chat.handed.append(outgoing.attachment)
                outcome = Sent(message, ref=f"ref-{len(chat.handed)}")
        for one in self.storage.settle(delivery, outcome, self.now):
            self._deliver(self.storage.enqueue(one, self.now))
        if (after := aftermath(delivery, outcome)) is not None:
            self.after.append(after)

    def _where(self, outgoing: Outgoing) -> Chat:
        """The chat or topic of *outgoing*; what is changed is found anywhere in the chat as a whole."""
        parts = (chat for one, chat in self.chats.items() if room(one) == room(outgoing.to))
        return next((chat for chat in parts if outgoing.edits in chat.messages), None) or self.chat(outgoing.to)

    def _work(self, job: Job) -> object:
        """What comes of *job*, at once."""
        match job:
            case Fetch(file):
                return self.files.get(file.ref)
            case OpenTopic():
                return next(self._threads) if self.standing is not None and self.standing.opens else None
            case Inspect():
                return self.standing
            case Load() | Learn() | Gather():
                return self.workbench.perform(job)

    def _name(self, user: int | None) -> str:
        return next((name.capitalize() for name, id in TEAM.items() if id == user), "")

    def _next(self) -> int:
        self._messages += 1
        return self._messages
