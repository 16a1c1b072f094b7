"""The national list: made from records of the portal by rules, kept compressed, below what we know ourselves."""

from __future__ import annotations

import json
import lzma
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.__main__ import main
from bot.admin.catalogue import LAWS, RESULT, build
from bot.admin.portal import records
from bot.base.catalogue import FILE, load, pack
from bot.base.loader import load as load_base
from bot.base.model import CHANNELS, ELSEWHERE, LEVELS, Base, Duration, Listed, Regions
from bot.base.problems import Kind, Problems
from bot.errors import ConfigError

TOY = Path(__file__).parent / "toy"
REGIONS = Regions(
    home="Sông Trong",
    local=("UBND", "TTr"),
    gone=("BXYZ",),
    provinces={"Sông Trong": ("Suối Trong",), "Núi Cao": ("Núi Kao", "Đèo Mây"), "Biển Xa": ()},
)


def record(code: str = "1.000001", name: str = "Cấp thẻ", **more: Any) -> dict[str, Any]:
    return {"code": code, "name": name, "decision": "12/QĐ-BTC", "level": "Cấp Tỉnh", "field": "Thẻ"} | more


def one(**more: Any) -> Listed:
    return build([record(**more)], REGIONS)[0][0]


def test_codes_that_are_none_are_left_out_and_counted() -> None:
    found, counts = build(
        [record(), record("1.0000011"), record("1.000002-Xoa"), record(""), record(), record("1.000003", name=" ")],
        REGIONS,
    )

    assert [listed.code for listed in found] == ["1.000001"]
    assert counts == {"records": 6, "offered": 1, "malformed": 3, "deleted": 1, "twice": 1}


@pytest.mark.parametrize(
    ("more", "province"),
    [
        ({"agency": "Sở Thẻ tỉnh Núi Cao"}, ""),  # a ministry decided it
        ({"decision": "7/QĐ-UBND", "agency": "Sở Thẻ tỉnh Núi Cao"}, "Núi Cao"),
        ({"decision": "7/qđ-ubnd", "authority": "UBND tỉnh Núi Kao"}, "Núi Cao"),
        ({"decision": "7/QĐ-UBND", "address": "số 1, tỉnh Đèo Mây"}, "Núi Cao"),
        ({"decision": "7/QĐ-UBND", "agency": "Sở Thẻ Biển Xa", "address": "đường Núi Cao"}, "Biển Xa"),
        ({"decision": "205/TTr-SNNMT", "name": "Hỗ trợ của Biển Xa"}, "Biển Xa"),
        ({"decision": "7/QĐ-UBND"}, ELSEWHERE),
        ({"decision": "7/QĐ-UBND", "agency": "Núi Cao, Biển Xa"}, ELSEWHERE),
        ({"decision": "7/QĐ-UBND", "agency": "Sở Thẻ Sông Trong"}, ""),
        ({"decision": "7/QĐ-UBND", "agency": "Sở Thẻ Suối Trong"}, ""),
        ({"decision": "77"}, ELSEWHERE),
        ({"decision": "77", "level": "Cấp Bộ/Trung ương"}, ""),
    ],
)
def test_a_record_tells_whose_it_is(more: dict[str, Any], province: str) -> None:
    listed = one(**more)

    assert (listed.province, listed.offered) == (province, province == "")


def test_a_record_that_names_nobody_goes_with_the_others_of_its_decision() -> None:
    named = record("1.000001", decision="7/QĐ-UBND", agency="Sở Thẻ Núi Cao")
    silent = record("1.000002", decision="7/QĐ-UBND")
    doubted = [
        record("1.000003", decision="8/QĐ-UBND", agency="Núi Cao"),
        record("1.000004", decision="8/QĐ-UBND", agency="Biển Xa"),
        record("1.000005", decision="8/QĐ-UBND"),
    ]

    found = {listed.code: listed.province for listed in build([named, silent, *doubted], REGIONS)[0]}

    assert (found["1.000002"], found["1.000005"]) == ("Núi Cao", ELSEWHERE)


def test_what_a_ministry_that_is_no_more_decided_is_not_offered() -> None:
    listed = one(decision="12/QĐ-BXYZ")

    assert (listed.gone, listed.offered, one().gone) == (True, False, False)


def test_only_facts_are_kept_and_in_short() -> None:
    channels = [
        {"how": "DIRECT", "time": "5 WORKING_DAY", "fee": "0", "note": "x"},
        {"how": "DIRECT", "time": "3 WORKING_DAY"},
        {"how": "DIRECT", "time": "3 WORKING_DAY"},
        {"how": "ONLINE", "time": "1 OTHER"},
        {"how": "POSTAL", "time": "2 MONTH"},
        {"how": "PIGEON", "time": "1 ngày"},
        None,
    ]
    listed = one(
        name="  Cấp\n thẻ ",
        level="Cấp Xã",
        channels=channels,
        result=f"- Thẻ {'rất ' * 60}dài. Và một câu nữa.",
        legal=[f"Luật ({n}/2024/QH15), sửa bởi Nghị định {n}/2025/NĐ-CP" for n in range(9)],
        steps="Bước 1: …",
    )

    assert (listed.name, listed.level) == ("Cấp thẻ", "commune")
    assert listed.ways == {
        "counter": (Duration("working-days", 3), Duration("working-days", 5)),
        "online": (),
        "post": (Duration("months", 2),),
    }
    assert listed.result.startswith("Thẻ rất")
    assert listed.result.endswith("…")
    assert len(listed.result) <= RESULT + 2
    assert listed.legal[:2] == ("0/2024/QH15", "0/2025/NĐ-CP")
    assert len(listed.legal) == LAWS
    assert listed.link.endswith("ma_thu_tuc=1.000001")


def test_the_same_records_in_another_order_give_the_same_bytes() -> None:
    given = [record(f"1.00000{n}", channels=[{"how": "ONLINE", "time": f"{n} ngày"}]) for n in range(5)]

    assert pack(build(given, REGIONS)[0]) == pack(reversed(build(given[::-1], REGIONS)[0]))


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
durations = st.builds(Duration, st.sampled_from(["working-days", "days", "hours", "months"]), st.integers(1, 999))
listings = st.builds(
    Listed,
    code=st.from_regex(r"[0-9]\.[0-9]{6}", fullmatch=True),
    name=words.filter(bool),
    field=words,
    level=st.sampled_from(["", *LEVELS]),
    ways=st.dictionaries(st.sampled_from(CHANNELS), st.lists(durations, max_size=3).map(tuple)),
    result=words,
    legal=st.lists(words, max_size=3).map(tuple),
    province=words,
    gone=st.booleans(),
)


@given(st.lists(listings, unique_by=lambda listed: listed.code, max_size=5))
def test_the_file_gives_back_what_was_put_in(tmp_path_factory: pytest.TempPathFactory, found: list[Listed]) -> None:
    path = tmp_path_factory.mktemp("list") / FILE
    path.write_bytes(pack(found))

    assert load(path, problems := Problems()) == {listed.code: listed for listed in found}
    assert problems == []


def test_no_file_is_an_empty_list_and_no_problem(tmp_path: Path) -> None:
    assert (load(tmp_path / FILE, problems := Problems()), problems) == ({}, [])


@pytest.mark.parametrize(
    "row",
    [
        "{",
        "[]",
        "{}",
        '{"code": "1.000001"}',
        '{"code": "1.1", "name": "x"}',
        '{"code": "1.000001", "name": "x", "fee": "0"}',
        '{"code": "1.000001", "name": 7}',
        '{"code": "1.000001", "name": "x", "level": "moon"}',
        '{"code": "1.000001", "name": "x", "ways": {"pigeon": []}}',
        '{"code": "1.000001", "name": "x", "ways": {"online": ["3 weeks"]}}',
        '{"code": "1.000001", "name": "x", "ways": {"online": [3]}}',
        '{"code": "1.000001", "name": "x", "ways": {"online": 3}}',
        '{"code": "1.000001", "name": "x", "legal": 3}',
        '{"code": "1.000001", "name": "x", "gone": "no"}',
        "[" * 100_000,
    ],
)
def test_a_broken_row_is_a_problem_with_its_line(row: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(lzma.compress(f'{{"code": "1.000009", "name": "x"}}\n{row}\n'.encode()))

    assert load(tmp_path / FILE, problems := Problems()) == {}
    assert [(problem.kind, str(problem.at)) for problem in problems] == [(Kind.BAD_CATALOGUE, f"{FILE}:2")]


def test_a_list_without_end_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(lzma.compress(b" " * 60_000_000, preset=0))

    assert load(tmp_path / FILE, problems := Problems()) == {}
    assert [problem.kind for problem in problems] == [Kind.BAD_CATALOGUE]


def test_our_own_procedures_win_and_the_version_knows_the_list(tmp_path: Path) -> None:
    folder = shutil.copytree(TOY, tmp_path / "base")
    before, _ = load_base(folder)
    own = [
        code
        for found in (*before.procedures.values(), *before.groups.values())
        for code in (found.code, *found.aliases)
    ]
    (folder / FILE).write_bytes(pack(build([record(code) for code in (*own, "9.999999")], REGIONS)[0]))

    after, problems = load_base(folder)

    assert problems == []
    assert list(after.catalogue) == ["9.999999"]
    assert after.version != before.version


def test_the_shipped_list_holds_what_was_promised(base: Base) -> None:
    offered = [listed for listed in base.catalogue.values() if listed.offered]

    assert len(offered) > 4_500
    assert len(base.catalogue) > 5_500
    assert base.catalogue["1.115575"].province == "Lai Châu"
    assert sum(listed.gone for listed in base.catalogue.values()) >= 60


def rows(path: Path, found: list[Any]) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in found), encoding="utf-8")
    return path


def test_the_command_builds_the_list_and_says_what_became_of_the_records(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = rows(tmp_path / "records.jsonl", [record(), record("1.000002-Xoa"), record("1.2")])
    out = tmp_path / "out.xz"

    assert main(["catalogue", "build", str(source), "--out", str(out)]) == 0

    said = capsys.readouterr().out
    assert "1 thủ tục" in said
    assert "1 mã sai, 1 đã xoá, 0 trùng mã" in said
    assert list(load(out, Problems())) == ["1.000001"]


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xfd7zXZ\x00", b"\xff"])
def test_what_is_no_file_of_records_is_told_with_its_line(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "records").write_bytes(content)

    with pytest.raises(ConfigError):
        list(records(tmp_path / "records"))
    with pytest.raises(ConfigError):
        list(records(tmp_path / "none"))


@pytest.mark.parametrize("regions", [None, "home: Mặt Trăng\nlocal: []\ngone: []\nprovinces: {}\n", "home: [\n"])
def test_without_knowing_whose_procedures_are_nothing_is_built(
    regions: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shutil.copytree(TOY, tmp_path / "knowledge")
    (tmp_path / "config.yaml").write_text("knowledge: knowledge\n", encoding="utf-8")
    if regions is not None:
        (folder / "shared" / "regions.yaml").write_text(regions, encoding="utf-8")
    source = rows(tmp_path / "records.jsonl", [record()])

    assert main(["catalogue", "build", str(source), "--config", str(tmp_path / "config.yaml")]) == 2

    assert "regions.yaml" in capsys.readouterr().err
    assert not (folder / FILE).exists()
