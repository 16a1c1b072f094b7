"""Sparse rows of numbers, kept in two ways: by row, to look at a few whole ones, and by feature, to sum up all."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float32]

COMMON = 16  # a feature of more than one row in so many is common
FEW = 600  # rows, up to which common features are kept, with a number for every row; beyond, they are left out


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
class Postings:
    """The rows of feature n are `where[starts[n]:starts[n + 1]]`; those of a common one are all in `common`.

    Where there are too many rows for that, common features are left out: they tell little.
    """

    starts: Longs
    where: Ints
    weights: Floats
    places: Ints  # of each feature in `common`, -1 for most
    common: Floats  # one line a common feature, one column a row

    @classmethod
    def of(cls, rows: Ints | Longs, ids: Ints, weights: Floats, shape: tuple[int, int]) -> Postings:
        """From rows, features and weights, place by place; *shape* is the number of rows and of features."""
        counts = np.bincount(ids, minlength=shape[1])
        often = np.flatnonzero(counts * COMMON > shape[0])
        places = np.full(shape[1], -1, np.int32)
        places[often] = np.arange(len(often))
        at = places[ids]
        common = np.zeros((len(often) if shape[0] <= FEW else 0, shape[0]), np.float32)
        if len(common):
            common[at[at >= 0], rows[at >= 0]] = weights[at >= 0]
        rare = np.flatnonzero(at < 0)
        order = rare[ids[rare].argsort(kind="stable")]
        counts[often] = 0
        starts = np.concatenate(([0], np.cumsum(counts)))
        places = places if len(common) else np.full(shape[1], -1, np.int32)
        return cls(starts, rows[order].astype(np.int32), weights[order], places, common)

    def left_out(self, ids: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
        """Which of the features *ids* are left out."""
        found: NDArray[np.bool_] = (self.starts.take(ids + 1) == self.starts.take(ids)) & (self.places.take(ids) < 0)
        return found

    def dots(self, ids: Longs, weights: Floats) -> Floats:
        """The product of each row with the vector that has *weights* for the features *ids*."""
        sums: Floats = np.zeros(self.common.shape[1], np.float32)
        if len(self.common):
            places = self.places.take(ids)
            often = np.flatnonzero(places >= 0)
            sums = weights.take(often) @ self.common.take(places.take(often), axis=0)
        starts = self.starts.take(ids)
        lengths = self.starts.take(ids + 1) - starts
        ends = lengths.cumsum()
        if len(ends) and (total := int(ends[-1])):
            at = (starts + lengths - ends).repeat(lengths)
            at += np.arange(total)
            products = self.weights.take(at)
            products *= weights.repeat(lengths)
            sums += np.bincount(self.where.take(at), products, len(sums))
        return sums


def normed(lengths: Longs, fields: NDArray[np.uint8], weights: Floats) -> Floats:
    """*weights* of rows of these *lengths* with every field of every row brought to length 1."""
    keys = np.repeat(np.arange(len(lengths)) * 3, lengths) + fields
    whole = np.sqrt(np.bincount(keys, weights * weights))
    found: Floats = (weights / np.maximum(whole, 1e-9)[keys]).astype(np.float32)
    return found
