"""What was taught through a publication, as a question that must lead there from now on: its regression test."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lesson:
    """*question* is not the phrase itself, and is understood all the same; it leads to *subject*."""

    publication: int
    subject: str
    question: str


class Lessons:
    """Part of `bot.learning.memory`: on the connection of the storage, in its transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def keep(self, lesson: Lesson) -> None:
        self._db.execute(
            "insert into lessons (publication, subject, question) values (?, ?, ?)",
            (lesson.publication, lesson.subject, lesson.question),
        )

    def of(self, *states: str) -> list[Lesson]:
        """Those whose publication is in one of *states*, oldest first."""
        rows = self._db.execute(
            "select publication, subject, question from lessons join publications on publications.id = publication"  # noqa: S608 question marks
            f" where state in ({', '.join('?' * len(states))}) order by lessons.id",
            states,
        )
        return [Lesson(*row) for row in rows]
