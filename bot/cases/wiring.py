"""All parts of the cases put together, as the assistant asks them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo

from bot.cases.asking import Asking
from bot.cases.cards import Cards, Extra, nothing
from bot.cases.claims import Claims
from bot.cases.collaborators import Collaborators
from bot.cases.endings import Endings
from bot.cases.hours import Hours
from bot.cases.notices import Look, Notices
from bot.cases.talk import Talk
from bot.matching.matcher import Matcher
from bot.messages import Address, Incoming, Outgoing, Timer
from bot.storage import Storage
from bot.talk.view import View


class Cases:
    """*hours* tells when collaborators work; *extra* adds buttons to the card of an answered case."""

    def __init__(  # noqa: PLR0913, PLR0917 what the parts need
        self,
        storage: Storage,
        team: Collaborators,
        look: Look,
        hours: Callable[[], Hours],
        zone: tzinfo,
        extra: Extra = nothing,
    ) -> None:
        self._storage = storage
        self._team = team
        self._hours = hours
        self._notices = Notices(storage, team, Cards(storage, team, zone, extra), look)
        self._claims = Claims(storage, team, self._notices, hours)
        self._endings = Endings(storage, team, self._notices, self._claims, hours)
        self._talk = Talk(storage, team, self._notices, self._claims)
        self.looks: Mapping[str, Callable[[Timer, datetime], list[Outgoing]]] = {
            "lease": self._claims.lapse,
            "nudge": self._claims.nudge,
            "case-late": self._endings.late,
            "case-expired": self._endings.expire,
        }

    def asking(self, matcher: Matcher) -> Asking:
        """The citizens' side, on one edition."""
        return Asking(self._storage, self._team, self._notices, self._claims, self._endings, matcher, self._hours)

    def respond(self, view: View, incoming: Incoming, now: datetime) -> list[Outgoing] | None:
        """What a collaborator sets off; None when *incoming* is nothing of the kind."""
        return self._talk.respond(view, incoming, now)

    def sweep(self, now: datetime) -> list[Outgoing]:
        """What is to be said because somebody may have left the team."""
        return self._claims.sweep(now)

    def forget(self, chat: Address, now: datetime) -> list[Outgoing]:
        """What is to be said because *chat* is about to be forgotten."""
        return self._endings.forget(chat, now)

    def shown(self, incoming: Incoming, now: datetime) -> list[Outgoing]:
        """What is to be changed about a card that just arrived."""
        return [] if incoming.shown is None else self._notices.overtaken(incoming.shown, incoming.message, now)

    def undelivered(self, incoming: Incoming, now: datetime) -> list[Outgoing]:
        """What is to be said because something of a case did not arrive; its text tells why, if it was refused."""
        return (
            []
            if incoming.failed is None
            else self._endings.undelivered(incoming.failed, now, blocked=not incoming.text)
        )
