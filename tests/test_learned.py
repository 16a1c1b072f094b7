"""What is learned from the phrases together, and how it is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.matching import learned as module
from bot.matching.index import Index
from bot.matching.learned import learned
from bot.matching.lexicon import Lexicon
from bot.matching.normalise import Normaliser, vocabulary_of

TEXTS = [
    ["cho em hỏi giấy tờ làm khai sinh", "đăng ký khai sinh", "khai sinh cho con"],
    ["cho em hỏi giấy tờ làm kết hôn", "đăng ký kết hôn", "hai đứa muốn cưới"],
    ["khai tử cho ông", "đăng ký khai tử"],
]
NORMALISE = Normaliser(Lexicon.from_data({}), vocabulary_of(text for texts in TEXTS for text in texts))


@pytest.fixture
def index() -> Index:
    return Index.of([[NORMALISE(text) for text in texts] for texts in TEXTS])


def told(index: Index, text: str, path: Path | None = None) -> list[float]:
    weights = learned(index, path)
    assert weights is not None
    vector = index.vector(NORMALISE(text))
    return [round(float(one), 5) for one in vector.shares @ weights[vector.ids]]


def test_the_words_that_tell_entries_apart_decide(index: Index) -> None:
    assert np.argmax(told(index, "giấy tờ đăng ký kết hôn cho em hỏi")) == 1
    assert np.argmax(told(index, "ông mất thì khai tử")) == 2


def test_where_every_entry_has_one_phrase_nothing_is_learned() -> None:
    assert learned(Index.of([[NORMALISE("khai sinh")], [NORMALISE("kết hôn")]])) is None


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def other_shape(path: Path) -> None:
    with path.open("wb") as file:
        np.savez(file, weights=np.zeros((2, 2), np.float32))


def no_numbers(path: Path) -> None:
    with np.load(path) as kept:
        weights = kept["weights"]
    with path.open("wb") as file:
        np.savez(file, weights=weights * np.nan)


@pytest.mark.parametrize("damage", [cut, other_shape, no_numbers, Path.unlink])
def test_a_damaged_or_missing_file_is_made_again(damage: Callable[[Path], None], index: Index, tmp_path: Path) -> None:
    path = tmp_path / "learned-1.npz"
    expected = told(index, "khai sinh", path)
    damage(path)

    assert told(index, "khai sinh", path) == expected
    assert path.exists()


def test_the_second_start_does_not_learn_again(index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "learned-1.npz"
    first = told(index, "khai sinh", path)
    monkeypatch.delattr(module, "_made")

    assert told(index, "khai sinh", path) == first
