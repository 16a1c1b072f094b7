"""Who works with the bot beside the citizens: admins and collaborators, and for which fields and places."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.messages import Address

Role = Literal["admin", "collaborator"]


@dataclass(frozen=True, slots=True)
class Member:
    """A person with a role; *user* is the channel's id of the person, which is also that of their private chat."""

    channel: str
    user: int
    role: Role
    name: str = ""  # shown to citizens; empty: only the role is
    fields: frozenset[str] = frozenset()  # empty: all of them
    places: frozenset[str] = frozenset()  # empty: all of them

    @property
    def chat(self) -> Address:
        """Where one talks with this person alone."""
        return Address(self.channel, str(self.user))


class Team:
    """Part of `bot.storage`: on its connection, in its transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def member(self, channel: str, user: int | None) -> Member | None:
        """The member behind *user*; None for a citizen."""
        row = self._db.execute(
            f"select {_COLUMNS} from members where channel = ? and user = ?",  # noqa: S608 our own names
            (channel, user),
        ).fetchone()
        return None if row is None else _member(row)

    def members(self) -> list[Member]:
        """Everybody, by their id."""
        rows = self._db.execute(f"select {_COLUMNS} from members order by channel, user")  # noqa: S608 our own names
        return [_member(row) for row in rows]

    def put(self, member: Member, now: datetime) -> None:
        """*member* joins, or is another from now on."""
        self._db.execute(
            "insert into members (channel, user, role, name, fields, places, since) values (?, ?, ?, ?, ?, ?, ?)"
            " on conflict do update set role = excluded.role, name = excluded.name,"
            " fields = excluded.fields, places = excluded.places",
            (
                member.channel, member.user, member.role, member.name,
                json.dumps(sorted(member.fields)), json.dumps(sorted(member.places)), int(now.timestamp()),
            ),
        )  # fmt: skip

    def remove(self, channel: str, user: int) -> bool:
        """*user* is a citizen again, at once; False when that is nothing new."""
        done = self._db.execute("delete from members where channel = ? and user = ?", (channel, user))
        return done.rowcount == 1


_COLUMNS = "channel, user, role, name, fields, places"


def _member(row: tuple[str, int, Role, str, str, str]) -> Member:
    channel, user, role, name, fields, places = row
    return Member(channel, user, role, name, frozenset(json.loads(fields)), frozenset(json.loads(places)))
