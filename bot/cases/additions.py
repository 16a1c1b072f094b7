"""What a citizen says later in a case: answering a question back, asking on, replying to the answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.cases.claims import LEASE, Claims
from bot.cases.notices import Notices, own_buttons
from bot.cases.values import Case
from bot.markup import escape
from bot.matching.matcher import Matcher
from bot.matching.smalltalk import EMERGENCY
from bot.messages import Incoming, Outgoing
from bot.storage import Storage
from bot.talk.redaction import redact
from bot.talk.turn import Turn
from bot.talk.view import View


class Additions:
    """Commands, buttons and questions that *matcher* is sure of are answered as ever."""

    def __init__(self, storage: Storage, notices: Notices, claims: Claims, matcher: Matcher) -> None:
        self._book = storage.cases
        self._notices = notices
        self._claims = claims
        self._matcher = matcher

    def turn(self, view: View, incoming: Incoming, now: datetime) -> Turn | None:
        """*incoming* kept in the case it belongs to; None when it belongs to none."""
        text = redact(incoming.text.strip())
        case = self._case(view, incoming, text)
        if case is None:
            return None
        told = self._taken_up(case, now)
        own = self._book.get(case.id) or case
        case = self._book.leader(own)
        told += self._said(own, case, text or view.say("case.files"), incoming, now)
        self._book.asks(case.id, asked=False)
        if case.state == "claimed":
            self._claims.extend(case, now)
        session = replace(view.session, adding=0, writing=False, pieces=())
        screen = replace(view, session=session).screen(
            [view.say("case.passed-on", number=case.id)], own_buttons(view, case.id, "status")
        )
        return Turn(screen, session, (*self._notices.refresh(case.id, now), *told))

    def _said(self, own: Case, case: Case, said: str, incoming: Incoming, now: datetime) -> list[Outgoing]:
        """What goes to whoever answers *case*; it stays what was said in their *own* one, and is forgotten with it."""
        self._book.files.add(own.id, said, now)
        told = self._notices.desk(case, now, "case.added", text=escape(said))
        told = [replace(one, case=own.id) for one in told]
        if incoming.kind == "attachment" and incoming.message is not None:
            self._book.files.enclose(own.question, incoming.sender, incoming.message, incoming.album)
            told += [self._notices.bare(one.to, own.id, incoming.sender, incoming.message) for one in told]
        return told

    def _case(self, view: View, incoming: Incoming, text: str) -> Case | None:
        """The case that *incoming* belongs to: it replies to it, was announced, or answers a question back."""
        meant = self._meant(view, incoming)
        case = self._book.asking(view.chat) if meant is None else meant
        if case is None or text.startswith("/") or (text and self._matcher.match(text).reply == EMERGENCY):
            return None
        if meant is None:
            return None if self._otherwise(view, text) else case
        return case if case.waits or case.state in {"answered", "closed"} else None

    def _meant(self, view: View, incoming: Incoming) -> Case | None:
        """The case that *incoming* names, by what it replies to or by the button pressed before."""
        if incoming.replies_to is not None:
            case = self._book.behind(view.chat, incoming.replies_to)
        else:
            case = self._book.get(view.session.adding) if view.session.adding else None
        return case if case is not None and case.asked_by == view.chat else None

    def _otherwise(self, view: View, text: str) -> bool:
        """Whether *text* is about something else than a question back that is still open."""
        session = view.session
        typed = bool(session.asking or session.writes) and session.screen is not None  # in a walk that went on
        match = self._matcher.match(text) if text else None
        return (
            session.writing or typed or (match is not None and (match.decision == "answer" or match.reply == "human"))
        )

    def _taken_up(self, case: Case, now: datetime) -> list[Outgoing]:
        """An answered case goes on with who answered it, for this citizen alone."""
        if case.state not in {"answered", "closed"}:
            return []
        for sibling in self._book.siblings(case.id, answered=True):
            self._book.merge(sibling.id, 0)
        apart = case.into
        if apart:
            self._book.merge(case.id, 0)
        self._book.follow(case.id, self._claims.until(now, LEASE) if case.holder else None)
        self._claims.wait(case, now)
        going = self._book.get(case.id) or case
        return self._notices.show(going, [going.holder.chat], now) if apart and going.holder else []
