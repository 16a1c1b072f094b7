"""A question that nobody answers, through restarts: an apology, once, and after days an honest end."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from .api import Server
from .errands import asked
from .harness import ADMIN, COLLABORATORS, BotProcess
from .people import Person


@pytest.mark.parametrize("mode", ["polling"])
async def test_who_waits_in_vain_reads_an_apology_and_after_days_where_else_to_ask(
    server: Server, idle_bot: BotProcess, citizen: Person
):
    admin, lan = Person(server, id=ADMIN), Person(server, server.world.chats[COLLABORATORS])
    await idle_bot.start()
    question = await asked(citizen)
    await lan.expect(question["text"])
    assert await idle_bot.stop() == 0
    let_pass(idle_bot.database, "case-late")

    await idle_bot.start()
    late = await citizen.expect("Xin lỗi anh/chị", "vẫn giữ câu này", "1022")
    assert await idle_bot.stop() == 0
    let_pass(idle_bot.database, "case-expired")
    await idle_bot.start()
    over = await citizen.expect("vẫn chưa có ai trả lời được", "1022")
    await admin.expect("không ai trả lời")
    await lan.expect("quá hạn")

    for told in (late, over):
        assert told["reply_to_message"]["message_id"] == question["message_id"]
    assert sum("Xin lỗi" in text for text in citizen.shown()) == 2
    assert await idle_bot.stop() == 0


def let_pass(database: Path, kind: str) -> None:
    """What is to happen at the end of a time is due: the process has the real clock, so its rows move instead."""
    with closing(sqlite3.connect(database)) as rows, rows:
        moved = rows.execute("update timers set due = 1000000000 where kind = ?", (kind,))
        assert moved.rowcount == 1
