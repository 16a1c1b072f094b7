"""Which of a citizen's words an entry has in its phrases, and what they weigh."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from math import log

from bot.matching.normalise import Said


class Heard:
    """The words of each entry: the fewer of the entries have one, the more it weighs."""

    def __init__(self, entries: Sequence[Sequence[Said]]) -> None:
        """*entries* are the phrases of each."""
        self._words = [
            frozenset(word.plain for said in one for part in said.segments for word in part) for one in entries
        ]
        have = Counter(word for words in self._words for word in words)
        self._rarity = {word: 1 + log((1 + len(entries)) / (1 + n)) for word, n in have.items()}
        self._unheard = 1 + log(1 + len(entries))  # what a word weighs that no entry has

    def by(self, entry: int, words: Set[str]) -> float:
        """What those of *words* weigh that are in the phrases of *entry*."""
        return self.weight(self._words[entry] & words)

    def weight(self, words: Iterable[str]) -> float:
        """What *words* weigh together."""
        return sum([self._rarity.get(word, self._unheard) for word in words])
