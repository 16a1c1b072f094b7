"""What is remembered of a chat: facts and preferences, never a "current state"."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any

from bot.groups.progress import NOTHING, Progress
from bot.groups.reminders import Wish

DAYS = frozenset(one.name for one in fields(Progress) if "date" in str(one.type))


@dataclass(frozen=True, slots=True)
class Piece:
    """A message that was not answered: what comes right behind it may be the rest of the same question."""

    text: str  # redacted
    at: int  # when it came, in seconds
    question: int  # where it is logged, alone or with others


@dataclass(frozen=True, slots=True)
class Session:
    """Everything one chat told us that is worth keeping, and what it last looked at."""

    language: str = ""  # empty: the channel's or the bot's own
    place: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)  # question → option, of all groups, as it was said last
    confirmed: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict
    )  # group → what it heard to shared questions
    shown: Mapping[str, Sequence[str]] = field(default_factory=dict)  # group → the steps of its plan when last shown
    group: str = ""  # the group being walked, to return to after a detour
    about: str = ""  # the group or procedure on the screen: what a follow-up is about
    asking: str = ""  # the question of that group on the screen, if one is: what a typed word may answer
    asked: int = 0  # the logged question that was answered last
    pieces: tuple[Piece, ...] = ()  # the messages since the last answer, tap or command, oldest first
    calmed: int = 0  # when abuse was last answered, in seconds
    failures: int = 0  # turns in a row that were not understood
    writing: bool = False  # the next text is a question for the collaborators
    adding: int = 0  # the next text goes on in this case
    reason: int = 0  # the next text says why this publication is to be made
    teaching: str = ""  # what the next text of somebody who teaches us is, see bot.learning.teaching
    helping: bool = False  # a walk for somebody else, see bot.helping
    progress: Mapping[str, Progress] = field(default_factory=dict)  # "group/step" → how far they are with it
    writes: str = ""  # what the next text may be: "day/group/step", see bot.talk.told
    wishes: Mapping[str, Wish] = field(default_factory=dict)  # group → they want to be reminded of it
    screen: int | None = None  # id of the latest screen; kept in a column of its own


def dump(session: Session) -> str:
    """*session* as JSON, without the screen."""
    body = asdict(session)
    del body["screen"]
    body["wishes"] = {id: {**asdict(one), "touched": one.touched.isoformat()} for id, one in session.wishes.items()}
    body["progress"] = {name: _dump(one) for name, one in session.progress.items() if one != NOTHING}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def load(body: str, screen: int | None) -> Session:
    """The session behind *body*; what another version of the bot wrote there and we do not know is left out."""
    kept = _known(Session, json.loads(body))
    pieces = tuple(Piece(**_known(Piece, piece)) for piece in kept.pop("pieces", ()))
    progress = {name: _load(one) for name, one in kept.pop("progress", {}).items()}
    wishes = {
        id: Wish(date.fromisoformat(one["touched"]), tuple(one["said"])) for id, one in kept.pop("wishes", {}).items()
    }
    return Session(**kept, pieces=pieces, progress=progress, wishes=wishes, screen=screen)


def _dump(progress: Progress) -> dict[str, Any]:
    """What differs from nothing told."""
    told = {name: value for name, value in asdict(progress).items() if value != getattr(NOTHING, name)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}


def _load(values: Mapping[str, Any]) -> Progress:
    told = _known(Progress, values)
    days = {name: date.fromisoformat(value) for name, value in told.items() if name in DAYS}
    return Progress(**{**told, **days})


def _known(kind: type[Session | Piece | Progress], written: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in written.items() if key in kind.__dataclass_fields__}
