"""Every possible walk through a group: does each end well, and is everything in the group met on one of them?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from bot.base.model import Group
from bot.base.problems import At, Kind, Problem
from bot.groups.plan import Facts, Plan, holds, plan

MOST = 4000  # walks through a group: more are more questions than anybody answers, and take too long to try


def walks(group: Group) -> Iterator[Facts]:
    """The answers of every possible walk through *group*, from start to end."""
    return (end.facts for end in ends(group))


def ends(group: Group, asked: set[str] | None = None) -> Iterator[Plan]:
    """The plan of every possible walk through *group*; *asked* collects the questions met."""
    waiting: list[dict[str, str]] = [{}]
    while waiting:
        facts = waiting.pop()
        now = plan(group, facts)
        if now.question is None:
            yield now
            continue
        if asked is not None:
            asked.add(now.question.id)
        waiting += [{**facts, now.question.id: option.id} for option in now.question.options]


def walk_problems(group: Group) -> Iterator[Problem]:
    """Whatever is answered, there is a step or advice at the end; and nothing in *group* is there for no answers.

    The conditions of *group* must name what exists, in the order of its questions: else they may go in a circle.
    """
    asked: set[str] = set()
    found = list(islice(ends(group, asked), MOST + 1))
    if len(found) > MOST:
        yield _problem(group.at, Kind.TOO_MANY_WALKS, limit=MOST)
        return
    for end in found:
        if not end.steps and not end.advice:
            answers = ", ".join(f"{question}: {option}" for question, option in end.facts.items())
            yield _problem(group.at, Kind.NO_OUTCOME, answers=answers)
    yield from _unmet(group, asked, {at for end in found for at in met(end)})
    for step, other in sorted({pair for end in found for pair in _torn(end)}):
        yield _problem(group.at if group.bundle is None else group.bundle.at, Kind.BUNDLE_WAITS, step=step, other=other)


def _unmet(group: Group, asked: set[str], met: set[At]) -> Iterator[Problem]:
    """What is in *group* for no answers: questions not *asked*, and what stands where nothing was *met*."""
    for question in group.questions:
        if question.id not in asked:
            yield _problem(question.at, Kind.UNUSED_QUESTION, question=question.id)
    for at, what, id in _conditional(group, met):
        if at not in met:
            yield _problem(at, Kind.UNREACHABLE, what=what, id=id)


def _torn(end: Plan) -> Iterator[tuple[str, str]]:
    """The bundled steps that wait for one filed by itself, after the bundle: neither could be first."""
    order = [step.id for step in end.steps]
    first = min((order.index(id) for id in end.bundled), default=len(order))
    alone = {id for id in order[first:] if id not in end.bundled}
    for step in end.steps:
        if step.id in end.bundled:
            yield from ((step.id, other) for other in step.after if other in alone)


def met(end: Plan) -> Iterator[At]:
    """Where stands what is shown in the plan *end*."""
    for step in end.steps:
        yield step.at
        yield from (note.at for note in step.notes if holds(note.when, end.facts))
        yield from (document.at for document in end.extra_documents(step))
    for step, _ in end.left_out:
        yield from [reason.at for reason in step.left_out if holds(reason.when, end.facts)][:1]
    yield from (advice.at for advice in end.group.advice if holds(advice.when, end.facts))
    if end.bundled and end.group.bundle is not None:
        yield end.group.bundle.at


def _conditional(group: Group, met: set[At]) -> Iterator[tuple[At, str, str]]:
    """Where stands what need not be shown, what it is, and which; of a step that is never met, the step alone."""
    for step in group.steps:
        yield step.at, "step", step.id
        if step.at in met:
            yield from ((note.at, "note", note.text.vi) for note in step.notes)
            yield from ((document.at, "document", document.kind) for document in step.documents)
        yield from ((reason.at, "reason", reason.text.vi) for reason in step.left_out)
    yield from ((advice.at, "advice", advice.text.vi) for advice in group.advice)
    if group.bundle is not None:
        yield group.bundle.at, "bundle", group.bundle.procedure


def _problem(at: At, kind: Kind, **words: object) -> Problem:
    return Problem(at, kind, tuple((name, str(word)) for name, word in words.items()))
