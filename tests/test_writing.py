"""What is learned as text of a file: one line more where it belongs, and nothing else touched."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.entries import TITLE, entry
from bot.base.model import Base
from bot.base.problems import Problems
from bot.base.reading import Entry, parse, plain
from bot.learning import writing
from bot.learning.suggestions import Suggestion, clustered
from bot.matching.normalise import fold
from tests.stage import KNOWLEDGE

DAY = date(2026, 11, 23)
LETTERS = "abcdđeêghklmnoôơpstuưvxyáảạếệịộự0123456789.,:;!#&*[]{}'\"%@`|>-_()/\\~"
WORDS = st.text(st.sampled_from(LETTERS), min_size=1, max_size=12)
PHRASES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


def items(text: str, key: str = "phrases") -> object:
    problems = Problems()
    node = parse(text, "file.yaml", problems)
    found = plain(node) if node is not None else None
    assert isinstance(found, dict)
    return found[key]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("phrases:\n  - một\nowner: a\n", "phrases:\n  - một\n  - hai\nowner: a\n"),
        ("phrases:\n- một\nowner: a\n", "phrases:\n- một\n- hai\nowner: a\n"),
        ("phrases:   # cách hỏi\n  # một\n  - một  # đầu\n\nowner: a\n", None),
        ("phrases:\n  - một\n  - câu này\n    hai dòng\nowner: a\n", None),
        ("owner: a\nphrases:\n  - một", "owner: a\nphrases:\n  - một\n  - hai\n"),
        ("owner: a\nphrases: [một, ba]  # gọn\n", 'owner: a\nphrases: [một, ba, "hai"]  # gọn\n'),
        ("owner: a\n", "owner: a\nphrases:\n  - hai\n"),
        ("", "phrases:\n  - hai\n"),
    ],
)
def test_an_item_comes_last_in_its_list(before: str, after: str | None) -> None:
    found = writing.with_item(before, "phrases", "hai")

    said = items(found)
    assert isinstance(said, list)
    assert said[-1] == "hai"
    assert [line for line in before.splitlines() if "[" not in line and line not in found.splitlines()] == []
    assert after is None or found == after


@pytest.mark.parametrize("before", ["phrases: một\n", "phrases: [một,\n  hai]\n", "phrases:\n  một: 1\n"])
def test_a_list_in_another_shape_is_left_alone(before: str) -> None:
    assert writing.with_item(before, "phrases", "hai") == ""


@given(PHRASES)
def test_whatever_people_write_is_read_back_as_it_was(phrase: str) -> None:
    text = writing.with_item("phrases:\n  - một\n", "phrases", phrase)

    assert items(text) == ["một", phrase]


def test_every_file_of_the_base_takes_a_phrase(base: Base) -> None:
    for record in (*base.procedures.values(), *base.groups.values()):
        before = (KNOWLEDGE / record.at.file).read_text(encoding="utf-8")

        after = writing.with_item(before, "phrases", "câu mới")

        assert items(after) == [*record.phrases, "câu mới"], record.at.file
        assert after.replace("  - câu mới\n", "", 1) == before, record.at.file


def made(number: int, text: str, case: int = 1, **more: object) -> Suggestion:
    kept: dict[str, object] = {
        "id": number, "kind": "phrase", "subject": "cow", "text": text, "answer": "", "source": "", "case": case,
        "asked": 1, "author": 1, "approver": 0, "state": "waiting", "made": datetime(2026, 11, 23, tzinfo=UTC),
    }  # fmt: skip
    return Suggestion(**{**kept, **more})  # type: ignore[arg-type]


@given(PHRASES, PHRASES, PHRASES)
def test_an_entry_is_read_back_as_it_was_said(question: str, answer: str, source: str) -> None:
    said = made(1, question, kind="entry", answer=answer, source=source)
    problems = Problems()

    node = parse(writing.entry(said, DAY, "home"), "entries/x.yaml", problems)

    assert node is not None
    found = entry(Entry(node, problems), "x")
    assert problems == []
    assert (found.phrases, found.checked) == ((question,), DAY)
    assert len(found.title.vi) <= TITLE


def test_a_link_in_a_source_can_be_opened() -> None:
    text = writing.entry(made(1, "chợ họp ngày mấy", source="Quy chế chợ, https://example.org/cho"), DAY, "home")

    assert 'source: {link: "https://example.org/cho", title: "Quy chế chợ", date: 2026-11-23}' in text


def test_no_test_is_the_phrase_itself() -> None:
    assert fold("Chợ họp ngày mấy?") not in map(fold, writing.noisy("Chợ họp ngày mấy?"))


def test_an_id_that_is_taken_gets_a_number(base: Base) -> None:
    taken = next(iter(base.groups))

    assert writing.name(taken, base) == f"{taken}-2"


def test_near_words_are_one_suggestion_and_most_asked_comes_first() -> None:
    def words(text: str) -> frozenset[str]:
        return frozenset(fold(text).split())

    found = clustered(
        [
            made(1, "chợ họp ngày mấy", case=1),
            made(2, "nuôi bò ở mô", case=2, asked=2),
            made(3, "nuoi bo o mo vay", case=3),
            made(4, "nuôi bò ở mô", case=2, author=2, asked=2),
        ],
        words,
    )

    assert [(one.first.id, one.asked, len(one.members)) for one in found] == [(2, 3, 3), (1, 1, 1)]
