"""Walking a group for somebody else: the same screens, a sheet in the end, and nothing of that person is kept."""

from __future__ import annotations

import json
import sqlite3

from bot.actions import OpenGroup
from bot.attachments import Sheet
from tests.stage import CITIZEN, VOLUNTEERS, Stage

ANSWERS = (
    "Chưa có",
    "Chưa thấy tin nào",
    "Không",
    "Đã đăng ký kết hôn",
    "Trong 60 ngày",
    "Có thường trú",
    "Nhà của cha",
)


def walk(stage: Stage) -> None:
    stage.say("/helper")
    stage.say("hàng xóm mới sinh em bé cần làm giấy tờ gì")
    for answer in ANSWERS:
        stage.press(answer)


def kept(stage: Stage) -> str:
    """Everything in the database, as text."""
    with sqlite3.connect(stage.database) as other:
        tables = [row[0] for row in other.execute("select name from sqlite_master where type = 'table'")]
        found = {table: other.execute(f"select * from {table}").fetchall() for table in tables}
    other.close()
    return json.dumps(found, ensure_ascii=False, default=str)


def test_a_walk_for_another_ends_in_a_sheet(stage: Stage) -> None:
    walk(stage)
    stage.press("In ra, lưu lại")
    stage.press("Tờ A4 để in")

    assert isinstance(stage.chat().handed[-1], Sheet)
    stage.press("« Các bước")
    stage.press("✓ Xong việc giúp")
    assert "xoá hết" in stage.chat().text


def test_nothing_of_the_other_is_in_the_database(stage: Stage) -> None:
    stage.say("em muốn đăng ký kết hôn")
    walk(stage)
    stage.say("câu hỏi riêng của bà hàng xóm")

    found = kept(stage)
    assert "hàng xóm" not in found
    assert "birth-age" not in found
    assert stage.storage.session(CITIZEN).about != "birth"


def test_ones_own_answers_are_there_again_afterwards(stage: Stage) -> None:
    stage.tap(OpenGroup("birth"))
    stage.press("Có rồi")
    facts = stage.storage.session(CITIZEN).facts
    walk(stage)
    stage.press("✓ Xong việc giúp")

    assert stage.storage.session(CITIZEN).facts == facts == {"birth-registered": "done"}
    stage.say("con em mới sinh cần làm giấy tờ gì")
    assert "giấy khai sinh chưa" not in stage.chat().text


def test_two_quiet_hours_end_it(stage: Stage) -> None:
    walk(stage)
    stage.wait(2 / 24)
    stage.press("« Quay lại")

    assert not [button for button in stage.chat().buttons if button.label == "✓ Xong việc giúp"]
    assert stage.storage.session(CITIZEN).facts == {}


def test_a_restart_ends_it(stage: Stage) -> None:
    walk(stage)
    stage.restart()
    stage.tap(OpenGroup("birth"))

    assert "giấy khai sinh chưa" in stage.chat().text


def test_the_next_person_begins_anew(stage: Stage) -> None:
    walk(stage)
    stage.say("/helper")
    stage.tap(OpenGroup("birth"))

    assert "giấy khai sinh chưa" in stage.chat().text


def test_no_case_is_opened_for_another(stage: Stage) -> None:
    """Their question would be kept: they ask by themselves, or by the numbers."""
    stage.say("/helper")
    stage.say("abc xyz lạ hoắc không ai biết")

    assert "1022" in stage.chat().text
    assert stage.chat(VOLUNTEERS).messages == {}
