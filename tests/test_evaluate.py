"""The judge of labelled questions: what it reads, what it counts, and how sure its rates are."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.admin.evaltables import of_aspects, report, wilson
from bot.admin.evaluate import Heard, Outcome, heard, outcomes, read
from bot.base.model import Base
from bot.errors import ConfigError
from bot.matching.calibrate import Limits
from bot.matching.finder import entries
from bot.matching.matcher import Matcher
from bot.talk.speech import Speech

TABLE = """message\tcodes\tstyle
đi đăng ký kết hôn nộp chỗ nào\t1.000894\tclean
dang ky ket hon nop o dau\t9.999999|GROUP:marriage|1.000894\tnoaccent
đi đăng ký kết hôn nộp chỗ nào\t1.000656\tclean
giá vàng hôm nay\tNONE\tclean
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "asked.tsv").write_text(TABLE, "utf-8")
    return tmp_path / "asked.tsv"


def test_every_question_has_one_outcome(table: Path, base: Base, matcher: Matcher) -> None:
    found = outcomes(matcher, entries(base), read(table, None).cases)

    assert [(one.style, one.inside, one.kind) for one in found] == [
        ("clean", True, "right"),
        ("noaccent", True, "right"),
        ("clean", True, "wrong"),
        ("clean", False, "unknown"),
    ]
    assert [one.confused[1] for one in found if one.kind == "wrong"] == ["marriage-registration"]


def test_codes_of_a_pair_are_the_same(table: Path, tmp_path: Path, base: Base, matcher: Matcher) -> None:
    (tmp_path / "pairs.txt").write_text("1.000656 1.000894\n", "utf-8")

    found = outcomes(matcher, entries(base), read(table, tmp_path / "pairs.txt").cases)

    assert found[2].kind == "right"


def test_the_report_gives_each_rate_with_its_interval(table: Path, base: Base, matcher: Matcher) -> None:
    lines = list(report(outcomes(matcher, entries(base), read(table, None).cases), Limits(), Speech("en", base.texts)))

    assert any(line.startswith("  all") and "right at once 2/3 [0.208–0.939]" in line for line in lines)
    assert "  1  1.000656 → marriage-registration" in lines
    assert "  Only 3 questions: a rate of 1 % takes 300" in lines
    assert lines[-1].endswith(" µs")


def test_a_belief_is_held_against_what_came_true(base: Base) -> None:
    sure = [Outcome("clean", True, "right", 0.92, first, ("", ""), 100) for first in (True, True, True, False)]
    unsure = [Outcome("clean", True, "unknown", 0.1, False, ("", ""), 300)] * 4

    lines = list(report([*sure, *unsure], Limits(0.9, 0.2, tested=True), Speech("en", base.texts)))

    assert lines[0] == "Answered from a belief of 0.9, choices offered from 0.2: tested on this base"
    assert "  0.90–0.95  0.92  3/4 = 0.75" in lines
    assert "  On average they differ by 0.135 (expected calibration error)" in lines
    assert lines[-1] == "200 µs a question (median of 8), 95 % within 300 µs"


@pytest.mark.parametrize(("half", "styles"), [("", 4), ("even", 2), ("odd", 2)])
def test_a_half_is_every_second_row(half: str, styles: int, table: Path) -> None:
    cases = read(table, None, half).cases

    assert len(cases) == styles
    assert half != "even" or [case.question for case in cases] == ["dang ky ket hon nop o dau", "giá vàng hôm nay"]


def test_aspects_are_judged_too(tmp_path: Path, base: Base, matcher: Matcher) -> None:
    (tmp_path / "a.tsv").write_text("question\taspects\nđăng ký kết hôn ở đâu\tfee|place\nkết hôn\tgeneral\n", "utf-8")
    table = read(tmp_path / "a.tsv", None)

    found = heard(matcher, table.cases)

    assert table.aspects
    assert [one.taken for one in found] == ["place", "general"]


def test_every_aspect_counts_the_same_in_the_average(base: Base) -> None:
    found = [Heard(frozenset({"fee"}), "fee", 1.0)] * 3 + [Heard(frozenset({"time", "who"}), "fee", 1.0)]

    lines = list(of_aspects(found, Speech("en", base.texts)))

    assert lines[0].startswith("  right at once 3/4 [")
    assert "  fee          3 of 3 heard, of 4 taken for it  F1 0.857" in lines
    assert "Average of the aspects (macro F1): 0.429" in lines
    assert "  1  time → fee" in lines


def test_a_rate_on_few_questions_is_not_sure() -> None:
    assert wilson(0, 300)[1] < 0.013 < wilson(0, 100)[1]
    assert wilson(0, 0) == (0.0, 1.0)


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        read(tmp_path / "none.tsv", None)
