"""When two questions count as one: near words, or some words and one matter; never nothing in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.likeness import alike, overlap

WORDS = st.frozensets(st.sampled_from(["an", "ba", "co", "de", "ga", "heo", "khe", "lua", "mo", "nep"]))


@pytest.mark.parametrize(
    ("one", "other", "same_matter", "expected"),
    [
        ("con bo vang di lac", "con bo vang di lac roi", False, True),
        ("con bo vang di lac", "con trau den di lac", False, False),
        ("con bo vang di lac", "con trau den di lac", True, True),
        ("con bo vang di lac", "khai sinh", True, False),
        ("", "", True, False),
    ],
)
def test_questions_are_alike(one: str, other: str, same_matter: bool, expected: bool) -> None:
    assert alike(one.split(), other.split(), same_matter=same_matter) == expected


@given(WORDS, WORDS)
def test_likeness_is_mutual_and_a_share(one: frozenset[str], other: frozenset[str]) -> None:
    assert 0 <= overlap(one, other) == overlap(other, one) <= 1
    assert overlap(one, one) == (1 if one else 0)
