"""Thumbs under an answer: up is thanked for quietly, down is asked for its reason and offered a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot import actions as act
from bot.admin.chat.circle import Circle
from bot.base.model import Base
from bot.learning.opinions import OLD, REASONS, known
from bot.markup import escape
from bot.messages import Button, Incoming, Outgoing, Rows, Screen
from bot.storage import Question, Storage
from bot.talk.turn import Turn
from bot.talk.view import View, pairs


class Talk(Protocol):
    """Where answers are made."""

    def again(self, view: View, asked: Question, subject: str) -> Turn: ...

    def doubted(self, view: View, asked: Question, subject: str) -> Screen: ...


class Feedback:
    """Turns one tap into a row, and into a word to the owner when there are many."""

    def __init__(self, storage: Storage, circle: Circle) -> None:
        self._storage = storage
        self._opinions = storage.learning.opinions
        self._circle = circle

    def respond(self, view: View, incoming: Incoming, talk: Talk, now: datetime) -> list[Outgoing] | None:
        """What a thumb or a reason sets off; None when *incoming* is none of them."""
        match incoming.action:
            case act.Thumb(number, subject, good):
                asked = self._storage.question(number, view.chat)
                if asked is None:
                    return None
                self._opinions.vote(number, subject, view.chat, now, good=good)
                shown = talk.again(view, asked, subject).screen
                return [_quietly(view, incoming, _thanks(view, shown) if good else _why(view, shown, number, subject))]
            case act.Reason(number, subject, reason) if reason in REASONS:
                asked = self._storage.question(number, view.chat)
                if asked is None:
                    return None
                self._opinions.explain(number, subject, reason)
                told = self._flag(view.base, subject, now) if reason == "old" else []
                return [_quietly(view, incoming, talk.doubted(view, asked, subject)), *told]
        return None

    def _flag(self, base: Base, subject: str, now: datetime) -> list[Outgoing]:
        """The owner hears once that several people called *subject* old."""
        found = known(base, subject)
        if found is None or self._opinions.old(subject, found.checked, now) < OLD:
            return []
        if not self._opinions.flag(subject, found.checked):
            return []
        words = {"id": subject, "owner": found.owner, "file": found.at.file, "count": OLD}
        return self._circle.tell_all(now, "feedback.flagged", **words)


def _quietly(view: View, incoming: Incoming, screen: Screen) -> Outgoing:
    """*screen* in place of the one whose button was pressed, wherever that stands in the chat."""
    latest = view.session.screen == incoming.message
    return Outgoing(view.chat, screen, edits=incoming.message, latest=latest)


def _thanks(view: View, shown: Screen) -> Screen:
    return replace(shown, text=f"{shown.text}\n\n{view.say('feedback.thanks')}")


def _why(view: View, shown: Screen, question: int, subject: str) -> Screen:
    """The answer with the question what is wrong with it, one tap each."""
    *rows, footer = shown.buttons
    reasons: Rows = pairs(
        Button(view.say(f"feedback.reason.{one}"), act.Reason(question, subject, one)) for one in REASONS
    )
    text = f"{shown.text}\n\n{escape(view.say('feedback.what'))}"
    return replace(shown, text=text, buttons=(*rows, *reasons, footer))
