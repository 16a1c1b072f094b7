"""What becomes of the bot in groups is told to the admins in words: what happened, what does not work, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.base.model import Base
from bot.matching.matcher import Matcher
from bot.messages import Address, Incoming, Kind, Outgoing, Standing
from tests.stage import ADMIN, VOLUNTEERS, Stage

HERE = Address("telegram", str(ADMIN))
ELSEWHERE = Address("telegram", "-88")
WELL = Standing(speaks=True, hears=True, forum=True, opens=True)


@pytest.fixture
def stage(base: Base, matcher: Matcher, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(base, tmp_path / "bot.db", matcher=matcher, topics="field", admins=(ADMIN, ADMIN + 1))
    yield stage
    stage.storage.close()


def happens(stage: Stage, kind: Kind, chat: Address = VOLUNTEERS, user: int = 5) -> list[Outgoing]:
    return stage.feed(Incoming("", chat, kind, "Xóm *Một*", user=user, group=True, successor="-100500"))


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (WELL, ["ổn"]),
        (replace(WELL, hears=False), ["trả lời"]),
        (replace(WELL, speaks=False), ["quyền gửi tin"]),
        (replace(WELL, forum=False), ["chưa bật Chủ đề"]),
        (replace(WELL, opens=False), ["Quản lý chủ đề"]),
        (replace(WELL, forum=False, opens=False), ["chưa bật Chủ đề"]),
        (replace(WELL, hears=False, opens=False), ["trả lời", "Quản lý chủ đề"]),
        (None, ["không ở trong nhóm"]),
    ],
)
@pytest.mark.parametrize("kind", ["joined", "promoted", "demoted"])
def test_whatever_changes_in_the_group_all_admins_hear_what_does_not_work(
    kind: Kind, standing: Standing | None, said: list[str], stage: Stage
) -> None:
    stage.standing = standing

    happens(stage, kind)

    title, *lines = stage.chat(HERE).text.splitlines()
    assert "nhóm cộng tác viên" in title
    assert len(lines) == len(said)
    assert all(words in line for words, line in zip(said, lines, strict=True))
    assert stage.chat(Address("telegram", str(ADMIN + 1))).text == stage.chat(HERE).text


def test_without_topics_wanted_nobody_is_told_to_turn_them_on(base: Base, matcher: Matcher, tmp_path: Path) -> None:
    stage = Stage(base, tmp_path / "bot.db", matcher=matcher)
    stage.standing = Standing(speaks=True, hears=True, forum=False, opens=False)

    happens(stage, "joined")

    assert "ổn" in stage.chat(HERE).text
    stage.storage.close()


def test_the_status_tells_it_to_who_asked(stage: Stage) -> None:
    stage.standing = replace(WELL, hears=False)

    stage.feed(Incoming("", HERE, text="/status", user=ADMIN))

    assert "trả lời" in stage.chat(HERE).text
    assert stage.chat(Address("telegram", str(ADMIN + 1))).messages == {}


def test_where_all_is_well_the_status_has_no_more_to_say(stage: Stage) -> None:
    stage.feed(Incoming("", HERE, text="/status", user=ADMIN))

    assert len(stage.chat(HERE).messages) == 1


def test_a_bot_without_a_group_has_nothing_to_look_at(base: Base, matcher: Matcher, tmp_path: Path) -> None:
    stage = Stage(base, tmp_path / "bot.db", matcher=matcher, reachable=False)

    stage.feed(Incoming("", HERE, text="/status", user=ADMIN))

    assert len(stage.chat(HERE).messages) == 1
    stage.storage.close()


@pytest.mark.parametrize(("kind", "said"), [("removed", "thêm bot lại"), ("migrated", "-100500")])
def test_a_group_that_is_lost_or_another_is_told(kind: Kind, said: str, stage: Stage) -> None:
    happens(stage, kind)

    assert said in stage.chat(HERE).text


def test_after_the_group_became_another_that_one_is_watched(stage: Stage) -> None:
    happens(stage, "migrated")

    happens(stage, "removed", Address("telegram", "-100500"))

    assert "thêm bot lại" in stage.chat(HERE).text


@pytest.mark.parametrize("kind", ["promoted", "demoted", "removed", "migrated"])
def test_what_happens_in_other_groups_is_nobodys_business(kind: Kind, stage: Stage) -> None:
    assert happens(stage, kind, ELSEWHERE, ADMIN) == []


def test_only_an_admin_who_adds_the_bot_elsewhere_is_told_the_number_of_that_group(stage: Stage) -> None:
    strangers = happens(stage, "joined", ELSEWHERE)

    happens(stage, "joined", ELSEWHERE, ADMIN)

    assert strangers == []
    assert "“Xóm *Một*”, số id -88" in stage.chat(HERE).text
    assert stage.chat(Address("telegram", str(ADMIN + 1))).messages == {}
