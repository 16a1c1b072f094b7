"""Who writes too fast is told to wait, once; the bucket is in the database, and danger is heard at any time."""

from __future__ import annotations

from pathlib import Path

import pytest

from .api import Server
from .harness import BotProcess, write_config
from .people import Person

CRY = "cuu voi, nha dang chay lon"
FULL = "em nghỉ trả lời 10 phút"

pytestmark = pytest.mark.parametrize("mode", ["polling"])


@pytest.fixture
def config(server: Server, mode: str, tmp_path: Path) -> Path:
    path = write_config(tmp_path, server, mode)
    text = path.read_text(encoding="utf-8")
    assert "limits: {burst: 0}" in text
    path.write_text(text.replace("limits: {burst: 0}", "limits: {burst: 5, minute: 6}"), encoding="utf-8")
    return path


def flood(citizen: Person, times: int) -> None:
    for number in range(times):
        citizen.say(f"câu số {number}")


async def test_a_flood_is_told_once_and_a_cry_for_help_is_heard(bot: BotProcess, citizen: Person):
    flood(citizen, 7)
    await citizen.expect(FULL)
    answered = len(citizen.shown())

    citizen.say(CRY)
    await citizen.expect("114")
    citizen.say("câu số 8")
    citizen.say(CRY)
    await citizen.expect("114")

    assert answered == 6
    assert len(citizen.shown()) == 8
    assert sum(FULL in text for text in citizen.shown()) == 1


async def test_a_restart_does_not_fill_the_bucket(server: Server, idle_bot: BotProcess, citizen: Person):
    await idle_bot.start()
    flood(citizen, 4)
    await server.bell.until(lambda: len(citizen.shown()) == 4, 10)
    await idle_bot.killed()

    await idle_bot.start()  # within the forty seconds in which four more would be free
    flood(citizen, 5)

    await citizen.expect(FULL)
