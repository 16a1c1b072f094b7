"""Messages in a row that are one question: people on phones send a sentence where they pause for breath.

Read together they say more than the last alone, or they are two questions: a reading that any of them does not bear
out is left, and one that contradicts what the last means by itself is only offered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.matching.matcher import OFFERED, Candidate, Match, Matcher
from bot.matching.smalltalk import EMERGENCY

# Chosen on labelled questions cut at random, and on pairs of them that have nothing to do with each other.
BORNE = 0.3  # share of the words of each part that what we take them for must have
FEW = 4  # words of a message that looks cut off: an answer that is no longer sure beside it is only offered
LEVELS = {"unknown": 0, "ask": 1, "answer": 2}
CRY = 3  # of a cry for help, before all others


class Reading(NamedTuple):
    """What the last message means, and how many of those before it are the same question."""

    match: Match
    joined: int = 0


def read(matcher: Matcher, before: Sequence[str], text: str) -> Reading:
    """What *text* means, read together with as many of *before*, which were not answered, as make it clearer.

    What is not understood anyway is one question with all of them, unless it asks for something of its own.
    """
    alone = matcher.match(text)
    if not before or alone.reply:
        return Reading(alone)
    wholes = [matcher.match("\n".join((*before[at:], text))) for at in range(len(before))]
    found = [
        Reading(match, len(before) - at)
        for at, whole in enumerate(wholes)
        if (match := _together(matcher, before[at:], alone, whole))
    ]
    if found:
        return max(found, key=lambda reading: _rank(reading.match))  # of equals the longest
    if alone.decision != "unknown" or _two(matcher.match("\n".join(before)), alone):
        return Reading(alone)
    whole = wholes[0]
    unknown = whole if whole.decision == "unknown" else replace(alone, question=whole.question, bare=False)
    return Reading(unknown, len(before))


def _two(first: Match, last: Match) -> bool:
    """Whether they are two questions by all they say: each has its matter and asks about it, or one is none of ours."""
    if first.bare or last.bare:
        return False
    return first.foreign or last.foreign or (_complete(first) and _complete(last))


def _together(matcher: Matcher, before: Sequence[str], last: Match, both: Match) -> Match | None:
    """What *before* and *last* mean, if *both* are one question; None when they are two, or when that tells no more."""
    if both.reply == EMERGENCY:
        return both
    if both.reply or both.also or both.parts or (both.decision == "unknown" and last.decision != "answer"):
        return None
    first = matcher.match("\n".join(before))
    if _two(first, last):
        return None
    if last.decision == "answer" and both.decision != "answer":
        cut = len(first.question.split()) <= FEW
        return _offered(both, last, both) if cut else None
    if not _better(both, last) or not _borne_out(matcher, both.candidates[0], (first, last)):
        return None
    agreed = [_may_mean(part, both.candidates[0]) for part in (first, last)]
    if last.decision == "ask" and not agreed[-1]:
        return None
    return both if all(agreed) or both.decision != "answer" else _offered(both, both, last)


def _better(both: Match, last: Match) -> bool:
    """Whether *both* is surer than *last*, or as sure of something else."""
    if both.decision == last.decision == "answer" and both.candidates[0].id != last.candidates[0].id:
        return True
    return _rank(both) > _rank(last)


def _rank(match: Match) -> tuple[int, float, bool]:
    """How much *match* tells: an answer more than choices, surer ones more than others, and most with an aspect."""
    if match.reply:
        return (CRY, 0.0, False)
    sure = match.candidates[0].score if match.decision == "ask" else 0.0
    return (LEVELS[match.decision], sure, match.aspect is not None and not match.bare)


def _complete(match: Match) -> bool:
    """Whether it is a question with all that belongs to one: a matter, and what is asked of it."""
    return match.aspect is not None and not match.bare


def _borne_out(matcher: Matcher, best: Candidate, parts: Sequence[Match]) -> bool:
    return all(part.bare or matcher.covers(best, part.question) >= BORNE for part in parts)


def _may_mean(part: Match, best: Candidate) -> bool:
    """Whether *part* alone may mean *best*; what is not understood may mean anything."""
    return part.decision == "unknown" or best.id in {one.id for one in _meant(part)}


def _meant(match: Match) -> tuple[Candidate, ...]:
    """What *match* answers or offers."""
    return () if match.decision == "unknown" else match.candidates[: 1 if match.decision == "answer" else OFFERED]


def _offered(both: Match, one: Match, other: Match) -> Match:
    """The choice between what *one* means and what *other* does."""
    found = {candidate.id: candidate for candidate in (*_meant(one), *_meant(other))}
    return replace(both, decision="ask", candidates=tuple(found.values())[:OFFERED])
