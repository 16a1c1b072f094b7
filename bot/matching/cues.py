"""Cue phrases with gaps, found among words: `có … không ?` is "có", later "không", and then the question ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, cycle, product
from typing import NamedTuple

from bot.matching.words import Word, words_of

GAP = "…"
END = "?"
REACH = 14  # most words that a gap passes over: one clause; in longer ones the parts belong to different matters
UNMARKED = 0.35  # share of words without marks from which none can be told; text in full marks has some 0.22
_NEVER_BARE = re.compile("ie|uo|ye")  # written with marks in every Vietnamese syllable
HOI, NGA = "\N{COMBINING HOOK ABOVE}", "\N{COMBINING TILDE}"
_LISTED = re.compile(r"\{(\w+)\}")


class Hit(NamedTuple):
    """A cue found."""

    at: tuple[int, ...]  # where its own words are, not those in its gaps
    label: str  # what it was listed under
    asks: bool  # whether it has a question word
    weight: int  # how much it says: its words, less its gaps


class _Cue(NamedTuple):
    parts: tuple[tuple[str, ...], ...]  # without marks
    words: tuple[Word, ...]  # of all parts
    rest: frozenset[str]  # the words of the other parts
    ends: bool
    label: str
    asks: bool


class _Node:
    """A place in the tree of first parts, one word a step: how it goes on, and which cues' first part ends here."""

    __slots__ = ("cues", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.cues: list[_Cue] = []


class CueBook:
    """Finds cues; which of those that overlap counts is for the caller to say."""

    def __init__(
        self,
        rows: Iterable[tuple[str, str]],
        lists: Mapping[str, Sequence[str]],
        asking: Iterable[str] = (),
        closing: Iterable[str] = (),
    ) -> None:
        """*rows* are cues and labels; {name} in a cue is any member of that one of *lists*.

        *asking* are question words; *closing* are what may follow the end of a question.
        """
        self._asking = frozenset(word for text in asking for word in words_of(text))
        self._closing = frozenset(word.plain for text in closing for word in words_of(text))
        self._tree = _Node()
        for pattern, label in rows:
            for cue in dict.fromkeys(_written_out(pattern, lists)):
                self._add(cue, label)

    def _add(self, cue: str, label: str) -> None:
        parts = [words for part in cue.split(GAP) if (words := words_of(part))]
        if not parts:
            return
        words = tuple(word for part in parts for word in part)
        head, *others = (_plain(part) for part in parts)
        rest = frozenset(word for part in others for word in part)
        asks = not self._asking.isdisjoint(words)
        node = self._tree
        for word in head:
            node = node.next.setdefault(word, _Node())
        node.cues.append(_Cue((head, *others), words, rest, cue.endswith(END), label, asks))

    def find(self, words: Sequence[Word]) -> list[Hit]:
        """The cues in *words*, in order of their beginnings."""
        plain = _plain(words)
        likely = self._likely(plain)
        strict = bool(likely) and _marking(words)
        return [
            Hit(at, cue.label, cue.asks, len(at) - len(cue.parts) + 1)
            for start, cue in likely
            if (at := self._place(cue, plain, start)) and _same(words, at, cue, strict)
        ]

    def _likely(self, plain: tuple[str, ...]) -> list[tuple[int, _Cue]]:
        """The cues whose first part is in *plain*, and where; the words of the others are anywhere in it."""
        present = frozenset(plain)
        found: list[tuple[int, _Cue]] = []
        for start in compress(range(len(plain)), map(self._tree.next.__contains__, plain)):
            node, at = self._tree, start
            while at < len(plain) and (follows := node.next.get(plain[at])) is not None:
                node, at = follows, at + 1
                if node.cues:
                    found += [(start, cue) for cue in node.cues if cue.rest <= present]
        return found

    def _place(self, cue: _Cue, plain: tuple[str, ...], start: int) -> tuple[int, ...]:
        """Where the words of *cue* are when its first part is at *start*; nothing when a later part is missing."""
        after = start + len(cue.parts[0])
        at = tuple(range(start, after))
        for part in cue.parts[1:]:
            found = _next(plain, part, after)
            if found < 0:
                return ()
            after = found + len(part)
            at += tuple(range(found, after))
        return at if not cue.ends or after == len(plain) or plain[after] in self._closing else ()


def lists_in(cues: Iterable[str]) -> frozenset[str]:
    """The names of the lists that *cues* use."""
    return frozenset(name for cue in cues for name in _LISTED.findall(cue))


def _next(plain: tuple[str, ...], part: tuple[str, ...], after: int) -> int:
    """Where *part* is first within reach *after* that place, or -1."""
    for at in range(after, min(after + REACH + 1, len(plain) - len(part) + 1)):
        if plain[at] == part[0] and plain[at : at + len(part)] == part:
            return at
    return -1


def _same(words: Sequence[Word], at: Sequence[int], cue: _Cue, strict: bool) -> bool:
    """Whether the words *at* these places, of the same letters, have the marks of *cue*.

    A word without marks may stand for any unless *strict* (the writer does use marks) or it is all there is.
    """
    strict = strict or len(at) == 1
    for place, mine in zip(at, cue.words, strict=True):
        word = words[place]
        if (
            word.marked != mine.marked
            and (strict or word.marked != word.plain)
            and _toned(word.marked) != _toned(mine.marked)
        ):
            return False
    return True


def _marking(words: Sequence[Word]) -> bool:
    """Whether who wrote *words* uses marks, so that a word without any is meant so.

    Abbreviations written out have marks in any text, so words that are never without give the writer away.
    """
    bare = [plain for plain, marked in words if marked == plain]
    return len(bare) < UNMARKED * len(words) and _NEVER_BARE.search(" ".join(bare)) is None


def _toned(marked: str) -> str:
    """*marked* with the two tones as one that half of the country speaks, and writes, as one."""
    return marked.replace(NGA, HOI)


def _plain(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple([plain for plain, _ in words])


def _written_out(pattern: str, lists: Mapping[str, Sequence[str]]) -> Iterator[str]:
    parts = _LISTED.split(pattern)
    choices = [lists.get(part, ()) if odd else (part,) for part, odd in zip(parts, cycle((False, True)), strict=False)]
    return ("".join(chosen) for chosen in product(*choices))
