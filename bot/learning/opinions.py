"""What people think of an answer: a thumb, and why it was no good; who has read what was called old is told once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from bot.base.model import Base, Vouched
from bot.messages import Address

REASONS = ("wrong", "lacks", "old", "unclear")
OLD = 3  # people who call something old before its owner is told
WHILE = timedelta(days=60)  # in which they do
KEPT = timedelta(days=365)


class Opinions:
    """Part of `bot.learning.memory`: on the connection of the storage, in its transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def vote(self, question: int, subject: str, chat: Address, now: datetime, *, good: bool) -> None:
        """What *chat* thinks of the answer about *subject* to its logged *question*; thinking again counts instead."""
        self._db.execute(
            "insert into feedback (question, subject, channel, chat, aspect, verdict, reason, at)"
            " values (?, ?, ?, ?, ifnull((select aspect from questions where id = ?), ''), ?, '', ?)"
            " on conflict do update set verdict = excluded.verdict, reason = '', at = excluded.at",
            (question, subject, chat.channel, chat.chat, question, "good" if good else "bad", int(now.timestamp())),
        )

    def explain(self, question: int, subject: str, reason: str) -> None:
        """Why it was no good, one of REASONS."""
        self._db.execute(
            "update feedback set verdict = 'bad', reason = ? where question = ? and subject = ?",
            (reason, question, subject),
        )

    def old(self, subject: str, checked: date, now: datetime) -> int:
        """How many chats called *subject* old of late, and since somebody *checked* it."""
        since = max(now - WHILE, datetime.combine(checked, datetime.min.time(), now.tzinfo))
        row = self._db.execute(
            "select count(distinct channel || ':' || chat) from feedback"
            " where subject = ? and reason = 'old' and at >= ? and chat <> ''",
            (subject, int(since.timestamp())),
        ).fetchone()
        return int(row[0])

    def flag(self, subject: str, checked: date) -> bool:
        """Have *subject*, last *checked* on that day, read again; False when that is known."""
        done = self._db.execute("insert or ignore into flags (subject, checked) values (?, ?)", (subject, str(checked)))
        return done.rowcount == 1

    def flags(self) -> dict[str, date]:
        """What is to be read again, and the day it was last checked when that was said: a later one settles it."""
        rows = self._db.execute("select subject, max(checked) from flags group by subject order by subject")
        return {subject: date.fromisoformat(checked) for subject, checked in rows}

    def forget(self, chat: Address) -> None:
        """What *chat* thought stays, as nobody's."""
        self._db.execute("update feedback set chat = '' where channel = ? and chat = ?", (chat.channel, chat.chat))

    def purge(self, now: datetime) -> None:
        self._db.execute("delete from feedback where at < ?", (int((now - KEPT).timestamp()),))


def known(base: Base, id: str) -> Vouched | None:
    """The procedure, group or entry with this id."""
    return base.procedures.get(id) or base.groups.get(id) or base.entries.get(id)


def flagged(base: Base, flags: Mapping[str, date]) -> Iterator[Vouched]:
    """What of *base* several people called old since it was last checked."""
    for id, checked in flags.items():
        found = known(base, id)
        if found is not None and found.checked <= checked:
            yield found
