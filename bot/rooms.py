"""Where in the collaborators' group something is posted: a topic for each field or place, or the group as it is.

A topic is opened when it is first needed. Until then its address bears its name, and what is posted there waits behind
the job that opens it: the channel gives it back, and by then the number of the topic is known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.base.model import Base, Text
from bot.messages import Address, Incoming, OpenTopic, Outgoing, room
from bot.storage import Storage

AGAIN = timedelta(days=1)  # after which we try once more to open topics where we could not
SOON = timedelta(minutes=10)
LOSSES = 2  # topics about the same, gone so SOON: something there does not want them
NAME = 128  # characters, https://core.telegram.org/bots/api#createforumtopic
WHOLE = ""  # stands for the group itself: since then it has no topics that we could open

Tell = Callable[[datetime, str], list[Outgoing]]


class Rooms:
    """*group* is the collaborators' group, if there is one; *tell* has all admins told a sentence.

    *by* says what has a topic of its own: each `field`, each `place`, or nothing (`none`).
    """

    def __init__(self, storage: Storage, group: Address | None, by: str, base: Callable[[], Base], tell: Tell) -> None:
        self._storage = storage
        self._topics = storage.topics
        self._configured = group
        self._by = by
        self._base = base
        self._tell = tell

    @property
    def wanted(self) -> bool:
        """Whether topics are to be used at all."""
        return self._by in {"field", "place"}

    @property
    def group(self) -> Address | None:
        """The collaborators' group as it is now."""
        return None if self._configured is None else self._storage.successor(self._configured)

    def key(self, *, field: str, place: str) -> str:
        """What decides on the topic of something about *field* and *place*; empty: nothing does."""
        return {"field": field, "place": place}.get(self._by, "")

    def address(self, key: str, now: datetime) -> tuple[Address | None, list[Outgoing]]:
        """Where to post what is about *key*, and what is to be sent before; None: there is no group."""
        group = self.group
        name = self._name(key)
        if group is None or name is None:
            return group, []
        named = Address(group.channel, f"{group.chat}#{key}")
        match self._topics.about(group, key):
            case None if self._hopeless(group, now):
                return group, []
            case None:
                self._topics.begin(group, key, now)
                return named, [Outgoing(named, job=OpenTopic(name[:NAME], key), transient=True)]
            case topic if topic.thread is None:
                return named, []
            case topic:
                return replace(group, chat=f"{group.chat}#{topic.thread}"), []

    def done(self, incoming: Incoming, job: OpenTopic, now: datetime) -> list[Outgoing]:
        """A topic was opened, or could not be: then the admins are told once, and the group itself has to do."""
        group = room(incoming.sender)
        if isinstance(incoming.result, int):
            self._topics.opened(group, job.key, incoming.result, now)
            self._topics.failed(group, WHOLE)
            return []
        self._topics.failed(group, job.key)
        return self._give_up(group, now)

    def gone(self, incoming: Incoming, now: datetime) -> list[Outgoing]:
        """What could not be posted, as its topic is no more or was not open yet, is posted where it belongs now."""
        lost = incoming.failed
        if lost is None:
            return []
        group, key, told = self._storage.successor(room(lost.to)), lost.to.topic, list[Outgoing]()
        if key.isdigit():
            topic = self._topics.behind(group, int(key))
            self._topics.lost(group, int(key), now)
            key = "" if topic is None else topic.key
            if key and self._topics.losses(group, key, now - SOON) >= LOSSES:
                told = self._give_up(group, now)
        to, before = self.address(key, now)
        if to is None or room(to) != group:  # a topic of another group, where we only answer
            return [replace(lost, to=group)]
        return [*told, *before, replace(lost, to=to)]

    def retry(self, group: Address) -> None:
        """Perhaps topics can be opened in *group* now."""
        self._topics.failed(group, WHOLE)

    def _hopeless(self, group: Address, now: datetime) -> bool:
        failed = self._topics.about(group, WHOLE)
        return failed is not None and now - failed.since < AGAIN

    def _give_up(self, group: Address, now: datetime) -> list[Outgoing]:
        """Open no more topics for a while."""
        known = self._topics.about(group, WHOLE) is not None
        self._topics.failed(group, WHOLE)
        self._topics.begin(group, WHOLE, now)
        return [] if known else self._tell(now, "room.no-topics")

    def _name(self, key: str) -> str | None:
        """What the topic about *key* is called; the group is Vietnamese, whatever language its members chose."""
        base = self._base()
        names: dict[str, Text] = {id: place.name for id, place in base.places.items()} | dict(base.fields)
        return names[key].vi if self.wanted and key in names else None
