"""What passes through the one door, in words every channel shares: Incoming in, Outgoing out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from bot.actions import Action
from bot.attachments import Attachment

Kind = Literal[
    "message", "tap", "edited", "attachment",  # what people do in a talk
    "inline",  # what somebody writes elsewhere, to choose from what fits
    "joined", "promoted", "demoted", "removed", "migrated",  # what becomes of the bot in a chat, and of the chat
    "changed", "done", "due", "gone", "undelivered", "shown",  # what happens behind the counter
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message comes from or goes to: a chat of a channel."""

    channel: str
    chat: str  # a topic of a group stands behind it: "-100123#77"

    @property
    def topic(self) -> str:
        """Its number, or the name of one that is yet to be opened; empty: the chat as a whole."""
        return self.chat.partition("#")[2]


def room(address: Address) -> Address:
    """The chat of *address* as a whole: the ids of messages, and who is a member, are the same in all its topics."""
    return Address(address.channel, address.chat.partition("#")[0]) if address.topic else address


@dataclass(frozen=True, slots=True)
class Timer:
    """At *due*, *kind* is to look after *subject* (a group, a case …) of *chat*; see `bot.timers`."""

    kind: str
    chat: Address
    subject: str
    due: datetime


@dataclass(frozen=True, slots=True)
class File:
    """A file somebody sent: how the channel finds it again, its name, its size in bytes."""

    ref: str
    name: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Fetch:
    """Get the bytes of *file* from the channel it came by; *note* is what was written with it."""

    file: File
    note: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """Read and check the knowledge with published files laid over the folder: file name → its text.

    *publication* is the number of the one to judge; 0: to serve. *ask* is the admin who is told even when all is well.
    """

    over: Mapping[str, str] = field(default_factory=dict)
    publication: int = 0
    ask: int = 0


@dataclass(frozen=True, slots=True)
class OpenTopic:
    """Open a topic called *name* in the group written to; the number it gets is for what is about *key*."""

    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Inspect:
    """Look how the bot stands in the group written to; *since* tells what happened, *ask* which admin wants to know."""

    since: str = ""
    ask: int = 0  # 0: all of them do


@dataclass(frozen=True, slots=True)
class Standing:
    """What the bot may do in a group."""

    speaks: bool
    hears: bool  # all that is said there, not only commands and replies to itself
    forum: bool  # the group has topics
    opens: bool  # topics


@dataclass(frozen=True, slots=True)
class Learn:
    """Try what a *suggestion* teaches: a *phrase* more for *subject* in *file*, or *text* as the whole of a new file.

    One of *tests* must be understood then, and none of what was learned before (*kept*, pairs of a question and what
    it leads to) may lead to *subject* instead.
    """

    suggestion: int
    subject: str
    file: str
    phrase: str
    text: str = ""
    tests: tuple[str, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    over: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gather:
    """Survey what was asked and not answered in so many *weeks*, up to the day *last*.

    *ask* is the admin who wants to know; 0: all of them, if anything was asked in the last week.
    """

    weeks: int
    last: date
    ask: int = 0


Job = Fetch | Load | Learn | OpenTopic | Inspect | Gather


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing a person did, as a channel reports it; or it happened behind the counter.

    *update* is the channel's own id of the event, kept so that nothing is decided twice; empty when it cannot come
    again, as it is decided in the commit that records it.
    """

    update: str
    sender: Address
    kind: Kind = "message"
    text: str = ""
    action: Action | None = None  # what a pressed button means; None on a tap: a button of another version
    message: int | None = None  # id of the message written, or of the one whose button was pressed
    replies_to: int | None = None  # id of the message this one replies to
    user: int | None = None  # the channel's id of the person; used for roles, stored only of who has one
    person: str = ""  # what the person is called there; stored only of who joins the team
    language: str | None = None  # the person's language as the channel knows it ("vi", "en-GB")
    group: bool = False  # several people read this chat
    album: str = ""  # with kind "attachment": those of one album come one by one, and share this
    successor: str | None = None  # with kind "migrated": the chat this one became
    file: File | None = None  # with kind "attachment": a document
    job: Job | None = None  # with kind "done": what was to be done
    result: object = None  # and what came of it; None: it could not be done
    timer: Timer | None = None  # with kind "due": what went off
    shown: Outgoing | None = None  # with kind "shown": the card of a case, which just arrived as *message*
    failed: Outgoing | None = (
        None  # with kinds "gone" (there is no such topic), "undelivered" (of a case): what was sent
    )


@dataclass(frozen=True, slots=True)
class Button:
    """A choice under a message: it does something, opens a page, or opens the bot."""

    label: str
    does: Action | str  # a text is a link (https://…, or start:… as in bot.markup)


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """A text in the neutral markup of `bot.markup` with its buttons, row by row."""

    text: str
    buttons: Rows = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Something to choose from while one still writes, in any chat: what is chosen is sent there in one's own name."""

    id: str
    title: str
    summary: str
    screen: Screen


@dataclass(frozen=True, slots=True)
class Copied:
    """A message somebody wrote in *chat*, whatever it holds."""

    chat: Address
    message: int
    wordless: bool = False  # a picture or file without what was written with it


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One thing to do at *to*: show a screen, change the one shown, copy or delete a message."""

    to: Address
    screen: Screen | None = None  # None: delete the message *edits*, or copy one
    edits: int | None = None  # id of the message to change; when it can no longer be, a new one is sent
    quotes: int | None = None  # id of the message to reply to, if it still exists
    latest: bool = False  # remember its id as the screen a tap may change
    case: int | None = None  # remember its id as a copy of this case: replies to it go back
    part: str = "card"  # as what of the case, see bot.cases.values
    transient: bool = False  # leave no trace in the outbox once it is sent
    slow: bool = False  # a broadcast: nobody waits behind it
    attachment: Attachment | None = None  # goes along; such a message is always a new one
    copies: Copied | None = None  # instead of a screen: this message, not saying whose it is
    found: tuple[Found, ...] = ()  # with kind "inline" answered: the choices; the screen's button stands above them
    job: Job | None = None  # instead of a message: work for the channel, whose result comes back as an Incoming


@dataclass(frozen=True, slots=True)
class Delivery:
    """A committed row of the outbox, on its way to a channel."""

    row: int
    outgoing: Outgoing


@dataclass(frozen=True, slots=True)
class Sent:
    """The channel took it; *message* is the id it gave (None for a deletion), *ref* how it knows the file sent."""

    message: int | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The person blocked the bot, or the bot was removed from the chat."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat became another one (a group became a supergroup); send again to *chat*."""

    chat: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The channel will never take it; *reason* is for the operators."""

    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """A job is done; *result* never leaves the process."""

    result: object


@dataclass(frozen=True, slots=True)
class TopicGone:
    """There is no such topic in that group (any more), or it is closed."""


Outcome = Sent | Unreachable | Moved | Refused | Done | TopicGone
