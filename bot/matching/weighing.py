"""What the features of an index weigh: in a phrase, in the centroid of an entry, at all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import log

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import ROW, firsts_of
from bot.matching.rows import Floats, Grid, Longs, Pile, Postings, Rows, normed

SHARES = (0.5, 0.5, 0.15)  # of the fields in a score: letters, words, words with their diacritics
UNSEEN = 0.2  # weight of words no entry has: they make a text less like any of them (tuned on labelled questions)
ROUNDING = 1e-5  # of sums of small numbers
CHUNK = 100  # entries made ready at a time, to save memory


def unseen_of(entries: int) -> float:
    """The weight of what none of *entries* has."""
    return UNSEEN * (1 + log(1 + entries))


def left_of(centroids: Grid | Postings, fields: NDArray[np.uint8]) -> Floats:
    """How long, by row and field, the part that *centroids* leave out may be: the whole is 1 at the most."""
    if isinstance(centroids, Grid):
        return np.zeros((centroids.numbers.shape[1], len(SHARES)), np.float32)
    keys = centroids.where * len(SHARES) + np.repeat(fields, centroids.sizes)
    there = np.bincount(keys, centroids.weights**2, centroids.rows * len(SHARES)).reshape(-1, len(SHARES))
    found: Floats = np.sqrt(np.maximum(1 + ROUNDING - there, 0)).astype(np.float32)
    return found


def rarity_of(phrases: Rows, firsts: Longs, features: int) -> Floats:
    """What each feature weighs: the fewer of the entries have it, the more."""
    have = np.zeros(features)
    for _, keys in _keys(phrases, firsts):
        keys.sort()
        have += np.bincount(keys.take(firsts_of(keys)).astype(np.int32), minlength=features)
    rarity = (1 + np.log(len(firsts) / (1 + have))).astype(np.float32)
    rarity[0] = 0.0
    return rarity


def peaks_of(phrases: Rows, firsts: Longs, shape: tuple[int, int]) -> Grid:
    """The most that each feature weighs in the *phrases* of each entry."""
    numbers = np.zeros(shape[::-1], np.float32)
    for entry, (begin, end) in enumerate(pairwise(phrases.starts.take(firsts).tolist())):
        np.maximum.at(numbers[:, entry], phrases.ids[begin:end], phrases.weights[begin:end])
    return Grid(numbers)


def weighed(phrases: Rows, firsts: Longs, fields: NDArray[np.uint8], rarity: Floats) -> Rows:
    """The centroids of the entries; the weights of their *phrases* become what they are in the end."""
    pile = Pile()
    for rows, keys in _keys(phrases, firsts):
        span = slice(int(phrases.starts[rows.start]), int(phrases.starts[rows.stop]))
        ids = phrases.ids[span]
        lengths = np.diff(phrases.starts[rows.start : rows.stop + 1])
        phrases.weights[span] = normed(lengths, fields[ids], phrases.weights[span] * rarity[ids])
        order = keys.argsort()
        each = keys.take(order)
        new = firsts_of(each)
        own = each.take(new)
        total = np.add.reduceat(phrases.weights[span].take(order), new)
        ids, lengths = own.astype(np.int32), np.bincount(own >> ROW)
        pile.add(lengths, ids, normed(lengths, fields[ids], total))
    return pile.rows()


def _keys(phrases: Rows, firsts: Longs) -> Iterator[tuple[slice, Longs]]:
    """Some of the entries after others: where their phrases are, and the entry and feature of each weight of these."""
    for at in range(0, len(firsts) - 1, CHUNK):
        own = firsts[at : at + CHUNK + 1]
        starts = phrases.starts.take(own)
        entries = np.repeat(np.arange(len(own) - 1), np.diff(starts))
        yield slice(int(own[0]), int(own[-1])), (entries << ROW) + phrases.ids[starts[0] : starts[-1]]
