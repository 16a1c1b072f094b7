"""Texts as numbers: their n-grams of letters and of words, each with its number and its weight in the text."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.matching.normalise import Said
from bot.matching.words import Word

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float32]
Mass = list[float]  # by field, the squared weights of features that have no number

FIELDS = "cwm"  # letters, words, words with their diacritics (when there are any)
PLACES = np.array([max(FIELDS.find(chr(code)), 0) for code in range(128)], np.uint8)  # of a letter among them
SIZES = (2, 3, 4)  # letters of an n-gram
ADDED = 0.7  # weight of the official words a concept adds, beside the citizen's own
CACHE = 20_000  # words remembered; a flood of invented ones must not eat the memory
NOTHING = ""  # the feature, of no field, of a text that has no other: no row is empty
TIMES = np.array([0, *(1 + np.log(np.arange(1, 100)))], np.float32)  # weight of what is said once, twice …
ROW = 32  # bits of a key below the number of its text


class Bags(NamedTuple):
    """The features of texts, one text after the other, each feature once in a text."""

    lengths: Longs  # how many features each text has
    ids: Ints
    weights: Floats
    unseen: Mass


class Bag(NamedTuple):
    """The features of one text as they come, some more than once; nothing here is put in order, which takes time."""

    ids: Longs
    times: Longs  # how often each of them is among `ids`
    weights: Floats
    unseen: Mass


class _Known(NamedTuple):
    """The features of a word, and the mass of those that have no number, if any."""

    ids: array[int]
    unseen: Mass | None


class _Numbers(dict[str, int]):
    """A number for each name, one more for a new one."""

    def __missing__(self, name: str) -> int:
        self[name] = number = len(self)
        return number


class Features:
    """Numbers the features of texts: every new one while *growing*, afterwards those it knows."""

    def __init__(self, names: Iterable[str] = (NOTHING,), *, growing: bool = False) -> None:
        self.numbers = _Numbers((name, number) for number, name in enumerate(names))
        self.growing = growing
        self._words: dict[Word | str, _Known] = {}
        self._segments: dict[tuple[Word, ...], tuple[Longs, Floats, Mass]] = {}

    def fields(self) -> NDArray[np.uint8]:
        """The field of each feature, as its place in FIELDS; the one of none is said to be of the first."""
        letters = "".join([name[:1] or FIELDS[0] for name in self.numbers])
        return PLACES.take(np.frombuffer(letters.encode(), np.uint8))

    def bags(self, texts: Sequence[Said], most: float = np.inf) -> Bags:
        """How much each feature counts in *texts*; one said again and again counts *most*, at the most."""
        keys, weights, unseen = self._counted([said.words for said in texts], [said.marked for said in texts])
        if most < np.inf:
            np.minimum(weights, most, out=weights)
        if any(said.added for said in texts):
            keys, weights = self._with_added(keys, weights, unseen, texts)
        lengths = np.bincount(keys >> ROW, minlength=len(texts))
        return Bags(lengths, keys.astype(np.int32), weights, unseen)

    def bag(self, said: Said) -> Bag:
        """The same of one text alone."""
        put, unseen = array("q"), [0.0, 0.0, 0.0]
        self._put(put, unseen, said.words, with_marks=said.marked)
        ids = np.frombuffer(put or array("q", [0]), np.int64)
        times = np.bincount(ids).take(ids)
        weights = TIMES.take(times, mode="clip")
        if not said.added:
            return Bag(ids, times, weights, unseen)
        greatest = np.zeros(len(self.numbers), np.float32)  # of a feature both said and added, the weight that counts
        greatest[ids] = weights
        every = [ids]
        for segment in said.added:
            more, added, missing = self._segment(segment)
            np.maximum.at(greatest, more, added)
            every.append(more)
            unseen = [mass + other for mass, other in zip(unseen, missing, strict=True)]
        ids = np.concatenate(every)
        return Bag(ids, np.bincount(ids).take(ids), greatest.take(ids), unseen)

    def _counted(self, texts: Iterable[Sequence[Word]], marked: Iterable[bool]) -> tuple[Longs, Floats, Mass]:
        """Keys (text and feature, in order) with their weights: 1 for the first time, then less and less."""
        ids: array[int] = array("q")
        unseen = [0.0, 0.0, 0.0]
        ends = [0]
        for words, with_marks in zip(texts, marked, strict=True):
            self._put(ids, unseen, words, with_marks=with_marks)
            if len(ids) == ends[-1]:
                ids.append(0)
            ends.append(len(ids))
        keys = np.frombuffer(ids, np.int64)
        if len(ends) > 2:
            keys += np.repeat(np.arange(len(ends) - 1) << ROW, np.diff(ends))
        keys.sort()
        firsts = firsts_of(keys)
        times = np.empty_like(firsts)
        np.subtract(firsts[1:], firsts[:-1], out=times[:-1])
        times[-1:] = len(keys) - firsts[-1:]
        return keys.take(firsts), TIMES.take(times, mode="clip"), unseen

    def _put(self, ids: array[int], unseen: Mass, words: Sequence[Word], *, with_marks: bool) -> None:
        find, known = self._finder(), self._words
        for key in words if with_marks else [word.plain for word in words]:
            word = known.get(key) or self._word(key)
            ids.extend(word.ids)
            if word.unseen is not None:
                unseen[:] = [mass + more for mass, more in zip(unseen, word.unseen, strict=True)]
        plain = [word.plain for word in words]
        pairs = [find(f"w{one} {other}") for one, other in pairwise(plain)]
        unseen[1] += pairs.count(None)
        ids.extend(filter(None, pairs))  # 0 is no pair

    def _word(self, key: Word | str) -> _Known:
        """The features of a word, with its marks or plain; remembered."""
        plain = key if isinstance(key, str) else key.plain
        names = [_letters(plain), [f"w{plain}"], [] if isinstance(key, str) else [f"m{key.marked}"]]
        found = [[self._finder()(name) for name in field] for field in names]
        unseen = [float(field.count(None)) for field in found]
        ids = array("q", [number for field in found for number in field if number is not None])
        if len(self._words) >= CACHE:
            self._words.clear()
        self._words[key] = known = _Known(ids, unseen if any(unseen) else None)
        return known

    def _finder(self) -> Callable[[str], int | None]:
        return self.numbers.__getitem__ if self.growing else self.numbers.get

    def _with_added(self, keys: Longs, weights: Floats, unseen: Mass, texts: Sequence[Said]) -> tuple[Longs, Floats]:
        """The same with the words that concepts add; of a feature both said and added the greater weight counts."""
        every, heavy = [keys], [weights]
        for row, said in enumerate(texts):
            for segment in said.added:
                ids, added, missing = self._segment(segment)
                every.append(ids + (row << ROW))
                heavy.append(added)
                unseen[:] = [mass + more for mass, more in zip(unseen, missing, strict=True)]
        together = np.concatenate(every)
        order = together.argsort(kind="stable")
        together = together[order]
        firsts = firsts_of(together)
        return together[firsts], np.maximum.reduceat(np.concatenate(heavy)[order], firsts)

    def _segment(self, words: tuple[Word, ...]) -> tuple[Longs, Floats, Mass]:
        known = self._segments.get(words)
        if known is None:
            if len(self._segments) >= CACHE:
                self._segments.clear()
            ids, weights, unseen = self._counted([words], [False])
            known = self._segments[words] = (ids, ADDED * weights, [ADDED * ADDED * mass for mass in unseen])
        return known


def _letters(word: str) -> list[str]:
    padded = f" {word} "
    return ["c" + padded[at : at + size] for size in SIZES for at in range(len(padded) - size + 1)]


def firsts_of(keys: Longs) -> Longs:
    """Where each of the sorted *keys* stands for the first time."""
    new = np.empty(len(keys), np.bool_)
    new[0] = True
    np.not_equal(keys[1:], keys[:-1], out=new[1:])
    return np.flatnonzero(new)
