"""Choices for somebody who still writes are sent once, and no trouble with them is anybody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import Bot
from telegram.error import TimedOut

from bot.actions import Menu
from bot.messages import Address, Button, Found, Outgoing, Screen, Sent
from handlers.telegram import TokenRevoked
from handlers.telegram.inline import MOST, InlineChannel

if TYPE_CHECKING:
    from tests.handlers.conftest import Wire

QUERY = Address("telegram-inline", "77")
ABOVE = Screen("", ((Button("Hỏi riêng", "start:menu"),),))
CARD = Screen("**Phí** < 8.000 đ", ((Button("Mở", "start:p_birth"),),))
CHOICES = Outgoing(QUERY, ABOVE, found=(Found("p_birth", "Khai sinh", "Cho bé mới sinh", CARD),), transient=True)


async def test_choices_are_articles_that_open_the_bot(telegram_bot: Bot, wire: Wire) -> None:
    assert await InlineChannel(telegram_bot).send(CHOICES) == Sent()

    content = {
        "message_text": "<b>Phí</b> &lt; 8.000 đ",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    opens = [[{"text": "Mở", "url": "https://t.me/thu_tuc_bot?start=p_birth"}]]
    article = {
        "type": "article", "id": "p_birth", "title": "Khai sinh", "description": "Cho bé mới sinh",
        "input_message_content": content, "reply_markup": {"inline_keyboard": opens},
    }  # fmt: skip
    assert wire.calls == [
        (
            "AnswerInlineQuery",
            {
                "inline_query_id": "77",
                "results": [article],
                "cache_time": 300,
                "is_personal": False,
                "button": {"text": "Hỏi riêng", "start_parameter": "menu"},
            },
        )
    ]


async def test_there_are_no_more_choices_than_one_reads(telegram_bot: Bot, wire: Wire) -> None:
    many = tuple(Found(f"p_{number}", "a", "b", Screen("c", ((Button("m", Menu()),),))) for number in range(60))

    await InlineChannel(telegram_bot).send(Outgoing(QUERY, found=many))

    (call,) = wire.sent("AnswerInlineQuery")
    assert isinstance(call["results"], list)
    assert len(call["results"]) == MOST
    assert "button" not in call


@pytest.mark.parametrize(
    ("status", "description"),
    [
        (400, "Bad Request: query is too old and response timeout expired or query ID is invalid"),
        (400, "Bad Request: RESULT_ID_DUPLICATE"),
        (403, "Forbidden: bot was blocked"),
        (409, "Conflict: another"),
        (429, "Too Many Requests: retry after 17"),
        (502, "Bad Gateway"),
    ],
)
async def test_choices_that_come_too_late_or_not_at_all_are_not_tried_again(
    telegram_bot: Bot, wire: Wire, status: int, description: str
) -> None:
    wire.fails("AnswerInlineQuery", status, description, **({"retry_after": 17} if status == 429 else {}))

    assert await InlineChannel(telegram_bot).send(CHOICES) == Sent()
    assert len(wire.calls) == 1


async def test_a_network_that_is_down_is_not_waited_for(telegram_bot: Bot, wire: Wire) -> None:
    wire.answers("AnswerInlineQuery", TimedOut())

    assert await InlineChannel(telegram_bot).send(CHOICES) == Sent()


async def test_a_revoked_token_is_said_plainly(telegram_bot: Bot, wire: Wire) -> None:
    wire.fails("AnswerInlineQuery", 401, "Unauthorized")

    with pytest.raises(TokenRevoked):
        await InlineChannel(telegram_bot).send(CHOICES)
