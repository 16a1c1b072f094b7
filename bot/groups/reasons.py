"""Why a step is in a plan, or is not: the answers that decided it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.base.model import Option, Question, Step
from bot.groups.known import Known
from bot.groups.plan import Plan, holds

Answered = tuple[tuple[Question, Option], ...]


def reasons(step: Step, plan: Plan) -> Answered:
    """The answers that brought *step* into *plan*, or the one that settled that it is not needed.

    Nothing for a step that everybody needs, or that nothing has decided yet.
    """
    if holds(step.when, plan.facts):
        return _answered(plan, set(_fulfilling(step, plan)))
    return left_out(plan).get(step.id, ())


def left_out(plan: Plan) -> dict[str, Answered]:
    """By step that is not needed, the answer after which it could not be, whatever else would be answered."""
    found: dict[str, Answered] = {}
    said: dict[str, str] = {}
    for id, option in plan.facts.items():
        if len(found) == len(plan.left_out):
            break
        said[id] = option
        known = Known(plan.group, said)
        out = (step.id for step, _ in plan.left_out if step.id not in found and known.decide(step.when) is False)
        found |= dict.fromkeys(out, _answered(plan, {id}))
    return found


def _answered(plan: Plan, ids: set[str]) -> Answered:
    """The answers to the questions *ids*, in the order of the questions."""
    asked = (question for question in plan.group.questions if question.id in ids)
    answered = ((question, question.option(plan.facts[question.id])) for question in asked)
    return tuple((question, option) for question, option in answered if option is not None)


def _fulfilling(step: Step, plan: Plan) -> Iterator[str]:
    """The questions of the shortest case of its condition that the answers fulfil."""
    cases = (case for case in step.when.cases if all(plan.facts.get(id) in options for id, options in case.items()))
    yield from min(cases, key=len, default={})
