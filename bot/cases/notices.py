"""Telling all who have to do with a case: cards kept up to date, words to the holder, words to those who asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from bot.actions import Own
from bot.cases.cards import Cards
from bot.cases.collaborators import Collaborators
from bot.cases.values import CARD, PANEL, TALK, TOLD, Case, Copy
from bot.messages import Address, Button, Copied, Outgoing, Rows, Screen, room
from bot.storage import Storage
from bot.talk.menus import hotlines
from bot.talk.view import View, pairs

Look = Callable[[Address, datetime], View]


class Notices:
    """*look* makes what a screen for a chat is made with."""

    def __init__(self, storage: Storage, team: Collaborators, cards: Cards, look: Look) -> None:
        self._storage = storage
        self._book = storage.cases
        self._team = team
        self.cards = cards
        self.look = look

    def show(self, case: Case, chats: Iterable[Address], now: datetime) -> list[Outgoing]:
        """The card of *case*, in each of *chats*, with the files of the question."""
        shown = [Outgoing(chat, self.cards.card(self.look(chat, now), case), case=case.id) for chat in chats]
        files = self._book.files.enclosures(case.id)
        return [*shown, *(self.bare(one.to, id, whose, file) for one in shown for id, whose, file in files)]

    def offer(self, case: Case, now: datetime) -> list[Outgoing]:
        """A new case, to all who may answer it."""
        chats, before = self._team.desks(case, self.look(case.asked_by, now).base, now)
        return [*before, *self.show(case, chats, now)]

    def refresh(self, id: int, now: datetime) -> list[Outgoing]:
        """Every card of a case as it stands now."""
        case = self._book.get(id)
        if case is None:
            return []
        return [
            Outgoing(one.chat, self.cards.card(self.look(one.chat, now), case), edits=one.message, case=id)
            for one in self._cards(id)
        ]

    def overtaken(self, shown: Outgoing, message: int | None, now: datetime) -> list[Outgoing]:
        """The card that just arrived as *message*, put right if its case went on while it was under way."""
        case = self._book.get(shown.case or 0)
        if case is None or case.state == "merged" or not self._team.sees(shown.to):
            return []
        card = self.cards.card(self.look(shown.to, now), case)
        return [] if card == shown.screen else [Outgoing(room(shown.to), card, edits=message, case=case.id)]

    def desk(self, case: Case, now: datetime, key: str, rows: Rows = (), /, **words: object) -> list[Outgoing]:
        """Words to whoever holds *case*; to all who see its card when nobody does."""
        return [self.here(case, chat, now, key, rows, **words) for chat in self.desks(case)]

    def desks(self, case: Case) -> list[Address]:
        """Where somebody is at *case*, or may be."""
        cards = dict.fromkeys(one.chat for one in self._cards(case.id))
        return [case.holder.chat] if case.holder is not None else list(cards)

    def here(self, case: Case, chat: Address, now: datetime, key: str, rows: Rows = (), /, **words: object) -> Outgoing:
        """Words to those who work in *chat*, below the card of *case*; a word may depend on the view."""
        view = self.look(chat, now)
        found = {name: word(view) if callable(word) else word for name, word in words.items()}
        below = [one.message for one in self._cards(case.id) if one.chat == room(chat)]
        said = Screen(view.say(key, **{"number": case.id, **found}), rows)
        return Outgoing(chat, said, quotes=below[-1] if below else None, case=case.id, part=TALK)

    def _cards(self, id: int) -> list[Copy]:
        """The cards of a case, where they are to be seen."""
        return [one for one in self._book.copies.of(id, CARD) if self._team.sees(one.chat)]

    def citizen(
        self, case: Case, now: datetime, key: str, *own: str, part: str = TOLD, calls: bool = False, **words: object
    ) -> Outgoing:
        """Words to who asked, quoting the question; a tap on what lay above must not change it any more.

        *own* names the buttons, *calls* adds the numbers to call; a word may depend on the view.
        """
        view = self.look(case.asked_by, now)
        self._storage.bury(case.asked_by)
        found = {name: word(view) if callable(word) else word for name, word in words.items()}
        lines = [view.say(key, number=case.id, **found), *(hotlines(view, view.base.hotlines) if calls else ())]
        screen = view.screen(lines, own_buttons(view, case.id, *own))
        return Outgoing(case.asked_by, screen, quotes=case.message, case=case.id, part=part)

    def file(self, chat: Address, case: int, origin: Address, message: int, part: str) -> Outgoing:
        """A photo, voice message or file about *case*, copied as it is."""
        return Outgoing(chat, case=case, part=part, copies=Copied(origin, message))

    def bare(self, chat: Address, case: int, origin: Address, message: int) -> Outgoing:
        """The same of a citizen: their words come apart, redacted."""
        return Outgoing(chat, case=case, part=TALK, copies=Copied(origin, message, wordless=True))

    def drop_panel(self, case: int) -> list[Outgoing]:
        """The draft is no more."""
        gone = self._book.copies.of(case, PANEL)
        for one in gone:
            self._book.copies.drop(one)
        return [Outgoing(one.chat, None, edits=one.message) for one in gone]

    def told(self, case: Case, now: datetime) -> list[Outgoing]:
        """Who asked learns, once, that somebody has it."""
        unaware = [one for one in (case, *self._book.siblings(case.id)) if not one.told]
        for one in unaware:
            self._book.tell(one.id)

        def who(view: View) -> str:
            return self.cards.role(view, case.holder)

        return [self.citizen(one, now, "case.claimed", "status", "withdraw", who=who) for one in unaware]


def own_buttons(view: View, case: int, *names: str) -> Rows:
    """What a citizen can do with a case of theirs."""
    return pairs(Button(view.say(f"case.own.{name}"), Own(case, name)) for name in names)
