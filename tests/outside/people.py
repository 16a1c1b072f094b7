"""People who write to the bot as a Telegram client does, and read what it shows them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from bot.actions import Action, decode

from . import groups, inline
from .api import Server
from .markup import units
from .world import Chat, Json, Refusal

TEXT = 4096  # UTF-16 units; a client sends a longer text as several messages
PATIENCE = 10.0  # seconds until an expected message counts as missing
ATTACHMENTS: dict[str, Any] = {
    "photo": [{"file_id": "p", "file_unique_id": "p", "width": 90, "height": 90}],
    "voice": {"file_id": "v", "file_unique_id": "v", "duration": 3},
    "sticker": {
        "file_id": "s", "file_unique_id": "s", "type": "regular", "width": 512, "height": 512,
        "is_animated": False, "is_video": False,
    },
    "document": {"file_id": "d", "file_unique_id": "d"},
    "location": {"latitude": 16.07, "longitude": 108.22},
}  # fmt: skip

_names = count(1)


def buttons(message: Json) -> list[Json]:
    """The buttons under *message*, in order."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def actions(message: Json) -> list[Action]:
    """What the buttons under *message* mean."""
    meant = (decode(button.get("callback_data", "")) for button in buttons(message))
    return [action for action in meant if action is not None]


def _always(_: Json) -> bool:
    return True


class Person:
    """Somebody in one chat with the bot: alone, or in a group with others."""

    def __init__(
        self, server: Server, chat: Chat | None = None, *, id: int | None = None, thread: int | None = None
    ) -> None:
        """*thread* is the topic of the group in which they write."""
        number = next(_names)
        self.server, self.world = server, server.world
        self.user: Json = {
            "id": id or 5_000_000_000 + number,  # more than 32 bits, as Telegram warns
            "is_bot": False,
            "first_name": f"Bà con {number}",
            "language_code": "vi",
        }
        self.chat = chat or self.world.open(self.user["id"], title=self.user["first_name"])
        self.thread = thread
        self._read = len(self.chat.events)  # those already looked at

    # What a person does

    def say(self, text: str, reply_to: Json | None = None) -> Json:
        """Write *text*, in as many messages as a client needs for it; the last one."""
        for part in _parts(text):
            command = {"type": "bot_command", "offset": 0, "length": units(part.partition(" ")[0])}
            message = self._write(reply_to, text=part, entities=[command] if part.startswith("/") else None)
        return message

    def reply_to(self, message: Json, text: str) -> Json:
        """Write *text* as a reply to *message*."""
        return self.say(text, reply_to=message)

    def send(self, kind: str, reply_to: Json | None = None, **more: Any) -> Json:
        """Send something that is not text: one of ATTACHMENTS."""
        return self._write(reply_to, **{kind: ATTACHMENTS[kind]}, **more)

    def send_file(self, name: str, content: bytes, caption: str = "") -> Json:
        """Send a document."""
        id = f"document-{len(self.server.files)}"
        self.server.files[id] = content
        document = {"file_id": id, "file_unique_id": id, "file_name": name, "file_size": len(content)}
        return self._write(None, document=document, **({"caption": caption} if caption else {}))

    def edit(self, message: Json, text: str) -> None:
        """Change a message of one's own."""
        changed = self.world.change(self.chat, self.chat.messages[message["message_id"]], text=text)
        self._tell("edited_message", changed)

    def tap(self, which: str | type[Any] = "", under: Json | None = None) -> Json:
        """Press the first button whose label holds *which*, or which means a *which*; the button."""
        message, button = self._button(which, under)
        self.tap_data(button["callback_data"], message)
        return button

    def tap_data(self, data: str, under: Json | None = None) -> None:
        """Press a button that carries *data*, be it there or not."""
        id = str(4_000_000_000_000 + len(self.world.taps))
        self.world.taps[id] = False
        self._read = len(self.chat.events)
        message = under or next(self._from_bot())
        query = {"id": id, "from": self.user, "message": message, "chat_instance": str(self.chat.id), "data": data}
        self._tell("callback_query", query)

    def write(self, query: str) -> str:
        """Write `@bot` and *query* without sending it, in whatever chat; the id of the inline query."""
        id = str(8_000_000_000_000 + len(self.world.queries))
        self.world.queries[id] = None
        asked = {"id": id, "from": self.user, "query": query, "offset": "", "chat_type": "supergroup"}
        self.server.updates.add("inline_query", asked, ("inline", id))
        return id

    async def offered(self, query: str, within: float = PATIENCE) -> Json:
        """What the bot answers to the inline query with this id."""
        return await self.server.bell.until(lambda: self.world.queries[query], within)

    def choose(self, result: Json) -> Json:
        """Send a *result* of an inline query, as one's own message; the bot is not told."""
        said = {key: value for key, value in inline.message(result).items() if value}
        return self.world.post(self.chat, self.user, **said, via_bot=self.world.bot)

    def block(self) -> None:
        """Block the bot."""
        self.chat.refuses = Refusal(403, "Forbidden: bot was blocked by the user")
        self._membership("kicked")

    def unblock(self) -> None:
        """Press "restart" on a bot that was blocked."""
        self.chat.refuses = None
        self._membership("member")

    def remove_bot(self) -> None:
        """Throw the bot out of the group."""
        self.chat.refuses = Refusal(403, f"Forbidden: bot was kicked from the {self.chat.kind} chat")
        self._membership("kicked")

    def add_bot(self, status: str = "member", **rights: bool) -> None:
        """Take the bot into the group, or make it another kind of member."""
        self.chat.refuses = None
        self._membership(status, **rights)

    def upgrade(self, *, told: bool = True) -> Chat:
        """Make the group a supergroup, which has another id; the new chat. Unless *told*, the bot has to find out."""
        new = self.world.open(-1_000_000_000_000 + self.chat.id, "supergroup", self.chat.title)
        if told:
            self._write(None, migrate_to_chat_id=new.id)
        self.chat.refuses = Refusal(
            400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=new.id
        )
        self.chat, old = new, self.chat
        if told:
            self._write(None, migrate_from_chat_id=old.id)
        self._read = 0
        return new

    # What a person sees

    async def expect(
        self, *fragments: str, having: Callable[[Json], object] = _always, within: float = PATIENCE
    ) -> Json:
        """The next message of the bot, sent or edited, that holds all *fragments* and is as *having* wants it."""

        def look() -> Json | None:
            for index, event in enumerate(self.chat.events[self._read :], self._read + 1):
                if event.kind == "deleted" or not self._by_bot(event.message):
                    continue
                if all(part in words(event.message) for part in fragments) and having(event.message):
                    self._read = index
                    return event.message
            return None

        try:
            return await self.server.bell.until(look, within)
        except TimeoutError:
            raise AssertionError(f"nobody said {fragments or having}; the chat:\n{self.transcript()}") from None

    async def expect_button(self, kind: type[Any], within: float = PATIENCE) -> Json:
        """The next message of the bot with a button that means a *kind*."""
        return await self.expect(having=lambda m: any(isinstance(a, kind) for a in actions(m)), within=within)

    def shown(self) -> list[str]:
        """The texts of the bot that stand in the chat now."""
        return [words(m) for m in self.chat.messages.values() if self._by_bot(m)]

    def transcript(self) -> str:
        """Everything that happened in the chat, for a failing test to show."""
        lines = [
            f"  {e.kind:8}{'bot' if self._by_bot(e.message) else 'you'}: {words(e.message)!r} "
            f"{[b['text'] for b in buttons(e.message)]}"
            for e in self.chat.events
        ]
        return "\n".join(lines) or "  (nothing)"

    def _by_bot(self, message: Json) -> bool:
        return bool(message["from"]["id"] == self.world.bot["id"])

    def _from_bot(self) -> Iterator[Json]:
        return (copy.deepcopy(m) for m in reversed(self.chat.messages.values()) if self._by_bot(m))

    def _button(self, which: str | type[Any], under: Json | None) -> tuple[Json, Json]:
        for message in [under] if under else self._from_bot():
            for button in buttons(message):
                data = button.get("callback_data")
                if data and (which in button["text"] if isinstance(which, str) else isinstance(decode(data), which)):
                    return message, button
        raise AssertionError(f"no button {which!r}; the chat:\n{self.transcript()}")

    # How Telegram tells the bot

    def _write(self, reply_to: Json | None, **content: Any) -> Json:
        quoted = {k: v for k, v in reply_to.items() if k != "reply_to_message"} if reply_to else None
        self._read = len(self.chat.events)
        topic = groups.topic_of(self.chat, {"message_thread_id": self.thread})
        message = self.world.post(self.chat, self.user, **content, **topic, reply_to_message=quoted)
        if self._reaches_bot(message):
            self._tell("message", message)
        return message

    def _reaches_bot(self, message: Json) -> bool:
        """https://core.telegram.org/bots/features#privacy-mode"""
        return (
            self.chat.kind == "private"
            or self.chat.member.get("status") == "administrator"
            or "text" not in message
            or message["text"].startswith("/")
            or self._by_bot(message.get("reply_to_message", message))
        )

    def _tell(self, kind: str, content: Json) -> None:
        self.server.updates.add(kind, copy.deepcopy(content), self.chat.id)

    def _membership(self, status: str, **rights: bool) -> None:
        old = self.chat.member or groups.member(self.world, "member")
        self.chat.member = groups.member(self.world, status, **rights)
        change = {
            "chat": self.chat.public(), "from": self.user, "date": self.world.tick(),
            "old_chat_member": old, "new_chat_member": self.chat.member,
        }  # fmt: skip
        self._tell("my_chat_member", change)


def words(message: Json) -> str:
    """What is written in *message*, or below its picture."""
    return str(message.get("text") or message.get("caption") or "")


def _parts(text: str) -> Iterator[str]:
    """*text* cut where a client cuts it."""
    part, size = "", 0
    for letter in text:
        wide = units(letter)
        if size + wide > TEXT:
            yield part
            part, size = "", 0
        part, size = part + letter, size + wide
    yield part
