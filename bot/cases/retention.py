"""How long what belongs to cases is kept, and what goes when a citizen has everything forgotten."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from bot.cases.values import ANSWER, MEDIA, MORE
from bot.messages import Address

_MINE = "in (select id from cases where channel = ? and chat = ?)"
_ABOUT = "json_extract(body, '$.case') = ?"
_OVER = "(state not in ('open', 'claimed', 'merged') and (answered < ? or closed < ?)) or opened < ?"


class Retention:
    """Part of `bot.cases.book`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def forget(self, chat: Address, since: int) -> list[tuple[Address, int]]:
        """Delete the cases of *chat*; the messages about those opened after *since* that lie in other chats."""
        here = (chat.channel, chat.chat)
        copies = self._db.execute(
            'select copies.channel, copies.chat, copies.message from copies join cases c on c.id = copies."case"'
            " where c.channel = ? and c.chat = ? and c.opened > ? and not (copies.channel = ? and copies.chat = ?)",
            (*here, since, *here),
        ).fetchall()
        self._db.execute(f"delete from outbox where json_extract(body, '$.case') {_MINE}", here)  # noqa: S608 our words
        for table in ("copies", "replies", "parts", "additions"):
            self._db.execute(f'delete from {table} where "case" {_MINE}', here)  # noqa: S608 our own words
        for table in ("cases", "enclosures"):
            self._db.execute(f"delete from {table} where channel = ? and chat = ?", here)  # noqa: S608 our own words
        return [(Address(row[0], row[1]), row[2]) for row in copies]

    def erase(self, id: int) -> None:
        """The question was withdrawn: nothing of it stays but its number."""
        for table in ("copies", "replies", "parts", "additions"):
            self._db.execute(f'delete from {table} where "case" = ?', (id,))  # noqa: S608 our own words
        self.unsay(id)
        elsewhere = "(channel, chat) <> (select channel, chat from cases where id = ?)"
        self._db.execute(f"delete from outbox where {_ABOUT} and {elsewhere}", (id, id))  # noqa: S608 our own words
        asked = "(select question from cases where id = ?)"
        self._db.execute(f"delete from enclosures where question = {asked}", (id,))  # noqa: S608 our own words
        self._db.execute(f"update questions set text = '' where id = {asked}", (id,))  # noqa: S608 our own words
        self._db.execute(f"update cases set {_BARE} where id = ?", (id,))  # noqa: S608 our own words

    def unsay(self, id: int) -> None:
        """What was said about this case is on no record any more, as some of it is not to be kept."""
        self._db.execute(f"delete from outbox where {_ABOUT} and done is not null", (id,))  # noqa: S608 our own words

    def retract(self, id: int) -> None:
        """The answer that is still under way to who asked: its row is gone, so it is taken back when it arrives."""
        answers = " or ".join(f"json_extract(body, '$.part') like '{part}%'" for part in (ANSWER, MORE, MEDIA))
        self._db.execute(f"delete from outbox where {_ABOUT} and done is null and ({answers})", (id,))  # noqa: S608 ours

    def purge(self, closed: int, asked: int, drafts: int) -> None:
        """Forget who asked what in cases that were over before *closed*, or asked before *asked*; the answers stay.

        What was written after an answer from before *drafts*, and not sent by now, will not be.
        """
        late = "select id from cases where state in ('answered', 'closed') and answered < ?"
        self._db.execute(f'delete from parts where sending = 0 and "case" in ({late})', (drafts,))  # noqa: S608 ours
        ages = (closed, closed, asked)
        for table in ("copies", "parts", "additions"):
            self._db.execute(
                f'delete from {table} where "case" in (select id from cases where {_OVER})',  # noqa: S608 our own words
                ages,
            )
        self._db.execute(
            f"delete from enclosures where question in (select question from cases where {_OVER})"  # noqa: S608 ours
            " or question in (select id from questions where at < ?)",
            (*ages, asked),
        )
        self._db.execute(f"update cases set {_BARE} where {_OVER}", ages)  # noqa: S608 our own words

    def move(self, chat: Address, successor: str) -> None:
        """*chat* became *successor*."""
        pairs: Sequence[tuple[str, str, str]] = (
            ("cases", "channel", "chat"), ("cases", "desk_channel", "desk_chat"), ("copies", "channel", "chat"),
            ("parts", "channel", "chat"), ("enclosures", "channel", "chat"),
        )  # fmt: skip
        for table, channel, column in pairs:
            self._db.execute(
                f"update or ignore {table} set {column} = ? where {channel} = ? and {column} = ?",  # noqa: S608 ours
                (successor, chat.channel, chat.chat),
            )


_BARE = "chat = '', message = null, text = '', holder_name = ''"
