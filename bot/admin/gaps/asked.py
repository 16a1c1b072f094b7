"""The questions of the bot's database, only read: the bot may be running on it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Literal, NamedTuple

from bot.errors import ConfigError

Outcome = Literal["answered", "offered", "unknown", "denied", "human"]

DAY = timedelta(days=1)
_OUTCOMES: dict[str, Outcome] = {"answer": "answered", "ask": "offered", "unknown": "unknown", "human": "human"}


class Best(NamedTuple):
    """What a question was most like when it was asked."""

    kind: str
    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is logged, redacted; *denied*: what was answered or offered was none of what was meant."""

    day: date
    chat: str
    text: str
    outcome: Outcome
    best: Best | None = None

    @property
    def open(self) -> bool:
        """Whether it was left without an answer of the bot."""
        return self.outcome in {"unknown", "denied", "human"}


def asked(database: Path, zone: tzinfo, since: date, last: date) -> list[Asked]:
    """The questions of these days, both included; a ConfigError when the file is not ours to read."""
    begin, end = (datetime.combine(day, time(), zone).timestamp() for day in (since, last + DAY))
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as db:
            return [_asked(row, zone) for row in db.execute(_ASKED, (int(begin), int(end)))]
    except (sqlite3.Error, ValueError, TypeError, KeyError) as error:
        raise ConfigError("gaps.old-database", path=database, reason=error) from error


# Parts of a question are logged again with the whole; what names but an aspect was about what was on the screen.
_ASKED = (
    "select at, channel || ' ' || chat, text, decision, candidates, denied is not null or"
    " exists (select 1 from cases where question = questions.id)"
    " from questions where at >= ? and at < ? and text <> '' and decision in ('answer', 'ask', 'unknown', 'human')"
    " order by id"
)


def _asked(row: tuple[int, str, str, str, str, int], zone: tzinfo) -> Asked:
    at, chat, text, decision, candidates, denied = row
    outcome = _OUTCOMES[decision]
    found = json.loads(candidates or "[]")
    return Asked(
        day=datetime.fromtimestamp(at, zone).date(),
        chat=chat,
        text=text,
        outcome="denied" if denied and outcome in {"answered", "offered"} else outcome,
        best=Best(*found[0]) if found else None,
    )
