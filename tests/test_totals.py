"""What a plan comes to as a whole, on the toy group of tests/toy: three files unless dog and cat go in one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.base.loader import load
from bot.base.model import Base, Duration, Fee, Filing, Text, Time
from bot.groups.plan import plan
from bot.groups.totals import Money, Totals, Trips, Wait, totals

TOY = load(Path(__file__).parent / "toy")[0]
ALL = {"dog": "yes", "dog-kind": "fierce", "cat": "yes", "cow": "yes"}  # dog 1, cat 2 after it, cow 3
HERD = {**ALL, "dog-kind": "mild"}  # dog and cat in one file
DAY = date(2026, 11, 24)
SURE = Text("ai đó")
UNITS = {"w": "working-days", "d": "days", "m": "months", "h": "hours"}

Said = tuple[str, int | None]  # a time such as "3w", "same" or "slip", and a fee


def duration(said: str) -> Duration:
    match said:
        case "same":
            return Duration("same-day")
        case "slip":
            return Duration("appointment")
    return Duration(UNITS[said[-1]], int(said[:-1]))  # type: ignore[arg-type]


def filing(way: str, said: Said, *, unsure: bool = False) -> Filing:
    usual, _, checking = said[0].partition("/")
    who = SURE if unsure else None
    time = Time(duration(usual), duration(checking) if checking else None, who)
    return Filing(way, (time,), (Fee(said[1], who),))


def whole(answers: dict[str, str] = ALL, **procedures: dict[str, Said] | dict[str, Filing]) -> Totals:
    """The totals when *procedures* are filed like that, by way."""
    base: Base = TOY
    for id, ways in procedures.items():
        filings = {way: said if isinstance(said, Filing) else filing(way, said) for way, said in ways.items()}
        base = replace(base, procedures={**base.procedures, id: replace(base.procedures[id], filings=filings)})
    return totals(base, plan(base.groups["pets"], answers), DAY)


def waits(found: Totals) -> tuple[Duration, Duration]:
    return found.usual.in_turn.duration, found.usual.at_once.duration


def same(said: Said) -> dict[str, dict[str, Said]]:
    return {id: {"counter": said} for id in ("dog", "cat", "cow")}


def test_fees_add_up_by_way_and_what_has_but_one_way_counts_in_both() -> None:
    found = whole(
        dog={"online": ("3w", 0), "counter": ("3w", 5000)}, cat={"counter": ("3w", 7000)}, cow={"online": ("3w", 100)}
    )

    assert {way: money.amount for way, money in found.money.items()} == {"online": 7100, "counter": 12100}


def test_a_fee_that_must_be_asked_is_named_and_not_counted() -> None:
    found = whole(**{**same(("3w", 8000)), "cat": {"counter": ("3w", None)}})

    assert found.money == {"counter": Money(16000, rough=False, known=(1, 3), unknown=(2,))}


def test_an_unsure_fee_makes_the_sum_rough() -> None:
    found = whole(**{**same(("3w", 8000)), "cat": {"counter": filing("counter", ("3w", 0), unsure=True)}})

    assert (found.money["counter"].amount, found.money["counter"].rough, found.unsure) == (16000, True, True)


def test_a_file_for_several_steps_is_paid_and_waited_for_once() -> None:
    found = whole(HERD, herd={"online": ("4w", 500)}, cow={"online": ("3w", 100)})

    assert found.money == {"online": Money(600, rough=False, known=(1, 2, 3), unknown=())}
    assert waits(found) == (Duration("working-days", 7), Duration("working-days", 4))


@pytest.mark.parametrize(
    ("dog", "cat", "cow", "in_turn", "at_once", "exact"),
    [
        ("3w", "4w", "5w", "12w", "7w", True),  # the cat waits for the dog, the cow for nobody
        ("3d", "4d", "9d", "16d", "9d", True),
        ("5w", "10d", "5w", "24d", "17d", False),  # both kinds of days: roughly so many of the calendar
        ("same", "3w", "2w", "6w", "4w", False),
        ("same", "same", "same", "3w", "2w", False),
        ("1m", "5d", "5d", "40d", "35d", False),
    ],
)
def test_days_one_after_another_and_side_by_side(
    dog: str, cat: str, cow: str, in_turn: str, at_once: str, exact: bool
) -> None:
    found = whole(dog={"counter": (dog, 0)}, cat={"counter": (cat, 0)}, cow={"counter": (cow, 0)})

    assert waits(found) == (duration(in_turn), duration(at_once))
    assert found.usual.in_turn.exact == exact


def test_the_longest_chain_may_be_exact_where_the_sum_is_not() -> None:
    found = whole(**{**same(("2w", 0)), "cow": {"counter": ("9d", 0)}})

    assert (found.usual.in_turn.exact, found.usual.at_once) == (False, Wait(calendar=9))


def test_the_slower_way_counts() -> None:
    found = whole(**{**same(("2w", 0)), "dog": {"online": ("2w", 0), "counter": ("3w", 0)}})

    assert found.usual.in_turn == Wait(working=7)


def test_what_must_be_verified_takes_longer() -> None:
    found = whole(**{**same(("2w", 0)), "cow": {"counter": ("2w/9w", 0)}})

    assert (found.usual.in_turn, found.checking.in_turn) == (Wait(working=6), Wait(working=13))
    assert found.checking.at_once == Wait(working=9)


def test_what_only_the_slip_says_is_named() -> None:
    found = whole(**{**same(("2w", 0)), "cat": {"online": ("2w", 0), "counter": ("slip", 0)}})

    assert (found.usual.in_turn, found.untold) == (Wait(working=4), (2,))


def test_one_thing_done_the_same_day_is_just_that() -> None:
    assert (Wait(quick=1).duration, Wait(quick=1).exact) == (Duration("same-day"), True)


def test_what_waits_for_nothing_goes_along_on_the_same_visit() -> None:
    assert whole(**same(("3w", 0))).trips == {"counter": Trips(2, ())}  # dog and cow, then the cat


def test_another_office_is_another_visit() -> None:
    procedures = {**TOY.procedures, "cow": replace(TOY.procedures["cow"], office="police")}

    found = totals(replace(TOY, procedures=procedures), plan(TOY.groups["pets"], ALL), DAY)

    assert found.trips["counter"].count == 3


def test_nobody_goes_anywhere_to_file_online_but_for_what_cannot_be() -> None:
    found = whole(
        dog={"online": ("3w", 0)}, cat={"online": ("3w", 0), "counter": ("3w", 0)}, cow={"counter": ("3w", 0)}
    )

    assert found.trips == {"online": Trips(1, (3,)), "counter": Trips(2, (1,))}


def test_by_post_alone_nobody_goes_anywhere() -> None:
    found = whole(**{**same(("2w", 0)), "cow": {"post": ("2w", 300)}})

    assert (found.trips["counter"], found.money["counter"].amount) == (Trips(2, ()), 300)


def test_a_cat_that_waits_for_a_cow_that_waits_for_a_dog_in_one_file_with_it_is_no_circle() -> None:
    pets = TOY.groups["pets"]
    after = {"cow": ("dog",), "cat": ("cow",)}
    steps = tuple(replace(step, after=after.get(step.id, ())) for step in pets.steps)

    found = totals(TOY, plan(replace(pets, steps=steps), HERD), DAY)

    assert found.trips["counter"].count == 2
