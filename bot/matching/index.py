"""Scores every entry for a text: n-grams of letters and of words, weighted by how few entries have them.

All the phrases and one centroid an entry are rows of a single sparse matrix, kept as postings (feature → rows),
so that one pass over the features of a question scores everything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from bot.matching.normalise import Said
from bot.matching.words import Word

Floats = NDArray[np.float64]
Vector = dict[str, float]

FIELDS = {"c": 0.5, "w": 0.5, "m": 0.15}  # letters, words, words with their diacritics (when there are any)
SIZES = (2, 3, 4)  # letters of an n-gram
BEST = 0.5  # share of the best phrase in a score; the rest is the centroid
ADDED = 0.7  # weight of the official words a concept adds, beside the citizen's own
UNSEEN = 0.2  # weight of words no entry has: they make a text less like any of them (tuned on labelled questions)


class Index:
    """The phrases of each entry, ready to be compared with a text."""

    def __init__(self, texts: Sequence[Sequence[Said]]) -> None:
        """*texts* are the phrases of each entry, at least one each."""
        weighed = [[_weights(said) for said in phrases] for phrases in texts]
        self._idf = _idf(weighed)
        self._rarest = 1 + log(1 + len(texts))
        vectors = [[self._vector(weights) for weights in phrases] for phrases in weighed]
        rows = [vector for phrases in vectors for vector in phrases] + [_centroid(phrases) for phrases in vectors]
        self._firsts = np.cumsum([0, *(len(phrases) for phrases in vectors)])[:-1]
        self._phrases = sum(len(phrases) for phrases in vectors)
        self._build(rows)

    def scores(self, said: Said) -> Floats:
        """How well each entry fits *said*, 0 to 1."""
        rows = self._rows(said)
        best = np.maximum.reduceat(rows[: self._phrases], self._firsts)
        scores: Floats = BEST * best + (1 - BEST) * rows[self._phrases :]
        return scores

    def _rows(self, said: Said) -> Floats:
        vector = self._vector(_weights(said), FIELDS)
        known = [(self._ids[feature], weight) for feature, weight in vector.items() if feature in self._ids]
        if not known:
            return np.zeros(self._size)
        ids = np.array([number for number, _ in known])
        lengths = self._starts[ids + 1] - self._starts[ids]
        shifts = self._starts[ids] - np.concatenate(([0], np.cumsum(lengths)[:-1]))
        places = np.repeat(shifts, lengths) + np.arange(int(lengths.sum()))
        weights = self._weights[places] * np.repeat(np.array([weight for _, weight in known]), lengths)
        rows: Floats = np.bincount(self._where[places], weights, self._size).astype(np.float64, copy=False)
        return rows

    def _vector(self, weights: Vector, shares: Mapping[str, float] | None = None) -> Vector:
        """Weights of features; each field has length 1, or its share of 1 when *shares* are given."""
        raw = {feature: weight * self._rarity(feature) for feature, weight in weights.items()}
        squares: dict[str, float] = defaultdict(float)
        for feature, weight in raw.items():
            squares[feature[0]] += weight * weight
        scale = {field: 1 / sqrt(square) if square else 0.0 for field, square in squares.items()}
        if shares is not None:
            total = sum(shares[field] for field in scale)
            scale = {field: by * shares[field] / total for field, by in scale.items()}
        return {feature: weight * scale[feature[0]] for feature, weight in raw.items()}

    def _rarity(self, feature: str) -> float:
        rarity = self._idf.get(feature)
        return self._rarest * UNSEEN if rarity is None else rarity

    def _build(self, rows: Sequence[Vector]) -> None:
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, row in enumerate(rows):
            for feature, weight in row.items():
                postings[feature].append((number, weight))
        self._size = len(rows)
        self._ids = {feature: number for number, feature in enumerate(postings)}
        self._starts = np.cumsum([0, *(len(posting) for posting in postings.values())])
        self._where = np.array([number for posting in postings.values() for number, _ in posting], dtype=np.int64)
        self._weights = np.array([weight for posting in postings.values() for _, weight in posting])


@lru_cache(maxsize=20_000)
def _letters(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    return tuple("c" + padded[at : at + size] for size in SIZES for at in range(len(padded) - size + 1))


def _weights(said: Said) -> Vector:
    """How much each feature counts in *said*; features start with the letter of their field."""
    counts = _features(said.words)
    if said.marked:
        counts.update(f"m{word.marked}" for word in said.words)
    weights = {feature: 1 + log(n) for feature, n in counts.items()}
    for words in said.added:
        for feature, n in _features(words).items():
            weights[feature] = max(weights.get(feature, 0.0), ADDED * (1 + log(n)))
    return weights


def _features(words: Sequence[Word]) -> Counter[str]:
    counts = Counter(letters for word in words for letters in _letters(word.plain))
    counts.update(f"w{word.plain}" for word in words)
    counts.update(f"w{a.plain} {b.plain}" for a, b in pairwise(words))
    return counts


def _idf(entries: Iterable[Iterable[Vector]]) -> dict[str, float]:
    """Rarity of features, counted over entries: a word in every phrase of one entry is still that entry's own."""
    have: Counter[str] = Counter()
    number = 0
    for phrases in entries:
        number += 1
        have.update(set(_chain(phrases)))
    return {feature: 1 + log((1 + number) / (1 + n)) for feature, n in have.items()}


def _chain(phrases: Iterable[Vector]) -> Iterator[str]:
    return (feature for phrase in phrases for feature in phrase)


def _centroid(vectors: Sequence[Vector]) -> Vector:
    total: dict[str, float] = defaultdict(float)
    for vector in vectors:
        for feature, weight in vector.items():
            total[feature] += weight
    squares: dict[str, float] = defaultdict(float)
    for feature, weight in total.items():
        squares[feature[0]] += weight * weight
    return {feature: weight / sqrt(squares[feature[0]]) for feature, weight in total.items()}
