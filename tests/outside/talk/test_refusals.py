"""When Telegram refuses, nothing is lost and nobody else waits."""

from __future__ import annotations

import pytest

from bot.actions import Answer, Menu, OpenGroup

from ..api import Server
from ..errands import BIRTH
from ..people import Person
from ..world import Refusal

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_too_many_requests_delay_one_chat_and_no_other(citizen: Person, server: Server):
    other = Person(server)
    slow_down = Refusal(429, "Too Many Requests: retry after 1", retry_after=1)
    server.fail("sendMessage", slow_down, chat=citizen.chat.id)

    citizen.say("/menu")
    await server.bell.until(lambda: server.called("sendMessage", chat_id=citizen.chat.id), 5)
    other.say("/menu")
    await other.expect_button(OpenGroup)
    assert citizen.shown() == []

    await citizen.expect_button(OpenGroup)
    assert len(citizen.shown()) == 1


async def test_a_citizen_who_blocked_the_bot_is_served_again_when_back(citizen: Person, server: Server):
    citizen.say("/menu")
    await citizen.expect_button(Menu)
    blocked = Refusal(403, "Forbidden: bot was blocked by the user")
    server.fail("sendMessage", blocked, chat=citizen.chat.id)
    citizen.say("/help")
    await server.bell.until(lambda: len(server.called("sendMessage", chat_id=citizen.chat.id)) == 2, 5)

    citizen.unblock()
    citizen.say("/menu")

    await citizen.expect_button(OpenGroup)


async def test_a_refused_message_does_not_hold_up_the_next(citizen: Person, server: Server):
    server.fail("sendMessage", Refusal(400, "Bad Request: TOPIC_CLOSED"), chat=citizen.chat.id)

    citizen.say("/help")
    citizen.say("/menu")

    await citizen.expect_button(OpenGroup)
    assert len(citizen.shown()) == 1


async def test_markup_that_telegram_cannot_read_goes_out_as_plain_text(citizen: Person, server: Server):
    unreadable = Refusal(400, 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0')
    server.fail("sendMessage", unreadable, chat=citizen.chat.id)

    citizen.say(BIRTH)
    screen = await citizen.expect_button(Answer)

    assert "entities" not in screen
    assert "**" not in screen["text"]


async def test_an_edit_that_is_refused_becomes_a_new_message(citizen: Person, server: Server):
    citizen.say(BIRTH)
    first = await citizen.expect_button(Answer)
    citizen.world.remove(citizen.chat, citizen.chat.messages[first["message_id"]])

    citizen.tap(Answer, under=first)
    second = await citizen.expect_button(Answer)

    assert second["message_id"] > first["message_id"]
    assert server.refusals.pop() == "editMessageText: Bad Request: message to edit not found"


@pytest.mark.parametrize("late", [False, True])
async def test_a_broken_connection_loses_no_answer(citizen: Person, server: Server, late: bool):
    server.drop("sendMessage", chat=citizen.chat.id, late=late)

    citizen.say("/menu")
    await server.bell.until(lambda: len(server.called("sendMessage", chat_id=citizen.chat.id)) == 2, 10)

    assert len(citizen.shown()) == 1 + late


async def test_errors_of_the_server_lose_no_answer(citizen: Person, server: Server):
    server.fail("sendMessage", Refusal(500, "Internal Server Error"), chat=citizen.chat.id)
    server.fail("sendMessage", Refusal(502, "Bad Gateway"), chat=citizen.chat.id)

    citizen.say("/menu")

    await citizen.expect_button(OpenGroup)
