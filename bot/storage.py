"""The database as the brain sees it: a few plain SQL statements on one connection, inside the desk's transaction.

`bot.schema` makes the tables with sqlite-utils; on this hot path it would cost a third of the speed.
"""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TextIO

from bot import outbox, session
from bot.attachments import Media
from bot.cases.book import Book
from bot.cases.values import Copy
from bot.errors import BusyError
from bot.learning.memory import Memory
from bot.limits import Limits
from bot.messages import Address, Delivery, Done, Outcome, Outgoing, Refused, Sent, TopicGone, Unreachable, room
from bot.publications import Publications
from bot.schema import migrate
from bot.session import Session
from bot.team import Team
from bot.timers import Timers
from bot.topics import Topics

KEEP_UPDATES = timedelta(days=7)  # Telegram may renumber its updates after a quiet week
KEEP_SENT = timedelta(days=7)
KEEP_SESSIONS = timedelta(days=180)
KEEP_QUESTIONS = timedelta(days=365)
KEEP_CASES = timedelta(days=31)  # after their answer
KEEP_DRAFTS = timedelta(days=2)  # of what is added to an answer
DELETABLE = timedelta(hours=48)  # Telegram lets a bot delete its message that long


@dataclass(frozen=True, slots=True)
class Question:
    """A logged question: redacted text, and the message that asked it."""

    id: int
    asked_by: Address
    text: str
    message: int | None


class Storage:
    """One connection, one owner. Nothing here commits but `commit`."""

    def __init__(self, connection: sqlite3.Connection, lock: TextIO | None = None) -> None:
        self._db = connection
        self._lock = lock
        self.limits = Limits(connection)
        self.publications = Publications(connection)
        self.learning = Memory(connection)
        self.team = Team(connection)
        self.cases = Book(connection)
        self.timers = Timers(connection)
        self.topics = Topics(connection)

    @classmethod
    def open(cls, path: Path) -> Storage:
        """The database file at *path*, made if need be; BusyError when another process has it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = _lock(path)
        path.touch(mode=0o600, exist_ok=True)
        return cls(_connect(str(path)), lock)

    @classmethod
    def memory(cls) -> Storage:
        return cls(_connect(":memory:"))

    def close(self) -> None:
        self._db.close()
        if self._lock is not None:
            self._lock.close()

    # The desk's transaction.

    def begin(self) -> None:
        self._db.execute("begin")

    def commit(self) -> None:
        self._db.execute("commit")

    def rollback(self) -> None:
        if self._db.in_transaction:
            self._db.execute("rollback")

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what happens inside when it raises, and only that."""
        self._db.execute("savepoint item")
        try:
            yield
        except BaseException:
            self._db.execute("rollback to item")
            raise
        finally:
            self._db.execute("release item")

    # Updates.

    def is_new(self, channel: str, update: str, now: datetime) -> bool:
        """Whether *update* was never decided before; from now on it was."""
        done = self._db.execute("insert or ignore into updates values (?, ?, ?)", (channel, update, _seconds(now)))
        return done.rowcount == 1

    # Sessions.

    def session(self, chat: Address) -> Session:
        row = self._db.execute(
            "select body, screen from sessions where channel = ? and chat = ?", (chat.channel, chat.chat)
        ).fetchone()
        return Session() if row is None else session.load(row[0], row[1])

    def keep(self, chat: Address, kept: Session, now: datetime) -> None:
        self._db.execute(
            "insert into sessions (channel, chat, body, screen, seen) values (?, ?, ?, ?, ?) on conflict do update"
            " set body = excluded.body, screen = excluded.screen, seen = excluded.seen, unreachable = null",
            (chat.channel, chat.chat, session.dump(kept), kept.screen, _seconds(now)),
        )

    def note(self, chat: Address, kept: Session) -> None:
        """Keep what we did in *chat* by ourselves; they did not come back by that. Their latest screen is buried."""
        self._db.execute(
            "update sessions set body = ?, screen = null where channel = ? and chat = ?",
            (session.dump(kept), chat.channel, chat.chat),
        )

    def bury(self, chat: Address) -> None:
        """Something else now lies below the latest screen of *chat*: a tap there must not change it."""
        self._db.execute("update sessions set screen = null where channel = ? and chat = ?", (chat.channel, chat.chat))

    # Questions.

    def log(  # noqa: PLR0913, PLR0917 the row as it is
        self,
        asked_by: Address,
        message: int | None,
        text: str,
        decision: str,
        aspect: str | None,
        candidates: Sequence[tuple[str, str, float]],
        now: datetime,
    ) -> int:
        """Keep a question (already redacted) and what was decided; its number."""
        done = self._db.execute(
            "insert into questions (channel, chat, message, at, text, decision, aspect, candidates)"
            " values (?, ?, ?, ?, ?, ?, ?, ?)",
            (asked_by.channel, asked_by.chat, message, _seconds(now), text, decision, aspect, json.dumps(candidates)),
        )
        return _row(done)

    def join(self, questions: Iterable[int]) -> None:
        """These were parts of a question that is now logged whole; each may still be sent as it was shown."""
        self._db.executemany("update questions set decision = 'part' where id = ?", ((id,) for id in questions))

    def question(self, id: int, asked_by: Address) -> Question | None:
        """The question with this number, if this chat asked it."""
        row = self._db.execute(
            "select id, text, message from questions where id = ? and channel = ? and chat = ?",
            (id, asked_by.channel, asked_by.chat),
        ).fetchone()
        return None if row is None else Question(row[0], asked_by, row[1], row[2])

    def deny(self, question: Question, now: datetime) -> None:
        """Its asker meant none of what was answered or offered."""
        self._db.execute("update questions set denied = ? where id = ?", (_seconds(now), question.id))

    # Outbox.

    def enqueue(self, outgoing: Outgoing, now: datetime) -> Delivery:
        to = self.successor(outgoing.to)
        done = self._db.execute(
            "insert into outbox (channel, chat, body, at) values (?, ?, ?, ?)",
            (to.channel, to.chat, outbox.dump(outgoing), _seconds(now)),
        )
        return Delivery(_row(done), outgoing)

    def waiting(self) -> list[Delivery]:
        """What is still to be sent, oldest first."""
        rows = self._db.execute("select id, channel, chat, body from outbox where done is null order by id").fetchall()
        return [Delivery(row[0], outbox.load(row[1], row[2], row[3])) for row in rows]

    def settle(self, delivery: Delivery, outcome: Outcome, now: datetime) -> list[Outgoing]:
        """Remember what became of *delivery*; what is to be taken back, as it was forgotten while it was under way."""
        to, back = delivery.outgoing.to, list[Outgoing]()
        match outcome:
            case Sent(message, ref):
                known = self._done(delivery.row, "sent", now)
                if not known and delivery.outgoing.case is not None and message not in {None, delivery.outgoing.edits}:
                    back.append(Outgoing(to, None, edits=message))
                if ref and isinstance(delivery.outgoing.attachment, Media):
                    self._know(to.channel, delivery.outgoing.attachment, ref)
                if message is not None:
                    self._remember(delivery.outgoing, message)
            case Unreachable():
                self._done(delivery.row, "unreachable", now)
                self.mark_unreachable(to, now)
            case Refused(reason):
                self._done(delivery.row, f"refused: {reason}", now)
            case Done():
                self._done(delivery.row, "done", now)
            case TopicGone():
                self._done(delivery.row, "no topic", now)
        if delivery.outgoing.transient:
            self._db.execute("delete from outbox where id = ?", (delivery.row,))
        return back

    def known(self, channel: str, media: Media) -> Media:
        """*media* as *channel* knows it, if it was sent there before and is still the same file."""
        row = self._db.execute(
            "select ref from uploads where channel = ? and file = ? and stamp = ?", (channel, media.file, media.stamp)
        ).fetchone()
        return media if row is None else replace(media, ref=row[0])

    def _know(self, channel: str, media: Media, ref: str) -> None:
        self._db.execute("insert or replace into uploads values (?, ?, ?, ?)", (channel, media.file, media.stamp, ref))

    def move(self, chat: Address, successor: str) -> None:
        """*chat* became *successor*: what waits for it goes there, and what comes later too."""
        chat = room(chat)
        self.cases.retention.move(chat, successor)
        for table in ("outbox", "sessions", "questions", "timers", "buckets", "topics", "feedback", "waiting"):
            self._db.execute(
                f"update or ignore {table} set chat = ? where channel = ? and chat = ?",  # noqa: S608 our own names
                (successor, chat.channel, chat.chat),
            )
        self._db.execute("insert or replace into chats values (?, ?, ?)", (chat.channel, chat.chat, successor))

    def successor(self, chat: Address) -> Address:
        row = self._db.execute(
            "select successor from chats where channel = ? and chat = ?", (chat.channel, chat.chat)
        ).fetchone()
        return chat if row is None else Address(chat.channel, row[0])

    def mark_unreachable(self, chat: Address, now: datetime) -> None:
        self._db.execute(
            "update sessions set unreachable = ? where channel = ? and chat = ?",
            (_seconds(now), chat.channel, chat.chat),
        )

    def reachable(self, chat: Address) -> bool:
        """Whether *chat* is known, and did not turn us away."""
        here = (chat.channel, chat.chat)
        known = "select 1 from sessions where channel = ? and chat = ? and unreachable is null"
        return self._db.execute(known, here).fetchone() is not None

    # Forgetting.

    def forget(self, chat: Address, now: datetime) -> list[tuple[Address, int]]:
        """Delete all that this chat left; the messages about its cases that can still be deleted elsewhere."""
        here = (chat.channel, chat.chat)
        copies = self.cases.retention.forget(chat, _seconds(now - DELETABLE))
        theirs = "json_extract(body, '$.copies.chat.channel') = ? and json_extract(body, '$.copies.chat.chat') = ?"
        self._db.execute(f"delete from outbox where {theirs}", here)  # noqa: S608 our own words
        for table in ("questions", "outbox", "sessions", "timers", "buckets"):
            self._db.execute(f"delete from {table} where channel = ? and chat = ?", here)  # noqa: S608 our own names
        self.learning.forget(chat)
        return copies

    def purge(self, now: datetime) -> None:
        """Forget what is kept for a limited time only."""
        old = {name: _seconds(now - keep) for name, keep in _KEEP.items()}
        self.learning.purge(now)
        self._db.execute("delete from updates where at < ?", (old["updates"],))
        self.limits.purge(now)
        self._db.execute("delete from outbox where done < ?", (old["outbox"],))
        asked = "select channel, chat from timers where kind = 'reminder'"  # it ends when nothing is ahead
        self._db.execute(
            f"delete from sessions where seen < ? and (channel, chat) not in ({asked})",  # noqa: S608 our own words
            (old["sessions"],),
        )
        self._db.execute("update questions set text = '', chat = '', message = null where at < ?", (old["questions"],))
        # A case that nobody answered lives as long as its question.
        self.cases.retention.purge(old["cases"], old["questions"], old["drafts"])

    def counts(self) -> Mapping[str, int]:
        """Figures for the admins."""
        ask = {
            "chats": "select count(*) from sessions",
            "questions": "select count(*) from questions where decision <> 'part'",
            "unknown": "select count(*) from questions where decision = 'unknown'",
            "open": "select count(*) from cases where state in ('open', 'claimed', 'merged')",
            "answered": "select count(*) from cases where state in ('answered', 'closed')",
            "waiting": "select count(*) from outbox where done is null",
            "refused": "select count(*) from outbox where outcome like 'refused%'",
        }
        return {name: int(self._db.execute(sql).fetchone()[0]) for name, sql in ask.items()}

    def _done(self, row: int, outcome: str, now: datetime) -> bool:
        """Whether the row is still there to remember it."""
        done = self._db.execute("update outbox set done = ?, outcome = ? where id = ?", (_seconds(now), outcome, row))
        return done.rowcount == 1

    def _remember(self, outgoing: Outgoing, message: int) -> None:
        to = self.successor(outgoing.to)
        if outgoing.latest:
            self._db.execute(
                "update sessions set screen = ? where channel = ? and chat = ?", (message, to.channel, to.chat)
            )
        if outgoing.case is not None:
            self.cases.copies.note(Copy(room(to), message, outgoing.case, outgoing.part))


_KEEP = {
    "updates": KEEP_UPDATES,
    "outbox": KEEP_SENT,
    "sessions": KEEP_SESSIONS,
    "questions": KEEP_QUESTIONS,
    "cases": KEEP_CASES,
    "drafts": KEEP_DRAFTS,
}


def _connect(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)  # COMMIT runs in an executor
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "busy_timeout = 5000"):
        connection.execute(f"pragma {pragma}")
    migrate(connection)
    return connection


def _lock(path: Path) -> TextIO:
    """The one process that has this database holds this lock; the kernel frees it when the process dies."""
    lock = os.fdopen(os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600), "r+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise BusyError("error.busy", path=path) from error
    return lock


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _row(cursor: sqlite3.Cursor) -> int:
    if cursor.lastrowid is None:
        raise sqlite3.DatabaseError("an insert gave no row id")
    return cursor.lastrowid
