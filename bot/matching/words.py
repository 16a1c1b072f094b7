"""Words of a Vietnamese text, and phrases found among them: the alphabet the matcher is written in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_ONSETS = "b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet
ieu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong op
ot u ua uan uang uanh uat uay uc ue uech uenh ui uan uay um un ung uo uoc uoi uom uon uong uop uot uou
up ut uu uy uya uych uyen uyet uyn uynh uyt uyu y yem yen yeng yet yeu
"""
SYLLABLES = frozenset(onset + rime for onset in ["", *_ONSETS.split()] for rime in _RIMES.split())
_INVISIBLE = ("Mn", "Cf")  # combining marks, zero-width characters


class Word(NamedTuple):
    """One word: `plain` without diacritics, `marked` with them (in a spelling-neutral order)."""

    plain: str
    marked: str


def bare(text: str) -> str:
    """*text* in lower case without diacritics."""
    folded = unicodedata.normalize("NFKD", text.casefold()).casefold()
    kept = (c for c in unicodedata.normalize("NFKD", folded) if unicodedata.category(c) not in _INVISIBLE)
    return "".join(kept).replace("đ", "d")


def _marked(token: str) -> str:
    """*token* with its marks behind the letters, so that hoà and hòa are one word."""
    letters = unicodedata.normalize("NFD", token)
    marks = sorted(c for c in letters if unicodedata.combining(c))
    return "".join(c for c in letters if not unicodedata.combining(c)) + "".join(marks)


@lru_cache(maxsize=20_000)
def spell(token: str) -> Word:
    """*token* as a word."""
    return Word(bare(token), _marked(token))


def words_of(text: str) -> tuple[Word, ...]:
    """The words of any text, in order."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    if not plain.isprintable():  # the quick way to see that nothing invisible is there
        plain = "".join(c for c in plain if unicodedata.category(c) != "Cf")
    found = (spell(token) for token in _TOKEN.findall(unicodedata.normalize("NFC", plain)))
    return tuple(word for word in found if word.plain)


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found in a text: where it starts, how many words it has, and what it was listed under."""

    start: int
    length: int
    label: str


class Phrasebook:
    """Finds any of many phrases among words; the longest at each place counts.

    A phrase of one word must have the diacritics as written (`mo` could be anything); in a longer one
    half of the words may differ in their marks, because people mistype them.
    """

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._rows: dict[tuple[str, ...], list[tuple[tuple[Word, ...], str]]] = {}
        lengths: dict[str, set[int]] = {}
        for phrase, label in rows:
            if words := words_of(phrase):
                self._rows.setdefault(_plain(words), []).append((words, label))
                lengths.setdefault(words[0].plain, set()).add(len(words))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def find(self, words: Sequence[Word]) -> Iterator[Found]:
        """The phrases in *words*, in order."""
        plain = _plain(words)
        for start, first in enumerate(plain):
            for length in self._lengths.get(first, ()):
                if start + length > len(plain):
                    continue
                rows = self._rows.get(plain[start : start + length], ())
                label = next((label for row, label in rows if _same(words[start : start + length], row)), None)
                if label is not None:
                    yield Found(start, length, label)
                    break


def _plain(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.plain for word in words)


def _same(words: Sequence[Word], phrase: Sequence[Word]) -> bool:
    """Whether words of the same letters have the same marks, as far as it matters."""
    if len(phrase) == 1:
        return words[0].marked == phrase[0].marked
    other = sum(a.marked not in (a.plain, b.marked) for a, b in zip(words, phrase, strict=True))
    return 2 * other <= len(phrase)
