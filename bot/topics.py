"""The topics of groups: which thread is about what, kept so that each is opened once.

One that was deleted stays on record as gone: what was under way to it still has to be posted, by what it was about.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.messages import Address


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic about *key*; *thread* is None while it is being opened."""

    key: str
    thread: int | None
    since: datetime


class Topics:
    """Part of `bot.storage`: on its connection, in its transaction. A chat here is a group as a whole."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def about(self, chat: Address, key: str) -> Topic | None:
        """The topic about *key* that is open, or being opened."""
        row = self._db.execute(
            "select key, thread, since from topics where channel = ? and chat = ? and key = ? and gone is null",
            (chat.channel, chat.chat, key),
        ).fetchone()
        return None if row is None else _topic(*row)

    def behind(self, chat: Address, thread: int) -> Topic | None:
        """The topic that has, or had, this *thread*."""
        row = self._db.execute(
            "select key, thread, since from topics where channel = ? and chat = ? and thread = ?",
            (chat.channel, chat.chat, thread),
        ).fetchone()
        return None if row is None else _topic(*row)

    def begin(self, chat: Address, key: str, now: datetime) -> None:
        """A topic about *key* is being opened."""
        self._db.execute(
            "insert or ignore into topics (channel, chat, key, since) values (?, ?, ?, ?)",
            (chat.channel, chat.chat, key, int(now.timestamp())),
        )

    def opened(self, chat: Address, key: str, thread: int, now: datetime) -> None:
        """It is *thread*."""
        self._db.execute(
            "update topics set thread = ?, since = ? where channel = ? and chat = ? and key = ? and thread is null",
            (thread, int(now.timestamp()), chat.channel, chat.chat, key),
        )

    def failed(self, chat: Address, key: str) -> None:
        """It could not be opened."""
        self._db.execute(
            "delete from topics where channel = ? and chat = ? and key = ? and thread is null",
            (chat.channel, chat.chat, key),
        )

    def lost(self, chat: Address, thread: int, now: datetime) -> None:
        """*thread* is no more."""
        self._db.execute(
            "update topics set gone = ? where channel = ? and chat = ? and thread = ? and gone is null",
            (int(now.timestamp()), chat.channel, chat.chat, thread),
        )

    def losses(self, chat: Address, key: str, since: datetime) -> int:
        """How many topics about *key* are gone *since* then."""
        found = self._db.execute(
            "select count(*) from topics where channel = ? and chat = ? and key = ? and gone >= ?",
            (chat.channel, chat.chat, key, int(since.timestamp())),
        )
        return int(found.fetchone()[0])


def _topic(key: str, thread: int | None, since: int) -> Topic:
    return Topic(key, thread, datetime.fromtimestamp(since, UTC))
