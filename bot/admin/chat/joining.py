"""Who works with the bot, as they see it by chat: who is there, who may join, for what, and who leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo

from bot import actions as act
from bot.admin.chat import teamviews
from bot.admin.chat.circle import Circle
from bot.messages import Incoming, Outgoing, Screen
from bot.storage import Storage
from bot.talk.view import View
from bot.team import Member, Role

JOIN = "j_"  # what a link to the bot begins with that invites
LONGEST = 40  # characters of a name
DEEDS = 10  # that /log shows
ROLES: dict[str, Role] = {"admin": "admin", "collaborator": "collaborator"}


class Joining:
    """*token* draws the secret of an invitation."""

    def __init__(
        self,
        storage: Storage,
        circle: Circle,
        token: Callable[[], str],
        zone: tzinfo,
    ) -> None:
        self._storage = storage
        self._team = storage.team
        self._circle = circle
        self._token = token
        self._zone = zone

    def respond(self, view: View, incoming: Incoming, now: datetime) -> list[Outgoing] | None:
        """What concerns the team; None when *incoming* does not, or comes from somebody it does not concern."""
        if incoming.group or incoming.user is None or incoming.sender.channel != self._circle.channel:
            return None
        name, rest = incoming.command
        if name == "/start" and rest.startswith(JOIN):
            return self._join(view, incoming, incoming.user, rest.removeprefix(JOIN), now)
        mine, admin = self._team.member(view.chat.channel, incoming.user), incoming.user in self._circle
        if mine is None and not admin:
            return None
        if incoming.kind == "tap" and incoming.action is not None:
            return self._tap(view, incoming, incoming.action, incoming.user, now)
        match name:
            case "/team":
                return [_here(view, self._overview(view, incoming.user))]
            case "/log" if admin:
                names = {one.user: one.label for one in self._team.members()}
                return [_here(view, teamviews.deeds(view, self._team.deeds(DEEDS), names, self._zone))]
            case "/name" if mine is not None:
                return self._rename(view, mine, rest, now)
            case "/leave" if mine is not None:
                return [_here(view, teamviews.sure(view, mine))]
        return None

    def _tap(
        self, view: View, incoming: Incoming, action: act.Action, who: int, now: datetime
    ) -> list[Outgoing] | None:
        admin = who in self._circle

        def shown(screen: Screen) -> list[Outgoing]:
            return [Outgoing(view.chat, screen, edits=incoming.message)]

        match action:
            case act.OpenTeam():
                return shown(self._overview(view, who))
            case act.Invite(role) if admin and role in ROLES:
                return [_here(view, self._invitation(view, ROLES[role], who, now))]
            case act.OpenMember(user, page) if (other := self._concerned(user, who)) is not None:
                return shown(teamviews.member(view, other, page, admin=admin))
            case act.Assign(user, page, what) if (other := self._concerned(user, who)) is not None:
                return shown(teamviews.member(view, self._assign(other, page, what, who, now), page, admin=admin))
            case act.ShowName(given) if (mine := self._concerned(who, who)) is not None:
                named = replace(mine, name=mine.label if given else "")
                self._team.put(named, now)
                return shown(teamviews.member(view, named, admin=admin))
            case act.Dismiss(user, sure) if (other := self._concerned(user, who)) is not None:
                return self._dismiss(view, other, who, now) if sure else shown(teamviews.sure(view, other))
            case act.OpenTeam() | act.Invite() | act.OpenMember() | act.Assign() | act.ShowName() | act.Dismiss():
                return [_here(view, teamviews.note(view, "team.over"))]
        return None

    def _overview(self, view: View, who: int) -> Screen:
        """All of the team for admins, oneself for a collaborator."""
        mine = self._team.member(view.chat.channel, who)
        if who in self._circle or mine is None:
            return teamviews.overview(view, self._team.members(), len(self._circle.first))
        return teamviews.member(view, mine)

    def _concerned(self, user: int, who: int) -> Member | None:
        """The member *user*, if *who* may decide about them: an admin about everybody, the others about themselves."""
        return self._team.member(self._circle.channel, user) if who == user or who in self._circle else None

    def _invitation(self, view: View, role: Role, who: int, now: datetime) -> Screen:
        token = self._token()
        self._team.invite(token, role, who, now)
        self._team.deed(who, f"team.deed.invited-{role}", "", now)
        return teamviews.invitation(view, role, f"start:{JOIN}{token}")

    def _join(self, view: View, incoming: Incoming, who: int, token: str, now: datetime) -> list[Outgoing]:
        """Somebody shows an invitation; who already may more keeps it."""
        invitation = self._team.accept(token, now)
        if invitation is None:
            return [_here(view, teamviews.note(view, "team.stale"))]
        before = self._team.member(view.chat.channel, who)
        label = " ".join(incoming.person.split())[:LONGEST] or str(who)
        member = before or Member(view.chat.channel, who, invitation.role, label=label)
        if invitation.role == "admin":
            member = replace(member, role="admin")
        self._team.put(member, now)
        self._team.deed(who, "team.deed.joined", member.label, now)
        told = self._circle.tell(invitation.author, now, "team.joined", name=member.label, user=who)
        return [_here(view, teamviews.welcome(view, member)), *([told] if invitation.author != who else [])]

    def _assign(self, member: Member, page: str, what: str, who: int, now: datetime) -> Member:
        """*member* with *what* among the fields or places, or without it, if it was there."""
        match page:
            case "fields":
                changed = replace(member, fields=member.fields ^ {what})
            case "places":
                changed = replace(member, places=member.places ^ {what})
            case _:
                return member
        self._team.put(changed, now)
        self._team.deed(who, "team.deed.assigned", member.label, now)
        return changed

    def _rename(self, view: View, mine: Member, name: str, now: datetime) -> list[Outgoing]:
        """How one wants to be called; without a name citizens see the role again."""
        label = " ".join(name.split())[:LONGEST]
        named = replace(mine, label=label or mine.label, name=label)
        self._team.put(named, now)
        return [_here(view, teamviews.member(view, named))]

    def _dismiss(self, view: View, member: Member, who: int, now: datetime) -> list[Outgoing]:
        """*member* is a citizen again; what they held goes back, and they are told."""
        self._team.remove(member.channel, member.user)
        self._team.deed(who, "team.deed.left" if who == member.user else "team.deed.dismissed", member.label, now)
        told = [_here(view, teamviews.note(view, "team.gone", name=member.label))]
        if who != member.user:
            told.append(self._circle.tell(member.user, now, "team.dismissed"))
        return told


def _here(view: View, screen: Screen) -> Outgoing:
    return Outgoing(view.chat, screen)
