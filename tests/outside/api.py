"""A Bot API server for tests: HTTP in front of the table of behaviours, and the faults a script asks for."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from typing import Any

from aiohttp import web

from . import oracle
from .behaviours import TABLE, Behaviour
from .updates import Updates
from .world import Bell, Json, Refusal, World

TOKEN = "700700700:test-token-of-the-outside-tests"
ME = {
    "id": 700700700, "is_bot": True, "first_name": "Thủ tục", "username": "thu_tuc_bot", "can_join_groups": True,
    "can_read_all_group_messages": False, "supports_inline_queries": True,
}  # fmt: skip


@dataclass
class Call:
    """One call the bot made, and what it was told; *reply* is None when the connection broke."""

    method: str
    params: Json
    reply: Json | None
    at: float  # when it took effect, on the clock of the loop
    answered: float = inf  # when the reply left

    @property
    def ok(self) -> bool:
        return bool(self.reply and self.reply["ok"])


@dataclass
class Fault:
    """What goes wrong with the next *times* calls of a method, in one chat or in all."""

    method: str
    refusal: Refusal | None = None  # None: the connection breaks
    times: int = 1
    chat: int | None = None
    late: bool = False  # the call takes effect before the connection breaks

    def hits(self, method: str, params: Json) -> bool:
        return self.times > 0 and method == self.method.lower() and self.chat in (None, params.get("chat_id"))


@dataclass
class Server:
    """One bot's Bot API server; *violations* must stay empty, *refusals* be expected."""

    bell: Bell = field(default_factory=Bell)
    calls: list[Call] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    commands: Json = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)  # what people sent, by file_id, and the bot, by its name
    latency: float = 0.0
    on_call: Callable[[Call], None] = lambda call: None  # runs when a call took effect and before its reply leaves
    port: int = 0
    token: str = TOKEN

    world: World = field(init=False)
    updates: Updates = field(init=False)

    def __post_init__(self) -> None:
        self.world = World(ME, self.bell)
        self.updates = Updates(self.bell, self.violations, self._answered)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/documents/{id}", self._file)
        # A bot that was killed no longer waits for its updates.
        self._runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        await self.updates.close()
        await self._runner.cleanup()

    def fail(self, method: str, refusal: Refusal, times: int = 1, chat: int | None = None) -> None:
        """The next *times* calls of *method* get *refusal*."""
        self.faults.append(Fault(method, refusal, times, chat))

    def drop(self, method: str, times: int = 1, chat: int | None = None, *, late: bool = False) -> None:
        """The connection of the next *times* calls of *method* breaks, before or after their effect."""
        self.faults.append(Fault(method, None, times, chat, late))

    def called(self, method: str, **params: Any) -> list[Call]:
        """The calls of *method* with these parameters so far."""
        return [
            call for call in self.calls
            if call.method == method.lower() and params.items() <= call.params.items()
        ]  # fmt: skip

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"].lower()
        if request.match_info["token"] != self.token:
            known = ":" in request.match_info["token"]  # it has the form of a token
            return _response(_refused(Refusal(401, "Unauthorized") if known else Refusal(404, "Not Found")))
        if name not in TABLE:
            self.violations.append(f"{name}: no such method in the table")
            return _response(_refused(Refusal(404, "Not Found: method not found")))
        behaviour = TABLE[name]
        params = await self._params(request, behaviour)
        fault = next((fault for fault in self.faults if fault.hits(name, params)), None)
        if fault:
            fault.times -= 1
        reply = await self._reply(behaviour, params, fault)
        call = self._note(name, params, reply)
        if self.latency and name != "getupdates":
            await asyncio.sleep(self.latency)  # the way back
        if reply is None and request.transport:
            request.transport.abort()
        call.answered = asyncio.get_running_loop().time()
        return _response(reply or {"ok": False, "error_code": 500})

    async def _file(self, request: web.Request) -> web.Response:
        """https://core.telegram.org/bots/api#getfile"""
        content = self.files.get(request.match_info["id"])
        if request.match_info["token"] != self.token or content is None:
            return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)
        return web.Response(body=content)

    async def _params(self, request: web.Request, behaviour: Behaviour) -> Json:
        """The parameters in any of the ways of https://core.telegram.org/bots/api#making-requests"""
        if request.content_type == "application/json":
            params: Json = await request.json() if request.can_read_body else {}
        else:
            form = {key: self._part(value) for key, value in (await request.post()).items()}
            params = oracle.from_form(behaviour.method, {**request.query, **form})
        chat = str(params.get("chat_id", ""))
        return {**params, "chat_id": int(chat)} if chat.lstrip("-").isdigit() else params

    def _part(self, value: str | bytearray | web.FileField) -> str:
        """A part of a form; of a file, which is kept, the name."""
        if not isinstance(value, web.FileField):
            return str(value)
        self.files[value.filename] = value.file.read()
        return value.filename

    def _note(self, name: str, params: Json, reply: Json | None) -> Call:
        call = Call(name, params, reply, asyncio.get_running_loop().time())
        self.calls.append(call)
        self.on_call(call)
        self.bell.ring()
        return call

    async def _reply(self, behaviour: Behaviour, params: Json, fault: Fault | None) -> Json | None:
        """What the call is told; None: nothing, the connection breaks."""
        if fault and fault.refusal:
            return _refused(fault.refusal)
        if fault and not fault.late:
            return None
        reply = await self.call(behaviour, params)
        return None if fault else reply

    async def call(self, behaviour: Behaviour, params: Json) -> Json:
        """Judge the call, do it, judge the reply."""
        name = behaviour.method.__api_method__
        wrong = oracle.problems_of_call(behaviour.method, params)
        try:
            if wrong:
                self.violations += wrong
                raise Refusal(400, f"Bad Request: {wrong[0]}")
            behaviour.check(params)
            result = behaviour.act(self, params)
            reply = {"ok": True, "result": await result if inspect.isawaitable(result) else result}
        except Refusal as refusal:
            self.refusals.append(f"{name}: {refusal.description}")
            return _refused(refusal)
        self.violations += oracle.problems_of_reply(behaviour.method, reply)
        return reply

    async def _answered(self, reply: Json) -> None:
        """A call in the body of a webhook's reply: https://core.telegram.org/bots/api#making-requests-when-getting-updates"""
        name = str(reply.pop("method")).lower()
        if name not in TABLE:
            self.violations.append(f"{name}: no such method in the table")
            return
        self._note(name, reply, await self.call(TABLE[name], reply))


def _refused(refusal: Refusal) -> Json:
    reply: Json = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    return {**reply, "parameters": refusal.parameters} if refusal.parameters else reply


def _response(reply: Json) -> web.Response:
    return web.json_response(reply, status=reply.get("error_code", 200))
