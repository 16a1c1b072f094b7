"""What in a group is written for nothing: it tells nobody anything wrong, but somebody meant something by it.

For a base without errors. Each finding looks at all walks through a group at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.base.model import Base, Group, Question, When
from bot.base.problems import Kind, Problems
from bot.groups.plan import Facts, Plan, holds, plan
from bot.groups.walks import ends, met

Named = frozenset[tuple[str, str]]  # questions with the options that conditions name
Case = Mapping[str, frozenset[str]]


def lint(base: Base) -> Problems:
    """All that is idle in the groups of *base*, as warnings."""
    found = Problems()
    for group in base.groups.values():
        walked = list(ends(group))
        _idle_questions(group, found)
        _never_met(group, walked, found)
        _never_together(group, walked, found)
    _unnamed_options(base, found)
    return found


def _idle_questions(group: Group, found: Problems) -> None:
    """Questions that are asked though every answer leads to the same; each once, in the first case of that."""
    told: set[str] = set()
    numbers: dict[object, int] = {}  # of what follows an answer: the same number, the same questions and ends

    def follows(facts: Facts) -> int:
        now = plan(group, facts)
        if now.question is None:
            return numbers.setdefault(frozenset(met(now)), len(numbers))
        ways = tuple(follows({**facts, now.question.id: option.id}) for option in now.question.options)
        if len(set(ways)) == 1 and now.question.id not in told:
            told.add(now.question.id)
            answers = ", ".join(f"{question}: {option}" for question, option in facts.items()) or "–"
            found.add(now.question.at, Kind.IDLE_QUESTION, question=now.question.id, answers=answers)
        return numbers.setdefault((now.question.id, ways), len(numbers))

    follows({})


def _unnamed_options(base: Base, found: Problems) -> None:
    """Options that no condition of any group names, beside another such: mostly one was forgotten.

    To tell on purpose that they come to the same, name both: in a reason for leaving a step out, in an advice.
    """
    named = frozenset(
        (question, option)
        for group in base.groups.values()
        for when in group.conditions()
        for case in when.cases
        for question, options in case.items()
        for option in options
    )
    questions = (question for group in base.groups.values() for question in group.questions)
    for question in {question.id: question for question in questions}.values():
        _unnamed(question, named, found)


def _unnamed(question: Question, named: Named, found: Problems) -> None:
    unnamed = [option for option in question.options if (question.id, option.id) not in named]
    for option in unnamed[1:]:
        found.add(option.at, Kind.UNNAMED_OPTION, question=question.id, option=option.id, other=unnamed[0].id)


def _never_met(group: Group, walked: list[Plan], found: Problems) -> None:
    """Cases of conditions that never hold, and options in them that are never what makes them hold."""
    for when, concerned in _conditions(group, walked):
        for case in when.cases:
            answered = [end.facts for end in concerned if holds(When((case,)), end.facts)]
            for part in _missing(case, answered):
                found.add(when.at, Kind.NEVER_MET, case=part)


def _conditions(group: Group, walked: list[Plan]) -> Iterator[tuple[When, list[Plan]]]:
    """Each condition with the plans it says something about."""
    yield from ((question.when, walked) for question in group.questions)
    yield from ((advice.when, walked) for advice in group.advice)
    if group.bundle is not None:
        yield group.bundle.when, walked
    for step in group.steps:
        with_it = [end for end in walked if step in end.steps]
        without = [end for end in walked if step not in end.steps]
        yield step.when, with_it
        yield from ((note.when, with_it) for note in step.notes)
        yield from ((document.when, with_it) for document in step.documents)
        yield from ((reason.when, without) for reason in step.left_out)


def _missing(case: Case, answered: list[Facts]) -> Iterator[str]:
    """What of *case* is in none of the facts that fulfil it; the whole of it when there are none."""
    if not answered:
        yield ", ".join(f"{question}: {'/'.join(sorted(options))}" for question, options in case.items())
        return
    for question, options in case.items():
        never = options - {facts[question] for facts in answered}
        yield from (f"{question}: {option}" for option in sorted(never))


def _never_together(group: Group, walked: list[Plan], found: Problems) -> None:
    """Steps that wait for one that is in none of their plans; steps of the bundle that are never filed with it."""
    plans = [{step.id for step in end.steps} for end in walked]
    for step in group.steps:
        for other in step.after:
            if not any({step.id, other} <= ids for ids in plans):
                found.add(step.at, Kind.NEVER_TOGETHER, step=step.id, other=other)
    bundled = {id for end in walked for id in end.bundled}
    if (bundle := group.bundle) is not None:
        for id in bundle.steps:
            if id not in bundled:
                found.add(bundle.at, Kind.NEVER_BUNDLED, step=id)
