"""How far somebody is with their steps, and what comes next: on the toy group of tests/toy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import session
from bot.base.loader import load
from bot.groups import progress
from bot.groups.plan import Plan, plan
from bot.groups.progress import NOTHING, Progress, Told, next_thing
from bot.session import Session
from bot.talk import days

BASE = load(Path(__file__).parent / "toy")[0]
PETS = BASE.groups["pets"]
ALL = plan(PETS, {"dog": "yes", "dog-kind": "fierce", "cat": "yes", "cow": "yes"})  # cat, optional, comes after dog
TOGETHER = plan(PETS, {"dog": "yes", "dog-kind": "mild", "cat": "yes", "cow": "yes"})  # dog and cat in one dossier
DAY = date(2026, 12, 7)
FILED = progress.filed(DAY, late=False)(NOTHING)
DONE = replace(FILED, state="done")
BACK = progress.returned("photo", DAY)(FILED)
PROGRESS = st.builds(
    Progress,
    state=st.sampled_from(["todo", "filed", "returned", "done"]),
    channel=st.sampled_from(["", "online", "post"]),
    day=st.none() | st.dates(),
    late=st.booleans(),
    code=st.text(),
    event=st.none() | st.dates(),
)


def following(of: Plan, told: Told, due: dict[str, date] | None = None) -> str:
    """What comes next, in a word, and of which step."""
    found = next_thing(of, {f"pets/{id}": one for id, one in told.items()}, due or {}, DAY)
    return f"{found.what} {found.step.id if found.step else ''}".strip()


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, "file dog"),
        ({"dog": FILED}, "file cow"),
        ({"dog": FILED, "cow": DONE}, "wait dog"),
        ({"dog": DONE, "cow": FILED}, "wait cow"),
        ({"dog": DONE, "cow": DONE}, "finished"),
        ({"dog": DONE, "cow": DONE, "cat": FILED}, "wait cat"),
        ({"dog": BACK}, "complete dog"),
        ({"cow": BACK}, "complete cow"),
        ({"dog": DONE, "cow": DONE, "cat": DONE}, "finished"),
    ],
)
def test_the_next_thing_is_what_somebody_can_do_first(told: Told, expected: str) -> None:
    assert following(ALL, told) == expected


def test_a_result_that_is_due_comes_before_another_file() -> None:
    assert following(ALL, {"dog": FILED}, {"dog": DAY}) == "collect dog"
    assert following(ALL, {"dog": FILED}, {"dog": date(2026, 12, 8)}) == "file cow"


def test_of_two_that_are_awaited_the_sooner_is_named() -> None:
    due = {"dog": date(2026, 12, 20), "cow": date(2026, 12, 10)}

    assert following(ALL, {"dog": FILED, "cow": FILED}, due) == "wait cow"


def test_where_all_may_be_left_out_the_first_is_still_offered() -> None:
    only_cat = plan(PETS, {"dog": "no", "cat": "yes", "cow": "no"})

    assert following(only_cat, {}) == "file cat"
    assert following(only_cat, {"cat": DONE}) == "finished"


def test_a_plan_of_no_steps_has_nothing_to_do() -> None:
    assert following(plan(PETS, {"dog": "no", "cat": "no"}), {}) == "finished"


def test_what_is_filed_together_is_open_until_each_result_is_there() -> None:
    dossier = progress.dossier_of(BASE, TOGETHER, PETS.steps[1])

    assert [step.id for step in dossier.steps] == ["dog", "cat"]
    assert [step.id for step in progress.still_open(dossier, {"pets/dog": DONE}, PETS)] == ["cat"]


@given(PROGRESS)
def test_a_wrong_tap_is_taken_back_without_losing_what_was_told(before: Progress) -> None:
    for wrong in (progress.done, progress.returned("photo", DAY)):
        back = progress.taken_back(wrong(progress.filed(DAY, late=False)(before)))
        assert (back.state, back.day, back.code) == ("filed", DAY, before.code)
    assert progress.taken_back(progress.filed(DAY, late=False)(before)).state == "todo"


def test_a_step_that_was_never_filed_goes_back_to_not_yet() -> None:
    assert progress.taken_back(progress.done(NOTHING)).state == "todo"


def test_the_progress_of_one_group_is_forgotten_without_the_others() -> None:
    told = {"pets/dog": FILED, "pets-2/dog": FILED}

    assert progress.begun(told, PETS)
    assert progress.without(told, PETS) == {"pets-2/dog": FILED}
    assert not progress.begun({"pets/dog": NOTHING}, PETS)


@given(st.dictionaries(st.text(), PROGRESS.filter(lambda one: one != NOTHING)))
def test_progress_is_kept_as_it_was(told: Told) -> None:
    kept = Session(progress=told)

    assert session.load(session.dump(kept), None) == kept


def test_progress_of_another_version_loses_only_what_is_unknown() -> None:
    body = '{"progress": {"pets/dog": {"state": "filed", "day": "2026-12-07", "tomorrow": 1}}}'

    assert session.load(body, None).progress == {"pets/dog": FILED}


TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20/11", date(2026, 11, 20)),
        ("24/11", TODAY),
        ("25/11", date(2025, 11, 25)),
        ("20-11-2026", date(2026, 11, 20)),
        ("20.11.26", date(2026, 11, 20)),
        ("ngày 20 tháng 11 ạ", date(2026, 11, 20)),
        ("ngay 5 thang 1 nam 2025", date(2025, 1, 5)),
        ("2026-11-20", date(2026, 11, 20)),
        ("Hôm qua", date(2026, 11, 23)),
        ("hom nay a", TODAY),
        ("ngày mai", date(2026, 11, 25)),
        ("29/2", date(2024, 2, 29)),
        ("31/11", None),
        ("29/02/2026", None),
        ("20", None),
        ("20/11/99999999999", None),
        ("mai mốt", None),
        ("mất thẻ 20/11 làm lại ở đâu", None),
        ("", None),
    ],
)
def test_a_typed_day_is_read(text: str, day: date | None) -> None:
    assert days.read_day(text, TODAY) == day


def test_a_day_after_another_is_read_where_one_is_asked_for() -> None:
    filed = date(2026, 11, 20)

    assert days.read_day("10/12", TODAY, since=filed) == date(2026, 12, 10)
    assert days.read_day("23/11", TODAY, since=filed) == date(2026, 11, 23)
    assert days.read_day("10/1", TODAY, since=filed) == date(2027, 1, 10)


@given(st.text())
def test_no_text_is_an_error_where_a_day_is_asked_for(text: str) -> None:
    days.read_day(text, TODAY)
    days.looks_like_day(text)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_in_a_button_is_read_back(day: date) -> None:
    assert days.numbered(days.number(day)) == day


@given(st.integers(0, 10**18))
def test_no_number_in_a_button_is_an_error(figures: int) -> None:
    assert days.numbered(figures) is None or days.number(days.numbered(figures) or TODAY) == figures
