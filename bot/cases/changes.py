"""How a case changes, one write each.

Who comes first is decided by one conditional write: a claim succeeds only while the case is open.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime, timedelta

from bot.cases.copies import Copies
from bot.cases.drafts import Drafts
from bot.cases.files import Files
from bot.cases.retention import Retention
from bot.cases.rows import seconds
from bot.cases.values import Holder, Sense, State


class Changes:
    """Part of `bot.cases.book`: with its connection, and what lies beside the cases."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.copies = Copies(connection)
        self.drafts = Drafts(connection)
        self.files = Files(connection)
        self.retention = Retention(connection)

    def claim(self, id: int, holder: Holder, lease: datetime) -> bool:
        """Whether *holder* has it from now on; of all who try at the same time, one."""
        done = self._db.execute(
            "update cases set state = 'claimed', holder = ?, holder_name = ?, desk_channel = ?, desk_chat = ?,"
            " lease = ? where id = ? and state = 'open'",
            (holder.user, holder.name, holder.chat.channel, holder.chat.chat, seconds(lease), id),
        )
        return done.rowcount == 1

    def extend(self, id: int, lease: datetime) -> None:
        """The holder is at it."""
        self._set(id, "lease = ?", seconds(lease))

    def release(self, id: int, *, officers: bool = False) -> None:
        """Back to the queue; on the officers' list when nobody else is sure."""
        gone = "state = 'open', holder = null, holder_name = '', desk_channel = '', desk_chat = '', lease = null"
        self._set(id, f"{gone}, officers = max(officers, ?)", officers)

    def merge(self, id: int, into: int) -> None:
        """*into* answers for this one, too; with 0 it stands for itself again."""
        self._set(id, "state = 'merged', into_case = ?" if into else "into_case = ?", into)

    def lead(self, old: int, heir: int) -> None:
        """*heir*, merged so far, takes the place of *old*: its state and holder, its siblings, its messages."""
        taken = "state, holder, holder_name, desk_channel, desk_chat, lease, officers"
        self._db.execute(
            f"update cases set into_case = 0, ({taken}) = (select {taken} from cases where id = ?) where id = ?",  # noqa: S608 ours
            (old, heir),
        )
        self._db.execute("update cases set into_case = ? where into_case = ? and state = 'merged'", (heir, old))
        self.copies.inherit(old, heir)
        self.drafts.inherit(old, heir)

    def give(self, id: int, holder: Holder) -> None:
        """*holder* is who answers or answered it."""
        self._set(
            id,
            "holder = ?, holder_name = ?, desk_channel = ?, desk_chat = ?",
            holder.user, holder.name, holder.chat.channel, holder.chat.chat,
        )  # fmt: skip

    def asks(self, id: int, *, asked: bool) -> None:
        """A question back is under way, or was answered."""
        self._set(id, "asked = ?", asked)

    def tell(self, id: int) -> None:
        """The citizen knows now that somebody has it."""
        self._set(id, "told = 1")

    def note(self, id: int, now: datetime, quiet: timedelta) -> bool:
        """Whether a chat is to be told again who has the case; within *quiet* it was."""
        done = self._db.execute(
            "update cases set noted = ? where id = ? and noted <= ?", (seconds(now), id, seconds(now - quiet))
        )
        return done.rowcount == 1

    def follow(self, id: int, lease: datetime | None) -> None:
        """The citizen asks on: to the same holder, or to everybody when there is none."""
        state = "open" if lease is None else "claimed"
        self._set(id, "state = ?, follow = 1, lease = ?", state, None if lease is None else seconds(lease))

    def next_sending(self, id: int) -> int:
        """The number of the next sending of this case."""
        self._set(id, "sendings = sendings + 1")
        (number,) = self._db.execute("select sendings from cases where id = ?", (id,)).fetchone()
        return int(number)

    def answer(self, id: int, text: str, sending: int, now: datetime) -> None:
        """Keep what was sent to the citizen (already redacted)."""
        self._db.execute('delete from replies where "case" = ? and sending = ?', (id, sending))
        self._db.execute(
            'insert into replies ("case", at, text, sending) values (?, ?, ?, ?)', (id, seconds(now), text, sending)
        )
        self._set(id, "state = 'answered', answered = ?, asked = 0, lease = null", seconds(now))

    def correct(self, id: int, text: str, sending: int) -> bool:
        """What was sent reads otherwise now (already redacted); False when it does not count any more."""
        done = self._db.execute('update replies set text = ? where "case" = ? and sending = ?', (text, id, sending))
        return done.rowcount > 0

    def recall(self, id: int, state: State) -> None:
        """What was sent does not count any more."""
        self._db.execute('delete from replies where "case" = ?', (id,))
        self._set(id, "state = ?, answered = null", state)

    def close(self, id: int, state: State, now: datetime) -> None:
        """Nothing is to be done about it any more."""
        self._set(id, "state = ?, closed = ?, asked = 0, lease = null", state, seconds(now))

    def reword(self, id: int, text: str, sense: Sense) -> None:
        """The citizen edited the question (already redacted)."""
        about = (sense.best, sense.title, sense.aspect, json.dumps(sense.candidates))
        self._set(id, "text = ?, best = ?, title = ?, aspect = ?, candidates = ?", text, *about)

    def _set(self, id: int, what: str, *values: object) -> None:
        self._db.execute(f"update cases set {what} where id = ?", (*values, id))  # noqa: S608 our own words
