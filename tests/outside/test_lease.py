"""A lease through restarts: who is silent is nudged, then the case is back in the queue, and nobody else is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from .api import Server
from .errands import asked
from .harness import COLLABORATORS, BotProcess
from .people import Person


@pytest.mark.parametrize("mode", ["polling"])
async def test_a_lease_that_ran_out_while_the_bot_was_down_frees_the_case(
    server: Server, idle_bot: BotProcess, citizen: Person
):
    lan, minh = (Person(server, server.world.chats[COLLABORATORS]) for _ in range(2))
    await idle_bot.start()
    question = await asked(citizen)
    await lan.expect(question["text"])
    lan.tap("Tôi trả lời")
    await citizen.expect("đã nhận câu hỏi")
    assert await idle_bot.stop() == 0
    before = citizen.shown()
    let_run_out(idle_bot.database)

    await idle_bot.start()
    free = await minh.expect(question["text"], "hoặc bấm “Tôi trả lời”")
    await minh.expect("trả về hàng đợi", lan.user["first_name"])
    minh.tap("Tôi trả lời", under=free)
    card = await minh.expect(f"{minh.user['first_name']} đang trả lời, giữ")
    minh.reply_to(card, "hai đều")
    await minh.expect("Bản nháp")
    minh.tap("Gửi")
    answer = await citizen.expect("hai đều")

    assert answer["reply_to_message"]["message_id"] == question["message_id"]
    assert citizen.shown()[: len(before)] == before
    assert len(citizen.shown()) == len(before) + 1
    assert not any("phút nữa" in text for text in lan.shown())
    assert await idle_bot.stop() == 0


@pytest.mark.parametrize("mode", ["polling"])
async def test_whoever_goes_on_after_the_nudge_keeps_the_case_through_a_restart(
    server: Server, idle_bot: BotProcess, citizen: Person
):
    lan = Person(server, server.world.chats[COLLABORATORS])
    await idle_bot.start()
    question = await asked(citizen)
    await lan.expect(question["text"])
    lan.tap("Tôi trả lời")
    card = await lan.expect("đang trả lời, giữ")
    assert await idle_bot.stop() == 0
    bring_forward(idle_bot.database, "nudge")

    await idle_bot.start()
    await lan.expect(lan.user["first_name"], "phút nữa thì trả về hàng đợi")
    lan.reply_to(card, "hai đều")
    await lan.expect("Bản nháp")
    lan.tap("Gửi")

    await citizen.expect("hai đều")
    assert not any("đã trả về hàng đợi" in text for text in lan.shown())
    assert await idle_bot.stop() == 0


def let_run_out(database: Path) -> None:
    """Half an hour of working time passes: the process has the real clock, so its rows move instead."""
    bring_forward(database, "nudge", "lease")
    with closing(sqlite3.connect(database)) as rows, rows:
        assert rows.execute("update cases set lease = 1000000000").rowcount == 1


def bring_forward(database: Path, *kinds: str) -> None:
    """The timers of these *kinds* have been due for long, in this order."""
    with closing(sqlite3.connect(database)) as rows, rows:
        for due, kind in enumerate(kinds, 1_000_000_000):
            assert rows.execute("update timers set due = ? where kind = ?", (due, kind)).rowcount == 1
