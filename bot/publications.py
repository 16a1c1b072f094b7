"""Knowledge files that admins sent by chat: each with its way to the citizens, and who did what to it, when and why.

received → checked → proposed → approved → published → exported (it is in the folder again, an ordinary edit);
or it ends as refused, withdrawn, declined or undone. The published ones lie over the knowledge folder.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

BOT = 0  # who does what no person did


@dataclass(frozen=True, slots=True)
class Publication:
    """One file: its *text* replaces that of *file* in the base. *under* is a digest of what it was written over."""

    id: int
    file: str
    text: str
    under: str
    state: str
    author: int
    why: str
    changes: str  # what citizens will see differently, one thing a line


@dataclass(frozen=True, slots=True)
class By:
    """Who did something, when and why; *who* is the channel's id of the person."""

    who: int
    at: datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """A state to which a publication was brought."""

    state: str
    by: By


class Publications:
    """Part of `bot.storage`: on its connection, in its transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def receive(self, file: str, text: str, by: By) -> int:
        """Keep a file just sent; its number."""
        done = self._db.execute(
            "insert into publications (file, text, under, state, author, why, changes)"
            " values (?, ?, '', 'received', ?, ?, '')",
            (file, text, by.who, by.why),
        )
        number = done.lastrowid or 0
        self._note(number, "received", by)
        return number

    def get(self, id: int) -> Publication | None:
        row = self._db.execute(f"select {_COLUMNS} from publications where id = ?", (id,)).fetchone()  # noqa: S608
        return None if row is None else Publication(*row)

    def put(self, id: int, **values: str) -> None:
        """Say more of it: which *file* of the base it is, *why* it is sent, what it lies over, what it *changes*."""
        if not values.keys() <= {"file", "why", "under", "changes"}:
            raise KeyError(*values)
        columns = ", ".join(f"{name} = ?" for name in values)
        self._db.execute(f"update publications set {columns} where id = ?", (*values.values(), id))  # noqa: S608

    def move(self, id: int, to: str, since: Iterable[str], by: By) -> bool:
        """Bring it to the state *to*; False when it was in none of the states *since*: somebody was quicker."""
        states = tuple(since)
        marks = ", ".join("?" * len(states))
        done = self._db.execute(
            f"update publications set state = ? where id = ? and state in ({marks})",  # noqa: S608 question marks
            (to, id, *states),
        )
        if done.rowcount:
            self._note(id, to, by)
        return done.rowcount == 1

    def published(self) -> list[Publication]:
        """What lies over the folder, in the order of publishing; of several for one file the last counts."""
        rows = self._db.execute(
            f"select {_COLUMNS} from publications where state = 'published' order by"  # noqa: S608 our own names
            " (select max(id) from deeds where publication = publications.id and state = 'published')"
        )
        return [Publication(*row) for row in rows]

    def all(self) -> list[Publication]:
        """Every one, newest first."""
        rows = self._db.execute(f"select {_COLUMNS} from publications order by id desc")  # noqa: S608 our own names
        return [Publication(*row) for row in rows]

    def over(self, also: Publication | None = None) -> dict[str, str]:
        """The texts that lie over the folder, by file; with that of *also*, which is on its way."""
        all_ = [*self.published(), *([] if also is None else [also])]
        return {one.file: one.text for one in all_}

    def deeds(self, id: int) -> list[Deed]:
        """What was done to it, oldest first."""
        rows = self._db.execute("select state, who, at, why from deeds where publication = ? order by id", (id,))
        return [Deed(state, By(who, datetime.fromtimestamp(at, UTC), why)) for state, who, at, why in rows]

    def _note(self, id: int, state: str, by: By) -> None:
        self._db.execute(
            "insert into deeds (publication, at, who, state, why) values (?, ?, ?, ?, ?)",
            (id, int(by.at.timestamp()), by.who, state, by.why),
        )


_COLUMNS = "id, file, text, under, state, author, why, changes"
