"""The entry as a whole, against a Bot API of our own: a question comes in, its answer goes out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer, unused_port

from bot.messages import Delivery, Incoming, Outcome, Outgoing, Screen, Sent
from bot.press import Press
from handlers.delivery import Dispatcher
from handlers.telegram import BadToken, TelegramSettings, serve

if TYPE_CHECKING:
    from tests.handlers.conftest import Clock, DeskDouble

CHAT, PERSON = {"id": 5, "type": "private"}, {"id": 5, "is_bot": False}
QUESTION = {"update_id": 70, "message": {"message_id": 1, "chat": CHAT, "from": PERSON, "text": "khai sinh"}}
COMMANDS = {"vi": {"help": "Trợ giúp"}}
MAKE = Press(Path()).make


class Api:
    """A Bot API with one question to give; knows one token, after failing once as networks do."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.sent: asyncio.Queue[str] = asyncio.Queue()
        self.updates: list[object] = [QUESTION]
        self.hooked = asyncio.Event()

    async def answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        self.calls.append(method)
        if request.match_info["token"] != "7:token":
            return web.json_response({"ok": False, "description": "Unauthorized"}, status=401)
        if len(self.calls) == 1:
            return web.Response(status=502)
        return web.json_response({"ok": True, "result": await self._result(method, await request.json())})

    async def _result(self, method: str, data: dict[str, object]) -> object:
        match method:
            case "getMe":
                return {"id": 7, "is_bot": True, "first_name": "Thủ tục", "username": "thu_tuc_bot"}
            case "GetUpdates" if not self.updates:
                await asyncio.Event().wait()
            case "GetUpdates":
                return [self.updates.pop()]
            case "SendMessage":
                self.sent.put_nowait(str(data["text"]))
                return {"message_id": 2}
            case "SetWebhook":
                self.hooked.set()
        return True


class Echo:
    """A desk that answers with what it was told, through the dispatcher."""

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []
        self.dispatcher = Dispatcher({}, self.report)

    def report(self, _: Delivery, outcome: Outcome) -> None:
        self.outcomes.append(outcome)

    async def submit(self, incoming: Incoming) -> None:
        self.dispatcher.deliver([Delivery(1, Outgoing(incoming.sender, Screen(f"**{incoming.text}**")))])


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
async def api_url(api: Api) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", api.answer)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")


async def stop(serving: asyncio.Task[None]) -> None:
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving


async def test_polling_from_question_to_answer(api: Api, api_url: str, clock: Clock) -> None:
    desk = Echo()
    settings = TelegramSettings("7:token", api_url)
    serving = asyncio.create_task(serve(settings, desk, desk.dispatcher, COMMANDS, MAKE, sleep=clock.sleep))

    said = await asyncio.wait_for(api.sent.get(), 5)
    await stop(serving)

    assert said == "<b>khai sinh</b>"
    assert desk.outcomes == [Sent(2)]
    assert api.calls[:4] == ["getMe", "getMe", "SetMyCommands", "GetWebhookInfo"]
    assert clock.pauses == [0.5]


async def test_webhook_from_question_to_answer(api: Api, api_url: str, clock: Clock) -> None:
    desk, port = Echo(), unused_port()
    settings = TelegramSettings("7:token", api_url, "webhook", port=port, url="https://bot.example", secret="s3cret")
    serving = asyncio.create_task(serve(settings, desk, desk.dispatcher, COMMANDS, MAKE, sleep=clock.sleep))
    await asyncio.wait_for(api.hooked.wait(), 5)

    headers = {"X-Telegram-Bot-Api-Secret-Token": "s3cret"}
    async with ClientSession() as telegram:
        answer = await telegram.post(f"http://127.0.0.1:{port}/telegram", data=json.dumps(QUESTION), headers=headers)
    said = await asyncio.wait_for(api.sent.get(), 5)
    await stop(serving)

    assert answer.status == 200
    assert said == "<b>khai sinh</b>"


@pytest.mark.parametrize("token", ["7:wrong", ""])
async def test_a_wrong_token_is_said_at_once(api_url: str, desk: DeskDouble, token: str) -> None:
    with pytest.raises(BadToken, match="BotFather"):
        await serve(
            TelegramSettings(token, api_url), desk, Dispatcher({}, lambda *_: None), COMMANDS, Press(Path()).make
        )


def test_settings_keep_their_secrets_out_of_the_log() -> None:
    shown = repr(TelegramSettings("7:token", secret="s3cret"))

    assert "7:token" not in shown
    assert "s3cret" not in shown
