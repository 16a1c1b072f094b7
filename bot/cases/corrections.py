"""What becomes of an answer that was sent when its author edits it, or takes it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import zip_longest

from bot.cases.answers import Answers, answer_screens
from bot.cases.claims import Claims
from bot.cases.collaborators import Person
from bot.cases.notices import Notices, own_buttons
from bot.cases.values import ANSWER, MEDIA, MORE, TOLD, Case, Part
from bot.markup import escape
from bot.messages import Outgoing
from bot.storage import Storage
from bot.talk.redaction import HIDDEN, redact


class Corrections:
    """*answers* has the drafts, *claims* says who may."""

    def __init__(self, storage: Storage, notices: Notices, claims: Claims, answers: Answers) -> None:
        self._storage = storage
        self._book = storage.cases
        self._drafts = storage.cases.drafts
        self._copies = storage.cases.copies
        self._notices = notices
        self._claims = claims
        self._answers = answers

    def edit(self, part: Part, person: Person, text: str, now: datetime) -> list[Outgoing]:
        """A collaborator edited a part; what was sent changes where the citizen reads it."""
        case = self._book.get(part.case)
        if case is None or not part.text:  # what was sent of a file cannot be changed where it is read
            return self._notices.desk(case, now, "case.file-edited") if case is not None and part.sending else []
        if not text:
            return []
        if part.sending == 0:
            self._drafts.reword(part, text)
            return self._answers.show_again(case, now)
        self._storage.team.deed(person.holder.user, "case.deed.edited", str(case.id), now)
        parts = self._drafts.of(case.id, part.sending)
        texts = [text if one.id == part.id else one.text for one in parts if one.text]
        whole = not any(HIDDEN in one.text for one in parts if one.id != part.id)
        self._drafts.reword(part, redact(text))
        told: list[Outgoing] = []
        for one in (case, *self._book.siblings(case.id, answered=True)):
            if not self._book.correct(one.id, "\n".join(redact(text) for text in texts), part.sending):
                continue  # it was recalled
            told += self._rewritten(one, texts, part.sending, now) if whole else [self._correction(one, text, now)]
        return told + self._notices.desk(case, now, "case.edited") if told else []

    def _rewritten(self, case: Case, texts: Sequence[str], sending: int, now: datetime) -> Iterator[Outgoing]:
        """The messages of a sending as they read now; there may be more or fewer of them, and none arrived yet."""
        there = self._copies.of(case.id, f"{ANSWER}{sending}") + self._copies.of(case.id, f"{MORE}{sending}")
        if not there:
            self._storage.bury(case.asked_by)
        view = self._notices.look(case.asked_by, now)
        for number, (copy, screen) in enumerate(zip_longest(there, answer_screens(view, case, texts))):
            part = copy.part if copy else f"{MORE if number else ANSWER}{sending}"
            edits = copy.message if copy else None
            if screen is None and copy:
                self._copies.drop(copy)
            yield Outgoing(case.asked_by, screen, edits=edits, case=case.id, part=part, transient=True)

    def _correction(self, case: Case, text: str, now: datetime) -> Outgoing:
        """The numbers in the other parts are not kept, so the edited one comes as a message of its own."""
        return self._notices.citizen(case, now, "case.correction", "clear", "more", text=escape(text))

    def recall(self, case: Case, person: Person, now: datetime) -> list[Outgoing]:
        """The answer was wrong: it goes from every chat, and the case is open again for who gave it."""
        mine = case.holder is not None and case.holder.is_(person.holder)
        if case.state not in {"answered", "closed"} or not (mine or person.admin):
            return self._claims.taken(case, person, now)
        self._storage.team.deed(person.holder.user, "case.deed.recalled", str(case.id), now)
        siblings = self._book.siblings(case.id, answered=True)
        told = [one for each in (*siblings, case) for one in self._taken(each, now)]
        for sibling in siblings:
            self._book.recall(sibling.id, "merged")
        for each in (*siblings, case):
            self._claims.wait(each, now)
        self._book.recall(case.id, "open")
        taken = self._claims.take(case, person, now)
        return [*told, *taken, self._notices.here(case, person.holder.chat, now, "case.recalled")]

    def _taken(self, case: Case, now: datetime) -> Iterator[Outgoing]:
        self._storage.bury(case.asked_by)
        self._book.retention.retract(case.id)
        view = self._notices.look(case.asked_by, now)
        said = view.screen([view.say("case.withdrawn-answer", number=case.id)], own_buttons(view, case.id, "status"))
        for copy in self._copies.of(case.id, ANSWER):
            self._copies.drop(copy)
            yield Outgoing(copy.chat, said, edits=copy.message, case=case.id, part=TOLD)
        for copy in (*self._copies.of(case.id, MORE), *self._copies.of(case.id, MEDIA)):
            self._copies.drop(copy)
            yield Outgoing(copy.chat, None, edits=copy.message)
