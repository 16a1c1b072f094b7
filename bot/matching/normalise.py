"""Brings noisy Vietnamese and the knowledge base to one spelling, so that they can be compared.

Every word keeps two forms: `plain` (no diacritics, for comparing) and `marked` (with them, for ties).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.matching.lexicon import Lexicon
from bot.matching.repair import Repairer
from bot.matching.words import Word, alike, spell, words_of

CACHE = 20_000  # spellings remembered; a flood of invented words must not eat the memory


class Said(NamedTuple):
    """What a text says: its words as repaired, and the official words its concepts stand for."""

    words: tuple[Word, ...]
    added: tuple[tuple[Word, ...], ...] = ()
    english: tuple[Word, ...] = ()  # an English text as written; its `words` are what we understood of it
    raw: tuple[Word, ...] = ()  # as written

    @property
    def segments(self) -> tuple[tuple[Word, ...], ...]:
        return (self.words, *self.added)

    @property
    def text(self) -> str:
        return _spelt(self.words)

    @property
    def whole(self) -> str:
        """The text with the words its concepts add."""
        return " ".join(_spelt(words) for words in self.segments)

    @property
    def folded(self) -> str:
        """What was written, as `fold` spells it."""
        return _spelt(self.raw)

    @property
    def marked(self) -> bool:
        """Whether the writer used diacritics at all."""
        return any([word.marked != word.plain for word in self.words])  # noqa: C419 quicker than stopping at the first


class Normaliser:
    """Reads texts with one lexicon and the words of one knowledge base."""

    def __init__(self, lexicon: Lexicon, vocabulary: Mapping[str, int]) -> None:
        self._lexicon = lexicon
        self._repair = Repairer({**dict.fromkeys(lexicon.words, 1), **vocabulary}, lexicon.english)
        self._seen: dict[Word, tuple[Word, ...]] = {}

    def __call__(self, text: str) -> Said:
        raw = words_of(text)
        written = tuple(map(alike, raw))
        if self._lexicon.foreign(raw):
            understood = tuple(word for words in self._lexicon.concepts.meanings(written) for word in words)
            return Said(understood or written, self._meant(understood), written, written)
        endings = self._lexicon.endings
        better: list[Word] = []
        for at, word in enumerate(raw):
            if word.plain in endings and (ending := self._ending(raw, at)):
                better += map(alike, ending)
            else:
                better += self._seen.get(word) or self._respelt(word)
        words = tuple(better)
        return Said(words, self._meant(words), raw=written)

    def again(self, words: tuple[Word, ...]) -> Said:
        """What a part of words already read says on its own."""
        return Said(words, self._meant(words), raw=words)

    def _ending(self, raw: Sequence[Word], at: int) -> tuple[Word, ...]:
        """Chat words such as "hk" mean something else when nothing but particles follows them."""
        rest = (word.plain for word in raw[at + 1 :])
        alone = at > 0 and all(word in self._lexicon.particles for word in rest)
        return self._lexicon.endings[raw[at].plain] if alone else ()

    def _respelt(self, word: Word) -> tuple[Word, ...]:
        if len(self._seen) >= CACHE:
            self._seen.clear()
        self._seen[word] = better = tuple(map(alike, self._look_up(word)))
        return better

    def _look_up(self, word: Word) -> tuple[Word, ...]:
        if (dialect := self._lexicon.dialect.get(word.marked)) is not None:
            return dialect
        if (chat := self._lexicon.chat.get(word.marked)) is not None:
            return chat
        if (full := self._lexicon.abbreviations.get(word.plain)) is not None:
            return full
        return self._again(word, self._repair(word))

    def _again(self, word: Word, parts: tuple[Word, ...]) -> tuple[Word, ...]:
        """Joined words come apart into words that may themselves be chat spellings; after a number, into units."""
        if parts == (word,):
            return parts
        better: list[Word] = []
        for before, part in zip((word, *parts), parts, strict=False):
            table = self._lexicon.units if before.plain.isdigit() else self._lexicon.chat
            better += table.get(part.plain, (part,))
        return tuple(better)

    def _meant(self, words: tuple[Word, ...]) -> tuple[tuple[Word, ...], ...]:
        return tuple(dict.fromkeys(self._lexicon.concepts.meanings(words)))


def fold(text: str) -> str:
    """*text* without case, diacritics, punctuation or odd spacing; folding twice changes nothing."""
    return _spelt(map(alike, words_of(text)))


def _spelt(words: Iterable[Word]) -> str:
    return " ".join([word.plain for word in words])


def vocabulary_of(texts: Iterable[str]) -> Counter[str]:
    """How often each word is in *texts*."""
    return Counter(word.plain for text in texts for word in words_of(text))


__all__ = ["Normaliser", "Said", "Word", "fold", "spell", "vocabulary_of", "words_of"]
