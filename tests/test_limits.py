"""Too much of it: floods, the same text again and again, abuse; and who is heard all the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.base.model import Base
from bot.limits import MUTE, Rate
from bot.matching.matcher import Matcher
from bot.messages import Address, Incoming, Outgoing
from tests.stage import ADMIN, CITIZEN, VOLUNTEERS, Stage

RATE = Rate(burst=5, minute=6)  # one in ten seconds


@pytest.fixture
def stage(base: Base, matcher: Matcher, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(base, tmp_path / "bot.db", matcher=matcher, rate=RATE)
    yield stage
    stage.storage.close()


def say(stage: Stage, text: str, who: Address = CITIZEN, user: int | None = None) -> list[Outgoing]:
    return stage.feed(Incoming("", who, text=text, user=user, message=1, group=who == VOLUNTEERS))


def flood(stage: Stage, times: int, who: Address = CITIZEN, user: int | None = None) -> list[int]:
    """How many messages each of so many different texts sets off."""
    return [len(say(stage, f"câu số {number}", who, user)) for number in range(times)]


def test_a_flood_is_answered_as_long_as_the_bucket_lasts_and_told_once(stage: Stage) -> None:
    assert flood(stage, 8) == [1, 1, 1, 1, 1, 1, 0, 0]
    assert "em nghỉ trả lời 10 phút" in stage.chat().text
    assert "1022" in stage.chat().text


def test_a_restart_does_not_fill_the_bucket(stage: Stage) -> None:
    flood(stage, 4)
    stage.restart()
    assert flood(stage, 3) == [1, 1, 0]


def test_a_mute_ends_by_itself(stage: Stage) -> None:
    flood(stage, 8)
    stage.now += MUTE + timedelta(seconds=1)
    assert len(say(stage, "đăng ký kết hôn")) == 1
    assert "kết hôn" in stage.chat().text


def test_time_fills_the_bucket(stage: Stage) -> None:
    flood(stage, 5)
    stage.now += timedelta(seconds=10)
    assert flood(stage, 2) == [1, 1]
    assert "em nghỉ" in stage.chat().text


def test_a_cry_for_help_is_heard_through_any_mute(stage: Stage) -> None:
    flood(stage, 8)
    say(stage, "cuu voi nha dang chay lon qua")
    assert "114" in stage.chat().text


def test_who_works_here_is_not_counted(stage: Stage) -> None:
    assert 0 not in flood(stage, 9, Address("telegram", str(ADMIN)), ADMIN)


def test_one_chat_does_not_pay_for_another(stage: Stage) -> None:
    flood(stage, 8)
    assert flood(stage, 2, Address("telegram", "101"), 101) == [1, 1]


def test_the_same_text_is_answered_three_times_and_then_folded(stage: Stage) -> None:
    said = []
    for _ in range(6):
        stage.now += timedelta(seconds=20)
        said.append(len(say(stage, "mat the bhyt")))
    assert said == [1, 1, 1, 1, 0, 0]
    assert "Câu này em đã nhận" in stage.chat().text
    assert len(say(stage, "mat can cuoc")) == 1
    stage.now += timedelta(minutes=3)
    assert len(say(stage, "mat the bhyt")) == 1


def test_abuse_is_answered_calmly_once(stage: Stage) -> None:
    assert len(say(stage, "đồ ngu")) == 1
    assert "Em xin lỗi nếu làm anh/chị bực" in stage.chat().text
    assert say(stage, "bot dở") == []
    assert len(say(stage, "mất căn cước làm lại ở đâu")) == 1
    stage.now += timedelta(hours=1)
    assert len(say(stage, "trả lời ngu")) == 1


def test_buckets_are_forgotten_with_the_chat_and_by_themselves(stage: Stage) -> None:
    flood(stage, 2)
    flood(stage, 2, Address("telegram", "101"), 101)
    stage.storage.forget(CITIZEN, stage.now)
    assert [row[0] for row in stage.storage._db.execute("select chat from buckets")] == ["101"]
    stage.storage.purge(stage.now + timedelta(days=2))
    assert stage.storage._db.execute("select count(*) from buckets").fetchone() == (0,)


def test_the_same_word_answers_several_questions_of_a_walk(stage: Stage) -> None:
    stage.tap("g:birth")
    for _ in range(5):
        stage.now += timedelta(seconds=30)
        say(stage, "1")
        assert "Câu này em đã nhận" not in stage.chat().text
