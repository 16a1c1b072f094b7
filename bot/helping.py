"""Walking a group for somebody else, at the counter or in the village house: nothing of that person is kept.

What is said meanwhile is in a storage of its own that is only memory; a restart, or two quiet hours, end it too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.messages import Address
from bot.session import Session
from bot.storage import Storage

QUIET = timedelta(hours=2)


class Helping:
    """Who is helping somebody just now, and the talks they have for them."""

    def __init__(self) -> None:
        self.storage = Storage.memory()
        self._heard: dict[Address, datetime] = {}

    def begin(self, chat: Address, own: Session, now: datetime) -> Session:
        """A fresh session for the next person, with the language and the place of *own*."""
        self.end(chat, now)
        self._heard[chat] = now
        session = Session(language=own.language, place=own.place, helping=True)
        self.storage.keep(chat, session, now)
        return session

    def session(self, chat: Address, own: Session, now: datetime) -> Session | None:
        """The session of whom *chat* is helping; None when it helps nobody (any more)."""
        if now - self._heard.get(chat, now - QUIET) >= QUIET:
            self.end(chat, now)
            return None
        self._heard[chat] = now
        return replace(self.storage.session(chat), screen=own.screen)  # what the chat shows, it shows to both

    def end(self, chat: Address, now: datetime) -> None:
        """Forget everything."""
        if self._heard.pop(chat, None) is not None:
            self.storage.forget(chat, now)
