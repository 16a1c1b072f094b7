"""Scores entries for a text: n-grams of letters and of words, weighted by how few entries have them.

In two stages: the centroids of all entries at once, then every phrase of the entries whose centroids come first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import Bags, Features
from bot.matching.normalise import Said
from bot.matching.rows import FEW, NO_ROWS, Floats, Ints, Longs, Postings, Rows, normed

SHARES = (0.5, 0.5, 0.15)  # of the fields in a score: letters, words, words with their diacritics
BEST = 0.5  # share of the best phrase in a score; the rest is the centroid
UNSEEN = 0.2  # weight of words no entry has: they make a text less like any of them (tuned on labelled questions)
CLOSEST = 24  # entries whose phrases are looked at, at the most
MAYBE = 64  # entries whose whole centroids are looked at, where there are very many
BEHIND = 0.3  # of the score of the first centroid: those below it are not looked at
CHUNK = 500  # entries made ready at a time, to save memory


@dataclass(frozen=True, slots=True)
class Index:
    """The phrases of each entry, ready to be compared with a text."""

    features: Features
    fields: NDArray[np.uint8]
    rarity: Floats  # what each feature weighs: the fewer of the entries have it, the more
    unseen: float
    firsts: Longs  # the first phrase of each entry, and one behind the last
    phrases: Rows  # none where every entry has but one
    centroids: Postings
    whole: Rows  # the centroids again, where there are so many that their common features were left out
    left: Floats  # how long, by entry and field, that part of a centroid is

    @classmethod
    def of(cls, texts: Sequence[Sequence[Said]], most: float = np.inf) -> Index:
        """*texts* are the phrases of each entry, at least one each; *most*: see `Features.bags`."""
        features = Features(growing=True)
        chunks = [Chunk.of(features, texts[at : at + CHUNK], most) for at in range(0, len(texts), CHUNK)]
        features.growing = False
        fields = features.fields()
        have = np.bincount(_joined([chunk.ids for chunk in chunks]), minlength=len(fields))
        rarity = 1 + np.log((1 + len(texts)) / (1 + have))
        rarity[0] = 0.0
        light = rarity.astype(np.float32)
        weights = [chunk.weighed(light, fields) for chunk in chunks]
        rows = _joined([chunk.owners + number * CHUNK for number, chunk in enumerate(chunks)])
        ids, heavy = _joined([chunk.ids for chunk in chunks]), _joined([total for _, total in weights])
        return cls(
            features=features,
            fields=fields,
            rarity=light,
            unseen=unseen_of(len(texts)),
            firsts=np.concatenate(([0], np.cumsum([len(phrases) for phrases in texts]))).astype(np.int64),
            phrases=_rows(chunks, [each for each, _ in weights]),
            **_centroids(rows, ids, heavy, fields, len(texts)),
        )

    def scores(self, said: Said, closest: int = CLOSEST, behind: float = BEHIND) -> Floats:
        """How well each entry fits *said*, 0 to 1; those whose centroids are far from the *closest* come to 0."""
        return self.fits(*self.vector(said), closest, behind)

    def fits(self, ids: Longs, weights: Floats, closest: int = CLOSEST, behind: float = BEHIND) -> Floats:
        """The same for what `vector` made of a text."""
        near = self.centroids.dots(ids, weights)
        if not len(self.phrases.ids) and not len(self.whole.ids):
            return near
        vector = np.zeros(len(self.rarity), np.float32)
        vector[ids] = weights
        scores = np.zeros(len(near), np.float32)
        if len(self.whole.ids):
            first = _closest(near, MAYBE, behind)
            scores[first] = self.whole.best(vector, first, first + 1)
            if not len(self.phrases.ids):  # an entry is its centroid
                return scores
            near, scores = scores, np.zeros(len(near), np.float32)
        first = _closest(near, closest, behind)
        best = self.phrases.best(vector, self.firsts.take(first), self.firsts.take(first + 1))
        scores[first] = BEST * best + (1 - BEST) * near.take(first)
        return scores

    def bounds(self, ids: Longs, weights: Floats) -> Floats:
        """What `fits` comes to at the most where an entry is its centroid: the common features fit as if by design."""
        left = self.centroids.left_out(ids)
        lengths = np.sqrt(np.bincount(self.fields.take(ids), weights * weights * left, len(SHARES))).astype(np.float32)
        found: Floats = self.centroids.dots(ids, weights) + self.left @ lengths
        return found

    def phrase(self, said: Said, entry: int) -> int:
        """Which phrase of *entry* is most like *said*."""
        if not len(self.phrases.ids):
            return 0
        ids, weights = self.vector(said)
        vector = np.zeros(len(self.rarity), np.float32)
        vector[ids] = weights
        rows = np.arange(self.firsts[entry], self.firsts[entry + 1])
        return int(self.phrases.best(vector, rows, rows + 1).argmax())

    def vector(self, said: Said) -> tuple[Longs, Floats]:
        """The features of *said* that any entry has, and their weights; each field has its share as its length."""
        ids, weights, unseen = self.features.bag(said)
        weights = weights * self.rarity.take(ids)
        fields = self.fields.take(ids)
        squares = np.bincount(fields, weights * weights, 3).tolist()
        squares = [square + self.unseen**2 * mass for square, mass in zip(squares, unseen, strict=True)]
        there = [share if square > 0 else 0.0 for share, square in zip(SHARES, squares, strict=True)]
        whole = sum(there) or 1.0
        scale = [share / whole / sqrt(square or 1.0) for share, square in zip(there, squares, strict=True)]
        weights *= np.array(scale, np.float32).take(fields)
        return ids, weights


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some of the entries while the index is made."""

    entries: int
    bags: Bags
    rows: Longs  # the phrase of each feature
    group: Ints  # the feature of a whole entry that each feature of a phrase is part of
    owners: Longs  # the entry of each feature of an entry
    ids: Ints  # the features of the entries

    @classmethod
    def of(cls, features: Features, texts: Sequence[Sequence[Said]], most: float) -> Chunk:
        bags = features.bags([said for phrases in texts for said in phrases], most)
        rows = np.repeat(np.arange(len(bags.lengths)), bags.lengths)
        entries = np.repeat(np.arange(len(texts)), [len(phrases) for phrases in texts])
        keys, group = np.unique((entries[rows] << 32) + bags.ids, return_inverse=True)
        return cls(len(texts), bags, rows.astype(np.int32), group.astype(np.int32), keys >> 32, keys.astype(np.int32))

    def weighed(self, rarity: Floats, fields: NDArray[np.uint8]) -> tuple[Floats, Floats]:
        """The weights of the phrases, and of the centroids of the entries."""
        each = normed(self.rows, fields[self.bags.ids], self.bags.weights * rarity[self.bags.ids])
        total = np.bincount(self.group, each, len(self.ids)).astype(np.float32)
        return each, normed(self.owners, fields[self.ids], total)


def _closest(near: Floats, most: int, behind: float) -> Longs:
    """The entries worth looking at: *most*, without those with less than *behind* of the first."""
    first = np.flatnonzero(near >= behind * near.max())
    if len(first) <= most:
        return first
    found: Longs = first[near.take(first).argpartition(-most)[-most:]]
    return found


def unseen_of(entries: int) -> float:
    """The weight of what none of *entries* has."""
    return UNSEEN * (1 + log(1 + entries))


def _centroids(rows: Longs, ids: Ints, weights: Floats, fields: NDArray[np.uint8], entries: int) -> dict[str, Any]:
    """The postings of the centroids, and where they leave something out, their rows and how long that is."""
    found = Postings.of(rows, ids, weights, (entries, len(fields)))
    left = weights * weights * found.left_out(ids)
    lengths = np.sqrt(np.bincount(rows * len(SHARES) + fields[ids], left, entries * len(SHARES))).astype(np.float32)
    starts = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=entries))))
    whole = Rows(starts, ids, weights) if entries > FEW else NO_ROWS
    return {"centroids": found, "whole": whole, "left": lengths.reshape(entries, len(SHARES))}


def _rows(chunks: Sequence[Chunk], weights: Sequence[Floats]) -> Rows:
    """The phrases; none where every entry has but one, which is its centroid."""
    if all(len(chunk.bags.lengths) == chunk.entries for chunk in chunks):
        return NO_ROWS
    lengths = _joined([chunk.bags.lengths for chunk in chunks])
    ids = _joined([chunk.bags.ids for chunk in chunks])
    return Rows(np.concatenate(([0], np.cumsum(lengths))), ids, _joined(weights))


def _joined(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate([np.zeros(0, arrays[0].dtype if arrays else np.int64), *arrays])
