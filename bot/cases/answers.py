"""From the messages of a collaborator to one answer in the citizen's chat: nothing leaves before it is sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.cases.claims import PATIENCE, Claims
from bot.cases.collaborators import Person
from bot.cases.notices import Notices, own_buttons
from bot.cases.pieces import pieces
from bot.cases.values import ANSWER, ASK, MEDIA, MORE, PANEL, TALK, Case, Copy, Part
from bot.markup import escape
from bot.messages import Incoming, Outgoing, Screen
from bot.storage import Storage
from bot.talk.redaction import redact
from bot.talk.view import View


class Answers:
    """Drafts, answers, questions back."""

    def __init__(self, storage: Storage, notices: Notices, claims: Claims) -> None:
        self._storage = storage
        self._book = storage.cases
        self._drafts = storage.cases.drafts
        self._copies = storage.cases.copies
        self._notices = notices
        self._claims = claims

    # The draft.

    def add(self, case: Case, person: Person, incoming: Incoming, now: datetime) -> list[Outgoing]:
        """A message of the holder is the next part."""
        chat, message = person.holder.chat, incoming.message or 0
        before = self._drafts.of(case.id)
        album = bool(incoming.album) and any(part.album == incoming.album for part in before)
        if incoming.kind == "attachment":
            self._drafts.put(Part(0, case.id, chat, message, album=incoming.album), person.holder.user)
        elif incoming.text:
            self._drafts.put(Part(0, case.id, chat, message, incoming.text), person.holder.user)
        if case.state == "claimed":
            self._claims.extend(case, now)
        panel = self._copies.of(case.id, PANEL)
        if album and panel:
            return self._panel(case, panel[-1], now)
        return [*self._notices.drop_panel(case.id), *self._new_panel(case, person, incoming.message, now)]

    def discard(self, case: Case, person: Person, now: datetime) -> list[Outgoing]:
        """The draft is thrown away; the case stays with its holder."""
        self._drafts.drop(case.id)
        return [*self._notices.drop_panel(case.id), *self._say(case, person, now, "case.discarded")]

    def _new_panel(self, case: Case, person: Person, message: int | None, now: datetime) -> list[Outgoing]:
        chat = person.holder.chat
        screen = self._notices.cards.panel(self._notices.look(chat, now), case, self._drafts.of(case.id))
        return [Outgoing(chat, screen, quotes=message, case=case.id, part=PANEL, transient=True)]

    def show_again(self, case: Case, now: datetime) -> list[Outgoing]:
        """The draft reads otherwise now."""
        return [one for panel in self._copies.of(case.id, PANEL)[-1:] for one in self._panel(case, panel, now)]

    def _panel(self, case: Case, panel: Copy, now: datetime) -> list[Outgoing]:
        screen = self._notices.cards.panel(self._notices.look(panel.chat, now), case, self._drafts.of(case.id))
        return [Outgoing(panel.chat, screen, edits=panel.message, case=case.id, part=PANEL, transient=True)]

    # Sending.

    def send(self, case: Case, person: Person, now: datetime) -> list[Outgoing]:
        """The draft goes to everybody who asked this."""
        parts = self._drafts.of(case.id)
        if not parts:
            return self._say(case, person, now, "case.empty")
        sending = self._book.next_sending(case.id)
        self._storage.team.deed(person.holder.user, "case.deed.answered", str(case.id), now)
        text = "\n".join(redact(part.text) for part in parts if part.text)
        sent: list[Outgoing] = []
        for one in self._asked(case):
            sent += self._answer(one, parts, sending, now)
            self._book.answer(one.id, text, sending, now)
            if case.holder is not None:
                self._book.give(one.id, case.holder)
        for part in parts:
            self._drafts.send(part, sending, redact(part.text))
        self._claims.stop(case)
        return [*sent, *self._notices.refresh(case.id, now), *self._done(case, now)]

    def ask(self, case: Case, person: Person, now: datetime) -> list[Outgoing]:
        """The draft is a question back: it goes to who asked, whose next words come here."""
        parts = self._drafts.of(case.id)
        if not parts or case.state != "claimed":
            return self._say(case, person, now, "case.ask-first" if case.state == "claimed" else "case.ask-late")
        text = escape("\n".join(part.text for part in parts if part.text))
        self._storage.team.deed(person.holder.user, "case.deed.asked", str(case.id), now)
        self._book.asks(case.id, asked=True)
        self._claims.extend(case, now, PATIENCE)
        asked = self._notices.citizen(case, now, "case.asks", "withdraw", part=ASK, text=text)
        media = [
            self._notices.file(case.asked_by, case.id, part.chat, part.message, ASK) for part in parts if not part.text
        ]
        self._drafts.drop(case.id)
        told = self._say(case, person, now, "case.asked-back")
        return [asked, *media, *self._notices.drop_panel(case.id), *told, *self._notices.refresh(case.id, now)]

    def _asked(self, case: Case) -> list[Case]:
        """Who gets the answer: after a follow-up who asked on, else all who asked alike."""
        return [case] if case.follow else [case, *self._book.siblings(case.id, answered=case.state != "claimed")]

    def _answer(self, case: Case, parts: Sequence[Part], sending: int, now: datetime) -> Iterator[Outgoing]:
        self._storage.bury(case.asked_by)
        first, *rest = answer_screens(
            self._notices.look(case.asked_by, now), case, [part.text for part in parts if part.text]
        )
        to = case.asked_by
        yield Outgoing(to, first, quotes=case.message, case=case.id, part=f"{ANSWER}{sending}", transient=True)
        for more in rest:
            yield Outgoing(to, more, case=case.id, part=f"{MORE}{sending}", transient=True)
        for part in parts:
            if not part.text:
                yield self._notices.file(to, case.id, part.chat, part.message, f"{MEDIA}{sending}")

    def _done(self, case: Case, now: datetime) -> list[Outgoing]:
        panels = self._copies.of(case.id, PANEL)
        for panel in panels:
            self._copies.drop(panel)
        sent = [(one, self._notices.cards.sent(self._notices.look(one.chat, now), case)) for one in panels]
        return [Outgoing(one.chat, screen, edits=one.message, case=case.id, part=TALK) for one, screen in sent]

    def _say(self, case: Case, person: Person, now: datetime, key: str) -> list[Outgoing]:
        return [self._notices.here(case, person.holder.chat, now, key)]


def answer_screens(view: View, case: Case, texts: Sequence[str]) -> list[Screen]:
    """The words of an answer, in as many messages as they need; the first says whose they are."""
    first, *rest = pieces("\n\n".join(texts)) or [view.say("case.files-only")]
    said = view.say("case.answer", number=case.id, answer=escape(first) if texts else first)
    rows = own_buttons(view, case.id, "clear", "more")
    return [view.screen([said], rows), *(Screen(escape(more)) for more in rest)]
