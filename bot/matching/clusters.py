"""Texts sorted into clusters of those much alike, whatever their order: by their words and pairs of words.

Average link: two clusters become one while their texts are, on average, alike enough. Any two that are each other's
nearest can be joined at once (it comes to the same as one pair after another), so a few rounds suffice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.matching.rows import Longs

ALIKE = 0.25  # mean cosine within a cluster (on labelled phrases: above, one matter falls apart; below, two are mixed)
PAIR = 0.5  # weight of two words that follow each other, beside that of a word
ROW = 32  # bits of a key below the number of its cluster
FEATURE = (1 << ROW) - 1

Words = Sequence[str]
Doubles = NDArray[np.float64]


class _State(NamedTuple):
    """The clusters so far: place n says that `owners[n]`, in order, has the feature `ids[n]` with a mean weight."""

    members: list[list[int]]
    owners: Longs
    ids: Longs
    weights: Doubles


def clusters(texts: Sequence[Words], least: float = ALIKE) -> list[list[int]]:
    """The places of *texts* (of each the words that tell its matter), cluster by cluster, every place in one."""
    places: dict[tuple[str, ...], list[int]] = {}
    for place, words in enumerate(texts):
        places.setdefault(tuple(words), []).append(place)
    distinct = sorted(places)  # from here on the order of *texts* does not show
    return [sorted(place for one in members for place in places[distinct[one]]) for members in _joined(distinct, least)]


def _joined(texts: Sequence[tuple[str, ...]], least: float) -> Iterator[list[int]]:
    """Clusters are done once nothing is near them: joining others brings nothing nearer."""
    state = _begun(texts)
    while state.members:
        nearest = _nearest(state, least)
        here = np.arange(len(nearest))
        mutual = (nearest >= 0) & (nearest[nearest] == here)
        yield from (state.members[one] for one in np.flatnonzero(nearest < 0))
        state = _merged(state, np.where(mutual, np.minimum(here, nearest), here), nearest < 0)


def _begun(texts: Sequence[tuple[str, ...]]) -> _State:
    """Every text by itself; a feature weighs the more, the fewer texts have it, and a text is as long as any other."""
    numbers: dict[tuple[str, ...], int] = {}
    rows = [
        sorted({numbers.setdefault(one, len(numbers)) for one in (*zip(words), *pairwise(words))}) for words in texts
    ]
    owners = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    ids = np.array([id for row in rows for id in row], np.int64)
    rarity = 1 + np.log((1 + len(rows)) / (1 + np.bincount(ids, minlength=len(numbers))))
    whole = np.array([1.0 if len(one) == 1 else PAIR for one in numbers])
    weights = (rarity * whole).take(ids)
    weights /= np.sqrt(np.bincount(owners, weights * weights, len(rows))).take(owners)
    return _State([[one] for one in range(len(rows))], owners, ids, weights)


def _nearest(state: _State, least: float) -> Longs:
    """Of each cluster the one it is most like, the first of equals; -1 where none is alike enough.

    Each pair is looked at once, from its first member: a feature's list of clusters is read from there on.
    """
    count = len(state.members)
    order = state.ids.argsort(kind="stable")
    where, weights = state.owners.take(order), state.weights.take(order)
    begins = np.searchsorted(state.ids.take(order), np.arange(int(state.ids.max(initial=-1)) + 2))
    ends = begins[1:].copy()
    found, best = np.full(count, -1), np.full(count, np.nextafter(least, 0.0))
    for one, (begin, end) in enumerate(pairwise(np.searchsorted(state.owners, np.arange(count + 1)).tolist())):
        mine = state.ids[begin:end]
        begins[mine] += 1
        starts = begins.take(mine)
        lengths = ends.take(mine) - starts
        at = (starts + lengths - lengths.cumsum()).repeat(lengths)
        at += np.arange(len(at))
        products = weights.take(at)
        products *= state.weights[begin:end].repeat(lengths)
        likeness = np.bincount(where.take(at) - one, products, count - one)
        closer = one + np.flatnonzero(likeness > best[one:])  # to this one than to any before it
        best[closer], found[closer] = likeness[closer - one], one
        closest = int(likeness.argmax())
        if likeness[closest] > best[one]:
            best[one], found[one] = likeness[closest], one + closest
    return found


def _merged(state: _State, first: Longs, gone: NDArray[np.bool_]) -> _State:
    """Each cluster joined to its *first*, without those that are *gone*."""
    stays = np.flatnonzero(~gone)
    heads, becomes = np.unique(first.take(stays), return_inverse=True)
    members: list[list[int]] = [[] for _ in heads]
    numbers = np.zeros(len(first), np.int64)
    for one, number in zip(stays.tolist(), becomes.tolist(), strict=True):
        members[number] += state.members[one]
        numbers[one] = number
    kept = np.flatnonzero(~gone.take(state.owners))
    olds = state.owners.take(kept)
    keys, places = np.unique((numbers.take(olds) << ROW) + state.ids.take(kept), return_inverse=True)
    sizes = np.array([len(one) for one in state.members], np.int64).take(olds)
    sums = np.bincount(places, state.weights.take(kept) * sizes, len(keys))
    owners = keys >> ROW
    return _State(
        members, owners, keys & FEATURE, sums / np.array([len(one) for one in members], np.int64).take(owners)
    )
