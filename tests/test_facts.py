"""Who vouches for what: every sum, time and legal number in knowledge/ stands where a dated source answers for it.

The facts of a procedure or group are vouched for by its `sources` and its `checked`; those of a kind of paper by the
procedures that ask for it; those of an office, place, hotline or notice by its `source`. What the bot itself says
states no such fact. The matcher's words are never told to anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.base.facts import LEGAL
from bot.base.model import Base, Source
from bot.base.problems import Problems
from bot.base.reading import Block, Node, Scalar, Sequence, read

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"
TODAY = date(2026, 11, 24)

FACT = re.compile(
    r"\d[\d.,]* ?(?:đ\b|đồng\b|triệu\b|%)"  # money, rates
    r"|\b\d+(?: giờ| ngày| tháng| năm| tuổi| tuần|[ -](?:hours?|days?|weeks?|months?|years?))\b"  # times, ages
    r"|\bthứ [2-7]\b"  # opening days
    rf"|{LEGAL.pattern}"
)
SEEN = ("8.000 đ", "1.500.000 đồng", "4,5% mức lương", "3 ngày làm việc", "15 giờ", "đủ 14 tuổi", "after 60 days")
SEEN += ("thứ 2", "60/2014/QH13", "theo 66.7/2025/NQ-CP", "24/2021/QĐ-TTg", "6-year-old", "12 tháng")
FOR_ADMINS = (
    "problem.",
    "draft.",
    "check.",
    "stale.",
    "error.",
    "sample.",
    "eval.",
)  # examples of how one writes a file
UNITS = ("time.",)  # how a number of days is said, whatever it is
OWN_SOURCES = ("calendar.yaml",)  # each part has one, see tests/test_calendar.py
UNTOLD = ("lexicon.yaml", "aspects.yaml", "smalltalk.yaml", "regions.yaml", "fields.yaml")


def sentences(node: Node, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text under *node* with the keys that lead to it."""
    match node:
        case Scalar(text=text):
            yield path.removesuffix("."), text
        case Sequence(items=items):
            for number, item in enumerate(items):
                yield from sentences(item, f"{path}{number}.")
        case Block(items=entries):
            for key, value in entries.items():
                yield from sentences(value, f"{path}{key}.")


def stated(folder: Path, files: str) -> dict[tuple[str, str], str]:
    """The sentences with a fact in *files* of *folder*, by file and keys."""
    found = {}
    for file in sorted(folder.glob(files)):
        node = read(file, file.name, Problems())
        assert node is not None
        found |= {(file.name, path): text for path, text in sentences(node) if FACT.search(text)}
    return found


def vouched(source: Source | None) -> bool:
    """Somebody can look it up: where, what it is called, and of which day it is."""
    return source is not None and bool(source.link and source.title.vi) and date(2000, 1, 1) < source.date <= TODAY


@pytest.mark.parametrize("said", SEEN)
def test_a_fact_is_seen(said: str) -> None:
    assert FACT.search(f"x {said}, y")


@pytest.mark.parametrize("said", ["hai bên", "bước 2", "mức 2", "#3", "mẫu CT01", "30/08/2025", "1022", "24/7"])
def test_what_is_no_fact_is_let_be(said: str) -> None:
    assert FACT.search(f"x {said}, y") is None


def test_procedures_and_groups_have_dated_sources_and_a_day_on_which_somebody_read_them(base: Base) -> None:
    records = [*base.procedures.values(), *base.groups.values()]

    assert [one.id for one in records if not (one.sources and all(map(vouched, one.sources)))] == []
    assert [one.id for one in records if not max(source.date for source in one.sources) <= one.checked <= TODAY] == []
    assert [one.id for one in base.procedures.values() if max(read.date for read in one.read) != one.checked] == []
    assert len(stated(KNOWLEDGE, "procedures/*/*.yaml")) > 1000


def test_a_newspaper_that_is_named_is_among_the_sources(base: Base) -> None:
    """Who reads "according to the newspaper" can open it."""
    papers = re.compile(r"báo (Tiền Phong|Thanh Niên|Người Lao Động|Công an nhân dân|Dân trí|Tuổi Trẻ|VnExpress)", re.I)
    missing = set()
    for record in [*base.procedures.values(), *base.groups.values()]:
        node = read(KNOWLEDGE / record.at.file, record.at.file, Problems())
        assert node is not None
        titles = " ".join(source.title.vi for source in record.sources).lower()
        named = {name for _, text in sentences(node) for name in papers.findall(text)}
        missing |= {(record.id, name) for name in named if name.lower() not in titles}

    assert missing == set()


def test_a_paper_that_states_a_fact_is_asked_for_by_somebody_who_names_that_law(base: Base) -> None:
    users: dict[str, list[str]] = {}
    laws: dict[str, set[str]] = {}
    for procedure in base.procedures.values():
        for paper in procedure.documents:
            users.setdefault(paper.kind, []).append(procedure.id)
            laws[paper.kind] = laws.get(paper.kind, set(procedure.legal)) & set(procedure.legal)
    grouped = {paper.kind for group in base.groups.values() for step in group.steps for paper in step.documents}
    found = {(path.split(".")[0], text) for (_, path), text in stated(KNOWLEDGE, "shared/documents/*.yaml").items()}

    assert sorted(kind for kind, _ in found if kind not in users and kind not in grouped) == []
    assert sorted((kind, law) for kind, text in found for law in LEGAL.findall(text) if law not in laws[kind]) == []


def owners(base: Base) -> Mapping[str, Mapping[str, Any]]:
    """The entries of the shared files that a `source` answers for, by the keys that lead to them."""
    return {
        "offices.yaml": base.offices,
        "places.yaml": base.places,
        "hotlines.yaml": {str(number): one for number, one in enumerate(base.hotlines)},
        "notices.yaml": {str(number): one for number, one in enumerate(base.notices)},
    }


def test_an_office_a_place_a_hotline_or_a_notice_that_states_a_fact_has_its_source(base: Base) -> None:
    entries = owners(base)
    found = {
        (file, path.split(".")[0])
        for file, path in stated(KNOWLEDGE, "shared/*.yaml")
        if file not in UNTOLD + OWN_SOURCES
    }

    assert [(file, id) for file, id in sorted(found) if not vouched(entries[file][id].source)] == []
    assert all(vouched(hotline.source) for hotline in base.hotlines)
    assert all(vouched(place.source) for place in base.places.values())


def test_what_the_bot_itself_says_states_no_fact() -> None:
    """A sentence of texts/ has no source and no day: it would stay when the rule goes."""
    assert [key for key in stated(KNOWLEDGE, "texts/*.yaml") if not key[1].startswith((*FOR_ADMINS, *UNITS))] == []
