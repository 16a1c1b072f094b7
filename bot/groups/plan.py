"""What somebody's answers make of a group: answers are the state, and where they stand is worked out each time.

The next question is the first still unknown that can change the plan; a question whose own condition fails does not
apply, which is not the same as "no": nothing behind it is asked, and an answer given to it earlier no longer counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.base.model import Document, Group, Question, Step, Text, When
from bot.groups.known import Known

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
    known = Known(group, answers)
    facts = known.facts
    steps = tuple(step for step in group.steps if known.decide(step.when))
    return Plan(
        group=group,
        facts=facts,
        question=known.next(),
        steps=steps,
        left_out=tuple((step, _reason(step, facts)) for step in group.steps if known.decide(step.when) is False),
        bundled=_bundled(group, steps, facts),
        advice=tuple(advice.text for advice in group.advice if known.decide(advice.when)),
    )


def without_last(group: Group, answers: Facts) -> dict[str, str]:
    """*answers* without the last one that still counts in *group*."""
    last = next(reversed(Known(group, answers).facts), None)
    return {question: option for question, option in answers.items() if question != last}


def remaining(group: Group, answers: Facts, tried: dict[object, int] | None = None) -> int:
    """The most questions that may still be asked; *tried* keeps what was found of *group* for the next time."""
    known = Known(group, answers)
    if (question := known.next()) is None:
        return 0
    tried = {} if tried is None else tried
    future = known.future()
    if future not in tried:
        ways = ({**known.facts, question.id: option.id} for option in question.options)
        tried[future] = 1 + max(remaining(group, way, tried) for way in ways)
    return tried[future]


def holds(when: When, facts: Facts) -> bool:
    """Whether *facts* already fulfil *when*."""
    return not when.cases or any(all(facts.get(q) in options for q, options in case.items()) for case in when.cases)


def _reason(step: Step, facts: Facts) -> Text | None:
    return next((advice.text for advice in step.left_out if holds(advice.when, facts)), None)


def _bundled(group: Group, steps: tuple[Step, ...], facts: Facts) -> tuple[str, ...]:
    if group.bundle is None or not holds(group.bundle.when, facts):
        return ()
    members = tuple(step.id for step in steps if step.id in group.bundle.steps)
    return members if len(members) >= group.bundle.at_least else ()
