"""Knowledge that waits for approval: what somebody who answered a question wants the bot to know.

waiting → approved → published, or accepted → done (a fact, which needs a source and thus somebody's reading);
or it ends as declined, refused (it does harm, or could not be tried) or undone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

Kind = Literal["phrase", "fact", "entry"]
KEPT = timedelta(days=365)  # what came to nothing
NEAR = 0.6  # share of the words that two wordings have in common, from which they are one question


@dataclass(frozen=True, slots=True)
class Suggestion:
    """*text* is a way of asking for *subject*, what is wrong with it, or a question without a home; see *kind*.

    *answer* is what people were answered, *source* where that was read; *author* and *approver* are the channel's ids
    of people, *asked* is how many had asked. All of it is redacted.
    """

    id: int
    kind: Kind
    subject: str
    text: str
    answer: str
    source: str
    case: int
    asked: int
    author: int
    approver: int
    state: str
    made: datetime
    publication: int = 0


@dataclass(frozen=True, slots=True)
class Cluster:
    """The same suggestion in the words of several people, the first made first."""

    members: tuple[Suggestion, ...]

    @property
    def first(self) -> Suggestion:
        return self.members[0]

    @property
    def asked(self) -> int:
        """How many people had asked that; a case counts once."""
        return sum({one.case: one.asked for one in self.members}.values())

    @property
    def wordings(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.text for one in self.members))

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.source for one in self.members if one.source))


def clustered(found: Iterable[Suggestion], words: Callable[[str], frozenset[str]]) -> list[Cluster]:
    """*found*, those of one kind about one thing in near *words* together; what most people asked comes first."""
    clusters: list[list[Suggestion]] = []
    for one in sorted(found, key=lambda one: one.id):
        home = next((those for those in clusters if _near(those[0], one, words)), None)
        if home is None:
            clusters.append([one])
        else:
            home.append(one)
    return sorted((Cluster(tuple(those)) for those in clusters), key=lambda one: (-one.asked, one.first.id))


def _near(one: Suggestion, other: Suggestion, words: Callable[[str], frozenset[str]]) -> bool:
    if (one.kind, one.subject) != (other.kind, other.subject):
        return False
    left, right = words(one.text), words(other.text)
    return len(left & right) >= NEAR * len(left | right)


class Suggestions:
    """Part of `bot.learning.memory`: on the connection of the storage, in its transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def make(self, made: Suggestion) -> int:
        """Keep a new one; its number."""
        done = self._db.execute(
            'insert into suggestions (kind, subject, text, answer, source, "case", asked, author, approver, state,'
            " made, publication) values (?, ?, ?, ?, ?, ?, ?, ?, 0, 'waiting', ?, 0)",
            (
                made.kind, made.subject, made.text, made.answer, made.source, made.case, made.asked, made.author,
                int(made.made.timestamp()),
            ),
        )  # fmt: skip
        return done.lastrowid or 0

    def get(self, id: int) -> Suggestion | None:
        return next(iter(self._all("id = ?", id)), None)

    def in_state(self, *states: str) -> list[Suggestion]:
        """Those in one of *states*, oldest first."""
        return self._all(f"state in ({', '.join('?' * len(states))})", *states)

    def same(self, made: Suggestion) -> bool:
        """Whether that very thing was suggested from this case before."""
        return any(
            (one.kind, one.subject) == (made.kind, made.subject)
            for one in self._all('"case" = ? and author = ?', made.case, made.author)
        )

    def recent(self, author: int, most: int) -> list[str]:
        """What *author* suggested something about last, newest first."""
        rows = self._db.execute(
            "select subject from suggestions where author = ? and subject <> '' group by subject"
            " order by max(id) desc limit ?",
            (author, most),
        )
        return [subject for (subject,) in rows]

    def move(self, ids: Sequence[int], to: str, since: str, *, approver: int = 0, publication: int = 0) -> int:
        """Bring them to the state *to*; how many there were in the state *since*: somebody may have been quicker."""
        marks = ", ".join("?" * len(ids))
        done = self._db.execute(
            "update suggestions set state = ?, approver = ifnull(nullif(?, 0), approver),"  # noqa: S608 question marks
            f" publication = ifnull(nullif(?, 0), publication) where state = ? and id in ({marks})",
            (to, approver, publication, since, *ids),
        )
        return done.rowcount

    def undo(self, publication: int) -> None:
        """What these taught was taken back."""
        self._db.execute("update suggestions set state = 'undone' where publication = ?", (publication,))

    def purge(self, now: datetime) -> None:
        """Forget what came to nothing long ago."""
        self._db.execute(
            "delete from suggestions where state in ('declined', 'refused', 'undone') and made < ?",
            (int((now - KEPT).timestamp()),),
        )

    def _all(self, where: str, *values: object) -> list[Suggestion]:
        rows = self._db.execute(f"select {_COLUMNS} from suggestions where {where} order by id", values)  # noqa: S608
        return [_suggestion(*row) for row in rows]


_NAMES = tuple(one.name for one in fields(Suggestion))
_COLUMNS = ", ".join(f'"{name}"' for name in _NAMES)


def _suggestion(*row: Any) -> Suggestion:
    values = dict(zip(_NAMES, row, strict=True))
    return Suggestion(**{**values, "made": datetime.fromtimestamp(values["made"], UTC)})
