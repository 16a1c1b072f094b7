"""From which beliefs on a base is answered: it is put to the test with phrases of its own that were left out.

Beliefs were weighed on the base that the labelled questions were written for; on another, the same belief may be worth
less. So a third of the entries is left out, and a quarter of all phrases, and those are asked.
That is harder than what citizens ask, who seldom mean something of which only a sister is known: the shares below are
no rates of mistakes in talks, but what that first base comes to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bot.matching.kept import Arrays, keep, kept
from bot.matching.lexicon import Lexicon
from bot.matching.names import Tell, silent
from bot.matching.normalise import Normaliser, Said, fold
from bot.matching.shelf import Entry, Shelf

# The first of each is right for the first base, by the labelled questions. No base is answered from less, or asks back
# only from more: half a base does better on its own phrases than the whole, and worse on what citizens ask. A test can
# only make us more careful.
ANSWERS = tuple(share / 100 for share in range(85, 93))  # beyond .92 more right answers are lost than wrong ones
ASKS = tuple(share / 100 for share in range(30, 14, -1))  # below .15 most of what is offered is none of ours

# What the first base comes to, and a little more, as it moves with every edit.
WRONG = 0.055  # of the answers about what was left in: wrong, at the most
FOREIGN = 0.41  # of the questions about what was left out: answered, at the most
HEARD = 0.92  # of the questions about what was left in: answered or offered choices, at the least

FOLDS = 3
HELD = 4  # one phrase in so many is asked, and left out
MANY = 20_000  # phrases of a base so large that one fold gives all the questions: each costs an index
MOST = 1500  # questions
LEAST = 200  # of them about what was left in; of fewer, a share of one in twelve is chance

Telling = Callable[[Said], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Limits:
    """The beliefs from which we answer, and from which we offer choices."""

    answer: float = ANSWERS[0]
    ask: float = ASKS[0]
    tested: bool = False  # on the base itself


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a question in the words of a phrase that was left out."""

    inside: bool  # whether the rest of its entry was left in
    good: bool  # whether that came first
    right: float
    ours: float


def recalled(path: Path | None) -> Limits:
    """The limits as `settled` kept them at *path*, else those of the first base."""
    return (kept(path, _read) if path is not None else None) or Limits()


def settled(found: Sequence[Trial], path: Path | None) -> Limits:
    """The limits that keep the shares, kept at *path*; those of the first base where the trials are few."""
    inside = [one for one in found if one.inside]
    if len(inside) < LEAST:
        return Limits()
    foreign = [one for one in found if not one.inside]
    answer = next((belief for belief in ANSWERS if _good(inside, foreign, belief)), ANSWERS[-1])
    ask = next((belief for belief in ASKS if _share([one.ours >= belief for one in inside]) >= HEARD), ASKS[-1])
    if path is not None:
        keep(path, {"limits": np.array([answer, ask])})
    return Limits(answer, ask, tested=True)


def _good(inside: Sequence[Trial], foreign: Sequence[Trial], belief: float) -> bool:
    wrong = _share([not one.good for one in inside if one.right >= belief])
    return wrong <= WRONG and _share([one.right >= belief for one in foreign]) <= FOREIGN


def _share(those: Sequence[bool]) -> float:
    return sum(those) / max(len(those), 1)


def _read(arrays: Arrays) -> Limits | None:
    answer, ask = arrays["limits"].tolist()
    return Limits(answer, ask, tested=True) if answer in ANSWERS and ask in ASKS else None


def trials(
    entries: Sequence[Entry], normalise: Normaliser, lexicon: Lexicon, telling: Telling, tell: Tell = silent
) -> Iterator[Trial]:
    """What becomes of left-out phrases of *entries*; none of a small base. *tell* hears how far it is.

    *telling* gives the words of a text that tell its matter.
    """
    phrases = sum(len(entry.phrases) for entry in entries)
    if phrases * (FOLDS - 1) < LEAST * HELD:
        return
    ordered = sorted(entries, key=lambda entry: _lot(entry.kind + entry.id))
    folds = FOLDS if phrases <= MANY else 1
    for number in range(folds):
        tell(number / folds)
        left = [entry for at, entry in enumerate(ordered) if at % FOLDS != number]
        known = [_without(entry, number) for entry in left]
        asked = _asked(ordered, number, MOST // folds)
        # no name for the shelf here: it would live until the next one is made, and two need twice the memory
        yield from _fold(Shelf(known, normalise, lexicon), left, asked, normalise, telling)
    tell(1.0)


def _fold(
    shelf: Shelf, left: Sequence[Entry], asked: Sequence[tuple[Entry, str]], normalise: Normaliser, telling: Telling
) -> Iterator[Trial]:
    """What becomes of what is *asked* on a *shelf* where only what was *left* is known."""
    there = {(entry.kind, entry.id): entry for entry in left}
    for entry, phrase in asked:
        said = normalise(phrase)
        found = shelf.find(said, telling(said))
        first = there[found.candidates[0].kind, found.candidates[0].id] if found.candidates else None
        good = first is not None and _same(entry, first)
        yield Trial(good or (entry.kind, entry.id) in there, good, found.signs.right, found.signs.ours)


def _asked(entries: Sequence[Entry], number: int, most: int) -> list[tuple[Entry, str]]:
    """What is asked in fold *number*, *most* drawn by lot, and what it means; half of it without diacritics."""
    held = [(entry, phrase) for entry in entries for phrase in entry.phrases if _held(phrase, number)]
    drawn = sorted(held, key=lambda pair: _lot(pair[1]))[:most]
    return [(entry, phrase if at % 2 else fold(phrase)) for at, (entry, phrase) in enumerate(drawn)]


def _without(entry: Entry, number: int) -> Entry:
    return replace(entry, phrases=tuple(phrase for phrase in entry.phrases if not _held(phrase, number)))


def _held(phrase: str, number: int) -> bool:
    return _lot(f"{number} {phrase}") % HELD == 0


def _lot(text: str) -> int:
    """A number that looks drawn, always the same for *text*."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def _same(one: Entry, other: Entry) -> bool:
    """Whether who asks for *one* is served by *other*: a group leads through its procedures."""
    return (one.code or one.id) == (other.code or other.id) or one.id in other.holds or other.id in one.holds
