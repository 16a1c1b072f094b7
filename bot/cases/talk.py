"""What a collaborator writes or presses, where collaborators work: the one door to claims, answers and lists.

A case is found by the stored id of the message somebody replies to, or by the button, never by its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.actions import Handle
from bot.cases.answers import Answers
from bot.cases.claims import Claims
from bot.cases.collaborators import Collaborators, Person
from bot.cases.corrections import Corrections
from bot.cases.lists import Lists
from bot.cases.notices import Notices
from bot.cases.values import CARD, PANEL, TALK, Case
from bot.messages import Incoming, Outgoing, Screen, room
from bot.storage import Storage
from bot.talk.view import View

OURS = (CARD, PANEL, TALK)  # a reply to these is about the case


class Talk:
    """Asks who writes, then which case it is about."""

    def __init__(self, storage: Storage, team: Collaborators, notices: Notices, claims: Claims) -> None:
        self._book = storage.cases
        self._team = team
        self._notices = notices
        self._claims = claims
        self._answers = Answers(storage, notices, claims)
        self._corrections = Corrections(storage, notices, claims, self._answers)
        self._lists = Lists(storage, notices)

    def respond(self, view: View, incoming: Incoming, now: datetime) -> list[Outgoing] | None:
        """What a collaborator sets off; None when *incoming* is nothing of the kind."""
        person = self._team.person(incoming)
        if person is None:
            return None
        match incoming:
            case Incoming(kind="tap", action=Handle(id, what)):
                case = self._book.get(id)
                return [] if case is None else self._press(self._book.get(case.into) or case, what, person, now)
            case Incoming(kind="edited"):
                part = self._book.drafts.at(room(incoming.sender), incoming.message)
                return None if part is None else self._corrections.edit(part, person, incoming.text, now)
            case Incoming(kind="message", text=text) if text.startswith("/"):
                return self._lists.command(view, text, person, now)
            case Incoming(kind="message" | "attachment"):
                return self._wrote(view, incoming, person, now)
        return None

    def _press(self, case: Case, what: str, person: Person, now: datetime) -> list[Outgoing]:
        mine = case.holder is not None and case.holder.is_(person.holder)
        if not case.asked_by.chat and what != "show":  # nobody can tell any more who asked
            return self._claims.taken(case, person, now)
        match what:
            case "show":
                return self._notices.show(case, [person.holder.chat], now)
            case "recall":
                return self._corrections.recall(case, person, now)
            case "take" if case.state == "open":
                return self._claims.take(case, person, now)
            case "pass" if case.state == "open" or (mine and case.state == "claimed"):
                return self._claims.let_go(case, person, now, officers=True)
            case "return" if mine and case.state == "claimed":
                return self._claims.let_go(case, person, now)
            case "send" if mine and case.state in {"claimed", "answered", "closed"}:
                return self._answers.send(case, person, now)
            case "discard" if mine:
                return self._answers.discard(case, person, now)
            case "ask" if mine:
                return self._answers.ask(case, person, now)
        return self._claims.taken(case, person, now)

    def _wrote(self, view: View, incoming: Incoming, person: Person, now: datetime) -> list[Outgoing] | None:
        """A part of an answer: what replies to a case, or, in their own chat, what follows a claim."""
        case = self._replied(incoming)
        if case is None:
            if person.group or incoming.replies_to is not None:
                return None
            here = [one for one in self._book.held_by(person.holder) if one.holder and one.holder.chat == view.chat]
            if len(here) != 1:
                return self._which(view, here) if here else None
            case = here[0]
        if case.state == "open":
            claimed = self._claims.take(case, person, now)
            held = self._book.get(case.id) or case
            return [*claimed, *self._answers.add(held, person, incoming, now)]
        mine = case.holder is not None and case.holder.is_(person.holder)
        if not mine or case.state not in {"claimed", "answered", "closed"}:
            return self._claims.taken(case, person, now, wrote=True)
        return self._answers.add(case, person, incoming, now)

    def _replied(self, incoming: Incoming) -> Case | None:
        """The case that *incoming* replies to, or the one that answers for it."""
        if incoming.replies_to is None:
            return None
        copy = self._book.copies.at(room(incoming.sender), incoming.replies_to)
        case = self._book.get(copy.case) if copy is not None and copy.part in OURS else None
        return None if case is None else self._book.get(case.into) or case

    def _which(self, view: View, held: Sequence[Case]) -> list[Outgoing]:
        """Whoever holds several has to say which one a message is for."""
        numbers = ", ".join(str(one.id) for one in held)
        return [Outgoing(view.chat, Screen(view.say("case.which", numbers=numbers)))]
