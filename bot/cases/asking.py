"""The citizen's side of a case: consent, how it stands, what is said later, thanks, and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot import actions as act
from bot.cases.additions import Additions
from bot.cases.claims import Claims
from bot.cases.collaborators import Collaborators
from bot.cases.endings import Endings
from bot.cases.hours import Hours
from bot.cases.likeness import Likeness
from bot.cases.notices import Notices, own_buttons
from bot.cases.rewording import Rewording
from bot.cases.standing import Standing
from bot.cases.values import Case
from bot.matching.matcher import Matcher
from bot.matching.smalltalk import EMERGENCY
from bot.messages import Button, Incoming, Outgoing, Rows
from bot.storage import Question, Storage
from bot.talk import menus
from bot.talk.redaction import redact
from bot.talk.turn import Turn
from bot.talk.view import View


class Asking:
    """Works on one edition: *matcher* says what a question is about."""

    def __init__(  # noqa: PLR0913, PLR0917 everybody who has to do with a case
        self,
        storage: Storage,
        team: Collaborators,
        notices: Notices,
        claims: Claims,
        endings: Endings,
        matcher: Matcher,
        hours: Callable[[], Hours],
    ) -> None:
        self._book = storage.cases
        self._storage = storage
        self._team = team
        self._notices = notices
        self._claims = claims
        self._endings = endings
        self._matcher = matcher
        self._standing = Standing(storage.cases, notices, hours)
        self._likeness = Likeness(storage.cases, matcher)
        self._rewording = Rewording(storage.cases, notices, endings, self._likeness)
        self._additions = Additions(storage, notices, claims, matcher)

    def reachable(self) -> bool:
        """Whether there is anybody to ask."""
        return self._team.reachable()

    def open(self, view: View, question: Question, now: datetime) -> Turn:
        """With consent: the case, or the like one of the same citizen."""
        if not self.reachable():  # any more
            return Turn(menus.contacts(view, "human.nobody"), view.session)
        if (before := self._book.of_question(question.id)) is not None:
            return Turn(self._standing.status(view, before, "case.already"), view.session)
        sense = self._likeness.sense(question.text)
        urgent = self._matcher.match(question.text).reply == EMERGENCY
        alone = urgent or self._book.files.enclosed(question.id)
        like = None if alone else self._likeness.like(question.text, sense)
        mine = like is not None and any(one.asked_by == view.chat for one in (like, *self._book.siblings(like.id)))
        if like is not None and mine:
            return Turn(self._standing.status(view, like, "case.already"), view.session)
        asked = (question.id, view.chat, question.message, question.text, now, sense, view.session.place)
        case = self._book.get(self._book.open(*asked, urgent=urgent) or 0)
        if case is None:
            return Turn(menus.menu(view), view.session)
        self._claims.wait(case, now)
        if like is not None:
            self._book.merge(case.id, like.id)
        also = self._notices.offer(case, now) if like is None else self._notices.refresh(like.id, now)
        return Turn(self._standing.received(view, case, like or case, now), view.session, tuple(also))

    def turn(self, view: View, incoming: Incoming, now: datetime) -> Turn | None:
        """What concerns a case of this citizen; None when *incoming* does not."""
        match incoming:
            case Incoming(kind="tap", action=act.Own(id, what)):
                case = self._book.get(id)
                return None if case is None or case.asked_by != view.chat else self._press(view, case, what, now)
            case Incoming(kind="edited"):
                case = self._book.of_message(view.chat, incoming.message)
                if case is None or not case.waits or self._matcher.match(incoming.text).reply == EMERGENCY:
                    return None
                return self._edited(view, case, incoming.text, now)
            case Incoming(kind="message" | "attachment"):
                return self._additions.turn(view, incoming, now) or self._files(view, incoming, now)
        return None

    def rest_of_album(self, incoming: Incoming) -> list[Outgoing] | None:
        """A further picture of an album that was spoken of already; None when it is none."""
        if incoming.kind != "attachment" or incoming.message is None:
            return None
        question = self._book.files.album(incoming.sender, incoming.album)
        if question is None or incoming.text:
            return None
        self._book.files.enclose(question, incoming.sender, incoming.message, incoming.album)
        case = self._book.of_question(question)
        if case is None or not case.waits:
            return []
        chats = self._notices.desks(self._book.leader(case))
        return [self._notices.bare(chat, case.id, incoming.sender, incoming.message) for chat in chats]

    def ways_back(self, view: View, now: datetime) -> Rows:
        """The way to what this citizen waits for already, or was answered just now."""
        waiting = ((one.id, "status") for one in self._book.own(view.chat)[:1])
        answered = ((one.id, "more") for one in self._book.recent(view.chat, now)[:1])
        ways = [(view.say(f"case.back.{what}", number=id), act.Own(id, what)) for id, what in (*waiting, *answered)]
        return tuple((Button(label, does),) for label, does in ways)

    def _files(self, view: View, incoming: Incoming, now: datetime) -> Turn | None:
        """A photo, voice message or file without words: people may look at it, with consent."""
        if incoming.kind != "attachment" or incoming.text or incoming.message is None or not self.reachable():
            return None
        text = view.say("case.files")
        question = self._storage.log(view.chat, incoming.message, text, "files", None, [], now)
        self._book.files.enclose(question, view.chat, incoming.message, incoming.album)
        yes, no = (view.button(f"consent.{word}", act.Consent(question, given=word == "yes")) for word in ("yes", "no"))
        lines = [view.say("attachment.ask"), "", view.say("consent.files")]
        return Turn(view.screen(lines, ((yes, no),), view.session.about), view.session)

    def _press(self, view: View, case: Case, what: str, now: datetime) -> Turn:
        view = replace(view, session=replace(view.session, writing=False, adding=0, writes="", pieces=()))
        match what:
            case "withdraw" if case.waits:
                gone = self._endings.withdraw(case, now)
                return Turn(menus.menu(view, view.say("case.withdrawn", number=case.id)), view.session, tuple(gone))
            case "clear" if case.state in {"answered", "closed"}:
                self._book.close(case.id, "closed", now)
                shown = self._notices.refresh(case.into or case.id, now)
                return Turn(menus.menu(view, view.say("case.cleared")), view.session, tuple(shown))
            case "more" if case.waits or case.state in {"answered", "closed"}:
                session = replace(view.session, adding=case.id)
                return Turn(view.screen([view.say("case.more", number=case.id)]), session)
        return Turn(self._standing.status(view, case), view.session)

    def _edited(self, view: View, case: Case, text: str, now: datetime) -> Turn:
        """The citizen put the question otherwise: so do the cards."""
        told = self._rewording.reworded(case, redact(text), now)
        lines = [view.say("case.edit-seen", number=case.id)]
        return Turn(view.screen(lines, own_buttons(view, case.id, "status", "withdraw")), view.session, tuple(told))
