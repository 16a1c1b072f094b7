"""Scores entries for a text: n-grams of letters and of words, weighted by how few entries have them.

In two stages: the centroids of all entries at once, then every phrase of the entries whose centroids come first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import Features
from bot.matching.normalise import Said
from bot.matching.rows import NO_ROWS, Floats, Grid, Longs, Pile, Postings, Rows
from bot.matching.weighing import CHUNK, ROUNDING, SHARES, left_of, peaks_of, rarity_of, unseen_of, weighed

BEST = 0.5  # share of the best phrase in a score; the rest is the centroid
FEW = 400  # entries, up to which a number for each of them and every feature is no waste of memory
CLOSEST = 40  # entries whose phrases are looked at, at the most
MAYBE = 64  # entries whose whole centroids are looked at, where there are very many
BEHIND = 0.3  # of the score of the first centroid: those below it are not looked at
WORTH = 0.55  # of the best score: what is worth offering


class Vector(NamedTuple):
    """The features of a text; where one stands there more than once, each place has its share of the weight."""

    ids: Longs
    shares: Floats
    weights: Floats


@dataclass(frozen=True, slots=True)
class Index:
    """The phrases of each entry, ready to be compared with a text."""

    features: Features
    fields: NDArray[np.uint8]
    rarity: Floats  # what each feature weighs: the fewer of the entries have it, the more
    unseen: float
    firsts: Longs  # the first phrase of each entry, and one behind the last
    phrases: Rows  # none where every entry has but one
    peaks: Grid | None  # the most that a feature weighs in any phrase of an entry; where there are few entries
    centroids: Grid | Postings
    whole: Rows  # the centroids again, where there are so many that their common features were left out
    left: Floats  # how long, by entry and field, that part of a centroid is

    @classmethod
    def of(cls, texts: Sequence[Sequence[Said]], most: float = np.inf, few: int = FEW) -> Index:
        """*texts* are the phrases of each entry, at least one each; up to *few* have tables; *most*: see `bags`."""
        features, pile = Features(growing=True), Pile()
        for at in range(0, len(texts), CHUNK):
            bags = features.bags([said for phrases in texts[at : at + CHUNK] for said in phrases], most)
            pile.add(bags.lengths, bags.ids, bags.weights)
        features.growing = False
        phrases, fields = pile.rows(), features.fields()
        firsts = np.cumsum([0, *map(len, texts)], dtype=np.int64)
        rarity = rarity_of(phrases, firsts, len(fields))
        centroids = weighed(phrases, firsts, fields, rarity)
        alone, small = len(phrases.starts) == len(firsts), len(texts) <= few
        shape = (len(texts), len(fields))
        found = (Grid if small else Postings).of(centroids, shape)
        return cls(
            features=features,
            fields=fields,
            rarity=rarity,
            unseen=unseen_of(len(texts)),
            firsts=firsts,
            phrases=NO_ROWS if alone else phrases,
            peaks=peaks_of(phrases, firsts, shape) if small and not alone else None,
            centroids=found,
            whole=NO_ROWS if small else centroids,
            left=left_of(found, fields),
        )

    def scores(self, said: Said, closest: int = CLOSEST, behind: float = BEHIND) -> Floats:
        """How well each entry fits *said*, 0 to 1; those whose centroids are far from the *closest* come to 0."""
        return self.fits(self.vector(said), closest, behind)

    def fits(
        self, vector: Vector, closest: int = CLOSEST, behind: float = BEHIND, beside: Floats | None = None
    ) -> Floats:
        """The same for what `vector` made of a text.

        With what counts *beside* it, entries that cannot come to WORTH of the first come to 0 too.
        """
        near = self.centroids.dots(vector.ids, vector.shares)
        if not len(self.phrases.ids) and not len(self.whole.ids):
            return near
        numbers = self._spread(vector)
        if len(self.whole.ids):
            near = self._whole(near, numbers, behind)
            if not len(self.phrases.ids):  # an entry is its centroid
                return near
        scores = np.zeros(len(near), np.float32)
        first = _closest(near, closest, behind)
        if beside is not None:
            first = self._worth(vector, numbers, first, beside + (1 - BEST) * near)
        scores[first] = BEST * self._best(numbers, first) + (1 - BEST) * near.take(first)
        return scores

    def _worth(self, vector: Vector, numbers: Floats, first: Longs, rest: Floats) -> Longs:
        """Those of *first* that can come to WORTH of the best: what counts but their phrases is *rest*."""
        if self.peaks is None:
            return first
        ahead = first[[rest.take(first).argmax()]]
        least = WORTH * (rest.take(ahead) + BEST * self._best(numbers, ahead)) - ROUNDING
        most = rest + BEST * self.peaks.dots(vector.ids, vector.shares)
        found: Longs = first[most.take(first) >= least]
        return found

    def _whole(self, near: Floats, numbers: Floats, behind: float) -> Floats:
        """The products with whole centroids, where those with a part of them, *near*, say that it is worth it."""
        first = _closest(near, MAYBE, behind)
        found = np.zeros(len(near), np.float32)
        found[first] = self.whole.best(numbers, first, first + 1)
        return found

    def _best(self, numbers: Floats, entries: Longs) -> Floats:
        """The product of *numbers* with the phrase of each of *entries* that is most like it."""
        return self.phrases.best(numbers, self.firsts.take(entries), self.firsts.take(entries + 1))

    def bounds(self, vector: Vector) -> Floats:
        """What `fits` comes to at the most where an entry is its centroid: the common features fit as if by design."""
        ids, shares, weights = vector
        squares = shares * weights * self.centroids.left_out(ids)
        lengths = np.sqrt(np.bincount(self.fields.take(ids), squares, len(SHARES))).astype(np.float32)
        found: Floats = self.centroids.dots(ids, shares) + self.left @ lengths
        return found

    def phrase(self, said: Said, entry: int) -> int:
        """Which phrase of *entry* is most like *said*."""
        if not len(self.phrases.ids):
            return 0
        rows = np.arange(self.firsts[entry], self.firsts[entry + 1])
        return int(self.phrases.best(self._spread(self.vector(said)), rows, rows + 1).argmax())

    def vector(self, said: Said) -> Vector:
        """The features of *said* that any entry has, and their weights; each field has its share as its length."""
        ids, times, weights, unseen = self.features.bag(said)
        weights = weights * self.rarity.take(ids)
        fields = self.fields.take(ids)
        squares = np.bincount(fields, weights * weights / times, 3).tolist()
        squares = [square + self.unseen**2 * mass for square, mass in zip(squares, unseen, strict=True)]
        there = [share if square > 0 else 0.0 for share, square in zip(SHARES, squares, strict=True)]
        whole = sum(there) or 1.0
        scale = [share / whole / sqrt(square or 1.0) for share, square in zip(there, squares, strict=True)]
        weights *= np.array(scale, np.float32).take(fields)
        shares: Floats = (weights / times).astype(np.float32)
        return Vector(ids, shares, weights)

    def _spread(self, vector: Vector) -> Floats:
        """*vector* with a number for every feature."""
        numbers = np.zeros(len(self.rarity), np.float32)
        numbers[vector.ids] = vector.weights
        return numbers


def _closest(near: Floats, most: int, behind: float) -> Longs:
    """The entries worth looking at: *most*, without those with less than *behind* of the first."""
    first = np.flatnonzero(near >= behind * near.max())
    if len(first) <= most:
        return first
    found: Longs = first[near.take(first).argpartition(-most)[-most:]]
    return found
