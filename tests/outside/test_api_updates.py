"""How updates reach the bot, and what goes wrong on purpose."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from .api import Server
from .behaviours import TABLE
from .client import Client
from .people import Person
from .world import Json, Refusal

# Receiving by long polling


async def test_updates_stay_until_the_offset_passes_them(client: Client, citizen: Person):
    citizen.say("một")
    citizen.say("hai")

    first = (await client("getUpdates", limit=1))["result"]
    again = (await client("getUpdates"))["result"]
    rest = (await client("getUpdates", offset=first[0]["update_id"] + 1))["result"]
    none = (await client("getUpdates", offset=rest[0]["update_id"] + 1))["result"]

    assert [u["message"]["text"] for u in first] == ["một"]
    assert [u["message"]["text"] for u in again] == ["một", "hai"]
    assert [u["message"]["text"] for u in rest] == ["hai"]
    assert none == []


async def test_at_most_a_hundred_updates_come_at_once(client: Client, citizen: Person):
    for number in range(101):
        citizen.say(f"câu {number}")

    assert len((await client("getUpdates"))["result"]) == 100
    assert (await client("getUpdates", limit=101))["error_code"] == 400


async def test_a_poll_waits_for_an_update(client: Client, server: Server, citizen: Person):
    poll = asyncio.create_task(client("getUpdates", timeout=30))
    await server.bell.until(lambda: server.updates.polls, 5)

    citizen.say("một")

    assert len((await poll)["result"]) == 1


async def test_of_two_polls_the_older_ends_with_a_conflict(client: Client, server: Server):
    poll = asyncio.create_task(client("getUpdates", timeout=30))
    await server.bell.until(lambda: server.updates.polls, 5)

    await client("getUpdates")

    assert (await poll)["error_code"] == 409


async def test_only_the_allowed_updates_come(client: Client, citizen: Person):
    await client("getUpdates", allowed_updates=["callback_query"])
    citizen.say("một")
    citizen.tap_data("m", under=(await client("sendMessage", chat_id=citizen.chat.id, text="Dạ"))["result"])

    updates = (await client("getUpdates"))["result"]

    assert [u["callback_query"]["data"] for u in updates] == ["m"]


async def test_a_tap_can_be_answered_and_only_a_tap(client: Client, server: Server, citizen: Person):
    citizen.tap_data("m", under=(await client("sendMessage", chat_id=citizen.chat.id, text="Dạ"))["result"])
    (tap,) = (await client("getUpdates"))["result"]

    assert (await client("answerCallbackQuery", callback_query_id=tap["callback_query"]["id"]))["ok"]
    assert (await client("answerCallbackQuery", callback_query_id="1"))["error_code"] == 400
    assert list(server.world.taps.values()) == [True]


# Receiving by webhook


@pytest.fixture
async def hook() -> AsyncIterator[tuple[str, list[web.Request], list[web.Response]]]:
    """A webhook that notes the requests and gives the replies in the list, else 200."""
    requests: list[web.Request] = []
    replies: list[web.Response] = []

    async def take(request: web.Request) -> web.Response:
        await request.read()
        requests.append(request)
        return replies.pop(0) if replies else web.Response()

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook", requests, replies
    await runner.cleanup()


Hook = tuple[str, list[web.Request], list[web.Response]]


async def test_the_webhook_gets_each_update_until_it_takes_it(
    client: Client, server: Server, citizen: Person, hook: Hook
):
    url, requests, replies = hook
    replies += [web.Response(status=500), web.Response(status=404)]
    citizen.say("một")

    await client("setWebhook", url=url, secret_token="s3cret")
    await server.bell.until(lambda: not server.updates.waiting, 5)

    assert [r.headers["X-Telegram-Bot-Api-Secret-Token"] for r in requests] == ["s3cret"] * 3
    assert server.updates.rejected == [500, 404]
    assert (await client("getUpdates"))["error_code"] == 409
    assert (await client("getWebhookInfo"))["result"]["url"] == url


async def test_a_webhook_may_reply_with_a_call(client: Client, server: Server, citizen: Person, hook: Hook):
    url, _, replies = hook
    replies.append(web.json_response({"method": "sendMessage", "chat_id": citizen.chat.id, "text": "Dạ"}))
    await client("setWebhook", url=url)

    citizen.say("một")

    await citizen.expect("Dạ")


async def test_a_deleted_webhook_gets_nothing(client: Client, server: Server, citizen: Person, hook: Hook):
    url, requests, _ = hook
    await client("setWebhook", url=url)
    await client("deleteWebhook")

    citizen.say("một")

    assert len((await client("getUpdates"))["result"]) == 1
    assert requests == []


@pytest.mark.parametrize("secret", ["", "có dấu", "x" * 257])
async def test_a_bad_secret_is_refused(client: Client, secret: str):
    reply = await client("setWebhook", url="http://127.0.0.1:1/", secret_token=secret)

    assert reply["error_code"] == 400


# Faults


async def test_faults_hit_as_often_as_they_should(client: Client, server: Server, citizen: Person):
    server.fail("sendMessage", Refusal(429, "Too Many Requests: retry after 3", retry_after=3))
    here: Json = {"chat_id": citizen.chat.id, "text": "Dạ"}

    slower = await client("sendMessage", **here)
    sent = await client("sendMessage", **here)

    assert (slower["error_code"], slower["parameters"]) == (429, {"retry_after": 3})
    assert sent["ok"]


@pytest.mark.parametrize(("late", "shown"), [(False, []), (True, ["Dạ"])])
async def test_a_connection_breaks_before_or_after_the_effect(
    client: Client, server: Server, citizen: Person, late: bool, shown: list[str]
):
    server.drop("sendMessage", late=late)

    with pytest.raises(aiohttp.ClientError):
        await client("sendMessage", chat_id=citizen.chat.id, text="Dạ")

    assert citizen.shown() == shown


async def test_blocked_and_migrated_chats_say_so(client: Client, server: Server, citizen: Person):
    group = server.world.open(-77, "group", "Cộng tác viên")
    member = Person(server, group)
    citizen.block()
    new = member.upgrade()

    blocked = await client("sendMessage", chat_id=citizen.chat.id, text="Dạ")
    moved = await client("sendMessage", chat_id=-77, text="Dạ")

    assert blocked["error_code"] == 403
    assert moved["parameters"] == {"migrate_to_chat_id": new.id}
    assert (await client("sendMessage", chat_id=new.id, text="Dạ"))["ok"]


# Groups


async def test_in_a_group_the_bot_hears_commands_and_replies_to_it(client: Client, server: Server):
    member = Person(server, server.world.open(-77, "group", "Cộng tác viên"))
    mine = (await client("sendMessage", chat_id=-77, text="Câu hỏi"))["result"]

    member.say("nói chuyện riêng")
    member.say("/status")
    member.reply_to(mine, "trả lời")

    updates = (await client("getUpdates"))["result"]
    assert [u["message"]["text"] for u in updates] == ["/status", "trả lời"]


def test_every_row_cites_its_page():
    for name, row in TABLE.items():
        assert row.page.rpartition("#")[2] == name
