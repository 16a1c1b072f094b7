"""How the bot stands in the collaborators' group, told to the admins: what happened, what does not work, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.admin.chat.circle import Circle
from bot.messages import Incoming, Inspect, Outgoing, Standing, room
from bot.rooms import Rooms
from bot.storage import Storage
from bot.talk.view import View


class Membership:
    """Hears what becomes of the bot in groups, and asks the channel how it stands."""

    def __init__(self, storage: Storage, circle: Circle, rooms: Rooms) -> None:
        self._storage = storage
        self._circle = circle
        self._rooms = rooms

    def changed(self, incoming: Incoming, now: datetime) -> list[Outgoing]:
        """The bot came, went, or may do more or less than before; or the group became another."""
        chat, ours = room(incoming.sender), room(incoming.sender) == self._rooms.group
        match incoming.kind:
            case "removed":
                self._storage.mark_unreachable(chat, now)
                return self._circle.tell_all(now, "room.removed") if ours else []
            case "migrated":
                successor = incoming.successor or chat.chat
                self._storage.move(chat, successor)
                return self._circle.tell_all(now, "room.migrated", chat=successor) if ours else []
        if ours:
            self._rooms.retry(chat)
            return self.look(incoming.kind)
        user = incoming.user
        if incoming.kind == "joined" and user is not None and user in self._circle:
            return [self._circle.tell(user, now, "room.other", name=incoming.text, chat=chat.chat)]
        return []

    def look(self, since: str = "", ask: int = 0) -> list[Outgoing]:
        """Have the channel look, and tell all admins after what happened (*since*), or *ask* alone if need be."""
        group = self._rooms.group
        return [] if group is None else [Outgoing(group, job=Inspect(since, ask), transient=True)]

    def seen(self, incoming: Incoming, job: Inspect, now: datetime) -> list[Outgoing]:
        """The channel looked."""
        found = incoming.result if isinstance(incoming.result, Standing) else None
        faults = self._faults(found)
        if not job.ask:
            return self._circle.tell_all(now, f"room.{job.since}", lambda view: _lines(view, faults or ["room.well"]))
        view = self._circle.view(job.ask, now)
        return [self._circle.tell(job.ask, now, "room.status", _lines(view, faults))] if faults else []

    def _faults(self, found: Standing | None) -> list[str]:
        """What does not work, as keys of the sentences that say so and what to do about it."""
        if found is None:
            return ["room.absent"]
        wrong = {
            "room.mute": not found.speaks,
            "room.deaf": not found.hears,
            "room.flat": self._rooms.wanted and not found.forum,
            "room.shut": self._rooms.wanted and found.forum and not found.opens,
        }
        return [key for key, holds in wrong.items() if holds]


def _lines(view: View, keys: Sequence[str]) -> Iterator[str]:
    return (view.say(key) for key in keys)
