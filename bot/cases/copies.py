"""Where the messages of a case lie: a reply to one of them, or a tap under it, is about the case."""

from __future__ import annotations

import sqlite3

from bot.cases.values import Case, Copy
from bot.messages import Address


class Copies:
    """Part of `bot.cases.book`; a message is noted when the channel has taken it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def note(self, copy: Copy) -> None:
        """It is there, unless its case was forgotten while it was under way."""
        self._db.execute(
            'insert or replace into copies (channel, chat, message, "case", part)'
            " select ?, ?, ?, id, ? from cases where id = ? and chat <> ''",
            (copy.chat.channel, copy.chat.chat, copy.message, copy.part, copy.case),
        )

    def at(self, chat: Address, message: int) -> Copy | None:
        """What *message* in *chat* is."""
        return next(
            iter(self._found("channel = ? and chat = ? and message = ?", chat.channel, chat.chat, message)), None
        )

    def of(self, case: int, part: str) -> list[Copy]:
        """The messages that are this *part* of a case, oldest first; "answer." means of any sending."""
        pattern = f"{part}%" if part.endswith(".") else part
        return self._found('"case" = ? and part like ?', case, pattern)

    def elsewhere(self, case: Case) -> list[Copy]:
        """All messages about *case* that others than the citizen see."""
        return [one for one in self._found('"case" = ?', case.id) if one.chat != case.asked_by]

    def drop(self, copy: Copy) -> None:
        """It is no more."""
        self._db.execute(
            "delete from copies where channel = ? and chat = ? and message = ?",
            (copy.chat.channel, copy.chat.chat, copy.message),
        )

    def inherit(self, old: int, heir: int) -> None:
        """The cards and the draft of *old* are those of *heir* from now on."""
        self._db.execute("""update copies set "case" = ? where "case" = ? and part in ('card', 'panel')""", (heir, old))

    def _found(self, where: str, *values: object) -> list[Copy]:
        rows = self._db.execute(
            f'select channel, chat, message, "case", part from copies where {where} order by message',  # noqa: S608 ours
            values,
        )
        return [Copy(Address(channel, chat), message, case, part) for channel, chat, message, case, part in rows]
