"""The way to people: what we cannot answer goes to the collaborators after consent; numbers to call are named."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.actions import Consent
from bot.matching.matcher import Candidate
from bot.messages import Incoming, Rows, Screen
from bot.storage import Question, Storage
from bot.talk import menus, national
from bot.talk.redaction import redact
from bot.talk.turn import Turn
from bot.talk.view import View

PATIENCE = 2  # failed turns in a row after which we stop guessing and name the people to call


class Cases(Protocol):
    """Who passes questions on to people; see `bot.cases`."""

    def reachable(self) -> bool:
        """Whether there is anybody to ask."""

    def open(self, view: View, question: Question, now: datetime) -> Turn:
        """Pass *question* on, with consent."""

    def ways_back(self, view: View, now: datetime) -> Rows:
        """The way to what this chat waits for already, or was answered just now."""


class Nobody:
    """There is nobody to ask, as when one walks for somebody else: their question would be kept."""

    def reachable(self) -> bool:
        return False

    def open(self, view: View, question: Question, now: datetime) -> Turn:  # noqa: ARG002 like anybody's
        return Turn(menus.contacts(view, "human.nobody"), view.session)

    def ways_back(self, view: View, now: datetime) -> Rows:  # noqa: ARG002 like anybody's
        return ()


class People:
    """*cases* takes what goes to people."""

    def __init__(self, storage: Storage, cases: Cases) -> None:
        self._storage = storage
        self._cases = cases

    def human(self, view: View, about: str, back: Rows = (), advice: str = "") -> Turn:
        """Where to write a question for people; *about* is what was on the screen, *back* leads to it again.

        *advice* is the key of what to say first.
        """
        if not self._cases.reachable():
            return Turn(menus.contacts(view, "human.nobody", rows=back), view.session)
        session = replace(view.session, writing=True)
        lines = [view.say(advice), ""] if advice else []
        lines += [view.say("human.write"), "", *menus.hotlines(view, view.base.hotlines)]
        return Turn(view.screen(lines, back, about), session)

    def ask(self, view: View, incoming: Incoming, text: str, now: datetime) -> Turn:
        """A question written for the collaborators: asked as it is, after consent."""
        asked, about = redact(text), []
        if (shown := view.record(view.session.about)) is not None:
            asked = f"{asked}\n({view.say('case.about', name=shown.name.vi)})"
            about = [("group" if shown.id in view.base.groups else "procedure", shown.id, 1.0)]
        question = self._storage.log(view.chat, incoming.message, asked, "human", None, about, now)
        if incoming.kind == "attachment" and incoming.message is not None:
            self._storage.cases.files.enclose(question, view.chat, incoming.message, incoming.album)
        view = replace(view, session=replace(view.session, writing=False))
        return Turn(self._offer(view, question, asked, "human.ready"), view.session)

    def consent(self, view: View, question: Question, given: bool, now: datetime) -> Turn:
        """Yes or no to sending *question*; yes opens its case, once."""
        if not given:
            return Turn(menus.menu(view, view.say("consent.kept")), view.session)
        return self._cases.open(view, question, now)

    def doubted(self, view: View, question: Question, back: Rows) -> Screen:
        """Thanks for what was said of the answer to *question*; people to ask, and the way *back* to it."""
        if not self._cases.reachable():
            return menus.contacts(view, "feedback.noted", rows=back)
        shown = self._offer(view, question.id, question.text, "feedback.noted")
        *rows, footer = shown.buttons
        return replace(shown, buttons=(*rows, *back, footer))

    def emergency(self, view: View, incoming: Incoming, text: str, now: datetime) -> Turn:
        """The numbers to call at once; with consent, people are told as well, before all others."""
        session = replace(view.session, writing=False)
        lines = [view.say("smalltalk.emergency")]
        if not self._cases.reachable():  # nothing beside it but the way to a person
            return Turn(view.screen(lines), session)
        question = self._storage.log(view.chat, incoming.message, redact(text), "emergency", None, [], now)
        tell = view.button("consent.urgent", Consent(question, given=True))
        return Turn(view.screen([*lines, "", view.say("consent.emergency")], ((tell,),)), session)

    def unknown(self, view: View, number: int, text: str, found: tuple[Candidate, ...], now: datetime) -> Turn:
        """Say so, name what the national list has, and offer people: the collaborators if any, always the numbers."""
        certain = national.certain(found)  # then we did understand
        session = replace(view.session, failures=0 if certain else view.session.failures + 1)
        view = replace(view, session=session)
        reason = "unknown.again" if session.failures >= PATIENCE else "unknown.sorry"
        reason = "unknown.listed" if certain else reason
        if not self._cases.reachable():
            return Turn(menus.contacts(view, reason, found), session)
        screen = self._offer(view, number, text, reason, found)
        screen = replace(screen, buttons=(*self._cases.ways_back(view, now), *screen.buttons))
        if session.failures >= PATIENCE:
            calls = "\n".join([view.say("consent.call"), *menus.hotlines(view, view.base.hotlines)])
            screen = replace(screen, text=f"{screen.text}\n\n{calls}")
        return Turn(screen, session)

    def _offer(self, view: View, number: int, text: str, reason: str, found: tuple[Candidate, ...] = ()) -> Screen:
        """May the question go to people? What came along with it goes as it is, and we say so."""
        screen = menus.consent(view, number, text, reason, found)
        if not self._storage.cases.files.enclosed(number):
            return screen
        return replace(screen, text=f"{screen.text}\n{view.say('consent.along')}")
