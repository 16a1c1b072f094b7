"""Two matters in one message: each half is looked for by itself; two procedures of one group lead to the group."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.matching.aspects import AspectCues
from bot.matching.normalise import Normaliser, Said
from bot.matching.parts import broken, halves, sentences
from bot.matching.shelf import Candidate, Entry, Found, Shelf
from bot.matching.words import Word, spell

Telling = Callable[[Said], frozenset[str]]

SURE = 0.95  # belief from which a part of a message is clear by itself
DONE = frozenset(form for word in map(spell, ("có", "đã")) for form in (word, Word(word.plain, word.plain)))


@dataclass(frozen=True, slots=True)
class Half:
    """A procedure that a part of a message is about, what is asked of it, and how sure that is."""

    candidate: Candidate
    aspect: str | None
    right: float


@dataclass(frozen=True, slots=True)
class Double:
    """Two matters, the main one first."""

    first: Half
    second: Half
    group: Candidate | None = None  # that leads through both
    clear: bool = False  # that group is meant: what begins it was said, and what is filed with it, both clearly

    @property
    def aspect(self) -> str | None:
        return self.first.aspect or self.second.aspect

    @property
    def also_aspect(self) -> str | None:
        return self.second.aspect or self.first.aspect


class Doubles:
    """Finds them; *telling* gives the words of a text that tell its matter."""

    def __init__(
        self, entries: Sequence[Entry], shelf: Shelf, normalise: Normaliser, cues: AspectCues, telling: Telling
    ) -> None:
        groups = [entry for entry in entries if entry.kind == "group"]
        self._groups = sorted(groups, key=lambda entry: not entry.code)  # the official ones file things together
        self._shelf = shelf
        self._normalise = normalise
        self._cues = cues
        self._telling = telling

    def find(self, question: str, said: Said, found: Found, least: float) -> Double | None:
        """The two procedures asked for in *question*, each as surely as *least*; a life event has those of its own.

        The one that the whole message is most like comes first: "rồi" may mean that the other is done already.
        """
        if not found.candidates:  # something in the message says that it is none of ours
            return None
        best = found.candidates[0].code
        for words in self._parted(question, said):
            if (one := self._half(words[0], least)) is None or (other := self._half(words[1], least)) is None:
                continue
            if one.candidate.code == other.candidate.code:
                continue
            first, second = sorted((one, other), key=lambda half: half.candidate.code != best)
            double = Double(first, second) if _done(words[0]) else self._grouped(first, second)
            if best in {one.candidate.code, other.candidate.code, double.group and double.group.code}:
                return double  # "kết hôn với người nước ngoài" is one matter, which the whole says best
        return None

    def _parted(self, question: str, said: Said) -> Iterator[tuple[tuple[Word, ...], tuple[Word, ...]]]:
        written = ((self._normalise(one).words, self._normalise(other).words) for one, other in broken(question))
        if sentences(question):  # a letter says "với" and "rồi" as it tells its story
            return written
        return chain(halves(said.words), written)

    def _half(self, words: tuple[Word, ...], least: float) -> Half | None:
        """The procedure that *words* are about, as surely as *least*."""
        said = self._normalise.again(words)
        if not self._cues.matter(said.words):
            return None
        found = self._shelf.find(said, self._telling(said))
        right = found.signs.right
        if right < least or self._shelf.action_open(said, found.candidates) or found.candidates[0].kind != "procedure":
            return None
        return Half(found.candidates[0], self._cues.aspect(words), right)

    def _grouped(self, first: Half, second: Half) -> Double:
        """The two with the group that leads through both, if there is one."""
        ids = {first.candidate.id, second.candidate.id}
        for group in self._groups:
            if ids.issubset(group.holds):
                sure = min(first.right, second.right) >= SURE
                clear = sure and ids.issubset(group.bundle) and not ids.isdisjoint(group.begins)
                named = Candidate(group.kind, group.id, group.code, group.title, first.candidate.score)
                return Double(first, second, named, clear)
        return Double(first, second)


def _done(words: Sequence[Word]) -> bool:
    """Whether *words* say that their matter is done: "bé có khai sinh rồi"; "da" may be "đã" too."""
    return not DONE.isdisjoint(words)
