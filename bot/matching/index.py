"""Scores every entry for a text: n-grams of letters and of words, weighted by how few entries have them.

All the phrases and one centroid an entry are rows of a single sparse matrix, kept as postings (feature → rows),
so that one pass over the features of a question scores everything.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log, sqrt
from typing import Any

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
        weighed = [[weights_of(said) for said in phrases] for phrases in texts]
        self._rarity = Rarity(_counts(weighed), len(texts))
        vectors = [[self._rarity.vector(weights) for weights in phrases] for phrases in weighed]
        rows = [vector for phrases in vectors for vector in phrases] + [_centroid(phrases) for phrases in vectors]
        self._firsts = np.cumsum([0, *(len(phrases) for phrases in vectors)])[:-1]
        self._phrases = sum(len(phrases) for phrases in vectors)
        self._postings = Postings.of(rows)

    def scores(self, said: Said) -> Floats:
        """How well each entry fits *said*, 0 to 1."""
        rows = self._postings.rows(self._rarity.vector(weights_of(said), FIELDS))
        best = np.maximum.reduceat(rows[: self._phrases], self._firsts)
        scores: Floats = BEST * best + (1 - BEST) * rows[self._phrases :]
        return scores


@dataclass(frozen=True, slots=True)
class Postings:
    """Weights of features in rows: those of feature n lie between starts[n] and starts[n + 1]."""

    features: Mapping[str, int]
    starts: NDArray[Any]
    where: NDArray[Any]
    weights: NDArray[Any]
    size: int

    @classmethod
    def of(cls, rows: Sequence[Vector]) -> Postings:
        """The postings of *rows*."""
        numbers: dict[str, array[int]] = defaultdict(lambda: array("i"))
        weights: dict[str, array[float]] = defaultdict(lambda: array("d"))
        for number, row in enumerate(rows):
            for feature, weight in row.items():
                numbers[feature].append(number)
                weights[feature].append(weight)
        return cls(
            features={feature: number for number, feature in enumerate(numbers)},
            starts=np.cumsum([0, *map(len, numbers.values())]),
            where=np.concatenate([np.array(one) for one in (array("i"), *numbers.values())]),
            weights=np.concatenate([np.array(one) for one in (array("d"), *weights.values())]),
            size=len(rows),
        )

    def rows(self, vector: Vector) -> Floats:
        """How much each row has of *vector*: the products of their weights, added up."""
        known = [(self.features[feature], weight) for feature, weight in vector.items() if feature in self.features]
        if not known:
            return np.zeros(self.size)
        ids = np.array([number for number, _ in known])
        lengths = self.starts[ids + 1] - self.starts[ids]
        shifts = self.starts[ids] - np.concatenate(([0], np.cumsum(lengths)[:-1]))
        places = np.repeat(shifts, lengths) + np.arange(int(lengths.sum()))
        weights = self.weights[places] * np.repeat(np.array([weight for _, weight in known]), lengths)
        rows: Floats = np.bincount(self.where[places], weights, self.size).astype(np.float64, copy=False)
        return rows


class Rarity:
    """What features weigh: the fewer of the entries have one, the more.

    Counted over entries: a word in every phrase of one entry is still that entry's own.
    """

    def __init__(self, have: Mapping[str, int], entries: int) -> None:
        """*have* says how many of the *entries* have each feature."""
        self._idf = {feature: 1 + log((1 + entries) / (1 + n)) for feature, n in have.items()}
        self._unseen = UNSEEN * (1 + log(1 + entries))

    def vector(self, weights: Vector, shares: Mapping[str, float] | None = None) -> Vector:
        """Weights of features; each field has length 1, or its share of 1 when *shares* are given."""
        raw = {feature: weight * self._idf.get(feature, self._unseen) for feature, weight in weights.items()}
        squares: dict[str, float] = defaultdict(float)
        for feature, weight in raw.items():
            squares[feature[0]] += weight * weight
        scale = {field: 1 / sqrt(square) if square else 0.0 for field, square in squares.items()}
        if shares is not None:
            total = sum(shares[field] for field in scale)
            scale = {field: by * shares[field] / total for field, by in scale.items()}
        return {feature: weight * scale[feature[0]] for feature, weight in raw.items()}


@lru_cache(maxsize=20_000)
def _letters(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    return tuple("c" + padded[at : at + size] for size in SIZES for at in range(len(padded) - size + 1))


def weights_of(said: Said) -> Vector:
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


def _counts(entries: Iterable[Iterable[Vector]]) -> Counter[str]:
    """How many entries have each feature."""
    have: Counter[str] = Counter()
    for phrases in entries:
        have.update(set(_chain(phrases)))
    return have


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
