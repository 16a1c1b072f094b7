"""Repairs words that cannot be Vietnamese: Telex and VNI keys, chat respellings, joined words, typos.

A possible syllable is never touched: `rứa` or `tru` may be exactly what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from math import log

from bot.matching.fuzzy import nearest
from bot.matching.words import SYLLABLES, Word

_TONE_KEY = re.compile(r"(?<=[aeiouyw])([a-z]*?)[sfrxj]")
_DOUBLES = (("aa", "a"), ("ee", "e"), ("oo", "o"), ("dd", "d"))
_RESPELLINGS = (
    (re.compile("^f"), "ph"), (re.compile("^z"), "d"), (re.compile("^j"), "gi"), (re.compile("^w"), "qu"),
    (re.compile("^dz"), "d"), (re.compile("^ngh?(?=[aeiou])"), "ng"), (re.compile("k$"), "ch"),
    (re.compile("k$"), "c"), (re.compile("(?<=[aeiou])g$"), "ng"), (re.compile("^k(?=[aou])"), "c"),
)  # fmt: skip
LONGEST = 7  # letters of the longest toneless syllable, "nghieng"
TOO_LONG = 40  # letters nobody joins by accident; splitting is quadratic
SHORTEST_TYPO = 4  # in shorter words one wrong letter leaves too little to recognise
NUMBER, UNIT = 4.0, 8.0  # costs of a number within a joined word, and of a letter behind it ("17t")
LONG_WORD = 7  # from here on two slips are allowed


class Repairer:
    """Repairs words against the words of one knowledge base."""

    def __init__(self, vocabulary: Mapping[str, int], known: Set[str]) -> None:
        self._known = frozenset(vocabulary) | frozenset(known)
        words = (word for word in vocabulary if len(word) >= 3 and word.isalpha())
        self._targets = sorted(words, key=lambda word: (-vocabulary[word], word))  # of two as near, the commoner
        total = sum(vocabulary.values()) + 1
        self._costs = {word: _cost(word, count, total) for word, count in vocabulary.items()}

    def __call__(self, word: Word) -> tuple[Word, ...]:
        """*word*, or the words it was meant to be."""
        plain = word.plain
        if plain in SYLLABLES or plain in self._known or plain.isdigit() or len(plain) > TOO_LONG:
            return (word,)
        if (better := self._keyed(word) or self._respelt(plain)) is not None:
            return (Word(better, better),)
        if parts := self._apart(plain):
            return tuple(Word(part, part) for part in parts)  # marks cannot be shared out among them
        better = self._close(plain)
        return (word,) if better is None else (Word(better, better),)

    def _keyed(self, word: Word) -> str | None:
        """What was meant by keys that the Telex or VNI keyboard did not turn into marks."""
        plain = word.plain
        if word.marked != plain:  # the keyboard worked; at most one key was left over
            return without if (without := plain.replace("w", "")) != plain and without in SYLLABLES else None
        for letters in (_vni(plain), *_telex(plain)):
            if letters != plain and len(letters) > 1 and letters in SYLLABLES:
                return letters
        return plain[0] if re.fullmatch("ow[sfrxj]?|o7[1-5]|y[sfrxj1-5]", plain) else None

    def _respelt(self, plain: str) -> str | None:
        tried = (pattern.sub(letters, plain) for pattern, letters in _RESPELLINGS)
        return next((t for t in tried if t != plain and t in SYLLABLES and t in self._known), None)

    def _close(self, plain: str) -> str | None:
        if len(plain) < SHORTEST_TYPO or not plain.isascii() or not plain.isalpha():
            return None
        return nearest(plain, self._targets, 2 if len(plain) >= LONG_WORD else 1)

    def _apart(self, plain: str) -> list[str]:
        """The cheapest way to read *plain* as several known words; empty when there is none."""
        best: list[tuple[float, list[str]] | None] = [(0.0, [])]
        for end in range(1, len(plain) + 1):
            ways = [way for start in range(max(0, end - LONGEST), end) if (way := self._step(best, plain, start, end))]
            best.append(min(ways, default=None))
        return best[-1][1] if best[-1] is not None and len(best[-1][1]) > 1 else []

    def _step(
        self, best: list[tuple[float, list[str]] | None], plain: str, start: int, end: int
    ) -> tuple[float, list[str]] | None:
        before, price = best[start], self._price(plain, start, end)
        if before is None or price is None:
            return None
        return before[0] + price, [*before[1], plain[start:end]]

    def _price(self, plain: str, start: int, end: int) -> float | None:
        """What it costs to read a part of *plain* as a word; None when it is none."""
        part, after_number = plain[start:end], plain[start - 1 : start].isdigit()
        if part.isdigit():
            return None if after_number else NUMBER
        unit = after_number and end == len(plain) and len(part) == 1
        return self._costs.get(part, UNIT if unit else None)


def _cost(word: str, count: int, total: int) -> float:
    """Rare words cost more, and so do single letters, which would explain anything."""
    return log(total / count) + (6.0 if len(word) == 1 else 0.0)


def _vni(plain: str) -> str:
    return re.sub("[1-9]", "", plain) if plain[:1].isalpha() else plain


def _telex(plain: str) -> list[str]:
    """Readings of Telex keys: a tone key after the vowel, doubled letters, w."""
    if not plain.isascii() or not plain.isalpha():
        return []
    readings = [plain, *(plain[: m.end() - 1] + plain[m.end() :] for m in _TONE_KEY.finditer(plain))]
    return [_undoubled(reading) for reading in readings]


def _undoubled(letters: str) -> str:
    for double, single in _DOUBLES:
        letters = letters.replace(double, single)
    # w after a vowel is a mark, elsewhere it stands for ư
    letters = re.sub("(?<=[aou])w", "", letters)
    return letters.replace("w", "u")
