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
        """What the citizen said later, oldest first."""
        rows = self._db.execute('select text from additions where "case" = ? order by id', (id,))
        return [text for (text,) in rows]

    def enclose(self, question: int, chat: Address, message: int, album: str) -> None:
        """A photo, voice message or file belongs to a logged question."""
        self._db.execute(
            "insert or replace into enclosures values (?, ?, ?, ?, ?)",
            (question, chat.channel, chat.chat, message, album),
        )

    def enclosures(self, question: int) -> list[int]:
        """The messages that belong to a logged question beside its text."""
        rows = self._db.execute("select message from enclosures where question = ? order by message", (question,))
        return [message for (message,) in rows]

    def album(self, chat: Address, album: str) -> int | None:
        """The logged question to which a picture of this album belongs."""
        row = self._db.execute(
            "select question from enclosures where channel = ? and chat = ? and album = ?",
            (chat.channel, chat.chat, album),
        ).fetchone()
        return None if row is None or not album else int(row[0])
