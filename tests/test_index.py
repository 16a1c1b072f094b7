"""The index: two stages find what a look at everything finds, and rows come out as they were put in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.model import Base
from bot.matching.finder import entries
from bot.matching.index import WORTH, Index
from bot.matching.lexicon import Lexicon
from bot.matching.normalise import Normaliser, vocabulary_of
from bot.matching.rows import Grid, Postings, Rows
from bot.matching.shelf import texts_of
from tests.test_phrases import phrases

PLAIN = Lexicon.from_data({})


def index_of(*texts: list[str], lexicon: Lexicon = PLAIN) -> tuple[Index, Normaliser]:
    normalise = Normaliser(lexicon, vocabulary_of(text for phrases in texts for text in phrases))
    return Index.of([[normalise(text) for text in phrases] for phrases in texts]), normalise


def test_two_stages_find_the_best_as_one_does(base: Base) -> None:
    own = [texts_of(entry) for entry in entries(base) if entry.kind != "catalogue"]
    index, normalise = index_of(*map(list, own), lexicon=Lexicon.from_data(base.data["lexicon"]))

    lost = []
    for _, phrase in phrases():
        said = normalise(phrase)
        whole, quick = index.scores(said, closest=len(own), behind=0.0), index.scores(said)
        if whole.max() > 0.3 and whole.argmax() != quick.argmax():
            lost.append(phrase)

    assert lost == []


def test_what_may_be_offered_fits_as_if_everything_were_looked_at(base: Base) -> None:
    own = [texts_of(entry) for entry in entries(base) if entry.kind != "catalogue"]
    index, normalise = index_of(*map(list, own), lexicon=Lexicon.from_data(base.data["lexicon"]))
    spared = 0

    for _, phrase in phrases():
        vector = index.vector(normalise(phrase))
        beside = 0.2 * index.centroids.dots(vector.ids, vector.shares)
        whole, quick = index.fits(vector), index.fits(vector, beside=beside)
        offered = whole + beside >= WORTH * (whole + beside).max()

        assert quick[offered].tolist() == pytest.approx(whole[offered].tolist(), abs=1e-5)
        assert (quick + beside).max() == pytest.approx((whole + beside).max(), abs=1e-5)
        spared += np.count_nonzero(quick) < np.count_nonzero(whole)

    assert spared > 0.5 * len(list(phrases()))


def test_a_phrase_is_most_like_itself() -> None:
    index, normalise = index_of(["đăng ký khai sinh", "làm giấy khai sinh"], ["đăng ký kết hôn"], ["???", "0"])

    scores = index.scores(normalise("dang ky ket hon"))

    assert scores.argmax() == 1
    assert scores[1] > 0.99
    assert index.scores(normalise("???")).max() == 0.0


def test_what_no_entry_has_makes_a_text_less_like_any() -> None:
    index, normalise = index_of(["đăng ký khai sinh"], ["đăng ký kết hôn"])

    assert index.scores(normalise("đăng ký kết hôn xyz qwv")).max() < index.scores(normalise("đăng ký kết hôn")).max()


@given(st.lists(st.lists(st.sampled_from(range(30)), min_size=1, unique=True), min_size=1, max_size=40), st.data())
def test_rows_by_row_and_by_feature_say_the_same(rows: list[list[int]], data: st.DataObject) -> None:
    """But for common features, where those are left out."""
    ids = np.array([id for row in rows for id in row], np.int32)
    weights = np.array(data.draw(st.lists(st.integers(1, 9), min_size=len(ids), max_size=len(ids))), np.float32)
    vector = np.array(data.draw(st.lists(st.integers(0, 9), min_size=30, max_size=30)), np.float32)
    firsts = np.arange(len(rows))
    by_row = Rows(np.concatenate(([0], np.cumsum([len(row) for row in rows]))), ids, weights)
    asked = np.flatnonzero(vector)

    grid, postings = (table.of(by_row, (len(rows), 30)) for table in (Grid, Postings))
    rare = np.where(postings.left_out(np.arange(30)), 0, vector)

    assert grid.dots(asked, vector[asked]).tolist() == by_row.best(vector, firsts, firsts + 1).tolist()
    assert postings.dots(asked, vector[asked]).tolist() == by_row.best(rare, firsts, firsts + 1).tolist()
