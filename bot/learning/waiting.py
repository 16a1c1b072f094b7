"""Who wants to be told once the bot knows the answer to a question that it did not know."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.messages import Address

KEPT = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Waiting:
    """*chat* asked *text* at *at*, in *message*."""

    id: int
    chat: Address
    text: str
    message: int | None
    at: datetime


class WaitingList:
    """Part of `bot.learning.memory`: on the connection of the storage, in its transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def add(self, question: int, chat: Address, text: str, message: int | None, now: datetime) -> None:
        """*chat* agreed to be told about its *question*; agreeing twice is agreeing once."""
        self._db.execute(
            "insert or ignore into waiting (question, channel, chat, text, message, at) values (?, ?, ?, ?, ?, ?)",
            (question, chat.channel, chat.chat, text, message, int(now.timestamp())),
        )

    def all(self) -> list[Waiting]:
        """Those who were not told yet, by the time of their question."""
        rows = self._db.execute(
            "select question, channel, chat, text, message, at from waiting where told is null order by at, question"
        )
        return [
            Waiting(id, Address(channel, chat), text, message, datetime.fromtimestamp(at, UTC))
            for id, channel, chat, text, message, at in rows
        ]

    def tell(self, id: int, now: datetime) -> bool:
        """They are told now; False when they were before."""
        done = self._db.execute(
            "update waiting set told = ? where question = ? and told is null", (int(now.timestamp()), id)
        )
        return done.rowcount == 1

    def forget(self, chat: Address) -> None:
        self._db.execute("delete from waiting where channel = ? and chat = ?", (chat.channel, chat.chat))

    def purge(self, now: datetime) -> None:
        self._db.execute("delete from waiting where at < ?", (int((now - KEPT).timestamp()),))
