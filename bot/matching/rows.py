"""Rows of numbers, few of them not 0, kept in three ways: by row, to look at a few whole ones, and by feature, to sum
up all: with a number for every row, or with those that are not 0.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float32]

COMMON = 16  # a feature of more than one row in so many is common


@dataclass(frozen=True, slots=True)
class Rows:
    """Row n holds `weights[starts[n]:starts[n + 1]]`, of the features of the same places in `ids`; none is empty."""

    starts: Longs
    ids: Ints
    weights: Floats

    def owners(self) -> Ints:
        """The row of each place."""
        return np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), np.diff(self.starts))

    def best(self, vector: Floats, firsts: Longs, lasts: Longs) -> Floats:
        """The best product of *vector*, a number for each feature, with a row of each range from first to last."""
        begins, ends = self.starts[firsts].tolist(), self.starts[lasts].tolist()
        spans = list(zip(begins, ends, strict=True))
        at = np.concatenate([self.ids[begin:end] for begin, end in spans], dtype=np.intp)
        products = vector.take(at, mode="clip")  # no id is beyond; "clip" only spares a check of them
        products *= np.concatenate([self.weights[begin:end] for begin, end in spans])
        sizes = lasts - firsts
        starts = np.cumsum(sizes) - sizes
        rows = np.arange(int(sizes.sum())) + np.repeat(firsts - starts, sizes)
        lengths = self.starts.take(rows + 1) - self.starts.take(rows)
        found: Floats = np.maximum.reduceat(np.add.reduceat(products, np.cumsum(lengths) - lengths), starts)
        return found


class Pile:
    """Rows that are put together bit by bit; it grows where it is, so that no second copy needs memory."""

    def __init__(self) -> None:
        self._lengths = array("q")
        self._ids = array("i")
        self._weights = array("f")

    def add(self, lengths: Longs, ids: Ints, weights: Floats) -> None:
        """Put rows behind the others."""
        self._lengths.frombytes(lengths.astype(np.int64).tobytes())
        self._ids.frombytes(ids.tobytes())
        self._weights.frombytes(weights.tobytes())

    def rows(self) -> Rows:
        """All of them."""
        starts = np.concatenate(([0], np.cumsum(self._lengths))).astype(np.int64)
        return Rows(starts, np.asarray(self._ids, np.int32), np.asarray(self._weights, np.float32))


NO_ROWS = Rows(np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32))


@dataclass(frozen=True, slots=True)
class Grid:
    """A number for every row and feature: the quickest way where there are few rows."""

    numbers: Floats  # one line a feature, one column a row

    @classmethod
    def of(cls, rows: Rows, shape: tuple[int, int]) -> Grid:
        """From *rows*; *shape* is the number of rows and of features."""
        numbers = np.zeros(shape[::-1], np.float32)
        numbers[rows.ids, rows.owners()] = rows.weights
        return cls(numbers)

    def left_out(self, ids: Longs) -> NDArray[np.bool_]:
        """Which of the features *ids* are left out: none."""
        return np.zeros(len(ids), np.bool_)

    def dots(self, ids: Longs, weights: Floats) -> Floats:
        """The product of each row with the vector that has *weights* for the features *ids*."""
        found: Floats = weights @ self.numbers.take(ids, axis=0)
        return found


@dataclass(frozen=True, slots=True)
class Postings:
    """The rows of feature n are the `sizes[n]` from `starts[n]` on in `where`; common features are left out.

    They tell little, and would take most of the time.
    """

    rows: int  # how many there are
    starts: Ints
    sizes: Ints
    where: Ints
    weights: Floats

    @classmethod
    def of(cls, rows: Rows, shape: tuple[int, int]) -> Postings:
        """From *rows*; *shape* is the number of rows and of features."""
        counts = np.bincount(rows.ids, minlength=shape[1])
        common = counts * COMMON > shape[0]
        rare = np.flatnonzero(~common[rows.ids])
        order = rare[rows.ids[rare].argsort(kind="stable")]
        counts[common] = 0
        starts = counts.cumsum() - counts
        found = rows.owners().take(order), rows.weights.take(order)
        return cls(shape[0], starts.astype(np.int32), counts.astype(np.int32), *found)

    def left_out(self, ids: Longs) -> NDArray[np.bool_]:
        """Which of the features *ids* are left out."""
        found: NDArray[np.bool_] = self.sizes.take(ids) == 0
        return found

    def dots(self, ids: Longs, weights: Floats) -> Floats:
        """The product of each row with the vector that has *weights* for the features *ids*."""
        sizes = self.sizes.take(ids)
        at = (self.starts.take(ids) + sizes - sizes.cumsum()).repeat(sizes)
        at += np.arange(len(at))
        products = self.weights.take(at)
        products *= weights.repeat(sizes)
        return np.bincount(self.where.take(at), products, self.rows).astype(np.float32)


def normed(lengths: Longs, fields: NDArray[np.uint8], weights: Floats) -> Floats:
    """*weights* of rows of these *lengths* with every field of every row brought to length 1."""
    keys = np.repeat(np.arange(len(lengths)) * 3, lengths) + fields
    whole = np.sqrt(np.bincount(keys, weights * weights))
    found: Floats = (weights / np.maximum(whole, 1e-9)[keys]).astype(np.float32)
    return found
