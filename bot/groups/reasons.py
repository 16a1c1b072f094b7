"""Why a step is in a plan, or is not: the answers that decided it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.base.model import Option, Question, Step
from bot.groups.known import Known
from bot.groups.plan import Plan, holds


def reasons(step: Step, plan: Plan) -> tuple[tuple[Question, Option], ...]:
    """The answers that brought *step* into *plan*, or the one that settled that it is not needed.

    Nothing for a step that everybody needs, or that nothing has decided yet.
    """
    deciding = set(_fulfilling(step, plan) if holds(step.when, plan.facts) else _settling(step, plan))
    asked = (question for question in plan.group.questions if question.id in deciding)
    answered = ((question, question.option(plan.facts[question.id])) for question in asked)
    return tuple((question, option) for question, option in answered if option is not None)


def _fulfilling(step: Step, plan: Plan) -> Iterator[str]:
    """The questions of the shortest case of its condition that the answers fulfil."""
    cases = (case for case in step.when.cases if all(plan.facts.get(id) in options for id, options in case.items()))
    yield from min(cases, key=len, default={})


def _settling(step: Step, plan: Plan) -> Iterator[str]:
    """The question after whose answer it could no longer be needed, whatever else is answered."""
    said: dict[str, str] = {}
    for id, option in plan.facts.items():
        said[id] = option
        if Known(plan.group, said).decide(step.when) is False:
            yield id
            return
