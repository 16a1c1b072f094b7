"""What was asked and not answered, sent to an admin while the bot is running on its log."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from .api import Server
from .harness import ADMIN, ROOT, BotProcess, a_bot, write_config
from .people import Person


@pytest.fixture
async def bot(server: Server, mode: str, tmp_path: Path) -> AsyncIterator[BotProcess]:
    folder = tmp_path / "knowledge"
    shutil.copytree(ROOT / "tests" / "toy", folder)
    shutil.copytree(ROOT / "knowledge" / "texts", folder / "texts", dirs_exist_ok=True)
    async with a_bot(server, write_config(tmp_path, server, mode, knowledge=folder)) as bot:
        yield bot


async def test_an_admin_is_sent_the_gaps_and_a_picture_of_them(bot: BotProcess, server: Server, citizen: Person):
    admin = Person(server, id=ADMIN)
    citizen.say("nuôi chim yến có phải xin phép không")
    await citizen.expect("nuôi chim yến")

    for _ in range(2):
        admin.say("/gaps")
        await admin.expect("Em đang xem lại các câu hỏi")
        told = await admin.expect("Câu hỏi bot chưa trả lời được", "1. “nuôi chim yến có phải xin phép không”: 1 người")

    (photo,) = told["photo"]
    assert server.files[photo["file_id"]].startswith(b"\x89PNG")
