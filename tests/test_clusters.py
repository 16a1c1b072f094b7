"""Texts sorted by likeness: every text in one cluster, whatever their order, and what is alike together."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import log, sqrt
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.matching.clusters import PAIR, clusters

SWIFT = ["nuôi chim yến xin phép", "xin phép nuôi chim yến", "nhà nuôi chim yến"]
PASSPORT = ["làm hộ chiếu", "hộ chiếu hết hạn", "gia hạn hộ chiếu"]

texts = st.lists(st.lists(st.sampled_from("abcdefghij"), max_size=5), max_size=25)


def sorted_into(texts: list[list[str]]) -> set[tuple[tuple[str, ...], ...]]:
    """The clusters as texts, without the places and the order of these."""
    return {tuple(sorted(tuple(texts[place]) for place in places)) for places in clusters(texts)}


def test_what_is_alike_comes_together() -> None:
    words = [text.split() for text in [*SWIFT, *PASSPORT, "giá vàng"]]

    assert sorted(clusters(words)) == [[0, 1, 2], [3, 4, 5], [6]]


def test_the_same_words_are_one_text_and_none_are_one_too() -> None:
    assert sorted(clusters([["a"], [], ["a"], []])) == [[0, 2], [1, 3]]
    assert clusters([]) == []


def test_the_stricter_the_more_clusters() -> None:
    words = [text.split() for text in [*SWIFT, *PASSPORT]]

    assert len(clusters(words, least=0.01)) == 2
    assert len(clusters(words, least=0.99)) == len(words)


@given(texts)
def test_every_text_is_in_exactly_one_cluster(texts: list[list[str]]) -> None:
    places = [place for places in clusters(texts) for place in places]

    assert sorted(places) == list(range(len(texts)))


@given(texts, st.randoms())
def test_the_order_of_the_texts_does_not_matter(texts: list[list[str]], chance: Random) -> None:
    mixed = chance.sample(texts, len(texts))

    assert sorted_into(mixed) == sorted_into(texts)


@given(texts)
def test_the_same_texts_give_the_same_clusters(texts: list[list[str]]) -> None:
    assert clusters(texts) == clusters(texts)


@given(texts, st.floats(0.05, 0.95))
def test_texts_of_a_cluster_are_on_average_alike_and_clusters_are_not(texts: list[list[str]], least: float) -> None:
    """What average link promises, measured without it: no two clusters could still be joined."""
    distinct = sorted({tuple(text) for text in texts})
    found = clusters(distinct, least)

    like = likenesses(distinct)
    for at, one in enumerate(found):
        for other in found[at + 1 :]:
            pairs = [like[a][b] for a in one for b in other]
            assert sum(pairs) / len(pairs) < least + 1e-9


def likenesses(texts: list[tuple[str, ...]]) -> list[list[float]]:
    """The cosine of each two, by the book."""
    bags = [{*zip(text), *pairwise(text)} for text in texts]
    have = Counter(feature for bag in bags for feature in bag)

    def weight(feature: tuple[str, ...]) -> float:
        return (1 if len(feature) == 1 else PAIR) * (1 + log((1 + len(texts)) / (1 + have[feature])))

    def product(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
        return sum(weight(feature) ** 2 for feature in one & other)

    lengths = [sqrt(product(bag, bag)) or 1.0 for bag in bags]
    return [
        [product(one, other) / (mine * theirs) for other, theirs in zip(bags, lengths, strict=True)]
        for one, mine in zip(bags, lengths, strict=True)
    ]
