"""Questions that lead elsewhere with another base: each is asked of both matchers, and the worst come first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from bot.base.model import Base
from bot.base.phrases import Asked, asked
from bot.matching import finder
from bot.matching.matcher import Decision, Match, Matcher
from bot.matching.normalise import fold


@dataclass(frozen=True, slots=True)
class Way:
    """Where a question leads: to one thing, to a choice that begins with it, or nowhere."""

    decision: Decision
    id: str = ""


@dataclass(frozen=True, slots=True)
class Rerouted:
    """A question that no longer leads where it did; *meant* are the ids it is right to lead to."""

    phrase: str
    old: Way
    new: Way
    meant: frozenset[str]

    @property
    def harm(self) -> int:
        """How bad that is for who asks: 0 told something wrong, 1 no longer known, 2 asked back, 3 made no worse."""
        if self.new.decision == "answer":
            return 3 if self.new.id in self.meant else 0
        if self.old.id not in self.meant:
            return 3
        return 1 if self.new.decision == "unknown" else 2


def rerouted(old: Matcher, new: Matcher, tried: Iterable[Asked]) -> tuple[Rerouted, ...]:
    """Which of the questions *tried* lead elsewhere with the matcher *new*, the worst first."""
    once = {one.phrase: one.meant for one in tried}
    found = (
        Rerouted(phrase, _way(old.match(phrase)), _way(new.match(phrase)), meant) for phrase, meant in once.items()
    )
    return tuple(sorted((one for one in found if one.old != one.new), key=lambda one: (one.harm, one.phrase)))


def matcher(base: Base, tried: Iterable[Asked]) -> Matcher:
    """A matcher that decides *tried* as the bot would on *base*, got ready in a fraction of the time.

    Of the national list only what is asked for by its very name or code decides anything.
    """
    said = {fold(one.phrase) for one in tried}
    listed = {id: one for id, one in base.catalogue.items() if not said.isdisjoint((fold(one.name), fold(one.code)))}
    return finder.matcher(replace(base, catalogue=listed))


def questions(old: Base, new: Base, folder: Path) -> list[Asked]:
    """Every way of asking that *old* was taught, and the questions in *folder* about what either base has."""
    known = {id for base in (old, new) for id in (*base.groups, *base.procedures, *base.entries)}
    return [*taught(old), *(one for one in asked(folder) if not one.meant or one.meant & known)]


def taught(base: Base) -> Iterator[Asked]:
    """Every way of asking that *base* was taught; what is asked for the procedure of a bundle leads to its group."""
    groups = {group.bundle.procedure: group.id for group in base.groups.values() if group.bundle}
    for record in chain(base.groups.values(), base.procedures.values()):
        meant = frozenset({groups.get(record.id, record.id)})
        yield from (Asked(phrase, meant) for phrase in record.phrases)
    for entry in base.entries.values():
        yield from (Asked(phrase, frozenset({entry.id})) for phrase in entry.phrases)


def _way(match: Match) -> Way:
    if match.decision == "unknown" or not match.candidates:
        return Way("unknown")
    return Way(match.decision, match.candidates[0].id)
