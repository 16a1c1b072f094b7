"""How much one chat may say: a bucket that every message empties a little and that time fills again.

It is kept in the database, so a restart does not fill it. Texts are remembered by a digest, for as long as they matter.
"""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.messages import Address

MUTE = timedelta(minutes=10)
WITHIN = timedelta(minutes=2)  # the same text again after longer is a question of its own
REPEATS = 3  # times in a row that somebody is answered the same
KEEP = timedelta(days=1)  # an untouched bucket is full long before


@dataclass(frozen=True, slots=True)
class Rate:
    """So many messages at once (0: as many as one likes), and so many a minute in the long run."""

    burst: int
    minute: int


BOUNDLESS = Rate(burst=0, minute=0)


class Verdict(Enum):
    """What becomes of a message."""

    FINE = "fine"
    FULL = "full"  # too many: from now on nothing is heard for MUTE, and that is to be said
    MUTED = "muted"  # said already
    REPEATED = "repeated"  # the same again and again: to be said once
    FOLDED = "folded"  # said already


class Limits:
    """Part of `bot.storage`: on its connection, in its transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def take(self, chat: Address, text: str, rate: Rate, now: datetime) -> Verdict:
        """Let *chat* say *text* (empty: press a button), and tell whether that was too much."""
        at, key = now.timestamp(), (chat.channel, chat.chat)
        row = self._db.execute(
            "select level, at, muted, digest, times from buckets where channel = ? and chat = ?", key
        ).fetchone()
        level, before, muted, said, times = row or (float(rate.burst), at, 0, "", 0)
        if muted > at:
            return Verdict.MUTED
        level = min(float(rate.burst), level + max(0.0, at - before) * rate.minute / 60) - 1
        digest = hashlib.blake2b(text.encode(), digest_size=8).hexdigest() if text else ""
        again = bool(text) and digest == said and at - before < WITHIN.total_seconds()
        times = times + 1 if again else 1
        muted = int(at + MUTE.total_seconds()) if level < 0 else 0
        self._db.execute(
            "insert or replace into buckets values (?, ?, ?, ?, ?, ?, ?)",
            (*key, rate.burst / 2 if muted else level, muted or at, muted, digest, times),
        )
        if muted:
            return Verdict.FULL
        if times <= REPEATS:
            return Verdict.FINE
        return Verdict.REPEATED if times == REPEATS + 1 else Verdict.FOLDED

    def purge(self, now: datetime) -> None:
        """Forget the buckets that have long been full."""
        self._db.execute("delete from buckets where at < ?", ((now - KEEP).timestamp(),))
