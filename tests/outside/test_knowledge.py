"""Knowledge that changes under a running bot: edited in its folder, or sent and approved by chat."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.actions import Approve, OpenProcedure, Propose

from .api import Server
from .harness import ADMIN, OTHER_ADMIN, ROOT, BotProcess, a_bot, write_config
from .people import Person

COW = "procedures/home/cow.yaml"
WITHIN = 20.0  # seconds: the folder is looked at every two, and read


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """The toy base, with all the sentences the bot says."""
    folder = tmp_path / "knowledge"
    shutil.copytree(ROOT / "tests" / "toy", folder)
    shutil.copytree(ROOT / "knowledge" / "texts", folder / "texts", dirs_exist_ok=True)
    return folder


@pytest.fixture
async def bot(server: Server, mode: str, tmp_path: Path, knowledge: Path) -> AsyncIterator[BotProcess]:
    async with a_bot(server, write_config(tmp_path, server, mode, knowledge=knowledge)) as bot:
        yield bot


@pytest.fixture
def admins(server: Server) -> tuple[Person, Person]:
    return Person(server, id=ADMIN), Person(server, id=OTHER_ADMIN)


def dearer(knowledge: Path) -> str:
    return (knowledge / COW).read_text(encoding="utf-8").replace("8.000 đ", "35.000 đ")


async def told(citizen: Person, fee: str) -> None:
    """Somebody asks for the fee, and is told this one."""
    citizen.say("/start p_cow")
    await citizen.expect_button(OpenProcedure)
    citizen.tap("Lệ phí")
    await citizen.expect(fee)


async def test_an_edit_in_the_folder_is_served_without_a_restart(
    bot: BotProcess, knowledge: Path, citizen: Person, admins: tuple[Person, Person]
):
    good = dearer(knowledge)
    (knowledge / COW).write_text(good.replace("35.000 đ", "nhiều"), encoding="utf-8")
    await admins[0].expect(f"{COW}:", within=WITHIN)
    await told(citizen, "8.000 đ")

    (knowledge / COW).write_text(good, encoding="utf-8")

    await admins[1].expect("Đã dùng kiến thức mới", within=WITHIN)
    await told(citizen, "35.000 đ")


async def test_a_file_sent_by_chat_is_published_by_two_and_outlives_a_kill(
    bot: BotProcess, knowledge: Path, citizen: Person, admins: tuple[Person, Person]
):
    author, approver = admins
    author.send_file("cow.yaml", dearer(knowledge).encode(), "theo nghị quyết mới")
    await author.expect("không có lỗi", within=WITHIN)
    author.tap(Propose)
    await approver.expect("theo nghị quyết mới")
    approver.tap(Approve)
    await author.expect("Đã công bố", within=WITHIN)

    await bot.killed()
    await bot.start()

    await told(citizen, "35.000 đ")
    approver.say("/rollback thử")
    await author.expect("Đã dùng kiến thức mới", within=WITHIN)
    await told(citizen, "8.000 đ")
