"""Long polling confirms only what is committed."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from telegram import Bot
from telegram.error import TimedOut

from bot.press import Press
from handlers.telegram import TokenRevoked
from handlers.telegram.channel import TelegramChannel
from handlers.telegram.polling import Poller

if TYPE_CHECKING:
    from tests.handlers.conftest import Clock, DeskDouble, Wire

END = asyncio.CancelledError()  # as if the bot were stopped during the call


def update(number: int) -> dict[str, object]:
    chat, person = {"id": 5, "type": "private"}, {"id": 5, "is_bot": False}
    return {"update_id": number, "message": {"message_id": 1, "chat": chat, "from": person, "text": f"câu {number}"}}


async def poll(bot: Bot, desk: DeskDouble, clock: Clock) -> None:
    """Receive until the wire is cut."""
    channel = TelegramChannel(bot, Press(Path()).make)
    with pytest.raises(asyncio.CancelledError):
        await Poller(channel, desk, sleep=clock.sleep).run()
    await asyncio.sleep(0)
    await channel.aclose()


def offsets(wire: Wire) -> list[object]:
    return [call["offset"] for call in wire.sent("GetUpdates")]


async def test_each_batch_is_confirmed_by_the_next_question(
    telegram_bot: Bot, wire: Wire, desk: DeskDouble, clock: Clock
) -> None:
    wire.answers("GetUpdates", [update(70), update(71)], [], [update(72)], END)

    await poll(telegram_bot, desk, clock)

    assert offsets(wire) == [0, 72, 72, 73]
    assert [said.update for said in desk.committed] == ["70", "71", "72"]
    assert clock.pauses == []
    assert wire.sent("GetUpdates")[0]["allowed_updates"] == [
        "message", "edited_message", "callback_query", "inline_query", "my_chat_member",
    ]  # fmt: skip


async def test_what_was_not_committed_is_asked_for_again(
    telegram_bot: Bot, wire: Wire, desk: DeskDouble, clock: Clock
) -> None:
    desk.failing = {"71"}
    wire.answers("GetUpdates", [update(70), update(71), update(72)], [update(71), update(72)], END)

    await poll(telegram_bot, desk, clock)

    assert offsets(wire) == [0, 71, 73]
    assert [said.update for said in desk.committed] == ["70", "72", "71", "72"]
    assert clock.pauses == [0.5]


async def test_updates_nobody_serves_are_confirmed_too(
    telegram_bot: Bot, wire: Wire, desk: DeskDouble, clock: Clock
) -> None:
    wire.answers("GetUpdates", [{"update_id": 70, "poll": {}}, "odd", {}], END)

    await poll(telegram_bot, desk, clock)

    assert offsets(wire) == [0, 71]
    assert desk.committed == []


async def test_a_tap_is_answered_at_once(telegram_bot: Bot, wire: Wire, desk: DeskDouble, clock: Clock) -> None:
    tap = {"id": "4", "from": {"id": 5}, "data": "m", "message": {"message_id": 9, "chat": {"id": 5}}}
    wire.answers("GetUpdates", [{"update_id": 70, "callback_query": tap}], END)

    await poll(telegram_bot, desk, clock)

    assert wire.sent("AnswerCallbackQuery") == [{"callback_query_id": "4"}]
    assert [said.kind for said in desk.committed] == ["tap"]


async def test_network_trouble_pauses_longer_and_longer(
    telegram_bot: Bot, wire: Wire, desk: DeskDouble, clock: Clock
) -> None:
    wire.answers("GetUpdates", TimedOut(), TimedOut(), [], TimedOut())
    wire.fails("GetUpdates", 429, "Too Many Requests", retry_after=9)
    wire.answers("GetUpdates", END)

    await poll(telegram_bot, desk, clock)

    assert clock.pauses == [0.5, 1.0, 0.5, 9]


async def test_a_second_receiver_is_named_in_the_log(
    telegram_bot: Bot, wire: Wire, desk: DeskDouble, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    wire.fails("GetUpdates", 409, "Conflict: terminated by other getUpdates request")
    wire.answers("GetUpdates", END)

    await poll(telegram_bot, desk, clock)

    assert "another program receives the updates of this bot" in caplog.text


async def test_a_webhook_is_removed_first_and_that_is_said(
    telegram_bot: Bot, wire: Wire, desk: DeskDouble, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    wire.answers("GetWebhookInfo", TimedOut(), {"url": "https://old.example/hook"})
    wire.answers("GetUpdates", END)

    await poll(telegram_bot, desk, clock)

    assert [method for method, _ in wire.calls][2:] == ["DeleteWebhook", "GetUpdates"]
    assert "removing the webhook https://old.example/hook" in caplog.text


async def test_a_revoked_token_ends_it(telegram_bot: Bot, wire: Wire, desk: DeskDouble, clock: Clock) -> None:
    wire.fails("GetUpdates", 401, "Unauthorized")

    with pytest.raises(TokenRevoked):
        await Poller(TelegramChannel(telegram_bot, Press(Path()).make), desk, sleep=clock.sleep).run()
