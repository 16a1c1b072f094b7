"""What is to happen at a certain time: rows that one tick of the desk finds, so that a restart forgets none.

A timer goes off once: the desk takes its row away and decides it (an Incoming of kind "due") in the same commit.
Whoever set it looks again at how things stand by then; a timer says when to look, never what is true.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from bot.messages import Address, Timer

MOST = 64  # that go off in one commit


class Timers:
    """Part of `bot.storage`: on its connection, in its transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def set(self, timer: Timer) -> None:
        """Have *timer* go off; one of the same kind, chat and subject that was set before is forgotten."""
        self.clear(timer.kind, timer.chat, timer.subject)
        self.ensure(timer)

    def ensure(self, timer: Timer) -> None:
        """The same, unless one of its kind, chat and subject is set already, even if its time has passed."""
        self._db.execute(
            "insert or ignore into timers (kind, channel, chat, subject, due) values (?, ?, ?, ?, ?)",
            (timer.kind, timer.chat.channel, timer.chat.chat, timer.subject, int(timer.due.timestamp())),
        )

    def clear(self, kind: str, chat: Address, subject: str | None = None) -> None:
        """Forget the timer of this *kind*, *chat* and *subject*; all of that kind when there is no subject."""
        self._db.execute(
            "delete from timers where kind = ? and channel = ? and chat = ? and subject = ifnull(?, subject)",
            (kind, chat.channel, chat.chat, subject),
        )

    def due(self, now: datetime) -> list[tuple[int, Timer]]:
        """The timers whose time has come, by their number, earliest first; no more than MOST."""
        rows = self._db.execute(
            "select id, kind, channel, chat, subject, due from timers where due <= ? order by due, id limit ?",
            (int(now.timestamp()), MOST),
        )
        return [(id, _timer(*values)) for id, *values in rows]

    def next(self) -> datetime | None:
        """When the next one goes off."""
        (due,) = self._db.execute("select min(due) from timers").fetchone()
        return None if due is None else datetime.fromtimestamp(due, UTC)

    def take(self, id: int) -> None:
        """It went off."""
        self._db.execute("delete from timers where id = ?", (id,))


def _timer(kind: str, channel: str, chat: str, subject: str, due: int) -> Timer:
    return Timer(kind, Address(channel, chat), subject, datetime.fromtimestamp(due, UTC))
