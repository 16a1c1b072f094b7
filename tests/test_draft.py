"""A draft has the facts of the record, ??? where a human must decide, and the portal's sentences in comments only."""

from __future__ import annotations

import json
import lzma
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.admin import portal
from bot.admin.draft import draft
from bot.base.loader import load
from bot.base.model import Base
from bot.base.problems import BLANK, Kind, Problems
from bot.base.reading import Block, parse, plain
from bot.commands import problems_of
from bot.errors import ConfigError
from bot.talk.speech import Speech
from tests.test_broken import SHIPPED, TOY
from tests.test_cli import bot

GOAT: dict[str, Any] = {
    "code": "9.000123",
    "decision": "1/QĐ-VD",
    "name": "Thủ tục khai báo nuôi dê",
    "level": "Cấp Xã",
    "field": "Chăn nuôi",
    "audience": "Công dân",
    "agency": "Ủy ban nhân dân xã Ví Dụ",
    "description": "Người nuôi dê khai báo theo lệ làng.",
    "channels": [
        {"how": "DIRECT", "time": "3 WORKING_DAY", "fee": "8000 VNĐ (một con)", "note": "Buổi sáng"},
        {"how": "ONLINE", "time": "1 OTHER", "fee": "0 VNĐ ()", "note": ""},
    ],
    "documents": [
        {"group": "Hồ sơ: #1", "name": "Tờ khai nuôi dê theo mẫu: 'D1'", "originals": 1, "copies": 2},
        {"group": "Hồ sơ: #1", "name": "Ảnh của con dê", "originals": 0, "copies": 0},
    ],
    "result": "Văn bản xác nhận về việc đã khai báo nuôi dê",
    "legal": ["Lệ làng về con dê (12/2026/LL-VD)", "Lệ cũ", "Lệ làng về con dê (12/2026/LL-VD)"],
    "conditions": "Dê phải có chuồng.\n??? không rõ",
    "steps": "- Bước 1: Người nuôi đến nộp tờ khai.\n- Bước 2: Nhận văn bản xác nhận.",
    "keywords": "dê",
}
SENTENCES = ("description", "result", "conditions", "steps")
TOYS = load(TOY)[0]


def drafted(row: dict[str, Any]) -> str:
    return draft(row, TOYS, Speech("en", SHIPPED.texts))


def values(text: str) -> dict[str, Any]:
    found = parse(text, "draft.yaml", Problems())
    assert isinstance(found, Block)
    values = plain(found)
    assert isinstance(values, dict)
    return values


def test_facts_are_carried_over() -> None:
    found = values(drafted(GOAT))

    assert found["code"] == "9.000123"
    assert found["name"]["vi"] == "Khai báo nuôi dê"
    assert found["filing"]["counter"] == {"time": "3 ngày làm việc", "fee": "8.000 đ"}
    assert found["documents"][0] == {"kind": BLANK, "form": "1 bản chính, 2 bản sao"}
    assert found["legal"] == ["12/2026/LL-VD"]
    assert found["sources"][0]["link"].endswith("?ma_thu_tuc=9.000123")


def test_what_the_record_leaves_open_is_left_to_a_human() -> None:
    found = values(drafted(GOAT))

    assert found["filing"]["online"] == {"time": BLANK, "fee": BLANK}  # 1 OTHER; a zero that may mean anything
    for key in ("short", "summary", "office", "result", "checked", "owner", "confidence"):
        assert found[key] == BLANK
    assert found["how"] == found["exceptions"] == [BLANK]
    assert found["keywords"] == [BLANK, BLANK]


def test_a_way_to_file_with_several_cases_is_left_to_a_human() -> None:
    slow = {"how": "DIRECT", "time": "9 WORKING_DAY", "fee": "8000 VNĐ (một con)", "note": ""}

    found = values(drafted({**GOAT, "channels": [*GOAT["channels"], slow]}))

    assert found["filing"]["counter"] == {"time": BLANK, "fee": "8.000 đ"}


def test_no_sentence_of_the_portal_stands_outside_a_comment() -> None:
    said = json.dumps(values(drafted(GOAT)), ensure_ascii=False)

    for key in SENTENCES:
        assert [line for line in GOAT[key].splitlines() if line.strip("- ") in said] == []


def test_every_sentence_is_there_for_the_admin_to_read() -> None:
    comments = " ".join(line.partition("#")[2].strip() for line in drafted(GOAT).splitlines() if "#" in line)

    for key in (*SENTENCES, "decision", "agency"):
        assert [line for line in GOAT[key].splitlines() if line not in comments] == []


def test_papers_we_know_are_hinted_at() -> None:
    assert "- kind: ???    # perhaps: form" in drafted(GOAT)


def test_a_code_the_base_has_is_told() -> None:
    assert "already has this code: procedures/home/dog.yaml:2" in drafted({**GOAT, "code": "1.000001"})


def test_a_draft_is_refused_for_its_blanks_and_nothing_else(tmp_path: Path) -> None:
    folder = shutil.copytree(TOY, tmp_path / "base")
    text = drafted(GOAT)
    (folder / "procedures/home/goat.yaml").write_text(text, "utf-8")

    found = problems_of(folder)[1]

    assert {problem.kind for problem in found} == {Kind.PLACEHOLDER}
    assert len(found) == sum(f": {BLANK}" in line or f"- {BLANK}" in line for line in text.splitlines())


def test_a_draft_with_every_blank_filled_in_is_fine(tmp_path: Path) -> None:
    folder = shutil.copytree(TOY, tmp_path / "base")
    text = drafted(GOAT).replace("office: ???", "office: commune").replace("owner: ???", "owner: home")
    text = text.replace("kind: ???", "kind: form").replace("confidence: ???", "confidence: low")
    text = text.replace("date: ???", "date: 2026-11-01").replace("checked: ???", "checked: 2026-11-01")
    text = text.replace("time: ???", "time: theo giấy hẹn").replace("fee: ???", "fee: theo quy định")
    for number in range(text.count(BLANK)):
        text = text.replace(BLANK, f"con dê thứ {number}", 1)
    (folder / "procedures/home/goat.yaml").write_text(text, "utf-8")

    assert problems_of(folder)[1] == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda one: st.lists(one) | st.dictionaries(st.text(), one)
)


@given(st.fixed_dictionaries({}, optional={key: JSON | st.just(value) for key, value in GOAT.items()}))
def test_no_record_is_a_crash_and_every_draft_is_yaml(row: dict[str, Any]) -> None:
    problems = Problems()

    assert parse(drafted(row), "draft.yaml", problems) is not None

    assert {problem.kind for problem in problems} <= {Kind.PLACEHOLDER, Kind.MOJIBAKE}


@pytest.mark.parametrize(
    ("said", "time"),
    [("3 WORKING_DAY", "3 ngày làm việc"), ("15 ngày", "15 ngày"), ("02 HOUR", "2 giờ"), ("2 MONTH", "2 tháng")]
    + [("1 OTHER", ""), ("", "")]
    + [(said, "") for said in ("0.5 WORKING_DAY", "OTHER", "³ ngày", "Không quy định")],
)
def test_times_of_the_portal(said: str, time: str) -> None:
    assert portal.time(said) == time


@pytest.mark.parametrize(
    ("said", "fee"),
    [("20000 VNĐ (Theo khoản 1)", "20.000 đ"), ("1500000 VNĐ ()", "1.500.000 đ"), ("0 VNĐ ()", ""), ("", "")]
    + [(said, "") for said in ("Không có thông tin", "5 VNĐ () | 9 VNĐ ()", "Theo Quy định | Theo Quy định")],
)
def test_fees_of_the_portal(said: str, fee: str) -> None:
    assert portal.fee(said) == fee


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("Luật Hộ tịch (60/2014/QH13)", ("60/2014/QH13",)),
        ("Nghị quyết dựa trên dữ liệu (66.7/2025/NQ-CP)", ("66.7/2025/NQ-CP",)),
        ("Quyết định (Quyết định số 24/2021/QĐ-TTg)", ("24/2021/QĐ-TTg",)),
        ("Nghị định sửa đổi Nghị định 28/2012/NĐ-CP (140/2018/NĐ-CP)", ("140/2018/NĐ-CP",)),
        ("Luật số 58/2024/QH15 của Quốc hội (Luật số 58)", ("58/2024/QH15",)),
        ("Thông tư liên tịch (138/2015/TTLT-BQP-BLĐTBXH-BTC)", ("138/2015/TTLT-BQP-BLĐTBXH-BTC",)),
        ("Lệ làng ngày 12/2026", ()),
    ],
)
def test_legal_numbers_of_the_portal(said: str, numbers: tuple[str, ...]) -> None:
    """The law itself, whole, and not those that it amends."""
    assert portal.legal({"legal": [said, said]}) == numbers


def records(path: Path) -> Path:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ({"code": "9.1"}, GOAT))
    if path.suffix == ".xz":
        path.write_bytes(lzma.compress(text.encode()))
    else:
        path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("name", ["records.jsonl", "records.jsonl.xz"])
def test_records_are_read_plain_and_compressed(name: str, tmp_path: Path) -> None:
    done = bot("draft", "9.000123", "--records", str(records(tmp_path / name)))

    assert (done.returncode, done.stderr) == (0, "")
    assert 'code: "9.000123"' in done.stdout


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[1]\n", b""])
@pytest.mark.parametrize("name", ["records.jsonl", "records.jsonl.xz"])
def test_records_that_cannot_be_read_are_told(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(ConfigError):
        portal.record(tmp_path / name, "9.000123")


def test_no_such_record_ends_with_2(tmp_path: Path, base: Base) -> None:
    done = bot("draft", "9.999999", "--records", str(records(tmp_path / "records.jsonl")))

    assert (done.returncode, done.stdout) == (2, "")
    assert "9.999999" in done.stderr
    assert "Traceback" not in done.stderr
