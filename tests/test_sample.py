"""Procedures drawn by lot beside their portal records: the same seed draws the same, and what differs is marked."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.admin.sample import by_id, draw, lines
from bot.base.loader import load
from bot.base.model import Base, Duration, Fee, Filing, Procedure, Span, Text, Time
from bot.talk.speech import Speech
from tests.test_broken import SHIPPED, TOY
from tests.test_cli import bot

TOYS = load(TOY)[0]
DOG = TOYS.procedures["dog"]
RECORD: dict[str, Any] = {
    "code": "1.000001",
    "name": "Thủ tục nuôi chó",
    "level": "Cấp Xã",
    "agency": "Ủy ban nhân dân cấp xã",
    "authority": "",
    "channels": [{"how": "DIRECT", "time": "3 WORKING_DAY", "fee": "8000 VNĐ (một con)", "note": ""}],
    "documents": [{"group": "Phải nộp", "name": "Tờ khai nuôi chó theo mẫu", "originals": 1, "copies": 0}],
    "result": "Giấy nuôi chó",
    "legal": ["Lệ làng (12/2026/LL-VD)"],
}


def beside(row: dict[str, Any] | None, procedure: Procedure = DOG, base: Base = TOYS) -> list[str]:
    return list(lines(procedure, row, base, Speech("en", SHIPPED.texts)))


def marks(row: dict[str, Any], procedure: Procedure = DOG) -> dict[str, str]:
    """The mark of each fact, by its label."""
    return {line[2:16].strip(): line[0] for line in beside(row, procedure)[2:] if line[2:16].strip()}


def test_the_same_seed_draws_the_same_and_another_seed_others() -> None:
    ids = [f"p{number}" for number in range(100)]

    assert draw(ids, 10, 7) == draw(reversed(ids), 10, 7)
    assert len(set(draw(ids, 10, 7))) == 10
    assert draw(ids, 10, 7) != draw(ids, 10, 8)
    assert draw(ids, 1000, 7) != ids
    assert draw(ids, -1, 7) == []


def test_another_procedure_in_the_base_leaves_the_others_in_their_order() -> None:
    ids = [f"p{number}" for number in range(100)]

    assert [one for one in draw([*ids, "new"], 101, 7) if one != "new"] == draw(ids, 100, 7)


def test_facts_that_agree_have_no_mark_and_sentences_are_for_the_reader() -> None:
    assert marks(RECORD) == {
        "code": " ",
        "name": " ",
        "Where to file": "?",
        "at the counter": " ",
        "Fee": " ",
        "Papers": "?",
        "legal basis": " ",
        "What you get": "?",
    }


@pytest.mark.parametrize(
    ("channel", "label", "mark"),
    [
        ({"time": "5 WORKING_DAY"}, "at the counter", "≠"),
        ({"time": "3 ngày"}, "at the counter", "≠"),
        ({"time": "1 OTHER"}, "at the counter", "?"),
        ({"fee": "9000 VNĐ ()"}, "Fee", "≠"),
        ({"fee": "8000 VNĐ (một con) | 5000 VNĐ (con sau)"}, "Fee", "≠"),
        ({"fee": "8000 VNĐ (một con) | 0 VNĐ (hộ nghèo)"}, "Fee", " "),
        ({"fee": "Không có thông tin"}, "Fee", "≠"),
        ({"how": "ONLINE"}, "at the counter", "≠"),
        ({"how": "ONLINE"}, "online", "≠"),
    ],
)
def test_times_and_sums_that_differ_are_marked(channel: dict[str, str], label: str, mark: str) -> None:
    row = {**RECORD, "channels": [{**RECORD["channels"][0], **channel}]}

    assert marks(row)[label] == mark


def test_a_sum_of_zero_is_never_said_to_agree() -> None:
    free = replace(DOG, filings={"counter": Filing("counter", (Time(Duration("working-days", 3)),), (Fee(0),))})
    row = {**RECORD, "channels": [{**RECORD["channels"][0], "fee": "0 VNĐ ()"}]}

    assert marks(row, free)["Fee"] == "?"


def test_every_sum_is_shown_with_its_days() -> None:
    fees = (Fee(8000, span=Span(until=date(2026, 12, 31))), Fee(9000, span=Span(since=date(2027, 1, 1))))
    dear = replace(DOG, filings={"counter": Filing("counter", (Time(Duration("working-days", 3)),), fees)})

    said = "\n".join(beside(RECORD, dear))

    assert "8,000 đ until 31/12/2026" in said
    assert "from 01/01/2027: 9,000 đ" in said


def test_our_laws_that_the_record_does_not_name_are_marked() -> None:
    procedure = replace(DOG, legal=("12/2026/LL-VD", "13/2026/LL-VD"))

    assert marks(RECORD, procedure)["legal basis"] == "≠"
    assert [line for line in beside(RECORD, procedure) if "13/2026/LL-VD ≠" in line]
    assert not [line for line in beside(RECORD, procedure) if "12/2026/LL-VD ≠" in line]


def test_papers_stand_beside_each_other_with_their_number_and_part() -> None:
    said = "\n".join(beside(RECORD))

    assert "1. Tờ khai nuôi chó theo mẫu (1 bản chính)" in said
    assert "Phải nộp" in said
    assert "1. Tờ khai" in said


def test_a_procedure_without_a_record_is_said_to_have_none() -> None:
    assert beside(None)[1].strip() == "The file of records does not have this code."


def test_the_record_of_a_former_code_serves_where_the_own_code_has_none() -> None:
    renamed = replace(DOG, code="1.000091", aliases=("1.000001",))

    assert by_id([renamed], [RECORD]) == {"dog": RECORD}
    assert by_id([renamed], [RECORD, {**RECORD, "code": "1.000091"}])["dog"]["code"] == "1.000091"
    assert marks(RECORD, renamed)["code"] == "≠"


words = st.text(max_size=300) | st.just("x" * 200)
JSON = st.recursive(
    st.none() | st.integers() | words, lambda one: st.lists(one, max_size=3) | st.dictionaries(words, one, max_size=3)
)


@given(st.fixed_dictionaries({}, optional={key: JSON | st.just(value) for key, value in RECORD.items()}), words)
def test_no_record_is_a_crash_and_no_line_is_wider_than_a_page(row: dict[str, Any], said: str) -> None:
    assert max(map(len, beside(row, replace(DOG, result=Text(said))))) <= 120


def records(folder: Path) -> str:
    shipped = {**RECORD, "code": "1.001193", "name": "Thủ tục đăng ký khai sinh"}
    (folder / "records.jsonl").write_text(json.dumps(shipped), "utf-8")
    return str(folder / "records.jsonl")


def test_the_command_draws_and_says_how_to_draw_the_same_again(tmp_path: Path) -> None:
    path = records(tmp_path)
    drawn = bot("sample", "--records", path, "--count", "3", "--seed", "5")
    again = bot("sample", "--records", path, "--count", "3", "--seed", "5")
    other = bot("sample", "--records", path, "--as-of", "2026-11-23")

    assert (drawn.returncode, drawn.stderr) == (0, "")
    assert drawn.stdout == again.stdout
    assert "--seed 5" in drawn.stdout
    assert drawn.stdout.count("── ") == 3
    assert "--seed 20261123" in other.stdout


def test_the_command_shows_what_is_named(tmp_path: Path) -> None:
    done = bot("sample", "--records", records(tmp_path), "birth-registration", "marriage-registration")
    wrong = bot("sample", "--records", records(tmp_path), "mariage-registration")

    assert (done.returncode, done.stderr) == (0, "")
    assert "Đăng ký khai sinh" in done.stdout
    assert "Tệp hồ sơ không có mã này." in done.stdout
    assert wrong.returncode == 2
    assert "marriage-registration" in wrong.stderr
