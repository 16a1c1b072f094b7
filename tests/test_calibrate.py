"""The beliefs from which we answer: what a base does on its own phrases can only make us more careful."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.base.model import Base
from bot.matching import finder, matcher
from bot.matching.aspects import AspectCues
from bot.matching.calibrate import ANSWERS, ASKS, LEAST, Limits, Trial, recalled, settled
from bot.matching.lexicon import Lexicon
from bot.matching.matcher import Entry, Matcher

FIRST = Limits(tested=True)


def found(count: int, right: float, *, good: bool = True, inside: bool = True, ours: float = 1.0) -> list[Trial]:
    return [Trial(inside, good, right, ours)] * count


@pytest.mark.parametrize(
    ("trials", "expected"),
    [
        (found(300, 0.9), FIRST),
        (found(300, 0.9) + found(30, 0.868, good=False), Limits(0.87, ASKS[0], tested=True)),
        (found(300, 0.9) + found(300, 0.99, good=False), Limits(ANSWERS[-1], ASKS[0], tested=True)),
        (found(300, 0.9) + found(9, 0.885, good=False, inside=False), Limits(0.89, ASKS[0], tested=True)),
        (found(300, 0.9) + found(30, 0.1, ours=0.205), Limits(ANSWERS[0], 0.2, tested=True)),
        (found(300, 0.1, ours=0.0), Limits(ANSWERS[0], ASKS[-1], tested=True)),
        (found(LEAST - 1, 0.99, good=False), Limits()),
    ],
    ids=["good", "some wrong", "all wrong", "foreign answered", "some unheard", "all unheard", "too few to tell"],
)
def test_mistakes_raise_the_limit_to_answer_and_silence_lowers_that_to_ask(
    trials: list[Trial], expected: Limits
) -> None:
    assert settled(trials, None) == expected


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def unheard_of(path: Path) -> None:
    with path.open("wb") as file:
        np.savez(file, limits=np.array([0.1, 0.1]))


def not_a_number(path: Path) -> None:
    with path.open("wb") as file:
        np.savez(file, limits=np.array([np.nan, 0.3]))


def test_limits_are_kept(tmp_path: Path) -> None:
    expected = settled(found(300, 0.9) + found(300, 0.99, good=False), tmp_path / "limits-1.npz")

    assert recalled(tmp_path / "limits-1.npz") == expected != Limits()


@pytest.mark.parametrize("damage", [cut, unheard_of, not_a_number, Path.unlink])
def test_limits_that_are_damaged_or_missing_are_those_of_the_first_base(
    damage: Callable[[Path], None], tmp_path: Path
) -> None:
    settled(found(300, 0.9), tmp_path / "limits-1.npz")
    damage(tmp_path / "limits-1.npz")

    assert recalled(tmp_path / "limits-1.npz") == Limits()


@pytest.fixture(scope="module")
def half(base: Base) -> list[Entry]:
    """Enough of the shipped base to be tried."""
    own = [entry for entry in finder.entries(base) if entry.kind != "catalogue"]
    return own[::2]


def made(entries: list[Entry], cache: Path | None = None) -> Matcher:
    return Matcher(entries, Lexicon.from_data({}), AspectCues.from_data({}), cache=cache)


def test_a_base_is_tried_once_and_always_with_the_same_end(
    half: list[Entry], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(half, tmp_path)
    second = made(half)

    assert first.limits == Limits()
    first.warm()
    second.warm()
    monkeypatch.delattr(matcher, "trials")
    again = made(half, tmp_path)
    again.warm()

    assert first.limits.tested
    assert first.limits == second.limits == again.limits


def test_another_phrase_is_another_base(half: list[Entry], tmp_path: Path) -> None:
    made(half, tmp_path).warm()

    assert made(half[1:], tmp_path).limits == Limits()


def test_a_small_base_has_the_limits_of_the_first(half: list[Entry]) -> None:
    small = made(half[:10])
    small.warm()

    assert small.limits == Limits()


def test_the_shipped_base_keeps_the_limits_that_labelled_questions_chose(base: Base) -> None:
    """When this fails, judge labelled questions before the shares are changed: some new phrases may be confused."""
    tried = finder.matcher(replace(base, catalogue={}))
    tried.warm()

    assert tried.limits == FIRST
