"""What is due for review: by owner, the most urgent owner first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.admin.stale import due, lines, slot_lines, slots
from bot.base.loader import load
from bot.base.model import Base, Fee, Span
from bot.talk.speech import Speech
from tests.test_broken import TOY

DAY = date(2026, 11, 23)
MONTH = timedelta(days=30)


def toy(**changes: tuple[str, date]) -> Base:
    """The toy base, in which these procedures have this owner and day of review."""
    base, _ = load(TOY)
    changed = {id: replace(base.procedures[id], owner=owner, review=day) for id, (owner, day) in changes.items()}
    return replace(base, procedures={**base.procedures, **changed})


def test_nothing_is_due_in_a_fresh_base() -> None:
    assert due(toy(), DAY, MONTH) == []


def test_owners_come_with_the_most_urgent_first_and_their_files_soonest_first() -> None:
    base = toy(dog=("b", date(2026, 12, 1)), cat=("a", date(2026, 12, 2)), cow=("b", date(2026, 12, 20)))

    found = due(base, DAY, MONTH)

    assert [(one.owner, one.id) for one in found] == [("b", "dog"), ("b", "cow"), ("a", "cat")]


def test_the_last_day_within_reach_counts() -> None:
    base = toy(dog=("b", DAY + MONTH), cat=("b", DAY + MONTH + timedelta(days=1)))

    assert [one.id for one in due(base, DAY, MONTH)] == ["dog"]


def test_a_fact_that_ends_is_due_at_its_end() -> None:
    base = toy()
    dog = base.procedures["dog"]
    ending = replace(dog.filings["counter"], fees=(Fee(8000, span=Span(until=date(2026, 12, 31))),))
    base = replace(base, procedures={**base.procedures, "dog": replace(dog, filings={"counter": ending})})

    assert [(one.id, one.day, one.what) for one in due(base, DAY, timedelta(days=45))] == [
        ("dog", date(2026, 12, 31), "fee (counter)")
    ]


def test_an_admin_reads_who_when_and_where(base: Base) -> None:
    toys = toy(dog=("b", date(2026, 11, 20)), cat=("b", date(2026, 12, 1)))

    said = list(lines(due(toys, DAY, MONTH), Speech("en", base.texts), DAY, "knowledge/"))

    assert said == [
        "b: 2",
        "  2026-11-20  3 days late       knowledge/procedures/home/dog.yaml:2",
        "      read 2026-11-01, Tí; differed: nothing",
        "  2026-12-01  in 8 days         knowledge/procedures/home/cat.yaml:2",
        "      read 2026-11-01, Tí; differed: nothing",
        "2 due for review.",
    ]


def test_a_guide_is_due_like_anything_else() -> None:
    base = toy()
    guides = {**base.guides, "log-in": replace(base.guides["log-in"], review=DAY)}

    assert [one.id for one in due(replace(base, guides=guides), DAY, MONTH)] == ["log-in"]


def test_an_admin_reads_which_guides_wait_for_a_picture(base: Base) -> None:
    """The toy has one slot that waits; a move with a picture, and one that wants none, are not listed."""
    found = slots(toy())

    assert [str(one.at) for one in found] == ["guides/herd-online.yaml:6"]
    assert list(slot_lines(found, Speech("en", base.texts), "knowledge/")) == [
        "home: 1 slots wait for a picture of the screen",
        "  knowledge/guides/herd-online.yaml  1 (lines 6)",
    ]
