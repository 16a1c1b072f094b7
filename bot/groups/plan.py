"""What somebody's answers make of a group: answers are the state, and where they stand is worked out each time.

The next question is the first still unknown that can change the plan; a question whose own condition fails does not
apply, which is not the same as "no": nothing behind it is asked, and an answer given to it earlier no longer counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.base.model import Bundle, Document, Group, Question, Step, Text, When

Facts = Mapping[str, str]  # question → option


@dataclass(frozen=True, slots=True)
class Plan:
    """Where somebody stands in a group."""

    group: Group
    facts: Facts  # the answers that count, in the order of the questions
    question: Question | None  # the next one; None: the plan is complete
    steps: tuple[Step, ...]  # those that apply, in their order
    left_out: tuple[tuple[Step, Text | None], ...]  # those that do not, with the reason
    bundled: tuple[str, ...]  # ids of the steps that one dossier files together
    advice: tuple[Text, ...]

    def notes(self, step: Step) -> tuple[Text, ...]:
        """The advice for *step* in this case."""
        return tuple(note.text for note in step.notes if holds(note.when, self.facts))

    def extra_documents(self, step: Step) -> tuple[Document, ...]:
        """The papers *step* needs only because of these answers."""
        return tuple(document for document in step.documents if holds(document.when, self.facts))


def plan(group: Group, answers: Facts) -> Plan:
    """What *answers* (of any group) make of *group*: facts that count, steps that apply, and the next question."""
    facts, question = _walk(group, answers)
    steps = tuple(step for step in group.steps if holds(step.when, facts))
    return Plan(
        group=group,
        facts=facts,
        question=question,
        steps=steps,
        left_out=tuple(
            (step, _reason(step, facts)) for step in group.steps if decide(step.when, facts, group) is False
        ),
        bundled=_bundled(group, steps, facts),
        advice=tuple(advice.text for advice in group.advice if holds(advice.when, facts)),
    )


def without_last(group: Group, answers: Facts) -> dict[str, str]:
    """*answers* without the last one that still counts in *group*."""
    counted, _ = _walk(group, answers)
    last = next(reversed(counted), None)
    return {question: option for question, option in answers.items() if question != last}


def remaining(group: Group, answers: Facts) -> int:
    """The most questions that may still be asked."""
    facts, question = _walk(group, answers)
    if question is None:
        return 0
    return 1 + max(remaining(group, {**facts, question.id: option.id}) for option in question.options)


def holds(when: When, facts: Facts) -> bool:
    """Whether *facts* already fulfil *when*."""
    return not when.cases or any(all(facts.get(q) in options for q, options in case.items()) for case in when.cases)


def decide(when: When, facts: Facts, group: Group) -> bool | None:
    """Whether *when* is fulfilled; None while that is open. A question that does not apply fulfils nothing."""
    if holds(when, facts):
        return True
    open_cases = (case for case in when.cases if _is_open(case, facts, group))
    return None if next(open_cases, None) is not None else False


def _walk(group: Group, answers: Facts) -> tuple[dict[str, str], Question | None]:
    """The answers that count and the first open question that matters."""
    facts: dict[str, str] = {}
    asked: Question | None = None
    for question in group.questions:
        if not holds(question.when, facts):
            continue
        answer = answers.get(question.id)
        if answer is not None and question.option(answer) is not None:
            facts[question.id] = answer
    for question in group.questions:
        if question.id not in facts and holds(question.when, facts) and _matters(question, facts, group):
            asked = question
            break
    return facts, asked


def _matters(question: Question, facts: Facts, group: Group) -> bool:
    """Whether an answer to *question* can still change the plan, directly or through a later question."""
    if any(_turns_on(when, question, facts, group) for when in _conditions(group, facts)):
        return True
    return any(
        _turns_on(later.when, question, facts, group) and _matters(later, facts, group)
        for later in _after(question, group)
    )


def _after(question: Question, group: Group) -> tuple[Question, ...]:
    return group.questions[group.questions.index(question) + 1 :]


def _conditions(group: Group, facts: Facts) -> Iterator[When]:
    """Every condition that shapes the plan, as far as the steps they belong to may still apply."""
    for step in group.steps:
        yield step.when
        if decide(step.when, facts, group) is not False:
            yield from (note.when for note in step.notes)
            yield from (document.when for document in step.documents)
    yield from (advice.when for advice in group.advice)
    if group.bundle is not None and _enough(group.bundle, facts, group):
        yield group.bundle.when


def _enough(bundle: Bundle, facts: Facts, group: Group) -> bool:
    """Whether so many steps of *bundle* may still apply as it needs."""
    members = (step for step in group.steps if step.id in bundle.steps)
    return sum(decide(step.when, facts, group) is not False for step in members) >= bundle.at_least


def _turns_on(when: When, question: Question, facts: Facts, group: Group) -> bool:
    """Whether *when* is open and mentions *question* in a case that may still hold."""
    if holds(when, facts):
        return False
    return any(question.id in case and _is_open(case, facts, group) for case in when.cases)


def _is_open(case: Mapping[str, frozenset[str]], facts: Facts, group: Group) -> bool:
    """Whether no question of *case* is already answered otherwise or out of the game."""
    for id, options in case.items():
        if id in facts:
            if facts[id] not in options:
                return False
        elif (question := group.question(id)) is None or decide(question.when, facts, group) is False:
            return False
    return True


def _reason(step: Step, facts: Facts) -> Text | None:
    return next((advice.text for advice in step.left_out if holds(advice.when, facts)), None)


def _bundled(group: Group, steps: tuple[Step, ...], facts: Facts) -> tuple[str, ...]:
    if group.bundle is None or not holds(group.bundle.when, facts):
        return ()
    members = tuple(step.id for step in steps if step.id in group.bundle.steps)
    return members if len(members) >= group.bundle.at_least else ()
