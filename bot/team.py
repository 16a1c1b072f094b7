"""Who works with the bot beside the citizens: admins and collaborators, for which fields and places, and since when.

Somebody joins by a link that works once and for a few days. What any of them does with their power is noted as a deed.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

from bot.messages import Address

Role = Literal["admin", "collaborator"]
VALID = timedelta(days=3)  # how long an invitation may be taken up


@dataclass(frozen=True, slots=True)
class Member:
    """A person with a role; *user* is the channel's id of the person, which is also that of their private chat."""

    channel: str
    user: int
    role: Role
    name: str = ""  # shown to citizens; empty: only the role is
    fields: frozenset[str] = frozenset()  # empty: all of them
    places: frozenset[str] = frozenset()  # empty: all of them
    label: str = ""  # how the others of the team know them

    @property
    def chat(self) -> Address:
        """Where one talks with this person alone."""
        return Address(self.channel, str(self.user))


class Invitation(NamedTuple):
    """What somebody was invited to be, and by whom."""

    role: Role
    author: int


class Deed(NamedTuple):
    """Something that only a member may do: who did *what* (a key of the texts) to *about*, and when."""

    at: datetime
    who: int
    what: str
    about: str


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
            f"insert into members ({_COLUMNS}, since) values (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 our own names
            " on conflict do update set role = excluded.role, name = excluded.name,"
            " fields = excluded.fields, places = excluded.places, label = excluded.label",
            (
                member.channel, member.user, member.role, member.name,
                _dump(member.fields), _dump(member.places), member.label, int(now.timestamp()),
            ),
        )  # fmt: skip

    def remove(self, channel: str, user: int) -> bool:
        """*user* is a citizen again, at once, and invites nobody any more; False when that is nothing new."""
        self._db.execute("delete from invitations where author = ?", (user,))
        done = self._db.execute("delete from members where channel = ? and user = ?", (channel, user))
        return done.rowcount == 1

    def invite(self, token: str, role: Role, author: int, now: datetime) -> None:
        """Whoever shows *token* within VALID takes on *role*, once. Only a digest of it is kept."""
        until = int((now + VALID).timestamp())
        self._db.execute("insert into invitations values (?, ?, ?, ?)", (_digest(token), role, author, until))

    def accept(self, token: str, now: datetime) -> Invitation | None:
        """What *token* invites to; None when it does not, or not any more. From now on it does not."""
        seconds, digest = int(now.timestamp()), _digest(token)
        row = self._db.execute(
            "select role, author from invitations where digest = ? and until >= ?", (digest, seconds)
        ).fetchone()
        self._db.execute("delete from invitations where digest = ? or until < ?", (digest, seconds))
        return None if row is None else Invitation(*row)

    def deed(self, who: int, what: str, about: str, now: datetime) -> None:
        """Note what a member did."""
        self._db.execute(
            "insert into team_deeds (at, who, what, about) values (?, ?, ?, ?)",
            (int(now.timestamp()), who, what, about),
        )

    def deeds(self, most: int) -> list[Deed]:
        """What was done last, newest first."""
        rows = self._db.execute("select at, who, what, about from team_deeds order by id desc limit ?", (most,))
        return [Deed(datetime.fromtimestamp(at, UTC), *rest) for at, *rest in rows]


_COLUMNS = "channel, user, role, name, fields, places, label"


def _member(row: tuple[str, int, Role, str, str, str, str]) -> Member:
    channel, user, role, name, fields, places, label = row
    return Member(channel, user, role, name, frozenset(json.loads(fields)), frozenset(json.loads(places)), label)


def _dump(ids: Iterable[str]) -> str:
    return json.dumps(sorted(ids))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
