"""What Telegram keeps: chats, their messages, and everything that became visible in them."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

Json = dict[str, Any]
T = TypeVar("T")

FORUM: Json = {"is_forum": True}
NOW = 1_795_000_000  # messages are dated from here on, one second each, so that runs repeat


class Refusal(Exception):
    """The Bot API says no, as https://core.telegram.org/bots/api#making-requests describes."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


class Bell:
    """Rings whenever something changed; whoever waits looks again."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()
        self._rung = asyncio.Event()

    async def until(self, look: Callable[[], T | None], seconds: float) -> T:
        """What *look* finds, as soon as it finds something; TimeoutError when it never does."""
        async with asyncio.timeout(seconds):
            while not (found := look()):
                await self._rung.wait()
            return found


@dataclass(frozen=True)
class Event:
    """Something that the people in a chat saw: a message sent, edited or deleted."""

    kind: str
    message: Json


@dataclass
class Chat:
    """One chat as the server keeps it; *refuses* is what every send to it is told."""

    id: int
    kind: str
    title: str = ""
    messages: dict[int, Json] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    refuses: Refusal | None = None
    member: Json = field(default_factory=dict)  # the bot, where it is more or less than a plain member
    topics: dict[int, str] | None = None  # thread -> name; None: the chat is no forum

    def public(self) -> Json:
        name = "first_name" if self.kind == "private" else "title"
        return {"id": self.id, "type": self.kind, name: self.title, **({} if self.topics is None else FORUM)}


class World:
    """All chats of one bot. Message ids are counted as Telegram does: a supergroup has its own count."""

    def __init__(self, bot: Json, bell: Bell) -> None:
        self.bot, self.bell = bot, bell
        self.chats: dict[int, Chat] = {}
        self.taps: dict[str, bool] = {}  # callback queries, and whether they were answered
        self.queries: dict[str, Json | None] = {}  # inline queries, and how they were answered
        self._counts: dict[int, int] = {}
        self._clock = NOW

    def open(self, id: int, kind: str = "private", title: str = "Dân") -> Chat:
        self.chats[id] = Chat(id, kind, title)
        return self.chats[id]

    def reachable(self, id: Any) -> Chat:
        """The chat, if the bot may act in it."""
        chat = self.chats.get(int(id)) if str(id).lstrip("-").isdigit() else None
        if chat is None:
            raise Refusal(400, "Bad Request: chat not found")
        if chat.refuses:
            raise chat.refuses
        return chat

    def tick(self) -> int:
        self._clock += 1
        return self._clock

    def post(self, chat: Chat, sender: Json, **content: Any) -> Json:
        """A new message in *chat*, as it looks from now on."""
        message: Json = {
            "message_id": self._next_id(chat),
            "date": self.tick(),
            "chat": chat.public(),
            "from": sender,
            **{key: value for key, value in content.items() if value not in (None, [])},
        }
        chat.messages[message["message_id"]] = message
        self._saw(chat, "sent", message)
        return message

    def open_topic(self, chat: Chat, name: str) -> int:
        """A topic of *chat*, which is a forum from now on at the latest; its number is that of its first message."""
        thread = self._next_id(chat)
        chat.topics = (chat.topics or {}) | {thread: name}
        self.bell.ring()
        return thread

    def delete_topic(self, chat: Chat, thread: int) -> None:
        """A topic goes with all its messages."""
        chat.topics = {one: name for one, name in (chat.topics or {}).items() if one != thread}
        for message in [one for one in chat.messages.values() if one.get("message_thread_id") == thread]:
            self.remove(chat, message)

    def change(self, chat: Chat, message: Json, **content: Any) -> Json:
        """*message* with new *content*; what is None goes away."""
        message.update(content, edit_date=self.tick())
        for key in [key for key, value in message.items() if value in (None, [])]:
            del message[key]
        self._saw(chat, "edited", message)
        return message

    def remove(self, chat: Chat, message: Json) -> None:
        del chat.messages[message["message_id"]]
        self._saw(chat, "deleted", message)

    def _saw(self, chat: Chat, kind: str, message: Json) -> None:
        chat.events.append(Event(kind, copy.deepcopy(message)))
        self.bell.ring()

    def _next_id(self, chat: Chat) -> int:
        account = chat.id if chat.kind == "supergroup" else 0
        self._counts[account] = self._counts.get(account, 100) + 1
        return self._counts[account]
