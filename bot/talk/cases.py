"""Unanswered questions on their way to the collaborators, and their replies on the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.actions import Teach
from bot.markup import escape
from bot.messages import Address, Incoming, Outgoing, Screen
from bot.storage import Case, Question, Storage
from bot.talk.redaction import redact
from bot.talk.speech import shorten
from bot.talk.view import View

LONGEST = 3500  # characters of a question: with our own words it stays one message of a channel


class Cases:
    """A case is found by the stored id of the message a collaborator replies to, never by its text."""

    def __init__(
        self, storage: Storage, collaborators: Address | None, view: Callable[[Address, datetime], View]
    ) -> None:
        self._storage = storage
        self._collaborators = collaborators
        self._view = view

    def ask(self, case: tuple[int, Question], now: datetime) -> list[Outgoing]:
        """The collaborators' copy of a new case, in their language, whatever the citizen's is."""
        number, question = case
        if self._collaborators is None:
            return []
        view = self._view(self._collaborators, now)
        # One message: collaborators reply to it, and only its own id leads back to the case.
        text = view.say("case.question", number=number, question=escape(shorten(question.text, LONGEST)))
        return [Outgoing(self._collaborators, Screen(text), case=number)]

    def relay(self, view: View, incoming: Incoming, now: datetime) -> list[Outgoing] | None:
        """What a reply in the collaborators' chat sets off; None when *incoming* is nothing of the kind."""
        if self._collaborators is None or incoming.replies_to is None:
            return None
        if incoming.sender != self._storage.successor(self._collaborators):
            return None
        case = self._storage.case_behind(incoming.sender, incoming.replies_to)
        if case is None:
            return None
        if incoming.kind == "edited":
            return []
        if incoming.kind == "attachment" and not incoming.text:
            return [self._tell(view, incoming, "case.only-text")]
        asker = self._view(case.asked_by, now)
        return [self._answer(asker, case, incoming.text, now), self._taught(view, incoming, case)]

    def _answer(self, view: View, case: Case, text: str, now: datetime) -> Outgoing:
        self._storage.answer(case, redact(text), now)
        self._storage.bury(case.asked_by)
        said = view.say("case.answer", number=case.id, answer=escape(text))
        return Outgoing(case.asked_by, view.screen([said]), quotes=case.message)

    def _taught(self, view: View, incoming: Incoming, case: Case) -> Outgoing:
        """It was sent; and the bot may learn of it."""
        teach = view.button("learn.button.teach", Teach(case.id))
        said = Screen(view.say("case.sent", number=case.id), ((teach,),))
        return Outgoing(incoming.sender, said, quotes=incoming.message)

    def _tell(self, view: View, incoming: Incoming, key: str, **words: object) -> Outgoing:
        return Outgoing(incoming.sender, Screen(view.say(key, **words)), quotes=incoming.message)
