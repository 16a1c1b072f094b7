"""Brings noisy Vietnamese and the knowledge base to one spelling, so that they can be compared.

Every word keeps two forms: `plain` (no diacritics, for comparing) and `marked` (with them, for ties).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from bot.matching.lexicon import Lexicon
from bot.matching.repair import Repairer
from bot.matching.words import SYLLABLES, Word, alike, spell, words_of

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


class _Read(NamedTuple):
    """What stands between two spaces: its words as written, in our spelling of them, and as repaired."""

    raw: tuple[Word, ...]
    written: tuple[Word, ...]
    better: tuple[Word, ...]
    each: tuple[tuple[Word, ...], ...]  # the same word by word, as written
    odd: bool  # one of them is no syllable, or means something else at the end


class Normaliser:
    """Reads texts with one lexicon and the words of one knowledge base."""

    def __init__(self, lexicon: Lexicon, vocabulary: Mapping[str, int]) -> None:
        self._lexicon = lexicon
        self._repair = Repairer({**dict.fromkeys(lexicon.words, 1), **vocabulary}, lexicon.english)
        self._seen: dict[str, _Read] = {}

    def __call__(self, text: str) -> Said:
        seen = self._seen
        read = [seen.get(part) or self._read(part) for part in text.split()]
        raws, writtens, betters, each, odd = zip(*read, strict=True) if read else ((), (), (), (), ())
        written = tuple(chain.from_iterable(writtens))
        if True in odd:
            raw = tuple(chain.from_iterable(raws))
            if self._lexicon.foreign(raw):
                understood = tuple(chain.from_iterable(self._lexicon.concepts.meanings(written)))
                return Said(understood or written, self._meant(understood), written, written)
            betters = self._ended(raw, chain.from_iterable(each))
        words = tuple(chain.from_iterable(betters))
        return Said(words, self._meant(words), raw=written)

    def again(self, words: tuple[Word, ...]) -> Said:
        """What a part of words already read says on its own."""
        return Said(words, self._meant(words), raw=words)

    def _ended(self, raw: Sequence[Word], each: Iterable[tuple[Word, ...]]) -> tuple[tuple[Word, ...], ...]:
        """Chat words such as "hk" mean something else when nothing but particles follows them."""
        better = list(each)
        for at in range(len(raw) - 1, 0, -1):
            if (meant := self._lexicon.endings.get(raw[at].plain)) is not None:
                better[at] = tuple(map(alike, meant))
            if raw[at].plain not in self._lexicon.particles:
                break
        return tuple(better)

    def _read(self, part: str) -> _Read:
        raw = words_of(part)
        odd = any(word.plain not in SYLLABLES or word.plain in self._lexicon.endings for word in raw)
        each = tuple(tuple(map(alike, self._look_up(word))) for word in raw)
        if len(self._seen) >= CACHE:
            self._seen.clear()
        self._seen[part] = found = _Read(raw, tuple(map(alike, raw)), tuple(chain.from_iterable(each)), each, odd)
        return found

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
    return " ".join([plain for plain, _ in words])


def vocabulary_of(texts: Iterable[str]) -> Counter[str]:
    """How often each word is in *texts*."""
    found: Counter[str] = Counter()
    for part, times in Counter(part for text in texts for part in text.split()).items():
        for word in words_of(part):
            found[word.plain] += times
    return found


__all__ = ["Normaliser", "Said", "Word", "fold", "spell", "vocabulary_of", "words_of"]
