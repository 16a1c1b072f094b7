"""kill -9 at random moments: every message is answered, decided once, and only what was in flight may repeat."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from .harness import COLLABORATORS, a_server
from .ordeal import MESSAGES, PEOPLE, live_through

SEED = 2026


async def test_a_kill_at_any_moment_loses_nothing_and_decides_nothing_twice(
    tmp_path: Path, mode: str, capsys: pytest.CaptureFixture[str]
):
    folders = [tmp_path / name for name in ("calm", "killed")]
    days = []
    for folder, kills in zip(folders, (None, Random(SEED)), strict=True):
        folder.mkdir()
        async with a_server() as server:
            days.append(await live_through(folder, server, mode, kills))
    calm, killed = days

    with capsys.disabled():
        print(
            f"\n  {mode}: {PEOPLE * MESSAGES} messages, {len(killed.kills)} kills, {killed.in_flight} sends in flight, "
            f"{len(killed.repeats)} repeated"
        )
    assert len(killed.kills) >= 4
    assert sorted(killed.answers.pop(COLLABORATORS)) == sorted(calm.answers.pop(COLLABORATORS))
    assert killed.answers == calm.answers
    assert all(len(answers) == MESSAGES + 1 for answers in calm.answers.values())
    assert len(calm.rows["updates"]) == PEOPLE * (MESSAGES + 1)
    assert killed.rows == calm.rows
    assert calm.repeats == []
    assert [repeat for repeat in killed.repeats if not killed.excused(*repeat)] == []
