"""What a citizen tells the bot is never kept as told, and goes when they say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions import Consent, Why
from bot.messages import Address, Incoming
from tests.stage import CITIZEN, VOLUNTEERS, Stage

SECRETS = ["048123456789", "0905 123 456", "an.nguyen@gmail.com", "43A-123.45"]


def everything(stage: Stage) -> str:
    """Every cell of every table, as one text."""
    db = stage.storage._db
    tables = [row[0] for row in db.execute("select name from sqlite_master where type = 'table'")]
    return "\n".join(str(row) for table in tables for row in db.execute(f"select * from {table}"))


def ask_people(stage: Stage, text: str) -> None:
    """Ask the collaborators, with consent."""
    stage.tap("h:")
    stage.say(text)
    stage.tap("c:1:1")


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("kind", ["message", "edited", "attachment"])
def test_a_number_that_identifies_is_never_stored(secret: str, kind: str, stage: Stage) -> None:
    stage.feed(Incoming("", CITIZEN, kind, f"con bò số {secret} của tôi đi lạc", message=5))  # type: ignore[arg-type]
    assert secret not in everything(stage)
    assert "đi lạc" in everything(stage)


@pytest.mark.parametrize("secret", SECRETS)
def test_a_number_that_identifies_reaches_no_collaborator(secret: str, stage: Stage) -> None:
    ask_people(stage, f"số {secret} của tôi bị trùng")
    assert "bị trùng" in stage.chat(VOLUNTEERS).text
    assert secret not in stage.chat(VOLUNTEERS).text
    assert secret not in everything(stage)


def test_nothing_reaches_a_collaborator_without_consent(stage: Stage) -> None:
    stage.tap("h:")
    stage.say("con bò của tôi đi lạc")
    stage.tap("c:1:0")
    assert not stage.chat(VOLUNTEERS).messages


def test_nobody_consents_for_somebody_else(stage: Stage) -> None:
    stage.tap("h:")
    stage.say("con bò của tôi đi lạc")
    stage.feed(Incoming("", Address("telegram", "101"), "tap", action=Consent(1, given=True), message=5))
    assert not stage.chat(VOLUNTEERS).messages


def test_nobody_learns_why_somebody_else_was_answered(stage: Stage) -> None:
    stage.say("con tôi tên Tèo mới sinh cần làm giấy gì")
    other = Address("telegram", "101")
    stage.feed(Incoming("", other, "tap", action=Why(1), message=5))
    stage.say("/why", other)
    assert "Anh/chị chưa hỏi câu nào" in stage.chat(other).text
    assert all("Tèo" not in screen.text for screen in stage.chat(other).messages.values())


def test_who_asks_is_not_told_to_the_collaborators(stage: Stage) -> None:
    ask_people(stage, "con bò của tôi đi lạc")
    assert CITIZEN.chat not in stage.chat(VOLUNTEERS).text


def test_the_id_of_the_person_is_never_stored(stage: Stage) -> None:
    stage.feed(Incoming("", CITIZEN, text="khai sinh", user=55555777, message=5))
    assert "55555777" not in everything(stage)


def test_after_forget_nothing_is_left(stage: Stage) -> None:
    ask_people(stage, "con bò của tôi đi lạc")
    case = stage.chat(VOLUNTEERS).latest
    stage.say("Tới xã hỏi anh Ba", VOLUNTEERS, replies_to=case)
    stage.tap("a:birth:birth-registered:not-yet")
    stage.say("/forget")
    left = everything(stage)
    for word in ("đi lạc", "anh Ba", "birth-registered", f"'{CITIZEN.chat}'"):
        assert word not in left, left
    assert case not in stage.chat(VOLUNTEERS).messages


def test_after_forget_nothing_is_left_on_the_disk(stage: Stage, tmp_path: Path) -> None:
    ask_people(stage, "con trâu của tôi đi lạc")
    stage.say("/forget")
    stage.storage.close()
    for file in tmp_path.iterdir():
        assert "con trâu của tôi".encode() not in file.read_bytes()
    stage.open()


def test_a_reply_after_forget_reaches_nobody(stage: Stage) -> None:
    ask_people(stage, "con bò của tôi đi lạc")
    case = stage.chat(VOLUNTEERS).latest
    stage.say("/forget")
    before = dict(stage.chat().messages)
    stage.say("Tới xã hỏi", VOLUNTEERS, replies_to=case)
    assert stage.chat().messages == before
