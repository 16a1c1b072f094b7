"""What a case is made of. States: open → claimed → answered → closed; or withdrawn, expired, merged into another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.messages import Address

State = Literal["open", "claimed", "answered", "closed", "withdrawn", "expired", "merged"]

CARD = "card"  # the question with its buttons, where collaborators work
PANEL = "panel"  # the draft with its buttons
TALK = "talk"  # what else is said there about the case
ANSWER, MORE, MEDIA = "answer.", "more.", "media."  # with the number of the sending: in the citizen's chat
ASK = "ask"  # a question back, in the citizen's chat
TOLD = "told"  # how the case stands, in the citizen's chat


@dataclass(frozen=True, slots=True)
class Holder:
    """Who claimed a case, and the chat they work in; *name* is as their own channel calls them."""

    user: int
    name: str
    chat: Address

    def is_(self, other: Holder) -> bool:
        """Whether both are the same person, wherever they write from."""
        return (self.user, self.chat.channel) == (other.user, other.chat.channel)


@dataclass(frozen=True, slots=True)
class Sense:
    """What a question seems to be about: the first candidate's id, how it is called, the asked aspect."""

    best: str = ""
    title: str = ""
    aspect: str = ""
    candidates: tuple[tuple[str, str, float], ...] = ()  # kind, id, score


@dataclass(frozen=True, slots=True)
class Case:
    """A question on its way to the collaborators and back; *text* is redacted."""

    id: int
    asked_by: Address
    message: int | None
    text: str
    state: State
    opened: datetime
    question: int = 0
    sense: Sense = Sense()
    place: str = ""
    urgent: bool = False
    officers: bool = False  # nobody was sure: it waits for the officers
    into: int = 0  # the like case that answers for this one; 0: none does
    holder: Holder | None = None
    lease: datetime | None = None
    asked: bool = False  # a question back waits for the citizen
    follow: bool = False  # the citizen asked on after an answer
    told: bool = False  # the citizen knows that somebody has it
    answered: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether somebody is still to answer it."""
        return self.state in {"open", "claimed", "merged"}


@dataclass(frozen=True, slots=True)
class Part:
    """A message of a collaborator that belongs to an answer; *sending* 0: not sent yet, the text is as written."""

    id: int
    case: int
    chat: Address
    message: int
    text: str = ""  # empty: a photo, a voice message, a file
    album: str = ""
    sending: int = 0


@dataclass(frozen=True, slots=True)
class Copy:
    """A message of ours that belongs to a case; *part* says as what."""

    chat: Address
    message: int
    case: int
    part: str


@dataclass(frozen=True, slots=True)
class Answered:
    """An answered case, as something to learn from; both texts are redacted."""

    question: str
    answer: str
    holder: Holder | None
    candidates: tuple[tuple[str, str, float], ...]
