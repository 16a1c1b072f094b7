"""The webhook says 200 only to Telegram, and only after the commit."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
from aiohttp.test_utils import TestClient, TestServer
from telegram import Bot
from telegram.error import TimedOut

from handlers.telegram import BadWebhook, TelegramSettings
from handlers.telegram.webhook import BODY_LIMIT, application, register, serve

if TYPE_CHECKING:
    from aiohttp.web import Application, Request

    from tests.handlers.conftest import Clock, DeskDouble, Wire

    Client = TestClient[Request, Application]

PERSON, CHAT = {"id": 5, "is_bot": False}, {"id": 5, "type": "private"}
MESSAGE = {"update_id": 70, "message": {"message_id": 1, "chat": CHAT, "from": PERSON, "text": "xin chào"}}
TAP = {"update_id": 71, "callback_query": {"id": "4", "from": PERSON, "data": "m", "message": {"chat": CHAT}}}
KEY = {"X-Telegram-Bot-Api-Secret-Token": "s3cret"}
SETTINGS = TelegramSettings("7:token", mode="webhook", url="https://bot.example/telegram", secret="s3cret")


@pytest.fixture
async def client(desk: DeskDouble) -> AsyncIterator[Client]:
    async with TestClient(TestServer(application(desk, "/telegram", "s3cret"))) as client:
        yield client


async def test_an_update_is_confirmed_when_committed(client: Client, desk: DeskDouble) -> None:
    answer = await client.post("/telegram", json=MESSAGE, headers=KEY)

    assert answer.status == 200
    assert await answer.read() == b""
    assert [said.text for said in desk.committed] == ["xin chào"]


async def test_a_failed_commit_makes_telegram_send_it_again(client: Client, desk: DeskDouble) -> None:
    desk.failing = {"70"}

    first = await client.post("/telegram", json=MESSAGE, headers=KEY)
    second = await client.post("/telegram", json=MESSAGE, headers=KEY)

    assert (first.status, second.status) == (500, 200)
    assert len(desk.committed) == 1


async def test_a_tap_is_acknowledged_in_the_answer(client: Client, desk: DeskDouble) -> None:
    answer = await client.post("/telegram", json=TAP, headers=KEY)

    assert await answer.json() == {"method": "answerCallbackQuery", "callback_query_id": "4"}
    assert [said.kind for said in desk.committed] == ["tap"]


@pytest.mark.parametrize("key", [None, "", "s3cre", "s3crett", "bí mật"])
async def test_nobody_without_the_secret_is_heard(client: Client, desk: DeskDouble, key: str | None) -> None:
    headers = {} if key is None else {"X-Telegram-Bot-Api-Secret-Token": key}

    answer = await client.post("/telegram", json=MESSAGE, headers=headers)

    assert answer.status == 403
    assert desk.committed == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"[" * 100_000])
async def test_what_is_not_an_update_is_refused(client: Client, body: bytes) -> None:
    answer = await client.post("/telegram", data=body, headers=KEY)

    assert answer.status == 400


async def test_a_body_over_the_limit_is_refused(client: Client) -> None:
    answer = await client.post("/telegram", data=b" " * (BODY_LIMIT + 1), headers=KEY)

    assert answer.status == 413


async def test_updates_nobody_serves_are_confirmed(client: Client) -> None:
    answer = await client.post("/telegram", data=json.dumps({"update_id": 1, "poll": {}}), headers=KEY)

    assert answer.status == 200


async def test_telegram_is_told_where_to_send(telegram_bot: Bot, wire: Wire, clock: Clock) -> None:
    wire.answers("SetWebhook", TimedOut())
    wire.fails("SetWebhook", 429, "Too Many Requests", retry_after=3)

    await register(telegram_bot, SETTINGS, sleep=clock.sleep)

    assert clock.pauses == [0.5, 3]
    assert wire.sent("SetWebhook")[-1] == {
        "url": "https://bot.example/telegram",
        "secret_token": "s3cret",
        "allowed_updates": ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"],
        "max_connections": 100,
    }


async def test_an_address_telegram_refuses_is_the_operators_matter(telegram_bot: Bot, wire: Wire) -> None:
    wire.fails("SetWebhook", 400, "Bad Request: bad webhook: HTTPS url must be provided")

    with pytest.raises(BadWebhook, match=r"bot\.example.*https url must be provided"):
        await register(telegram_bot, SETTINGS)


async def test_no_webhook_without_a_secret(telegram_bot: Bot, desk: DeskDouble) -> None:
    with pytest.raises(BadWebhook, match="secret"):
        await serve(telegram_bot, desk, TelegramSettings("7:token", mode="webhook"))
