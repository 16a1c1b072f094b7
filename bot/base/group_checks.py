"""What can be wrong with the steps and options of groups by themselves; checks like those of `checks`."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from bot.base.model import Base, Group, Option
from bot.base.problems import Kind, Problem, Problems
from bot.matching.normalise import fold

SPANS = ("working-days", "days", "hours", "months")  # what a law's limit is counted in


def steps_have_an_order(base: Base) -> Iterator[Problem]:
    """No step waits for itself, and each is listed after those it waits for: citizens are told them in that order."""
    for group in base.groups.values():
        try:
            TopologicalSorter({step.id: set(step.after) for step in group.steps}).prepare()
        except CycleError as error:
            yield Problem(group.at, Kind.STEP_CYCLE, (("steps", " → ".join(error.args[1])),))
        else:
            yield from _too_early(group)


def _too_early(group: Group) -> Iterator[Problem]:
    order = [step.id for step in group.steps]
    for place, step in enumerate(group.steps):
        for other in step.after:
            if other in order[place:]:
                yield Problem(step.at, Kind.LATER_STEP, (("step", step.id), ("other", other)))


def options_can_be_told_apart(base: Base) -> Iterator[Problem]:
    """No two options of a question are called the same, accents aside: a typed answer could not choose."""
    found = Problems()
    questions = (question for group in base.groups.values() for question in group.questions)
    for question in {question.id: question for question in questions}.values():
        for language in ("vi", "en"):
            seen: set[str] = set()
            for option in question.options:
                label = _label(option, language)
                if label and fold(label) in seen:
                    found.add(option.at, Kind.SAME_LABEL, label=label)
                seen.add(fold(label))
    yield from found


def _label(option: Option, language: str) -> str:
    return option.label.vi if language == "vi" else option.label.en


def deadlines_can_be_counted(base: Base) -> Iterator[Problem]:
    """A law's limit is a span of time: neither nothing nor what a slip will say."""
    for group in base.groups.values():
        for step in group.steps:
            within = None if step.deadline is None else step.deadline.within
            if within is not None and (within.unit not in SPANS or within.count == 0):
                yield Problem(step.at, Kind.BAD_DEADLINE, (("step", step.id),))
