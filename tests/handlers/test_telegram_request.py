"""The request backend, against a server of our own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from telegram import Bot, InputFile
from telegram.error import BadRequest, NetworkError, TimedOut

from handlers.telegram.request import AiohttpRequest

SCREEN = {"chat_id": 5, "text": "Đăng ký khai sinh", "reply_markup": {"inline_keyboard": [[{"text": "Có"}]]}}


class Api:
    """A Bot API of three methods that keeps what it was sent."""

    def __init__(self) -> None:
        self.bodies: list[object] = []
        self.types: list[str] = []
        self.peers: set[object] = set()
        self.silent = asyncio.Event()

    async def answer(self, request: web.Request) -> web.Response:
        self.types.append(request.content_type)
        self.peers.add(request.transport and request.transport.get_extra_info("peername"))
        match request.match_info["method"]:
            case "SendDocument":
                form = await request.post()
                document = form["document"]
                assert isinstance(document, web.FileField)
                self.bodies.append((form["caption"], document.filename, document.file.read()))
            case "GetUpdates":
                await self.silent.wait()
            case "SendPoll":
                return web.json_response({"ok": False, "description": "Bad Request: no"}, status=400)
            case _:
                self.bodies.append(await request.json())
        return web.json_response({"ok": True, "result": {"message_id": 1}})


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
async def bot(api: Api) -> AsyncIterator[Bot]:
    app = web.Application()
    app.router.add_post("/bot7:token/{method}", api.answer)
    request = AiohttpRequest()
    async with TestServer(app) as server:
        await request.initialize()
        await request.initialize()  # a bot with one backend for everything does so twice
        yield Bot("7:token", base_url=str(server.make_url("/bot")), request=request, get_updates_request=request)
        api.silent.set()
        await request.shutdown()
        await request.shutdown()


async def test_without_files_the_body_is_json_on_one_connection(bot: Bot, api: Api) -> None:
    for _ in range(3):
        assert await bot.do_api_request("SendMessage", api_kwargs=SCREEN) == {"message_id": 1}

    assert api.bodies == [SCREEN] * 3
    assert api.types == ["application/json"] * 3
    assert len(api.peers) == 1


async def test_half_a_character_does_not_stop_the_rest(bot: Bot, api: Api) -> None:
    await bot.do_api_request("SendMessage", api_kwargs={"text": "a\ud83d"})

    assert api.bodies == [{"text": "a?"}]


async def test_a_file_goes_as_a_form_with_its_vietnamese_name(bot: Bot, api: Api) -> None:
    document = InputFile(b"%PDF", filename="tờ khai.pdf", attach=False)

    await bot.do_api_request("SendDocument", api_kwargs={"caption": "Mẫu số 01", "document": document})

    assert api.bodies == [("Mẫu số 01", "tờ khai.pdf", b"%PDF")]
    assert api.types == ["multipart/form-data"]


async def test_a_refusal_is_the_librarys_error(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="No"):
        await bot.do_api_request("SendPoll")


async def test_silence_times_out_as_long_as_was_asked(bot: Bot) -> None:
    with pytest.raises(TimedOut):
        await bot.do_api_request("GetUpdates", read_timeout=0.01)


async def test_nobody_there_is_a_network_error_without_the_token() -> None:
    request = AiohttpRequest()
    bot = Bot("7:token", base_url=f"http://127.0.0.1:{unused_port()}/bot", request=request, get_updates_request=request)
    await request.initialize()

    with pytest.raises(NetworkError) as error:
        await bot.do_api_request("SendMessage")
    await request.shutdown()

    assert "token" not in str(error.value)


async def test_a_closed_backend_says_so() -> None:
    with pytest.raises(NetworkError, match="closed"):
        await AiohttpRequest().do_request("http://127.0.0.1/", "GET")
