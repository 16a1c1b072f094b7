"""`bot gaps` on the database of a bot: what an operator sees, and what a spreadsheet or a picture is made of."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.messages import Address
from bot.storage import Storage
from tests.stage import KNOWLEDGE

NOW = datetime(2026, 11, 29, 3, tzinfo=UTC)
SWIFTS = ("nuôi chim yến có phải xin phép không", "nha em muon nuoi chim yen thi xin phep o dau")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The configuration of a bot that was asked three things within three weeks, and one long before."""
    path = tmp_path / "config.yaml"
    path.write_text(f"knowledge: {KNOWLEDGE}\ndatabase: bot.db\n", encoding="utf-8")
    storage = Storage.open(tmp_path / "bot.db")
    for days, chat, text in ((0, "1", SWIFTS[0]), (8, "2", SWIFTS[1]), (200, "3", "giá vàng")):
        storage.log(Address("telegram", chat), 5, text, "unknown", None, [], NOW - timedelta(days=days))
    born = [("group", "birth", 0.9)]
    storage.log(Address("telegram", "1"), 5, "con mới sinh", "answer", None, born, NOW - timedelta(days=15))
    storage.close()
    return path


def gaps(config: Path, *words: str) -> int:
    return main(["gaps", "--config", str(config), "--as-of", "2026-11-29", *words])


def test_an_operator_reads_what_was_left_open(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert gaps(config, "--weeks", "3") == 0

    said = capsys.readouterr().out.splitlines()
    assert said[0] == "09/11–15/11  chưa trả lời được 0/1 câu (0 %), trả lời thẳng 1, đưa lựa chọn 0"
    assert said[2] == "23/11–29/11  chưa trả lời được 1/1 câu (100 %), trả lời thẳng 0, đưa lựa chọn 0"
    assert "  không rõ lĩnh vực: 2/2 câu (100 %)  0/0  1/1  1/1" in said
    assert f"1. “{SWIFTS[0]}”: 2 người, 2 câu, tuần qua 1" in said
    assert f"     “{SWIFTS[1]}”" in said
    assert "vàng" not in " ".join(said)


def test_the_same_as_json(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert gaps(config, "--weeks", "30", "--json") == 0

    found = json.loads(capsys.readouterr().out)
    assert len(found["weeks"]) == 30
    assert [gap["people"] for gap in found["gaps"]] == [2, 1]
    assert found["weeks"][-1] == {"first": "2026-11-23", "answered": 0, "offered": 0, "open": 1}
    assert found["fields"][1]["name"]["vi"] == "Khai sinh, kết hôn"


def test_a_picture_is_left_where_it_is_wanted(config: Path, tmp_path: Path) -> None:
    assert gaps(config, "--png", str(tmp_path / "gaps.png")) == 0
    assert (tmp_path / "gaps.png").read_bytes().startswith(b"\x89PNG")

    assert gaps(config, "--png", str(tmp_path / "nowhere" / "gaps.png")) == 2


def test_a_bot_that_never_ran_has_no_questions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(f"knowledge: {KNOWLEDGE}\n", encoding="utf-8")

    assert gaps(path) == 0
    assert "Chưa có tệp dữ liệu" in capsys.readouterr().out


def test_a_file_that_is_no_database_of_ours_is_said_to_be_none(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (config.parent / "bot.db").write_text("hello, this is a letter and no database at all")

    assert gaps(config) == 2
    assert "không đọc được câu hỏi" in capsys.readouterr().err
