"""The loop over HTTP: an answer of a person becomes what the bot itself answers, and outlives a kill."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.actions import Await, Judge, OpenSuggestion, Teach, TeachAbout, TeachAs

from .api import Server
from .errands import offered
from .harness import ADMIN, COLLABORATORS, OTHER_ADMIN, ROOT, BotProcess, a_bot, write_config
from .people import Person

ASKED = "trong chuồng có thêm con nghé thì khai ở mô"
AGAIN = "nha em co them con nghe trong chuong thi khai o mo"
WITHIN = 30.0  # seconds in which a base is read and tried


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """The toy base, with all the sentences the bot says."""
    folder = tmp_path / "knowledge"
    shutil.copytree(ROOT / "tests" / "toy", folder)
    shutil.copytree(ROOT / "knowledge" / "texts", folder / "texts", dirs_exist_ok=True)
    return folder


@pytest.fixture
async def bot(server: Server, mode: str, tmp_path: Path, knowledge: Path) -> AsyncIterator[BotProcess]:
    async with a_bot(
        server, write_config(tmp_path, server, mode, knowledge=knowledge, admins=(ADMIN, OTHER_ADMIN))
    ) as bot:
        yield bot


async def test_what_a_person_answered_is_answered_by_the_bot_the_same_day(
    bot: BotProcess, server: Server, citizen: Person
):
    group = Person(server, server.world.chats[COLLABORATORS])
    alone, admin = Person(server, id=group.user["id"]), Person(server, id=ADMIN)
    Person(server, id=OTHER_ADMIN)  # is told too
    citizen.say(ASKED)
    await offered(citizen)
    citizen.tap("Đồng ý")
    await citizen.expect_button(Await)
    citizen.tap(Await)
    await citizen.expect("em báo anh/chị một lần")
    card = await group.expect(ASKED)
    group.reply_to(card, "Nghé thì khai như nuôi bò, tại xã.")
    await group.expect(having=lambda m: "Gửi" in str(m.get("reply_markup")))
    group.tap("Gửi")
    await citizen.expect("khai như nuôi bò")

    await group.expect_button(Teach)
    group.tap(Teach)
    await alone.expect_button(TeachAs)
    alone.tap(TeachAs)
    await alone.expect_button(TeachAbout)
    alone.tap("Việc khác")
    await alone.expect("gõ tên")
    alone.say("nuôi bò")
    await alone.expect_button(TeachAbout)
    alone.tap("Nuôi bò")
    await admin.expect_button(OpenSuggestion)
    admin.tap(OpenSuggestion)
    await admin.expect_button(Judge)
    admin.tap(Judge)
    await bot.killed()
    await bot.start()

    await admin.expect("Em đã học", within=WITHIN)
    await citizen.expect("Nay em đã có câu trả lời", within=WITHIN)
    other = Person(server)
    other.say(AGAIN)
    await other.expect("Nuôi bò")
    assert sum("Nay em đã có" in text for text in citizen.shown()) == 1
