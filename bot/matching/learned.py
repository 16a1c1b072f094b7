"""What tells entries apart: one weight a feature and entry, learned from all their phrases together.

Likeness alone takes "cho em hỏi giấy tờ" for a sign of whoever has it in a phrase; learned weights know what is said of
everything. Ridge regression on the phrases (1 for their own entry, 0 for the others), solved between phrases.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.matching.index import Index
from bot.matching.kept import Arrays, keep, kept
from bot.matching.rows import Floats, Longs
from bot.matching.weighing import SHARES

RIDGE = 0.3  # how much less a phrase is trusted than all of them
MOST = 6000  # phrases beyond which learning takes too long (it grows with their cube) and is left out
COMMON = 128  # phrases from which a feature is cheaper in one product of matrices than on its own


def learned(index: Index, path: Path | None = None) -> Floats | None:
    """A line a feature, a column an entry, kept at *path*; None where there is nothing to learn, or too much."""
    if not 0 < len(index.phrases.starts) - 1 <= MOST:
        return None
    shape = (len(index.rarity), len(index.firsts) - 1)
    if path is not None and (found := kept(path, lambda arrays: _read(arrays, shape))) is not None:
        return found
    weights = _made(index)
    if path is not None:
        keep(path, {"weights": weights})
    return weights


def _read(arrays: Arrays, shape: tuple[int, int]) -> Floats | None:
    weights = arrays["weights"]
    sound = weights.shape == shape and weights.dtype == np.float32 and bool(np.isfinite(weights).all())
    return weights if sound else None


def _made(index: Index) -> Floats:
    entries, rows = len(index.firsts) - 1, index.phrases
    phrases = len(rows.starts) - 1
    lengths = np.diff(rows.starts)
    owner = np.repeat(np.arange(phrases), lengths)
    shares = np.array([*SHARES, 0.0], np.float32)[index.fields]
    weights = rows.weights / _whole(owner, rows.weights**2 * shares[rows.ids])[owner]
    alike = _alike(owner, rows.ids, weights * np.sqrt(shares)[rows.ids], phrases)
    alike[np.diag_indices(phrases)] += RIDGE
    own = np.zeros((phrases, entries), np.float32)
    own[np.arange(phrases), np.repeat(np.arange(entries), np.diff(index.firsts))] = 1
    blame = np.linalg.solve(alike, own)
    found = np.zeros((len(shares), entries), np.float32)
    for entry in range(entries):
        found[:, entry] = np.bincount(rows.ids, weights * np.repeat(blame[:, entry], lengths), len(shares))
    return found


def _whole(owner: Longs, parts: Floats) -> Floats:
    """The length of each phrase: the root of the sum of its *parts*."""
    found: Floats = np.sqrt(np.maximum(np.bincount(owner, parts), 1e-9)).astype(np.float32)
    return found


def _alike(owner: Longs, ids: NDArray[np.int32], weights: Floats, phrases: int) -> Floats:
    """How alike each two phrases are, 0 to 1: common features by one product, the rare ones each where it is."""
    counts = np.bincount(ids)
    often = np.flatnonzero(counts > COMMON)
    places = np.full(len(counts), -1)
    places[often] = np.arange(len(often))
    common = places[ids] >= 0
    dense = np.zeros((phrases, len(often)), np.float32)
    dense[owner[common], places[ids[common]]] = weights[common]
    found: Floats = dense @ dense.T
    rare = np.flatnonzero(~common)
    rare = rare[ids[rare].argsort(kind="stable")]
    for spots in np.split(rare, np.flatnonzero(np.diff(ids[rare])) + 1):
        rows = owner[spots]
        found[rows[:, None], rows] += np.outer(weights[spots], weights[spots])
    return found
