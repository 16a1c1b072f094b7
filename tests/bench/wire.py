"""The two ends of the wire for a benchmark, in bare bytes: a Bot API that says yes, and lanes that deliver updates.

Anything more careful would be slower than what it measures; tests/outside is the careful one.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CHAT = re.compile(rb"chat_id[\"=:\s]+(\d+)")
SCREEN = 5  # the id of every message sent: ids count for one chat alone

ME = b'{"ok":true,"result":{"id":7,"is_bot":true,"first_name":"b","username":"b_bot"}}'
YES = b'{"ok":true,"result":true}'
SENT = b'{"ok":true,"result":{"message_id":%d,"date":1,"chat":{"id":%s,"type":"private"},"text":"x"}}'


class Http(asyncio.Protocol):
    """Cuts a stream into messages of a head and a body."""

    def __init__(self) -> None:
        self._rest = b""
        self.transport: asyncio.WriteTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]  # uvloop's own kind

    def data_received(self, data: bytes) -> None:
        self._rest += data
        while (end := self._rest.find(b"\r\n\r\n")) >= 0:
            found = LENGTH.search(self._rest, 0, end + 2)
            size = end + 4 + (int(found[1]) if found else 0)
            if len(self._rest) < size:
                return
            head, body, self._rest = self._rest[:end], self._rest[end + 4 : size], self._rest[size:]
            self.took(head, body)

    def took(self, head: bytes, body: bytes) -> None:
        raise NotImplementedError


class Stub(Http):
    """The Bot API; *shown* is told the chat and the body of each message sent or edited."""

    def __init__(self, shown: Callable[[bytes, bytes], None], registered: asyncio.Event) -> None:
        super().__init__()
        self._shown, self._registered = shown, registered

    def took(self, head: bytes, body: bytes) -> None:
        method = head[: head.index(b"\r\n")].rpartition(b"/bot")[2].partition(b"/")[2].split(b" ")[0].lower()
        reply = YES
        if method in (b"sendmessage", b"editmessagetext"):
            found = CHAT.search(body)
            assert found
            reply = SENT % (SCREEN, found[1])
            self._shown(found[1], body)
        elif method == b"getme":
            reply = ME
        elif method == b"setwebhook":
            self._registered.set()
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(reply)
        self.transport.write(head + reply)


class Lane(Http):
    """One connection to the webhook; a tap is done when it is confirmed and its answer was shown."""

    def __init__(self, number: int, done: Callable[[Lane], None], headers: bytes) -> None:
        super().__init__()
        self.number, self._done, self._headers = number, done, headers
        self.confirmed = self.shown = True
        self.turn = 0
        self.since = 0.0

    def deliver(self, update: bytes, now: float) -> None:
        self.confirmed = self.shown = False
        self.since = now
        head = b"POST /hook HTTP/1.1\r\n%sContent-Length: %d\r\n\r\n" % (self._headers, len(update))
        self.transport.write(head + update)

    def took(self, head: bytes, body: bytes) -> None:
        assert b" 200 " in head[: head.index(b"\r\n")], head
        self.confirmed = True
        self.check()

    def check(self) -> None:
        if self.confirmed and self.shown:
            self._done(self)
