"""Cue phrases with gaps, found among words: `có … không ?` is "có", later "không", and then the question ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import cycle, product
from typing import NamedTuple

from bot.matching.words import Word, words_of

GAP = "…"
END = "?"
REACH = 14  # most words that a gap passes over: one clause; in longer ones the parts belong to different matters
STRICT = 0.65  # share of words with marks from which a word without any is meant so; text in full marks has some 0.78
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
    plain: frozenset[str]
    ends: bool
    label: str
    asks: bool


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
        self._heads: dict[tuple[str, ...], dict[str, list[_Cue]]] = {}  # first part → last word → cues
        self._lengths: dict[str, dict[str, set[int]]] = {}  # of first parts, by their first and second word
        for pattern, label in rows:
            for cue in dict.fromkeys(_written_out(pattern, lists)):
                self._add(cue, label)

    def _add(self, cue: str, label: str) -> None:
        parts = [words for part in cue.split(GAP) if (words := words_of(part))]
        if not parts:
            return
        words = tuple(word for part in parts for word in part)
        ends, asks = cue.endswith(END), not self._asking.isdisjoint(words)
        plain = tuple(_plain(part) for part in parts)
        head, last = plain[0], plain[-1][-1]
        read = _Cue(plain, words, frozenset(_plain(words)), ends, label, asks)
        self._heads.setdefault(head, {}).setdefault(last, []).append(read)
        self._lengths.setdefault(head[0], {}).setdefault(_second(head, 0), set()).add(len(head))

    def find(self, words: Sequence[Word]) -> Iterator[Hit]:
        """The cues in *words*, in order of their beginnings."""
        plain = _plain(words)
        strict = sum(word.marked != word.plain for word in words) > STRICT * len(words)
        for start, cue in self._likely(plain):
            if (at := self._place(cue, plain, start)) and _same(words, at, cue, strict):
                yield Hit(at, cue.label, cue.asks, len(at) - len(cue.parts) + 1)

    def _likely(self, plain: tuple[str, ...]) -> Iterator[tuple[int, _Cue]]:
        """The cues whose first part is in *plain*, where it is, and whose other words are anywhere."""
        present = frozenset(plain)
        for start, first in enumerate(plain):
            lengths = self._lengths.get(first)
            if lengths is None:
                continue
            for length in (*lengths.get("", ()), *lengths.get(_second(plain, start), ())):
                if found := self._heads.get(plain[start : start + length]):
                    for last in present & found.keys():
                        yield from ((start, cue) for cue in found[last] if cue.plain <= present)

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


def _second(plain: tuple[str, ...], start: int) -> str:
    """The word behind *start*, or none."""
    return plain[start + 1] if start + 1 < len(plain) else ""


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
    strict = strict or (len(at) == 1 and not cue.ends)
    for place, mine in zip(at, cue.words, strict=True):
        word = words[place]
        if (
            word.marked != mine.marked
            and (strict or word.marked != word.plain)
            and _toned(word.marked) != _toned(mine.marked)
        ):
            return False
    return True


def _toned(marked: str) -> str:
    """*marked* with the two tones as one that half of the country speaks, and writes, as one."""
    return marked.replace(NGA, HOI)


def _plain(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.plain for word in words)


def _written_out(pattern: str, lists: Mapping[str, Sequence[str]]) -> Iterator[str]:
    parts = _LISTED.split(pattern)
    choices = [lists.get(part, ()) if odd else (part,) for part, odd in zip(parts, cycle((False, True)), strict=False)]
    return ("".join(chosen) for chosen in product(*choices))
