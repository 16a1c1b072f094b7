"""What belongs to a case beside its question: photos, voice messages and files, and what the citizen said later."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from bot.cases.rows import seconds
from bot.messages import Address


class Files:
    """Part of `bot.cases.book`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def add(self, id: int, text: str, now: datetime) -> None:
        """Keep what the citizen said later (already redacted)."""
        self._db.execute('insert into additions ("case", at, text) values (?, ?, ?)', (id, seconds(now), text))

    def additions(self, id: int) -> list[str]:
        """What was said later by who asked, and by those whose like question it answers, oldest first."""
        rows = self._db.execute(f'select text from additions where "case" {_ALL} order by id', (id, id))  # noqa: S608 ours
        return [text for (text,) in rows]

    def enclose(self, question: int, chat: Address, message: int, album: str) -> None:
        """A photo, voice message or file belongs to a logged question."""
        self._db.execute(
            "insert or replace into enclosures values (?, ?, ?, ?, ?)",
            (question, chat.channel, chat.chat, message, album),
        )

    def enclosed(self, question: int) -> bool:
        """Whether messages belong to a logged question beside its text."""
        return self._db.execute("select 1 from enclosures where question = ?", (question,)).fetchone() is not None

    def enclosures(self, id: int) -> list[tuple[int, Address, int]]:
        """The messages beside the texts of a case, and of those it answers for: whose case, in which chat, which."""
        rows = self._db.execute(
            "select cases.id, f.channel, f.chat, f.message from enclosures f join cases on cases.question = f.question"  # noqa: S608 ours
            f" where cases.id {_ALL} order by cases.id, f.message",
            (id, id),
        )
        return [(case, Address(channel, chat), message) for case, channel, chat, message in rows]

    def album(self, chat: Address, album: str) -> int | None:
        """The logged question to which a picture of this album belongs."""
        row = self._db.execute(
            "select question from enclosures where channel = ? and chat = ? and album = ?",
            (chat.channel, chat.chat, album),
        ).fetchone()
        return None if row is None or not album else int(row[0])


_ALL = "in (select id from cases where id = ? or into_case = ?)"  # a case, and those it answers for
