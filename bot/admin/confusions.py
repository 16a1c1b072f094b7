"""Phrases that lead elsewhere when they are not in the base: the next citizen will not use the very same words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.base.model import Base, Group, Procedure, Record
from bot.base.problems import Kind, Problem
from bot.matching import finder
from bot.matching.matcher import Match


def confusions(base: Base) -> Iterator[Problem]:
    """The phrases that are answered for another procedure once they are left out.

    One phrase of each procedure is left out at a time, of all procedures at once: a dozen matchers instead of a
    thousand.
    """
    bundles = {group.bundle.procedure for group in base.groups.values() if group.bundle}
    records = [*base.groups.values(), *(one for one in base.procedures.values() if one.id not in bundles)]
    for turn in range(max((len(record.phrases) for record in records), default=0)):
        matcher = finder.matcher(_without(base, turn))
        for record in records:
            if turn < len(record.phrases):
                yield from _confused(record, record.phrases[turn], matcher.match(record.phrases[turn]))


def _without(base: Base, turn: int) -> Base:
    """*base* without the phrase number *turn* of everything in it."""
    procedures: dict[str, Procedure] = {
        id: replace(one, phrases=_others(one, turn)) for id, one in base.procedures.items()
    }
    groups: dict[str, Group] = {id: replace(one, phrases=_others(one, turn)) for id, one in base.groups.items()}
    return replace(base, procedures=procedures, groups=groups, catalogue={})  # the national list is never answered


def _others(record: Record, turn: int) -> tuple[str, ...]:
    return (*record.phrases[:turn], *record.phrases[turn + 1 :])


def _confused(record: Record, phrase: str, match: Match) -> Iterator[Problem]:
    if match.decision == "answer" and match.candidates[0].id != record.id:
        yield Problem(record.at, Kind.PHRASE_CONFUSED, (("phrase", phrase), ("other", match.candidates[0].id)))
