"""All parts of the learning put together, as the assistant asks them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.admin.chat.circle import Circle
from bot.edition import Edition
from bot.learning.feedback import Feedback, Talk
from bot.learning.judging import Judging
from bot.learning.news import News
from bot.learning.teaching import Teaching
from bot.messages import Incoming, Learn, Load, Outgoing
from bot.storage import Storage
from bot.talk.view import View


class Learning:
    """*serving* tells what citizens are answered from, *serve* swaps it; *works* says whether somebody works here."""

    def __init__(
        self,
        storage: Storage,
        circle: Circle,
        works: Callable[[Incoming], bool],
        serving: Callable[[], Edition],
        serve: Callable[[Edition], None],
    ) -> None:
        self._publications = storage.publications
        self._news = News(storage, circle.look)
        self._teaching = Teaching(storage, circle, serving, works)
        self._judging = Judging(storage, circle, serving, serve, self._news.tell)
        self._feedback = Feedback(storage, circle)

    def respond(self, view: View, incoming: Incoming, now: datetime) -> list[Outgoing] | None:
        """What those who teach and those who approve set off; None when *incoming* is nothing of the kind."""
        taught = self._teaching.respond(view, incoming, now)
        return self._judging.respond(view, incoming, now) if taught is None else taught

    def heard(self, view: View, incoming: Incoming, talk: Talk, now: datetime) -> list[Outgoing] | None:
        """What a citizen's opinion or wish sets off; None when *incoming* is neither."""
        thanked = self._feedback.respond(view, incoming, talk, now)
        return self._news.respond(view, incoming, now) if thanked is None else thanked

    def published(self, job: Load, edition: Edition, now: datetime) -> list[Outgoing]:
        """Who waits for what is in a file that was just published by chat is told."""
        one = self._publications.get(job.publication)
        return self._news.tell(edition, one.file, now) if one is not None and one.state == "published" else []

    def done(self, job: Learn, result: object, now: datetime) -> list[Outgoing]:
        """What came of trying a suggestion."""
        return self._judging.done(job, result, now)
