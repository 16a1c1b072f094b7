"""Who answers, and where: one group, or, when there is none, each collaborator in their own chat with the bot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.base.model import Base
from bot.cases.values import Case, Holder
from bot.messages import Address, Incoming, Outgoing, room
from bot.rooms import Rooms
from bot.storage import Storage
from bot.team import Member


@dataclass(frozen=True, slots=True)
class Person:
    """A collaborator who just wrote or pressed something."""

    holder: Holder
    group: bool  # several read this chat
    admin: bool = False


class Collaborators:
    """*rooms* leads to their chat, if they have one; *admins* are the bot's first admins, on *channel*."""

    def __init__(self, storage: Storage, rooms: Rooms, admins: frozenset[int], channel: str) -> None:
        self._storage = storage
        self._rooms = rooms
        self._admins = admins
        self._channel = channel

    def reachable(self) -> bool:
        """Whether there is anybody to ask."""
        return self._rooms.group is not None or any(
            member.role == "collaborator" for member in self._storage.team.members()
        )

    def person(self, incoming: Incoming) -> Person | None:
        """Who wrote *incoming*, if it is a collaborator where they work."""
        here = room(incoming.sender)
        group = here == self._rooms.group
        member = self._storage.team.member(here.channel, incoming.user)
        admin = self._is_admin(here.channel, incoming.user, member)
        if not group and (incoming.group or not (member or admin)):
            return None
        name = (member.label if member else "") or incoming.person
        return Person(Holder(incoming.user or 0, name, incoming.sender), group, admin)

    def sees(self, chat: Address) -> bool:
        """Whether cases are still shown in *chat*: somebody who left the team learns nothing more."""
        return (
            room(chat) == self._rooms.group
            or any(chat == member.chat for member in self._storage.team.members())
            or (chat in self.officers())
        )

    def works(self, holder: Holder) -> bool:
        """Whether *holder* is still a collaborator where they claimed something; in a group whoever is in it is one."""
        private = holder.chat.chat == str(holder.user)
        member = self._storage.team.member(holder.chat.channel, holder.user)
        return not private or member is not None or self._is_admin(holder.chat.channel, holder.user, member)

    def desks(self, case: Case, base: Base, now: datetime) -> tuple[list[Address], list[Outgoing]]:
        """The chats in which *case* is shown, and what is to be sent before, so that all of them are there."""
        field = _field(base, case.sense.best)
        group, before = self._rooms.address(self._rooms.key(field=field, place=case.place), now)
        if group is not None:
            return [group], before
        everybody = [member for member in self._storage.team.members() if member.role == "collaborator"]
        fit = [one for one in everybody if _fits(one, field, case.place)]
        return [member.chat for member in fit or everybody], []

    def officers(self) -> list[Address]:
        """Who is asked when no collaborator is sure."""
        members = [member.chat for member in self._storage.team.members() if member.role == "admin"]
        first = [Address(self._channel, str(admin)) for admin in sorted(self._admins)]
        return list(dict.fromkeys([*members, *first]))

    def member(self, holder: Holder | None) -> Member | None:
        """The member that *holder* is, if they joined by name."""
        return None if holder is None else self._storage.team.member(holder.chat.channel, holder.user)

    def is_officer(self, holder: Holder) -> bool:
        """Whether *holder* is an admin, by a role or by the configuration."""
        return self._is_admin(holder.chat.channel, holder.user, self.member(holder))

    def _is_admin(self, channel: str, user: int | None, member: Member | None) -> bool:
        first = channel == self._channel and user in self._admins
        return first or (member is not None and member.role == "admin")


def _field(base: Base, id: str) -> str:
    """Of the procedure with this *id*, or of what a group of them begins with."""
    steps = base.groups[id].steps if id in base.groups else ()
    procedure = base.procedures.get(steps[0].procedure if steps else id)
    return procedure.field if procedure is not None else ""


def _fits(member: Member, field: str, place: str) -> bool:
    """Whether *member* answers for a *field* and a *place*; what is not known keeps nobody away."""
    of_field = not member.fields or not field or field in member.fields
    return of_field and (not member.places or not place or place in member.places)
