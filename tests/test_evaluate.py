"""The judge of labelled questions: what it reads, what it counts, and how sure its rates are."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.admin.evaluate import outcomes, read, report, wilson
from bot.base.model import Base
from bot.errors import ConfigError
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
    found = outcomes(matcher, entries(base), read(table, None))

    assert [(one.style, one.inside, one.kind) for one in found] == [
        ("clean", True, "right"),
        ("noaccent", True, "right"),
        ("clean", True, "wrong"),
        ("clean", False, "unknown"),
    ]
    assert [one.confused[1] for one in found if one.kind == "wrong"] == ["marriage"]


def test_codes_of_a_pair_are_the_same(table: Path, tmp_path: Path, base: Base, matcher: Matcher) -> None:
    (tmp_path / "pairs.txt").write_text("1.000656 1.000894\n", "utf-8")

    found = outcomes(matcher, entries(base), read(table, tmp_path / "pairs.txt"))

    assert found[2].kind == "right"


def test_the_report_gives_each_rate_with_its_interval(table: Path, base: Base, matcher: Matcher) -> None:
    lines = list(report(outcomes(matcher, entries(base), read(table, None)), Speech("en", base.texts)))

    assert any(line.startswith("  all") and "right at once 2/3 [0.208–0.939]" in line for line in lines)
    assert "  1  1.000656 → marriage" in lines


def test_a_rate_on_few_questions_is_not_sure() -> None:
    assert wilson(0, 300)[1] < 0.013 < wilson(0, 100)[1]
    assert wilson(0, 0) == (0.0, 1.0)


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        read(tmp_path / "none.tsv", None)
