"""What the bot keeps of its learning, as part of the storage."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from bot.learning.lessons import Lessons
from bot.learning.opinions import Opinions
from bot.learning.suggestions import Suggestions
from bot.learning.waiting import WaitingList
from bot.messages import Address


class Memory:
    """`storage.learning`: on its connection, in its transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.opinions = Opinions(connection)
        self.suggestions = Suggestions(connection)
        self.lessons = Lessons(connection)
        self.waiting = WaitingList(connection)

    def forget(self, chat: Address) -> None:
        """What *chat* left here is nobody's any more; what was taught of it is everybody's, and names nobody."""
        self.opinions.forget(chat)
        self.waiting.forget(chat)

    def purge(self, now: datetime) -> None:
        """Forget what is kept for a limited time only."""
        self.opinions.purge(now)
        self.suggestions.purge(now)
        self.waiting.purge(now)
