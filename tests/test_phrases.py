"""Every phrase in tests/phrases against the whole base: what must be found is found, and nothing is answered wrongly.

A file maps ids of procedures and groups to ways of asking for them (several accepted ids: `a | b`); `nothing` in
nothing.yaml lists what no procedure is about. known-failures.yaml lists the phrases we know to be answered wrongly:
they must fail, so that the list can only shrink.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.admin.compare import rerouted
from bot.base.model import Base
from bot.base.problems import Problems
from bot.base.reading import plain, read
from bot.matching.matcher import Match, Matcher
from bot.matching.normalise import fold

FOLDER = Path(__file__).parent / "phrases"
KNOWN = FOLDER / "known-failures.yaml"
STYLES = {"with diacritics": lambda phrase: not phrase.isascii(), "without": str.isascii}
WRONG = 0.015  # of the phrases, written in one way: answered wrongly
FOUND = 0.96  # of the phrases: answered rightly, or the right one among the choices
UNANSWERED = 0.98  # of what is about nothing: not answered


def contents(path: Path) -> dict[str, list[str]]:
    problems = Problems()
    node = read(path, path.name, problems)
    assert problems == []
    assert node is not None
    found = plain(node)
    assert isinstance(found, dict)
    return found


def phrases() -> Iterator[tuple[frozenset[str], str]]:
    """The accepted ids (none: it is about nothing) and the phrase."""
    for path in sorted(FOLDER.glob("*.yaml")):
        if path != KNOWN:
            for ids, asked in contents(path).items():
                accepted = frozenset() if ids == "nothing" else frozenset(id.strip() for id in ids.split("|"))
                yield from ((accepted, phrase) for phrase in asked)


def wrong(match: Match, accepted: frozenset[str]) -> bool:
    return match.decision == "answer" and match.candidates[0].id not in accepted


def offered(match: Match, accepted: frozenset[str]) -> bool:
    return match.decision != "unknown" and any(one.id in accepted for one in match.candidates)


def test_only_known_phrases_are_answered_wrongly(matcher: Matcher) -> None:
    failures = {phrase for accepted, phrase in phrases() if wrong(matcher.match(phrase), accepted)}

    assert failures == set(contents(KNOWN)["answered-wrongly"])


def test_few_are_answered_wrongly_in_any_way_of_writing(matcher: Matcher) -> None:
    """Known failures too: a rate for those who write with diacritics, and for those who do not."""
    for way, written in STYLES.items():
        asked = [(accepted, phrase) for accepted, phrase in phrases() if accepted and written(phrase)]
        failures = [phrase for accepted, phrase in asked if wrong(matcher.match(phrase), accepted)]
        assert len(failures) <= WRONG * len(asked), (way, f"{len(failures)}/{len(asked)}", failures)


def test_most_phrases_find_their_procedure(matcher: Matcher) -> None:
    asked = [(accepted, phrase) for accepted, phrase in phrases() if accepted]

    missed = [phrase for accepted, phrase in asked if not offered(matcher.match(phrase), accepted)]

    assert len(missed) <= (1 - FOUND) * len(asked), missed


def test_what_is_about_nothing_is_seldom_answered(matcher: Matcher) -> None:
    asked = [phrase for accepted, phrase in phrases() if not accepted]

    answered = [phrase for phrase in asked if matcher.match(phrase).decision == "answer"]

    assert len(answered) <= (1 - UNANSWERED) * len(asked), answered


def test_no_test_phrase_is_a_phrase_of_the_base(base: Base) -> None:
    taught = {fold(one.phrase) for one in rerouted.taught(base)}

    assert [phrase for _, phrase in phrases() if fold(phrase) in taught] == []


def test_every_id_that_phrases_name_exists(base: Base) -> None:
    named = {id for accepted, _ in phrases() for id in accepted}

    assert named - base.procedures.keys() - base.groups.keys() - base.entries.keys() == set()


def test_every_procedure_and_group_has_test_phrases(base: Base) -> None:
    named = {id for accepted, _ in phrases() for id in accepted}
    bundles = {group.bundle.procedure for group in base.groups.values() if group.bundle}

    assert (base.procedures.keys() | base.groups.keys() | base.entries.keys()) - bundles - named == set()
