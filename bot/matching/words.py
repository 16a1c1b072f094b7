"""Words of a Vietnamese text, and phrases found among them: the alphabet the matcher is written in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

_TOKEN = re.compile(r"\w+(?:[\u0300-\u036f]+\w*)*")
_ONSETS = "b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet
ieu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong op
ot u ua uan uang uanh uat uay uc ue uech uenh ui uan uay um un ung uo uoc uoi uom uon uong uop uot uou
up ut uu uy uya uych uyen uyet uyn uynh uyt uyu y yem yen yeng yet yeu
"""
SYLLABLES = frozenset(onset + rime for onset in ["", *_ONSETS.split()] for rime in _RIMES.split())
END = ""  # no word is empty
Tree = dict[str, Any]
_SHORT_I = re.compile("(?:[hklmst]|qu)i")  # syllables as often written with y
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


@lru_cache(maxsize=20_000)
def alike(word: Word) -> Word:
    """*word* in the one of its two right spellings that we compare: `kí` is `ký`, `quí` is `quý`."""
    if _SHORT_I.fullmatch(word.plain) is None:
        return word
    return Word(word.plain[:-1] + "y", word.marked.replace("i", "y"))


def words_of(text: str) -> tuple[Word, ...]:
    """The words of any text, in order."""
    if text.isascii():
        plain = text.lower()
    else:
        plain = unicodedata.normalize("NFKC", text).casefold()
        if not plain.isprintable():  # the quick way to see that nothing invisible is there
            plain = "".join(c for c in plain if unicodedata.category(c) != "Cf")
        plain = unicodedata.normalize("NFC", plain)
    return tuple([word for word in map(spell, _TOKEN.findall(plain.replace("_", " "))) if word.plain])


class Found(NamedTuple):
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
        self._tree: Tree = {}  # word by word; what ends at a node stands under END
        known: set[str] = set()
        for phrase, label in rows:
            if words := tuple(map(alike, words_of(phrase))):
                node = self._tree
                for word in words:
                    node = node.setdefault(word.plain, {})
                node.setdefault(END, []).append((words, label))
                known.update(word.plain for word in words)
        self.words = frozenset(known)
        # a look at two words tells that nothing begins there: END beside a word that is a phrase by itself
        self._beginnings = frozenset((first, second) for first, node in self._tree.items() for second in node)
        self._alone = frozenset(first for first, second in self._beginnings if second == END)

    def find(self, words: Sequence[Word]) -> Iterator[Found]:
        """The phrases in *words*, in order."""
        plain = [word.plain for word in words]
        for start, two in enumerate(zip(plain, [*plain[1:], END], strict=False)):
            if (two in self._beginnings or two[0] in self._alone) and (found := self._longest(plain, words, start)):
                yield found

    def _longest(self, plain: Sequence[str], words: Sequence[Word], start: int) -> Found | None:
        """The longest phrase from *start* on."""
        node, at, best = self._tree, start, None
        while at < len(plain) and plain[at] in node:
            node, at = node[plain[at]], at + 1
            if END in node and (label := _label(words[start:at], node[END])) is not None:
                best = Found(start, at - start, label)
        return best


def _label(words: Sequence[Word], rows: Iterable[tuple[Sequence[Word], str]]) -> str | None:
    """What the first of *rows*, phrases of the same letters as *words*, is listed under that has their marks."""
    for phrase, label in rows:
        if words == phrase or _same(words, phrase):
            return label
    return None


def _same(words: Sequence[Word], phrase: Sequence[Word]) -> bool:
    """Whether words of the same letters have the same marks, as far as it matters."""
    if len(phrase) == 1:
        return words[0].marked == phrase[0].marked
    other = [a for a, b in zip(words, phrase, strict=True) if a.marked not in (a.plain, b.marked)]
    return 2 * len(other) <= len(phrase)
