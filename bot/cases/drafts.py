"""The messages of which an answer is made. Their text is kept as written until it is sent, redacted afterwards."""

from __future__ import annotations

import sqlite3

from bot.cases.values import Holder, Part
from bot.messages import Address, room


class Drafts:
    """Part of `bot.cases.book`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def put(self, part: Part, user: int) -> None:
        """*part*, written by *user*, is the next of the draft."""
        self._db.execute(
            'insert into parts ("case", user, channel, chat, message, album, text) values (?, ?, ?, ?, ?, ?, ?)',
            (part.case, user, part.chat.channel, room(part.chat).chat, part.message, part.album, part.text),
        )

    def of(self, case: int, sending: int = 0) -> list[Part]:
        """The parts of this sending in their order; of the draft, when none is named."""
        return self._found('"case" = ? and sending = ?', case, sending)

    def at(self, chat: Address, message: int | None) -> Part | None:
        """The part that this message of a collaborator is."""
        return next(
            iter(self._found("channel = ? and chat = ? and message = ?", chat.channel, chat.chat, message)), None
        )

    def reword(self, part: Part, text: str) -> None:
        self._db.execute("update parts set text = ? where id = ?", (text, part.id))

    def send(self, part: Part, sending: int, text: str) -> None:
        """It was sent; of the text, *text* is kept."""
        self._db.execute("update parts set sending = ?, text = ? where id = ?", (sending, text, part.id))

    def drop(self, case: int, but: Holder | None = None) -> None:
        """Forget the draft of a case; *but* what this person wrote."""
        self._db.execute(
            'delete from parts where "case" = ? and sending = 0 and user is not ?', (case, but.user if but else None)
        )

    def inherit(self, old: int, heir: int) -> None:
        """The draft of *old* is that of *heir* from now on."""
        self._db.execute('update parts set "case" = ? where "case" = ? and sending = 0', (heir, old))

    def _found(self, where: str, *values: object) -> list[Part]:
        rows = self._db.execute(
            f'select id, "case", channel, chat, message, text, album, sending from parts where {where}'  # noqa: S608 ours
            " order by message, id",
            values,
        )
        return [Part(id, case, Address(channel, chat), *rest) for id, case, channel, chat, *rest in rows]
