"""Telling those who asked what the bot did not know, once, that it knows: only who agreed, and only about that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot import actions as act
from bot.edition import Edition
from bot.learning.opinions import known
from bot.markup import escape
from bot.messages import Address, Incoming, Outgoing
from bot.storage import Storage
from bot.talk import menus
from bot.talk.speech import shorten
from bot.talk.view import View

QUOTED = 200


class News:
    """*look* makes the view of a chat."""

    def __init__(self, storage: Storage, look: Callable[[Address, datetime], View]) -> None:
        self._storage = storage
        self._kept = storage.learning.waiting
        self._look = look

    def respond(self, view: View, incoming: Incoming, now: datetime) -> list[Outgoing] | None:
        """A citizen agrees to be told; None when *incoming* is anything else."""
        match incoming.action:
            case act.Await(number) if (asked := self._storage.question(number, view.chat)) is not None:
                self._kept.add(asked.id, view.chat, asked.text, asked.message, now)
                edits = incoming.message if view.session.screen == incoming.message else None
                return [Outgoing(view.chat, view.screen([view.say("learn.awaited")]), edits=edits, latest=True)]
        return None

    def tell(self, edition: Edition, file: str, now: datetime) -> list[Outgoing]:
        """To each who waits for an answer that is in *file*: one message, and never again."""
        told = []
        for one in self._kept.all():
            match = edition.matcher.match(one.text)
            found = known(edition.base, match.candidates[0].id) if match.decision == "answer" else None
            if found is not None and found.at.file == file and self._kept.tell(one.id, now):
                view = self._look(one.chat, now)
                words = {"question": escape(shorten(" ".join(one.text.split()), QUOTED)), "name": view.name(found.id)}
                screen = view.screen([view.say("learn.told", **words)], menus.openers(view, [found.id]))
                told.append(Outgoing(one.chat, screen, quotes=one.message, slow=True))
        return told
