"""Which answers brought a step into a plan, or left it out; on the toy group of tests/toy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.base.loader import load
from bot.base.model import ALWAYS, Base, When
from bot.groups.plan import holds, plan
from bot.groups.reasons import reasons
from bot.groups.walks import walks

PETS = load(Path(__file__).parent / "toy")[0].groups["pets"]
ALL = {"dog": "yes", "dog-kind": "mild", "cat": "yes", "cow": "yes"}
SHIPPED = sorted(path.stem for path in (Path(__file__).parent.parent / "knowledge" / "groups").glob("*.yaml"))


def told(step: str, answers: dict[str, str], when: When | None = None) -> dict[str, str]:
    """The answers that decided about the step, which applies *when*."""
    old = PETS.step(step)
    assert old is not None
    new = replace(old, when=when or old.when)
    group = replace(PETS, steps=tuple(new if one is old else one for one in PETS.steps))
    return {question.id: option.id for question, option in reasons(new, plan(group, answers))}


def when(*cases: dict[str, str]) -> When:
    return When(tuple({id: frozenset(options.split()) for id, options in case.items()} for case in cases))


def test_a_step_is_there_for_the_answers_of_its_condition() -> None:
    assert told("dog", ALL) == {"dog": "yes"}
    assert told("cow", ALL, when({"cow": "yes", "dog": "yes no"})) == {"dog": "yes", "cow": "yes"}


def test_of_several_cases_the_shortest_that_is_fulfilled_is_told() -> None:
    both = when({"dog": "yes", "cat": "yes"}, {"cow": "yes"}, {"dog": "no"})

    assert told("cow", ALL, both) == {"cow": "yes"}


def test_everybody_needs_a_step_without_a_condition() -> None:
    assert told("cow", ALL, ALWAYS) == {}


def test_a_step_is_left_out_for_the_answer_that_settled_it() -> None:
    either = when({"dog": "no", "cow": "yes"}, {"cow": "yes"})

    assert told("dog", {"dog": "no"}) == {"dog": "no"}
    assert told("cow", {**ALL, "cow": "no"}, either) == {"cow": "no"}


def test_a_question_that_did_not_apply_is_explained_by_what_kept_it_away() -> None:
    assert told("cow", {"dog": "no", "cat": "no"}) == {"cat": "no"}


def test_what_is_still_open_has_no_reason() -> None:
    assert told("cow", {"dog": "yes"}) == {}


@pytest.mark.parametrize("id", SHIPPED)
def test_the_answers_told_are_enough(id: str, base: Base) -> None:
    """Every step of every plan has a reason, unless everybody needs it; one that is in it is so by these alone."""
    for way in walks(base.groups[id]):
        now = plan(base.groups[id], way)
        for step in now.steps:
            facts = {question.id: option.id for question, option in reasons(step, now)}
            assert holds(step.when, facts)
        for step, _ in now.left_out:
            assert reasons(step, now)
