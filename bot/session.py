"""What is remembered of a chat: facts and preferences, never a "current state"."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any

from bot.groups.progress import NOTHING, Progress

DAYS = frozenset(one.name for one in fields(Progress) if "date" in str(one.type))


@dataclass(frozen=True, slots=True)
class Session:
    """Everything one chat told us that is worth keeping, and what it last looked at."""

    language: str = ""  # empty: the channel's or the bot's own
    place: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)  # question → option, of all groups
    group: str = ""  # the group being walked, to return to after a detour
    about: str = ""  # the group or procedure on the screen: what a follow-up is about
    asking: str = ""  # the question of that group on the screen, if one is: what a typed word may answer
    asked: int = 0  # the logged question that was answered last
    failures: int = 0  # turns in a row that were not understood
    writing: bool = False  # the next text is a question for the collaborators
    reason: int = 0  # the next text says why this publication is to be made
    progress: Mapping[str, Progress] = field(default_factory=dict)  # "group/step" → how far they are with it
    writes: str = ""  # what the next text may be: "day/group/step", see bot.talk.told
    screen: int | None = None  # id of the latest screen; kept in a column of its own

    def without_facts(self, questions: frozenset[str]) -> Session:
        return replace(self, facts={q: option for q, option in self.facts.items() if q not in questions})


def dump(session: Session) -> str:
    """*session* as JSON, without the screen."""
    body = asdict(session)
    del body["screen"]
    body["progress"] = {name: _dump(one) for name, one in session.progress.items() if one != NOTHING}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def load(body: str, screen: int | None) -> Session:
    """The session behind *body*; what another version of the bot wrote there and we do not know is left out."""
    values = _known(Session, json.loads(body))
    progress = {name: _load(one) for name, one in values.pop("progress", {}).items()}
    return Session(**values, progress=progress, screen=screen)


def _dump(progress: Progress) -> dict[str, Any]:
    """What differs from nothing told."""
    told = {name: value for name, value in asdict(progress).items() if value != getattr(NOTHING, name)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}


def _load(values: dict[str, Any]) -> Progress:
    told = _known(Progress, values)
    days = {name: date.fromisoformat(value) for name, value in told.items() if name in DAYS}
    return Progress(**{**told, **days})


def _known(kind: type[Session | Progress], values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in kind.__dataclass_fields__}
