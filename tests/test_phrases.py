"""Every phrase in tests/phrases against the whole base: what must be found is found, and nothing is answered wrongly.

A file maps ids of procedures and groups to ways of asking for them (several accepted ids: `a | b`); `nothing` in
nothing.yaml lists what no procedure is about. Each is also asked as people write on phones (see `noise`), and no way of
writing may be misled more than another. known-failures.yaml lists the phrases we know to be answered wrongly:
they must fail, so that the list can only shrink.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.admin.compare import rerouted
from bot.base.model import Base
from bot.base.problems import Problems
from bot.base.reading import plain, read
from bot.matching.matcher import OFFERED, Match, Matcher
from bot.matching.normalise import fold
from tests.noise import NOISES

FOLDER = Path(__file__).parent / "phrases"
KNOWN = FOLDER / "known-failures.yaml"
STYLES = ("with diacritics", *NOISES)  # what is written without diacritics counts beside what a noise makes so
WRONG = 0.01  # of the phrases, in each way of writing: answered wrongly
FOUND = 0.96  # of the phrases, in each way of writing: answered rightly, or the right one among the choices
ANSWERED = 0.02  # of what is about nothing, in each way of writing: answered

Asked = tuple[frozenset[str], str, Match]  # the accepted ids (none: it is about nothing), the phrase, what it means


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


@pytest.fixture(scope="module")
def asked(matcher: Matcher) -> dict[str, list[Asked]]:
    """Every phrase in every way of writing, with what it was taken to mean."""
    found: dict[str, list[Asked]] = {style: [] for style in STYLES}
    for accepted, phrase in phrases():
        if phrase.isascii():
            found["without diacritics"].append((accepted, phrase, matcher.match(phrase)))
            continue
        for style in STYLES:
            said = NOISES[style](phrase) if style in NOISES else phrase
            found[style].append((accepted, said, matcher.match(said)))
    return found


def wrong(match: Match, accepted: frozenset[str]) -> bool:
    return match.decision == "answer" and match.candidates[0].id not in accepted


def offered(match: Match, accepted: frozenset[str]) -> bool:
    return match.decision != "unknown" and any(one.id in accepted for one in match.candidates[:OFFERED])


def test_only_known_phrases_are_answered_wrongly(matcher: Matcher) -> None:
    failures = {phrase for accepted, phrase in phrases() if wrong(matcher.match(phrase), accepted)}

    assert failures == set(contents(KNOWN)["answered-wrongly"])


@pytest.mark.parametrize("style", STYLES)
def test_few_are_answered_wrongly_in_any_way_of_writing(asked: dict[str, list[Asked]], style: str) -> None:
    """Known failures too: it is a rate."""
    inside = [one for one in asked[style] if one[0]]
    failures = [phrase for accepted, phrase, match in inside if wrong(match, accepted)]

    assert len(failures) <= WRONG * len(inside), (f"{len(failures)}/{len(inside)}", failures)


@pytest.mark.parametrize("style", STYLES)
def test_most_phrases_find_their_procedure_in_any_way_of_writing(asked: dict[str, list[Asked]], style: str) -> None:
    inside = [one for one in asked[style] if one[0]]
    missed = [phrase for accepted, phrase, match in inside if not offered(match, accepted)]

    assert len(missed) <= (1 - FOUND) * len(inside), (f"{len(missed)}/{len(inside)}", missed)


@pytest.mark.parametrize("style", STYLES)
def test_what_is_about_nothing_is_seldom_answered(asked: dict[str, list[Asked]], style: str) -> None:
    outside = [one for one in asked[style] if not one[0]]
    answered = [phrase for _, phrase, match in outside if match.decision == "answer"]

    assert len(answered) <= ANSWERED * len(outside), (f"{len(answered)}/{len(outside)}", answered)


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


@pytest.mark.parametrize("word", ["đất", "dat", "thẻ", "nhà"])
def test_a_single_word_that_names_ours_gets_a_choice_and_a_foreign_one_does_not(word: str, matcher: Matcher) -> None:
    """Old people write one word; to say that we do not know it would send them away."""
    assert matcher.match(word).decision == "ask"
    assert matcher.match("bitcoin").decision == "unknown"
