"""The national list as the matcher keeps it: thousands of names, nothing but names, one light row each.

It never competes with our own knowledge: it is asked only when that does not know.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from bot.matching.index import WORTH, Index, Vector
from bot.matching.lexicon import Lexicon
from bot.matching.names import Names, Tell, names_of, silent
from bot.matching.normalise import Normaliser, fold
from bot.matching.rows import Floats
from bot.matching.shelf import LISTED, Candidate, Entry
from bot.matching.weighing import ROUNDING

EXACT = 1.0  # score of an exact code or name; nothing else is as sure
ALMOST = 0.99  # the most that likeness gives
BETTER = 0.05  # so much more like it; of a hundred questions rightly answered, this holds back less than one
LONG = 15  # letters: shorter names may be what people say

_WHERE = re.compile(r"\((?:thực hiện tại )?cấp [^()]*\)|^thủ tục(?= )", re.IGNORECASE)  # in names, but not said


class NationalShelf:
    """Finds procedures by their official names; by their exact code alone those that are not to be offered."""

    def __init__(self, entries: Sequence[Entry], lexicon: Lexicon, cache: Path | None = None) -> None:
        self._codes = {entry.code: entry for entry in entries}
        self._offered = [entry for entry in entries if entry.by_name]
        self._shares: Floats = np.array([entry.share for entry in self._offered], np.float32)
        self._lexicon = lexicon
        self._cache = cache
        self._ready: tuple[Names, Normaliser] | None = None
        self._last: tuple[str, Vector] | None = None

    def exactly(self, said: str, codes: Sequence[str]) -> tuple[Candidate, ...]:
        """The procedures that have one of *codes*, else those whose full name *said*, a folded text, is."""
        found = [self._codes[code] for code in dict.fromkeys(codes) if code in self._codes]
        found = found or [self._offered[number] for number in self._titles.get(said, ())]
        return tuple(_candidate(entry, EXACT) for entry in found)

    def names(self, said: str, codes: Sequence[str]) -> bool:
        """Whether there is a code of ours or *said* is a full name; so long a name nobody says by chance."""
        return (len(said) >= LONG or bool(codes)) and bool(self.exactly(said, codes))

    def ranked(self, question: str) -> tuple[Candidate, ...]:
        """The procedures most like *question*, best first."""
        if not self._offered:
            return ()
        index, vector = self._vector(question)
        scores = self._shares * index.fits(vector)
        first = np.flatnonzero(scores > WORTH * max(float(scores.max()), 0.0))
        order = sorted(zip((-scores.take(first)).tolist(), first.tolist(), strict=True))[:LISTED]
        return tuple(_candidate(self._offered[number], min(-score, ALMOST)) for score, number in order)

    def knows_better(self, question: str, score: float, title: str) -> bool:
        """Whether a name here is clearly more like *question* than something of ours with that *score* and *title*.

        The same procedure at another office, whose name says only that, is none.
        """
        if not self._offered:
            return False
        index, vector = self._vector(question)
        if float((self._shares * index.bounds(vector)).max()) < score + BETTER - ROUNDING:  # so it is mostly
            return False
        better = [one for one in self.ranked(question) if one.score > score + BETTER]
        return any(fold(_WHERE.sub("", one.title)) != fold(title) for one in better)

    def _vector(self, question: str) -> tuple[Index, Vector]:
        """The index, and what it makes of *question*, which is often asked for twice."""
        if self._last is None or self._last[0] != question:
            names, normalise = self._ready or self.warm()
            self._last = (question, names.index.vector(normalise(question)))
        names, _ = self._ready or self.warm()
        return names.index, self._last[1]

    def warm(self, tell: Tell = silent) -> tuple[Names, Normaliser]:
        """Work out now what is else worked out for the first question, and *tell* how far it is."""
        names = names_of([_WHERE.sub("", entry.title) for entry in self._offered], self._lexicon, self._cache, tell)
        self._ready = (names, Normaliser(self._lexicon, names.vocabulary))
        self.exactly("", ())
        return self._ready

    @cached_property
    def _titles(self) -> dict[str, list[int]]:
        """Which entries go by a name; some share theirs."""
        numbers: dict[str, list[int]] = {}
        for number, entry in enumerate(self._offered):
            numbers.setdefault(fold(entry.title), []).append(number)
        return numbers


def _candidate(entry: Entry, score: float) -> Candidate:
    return Candidate(entry.kind, entry.id, entry.code, entry.title, score)
