"""What answers make known of a group: which of them count, which conditions they decide, and what is still to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from bot.base.model import Bundle, Group, Question, When

Case = Mapping[str, frozenset[str]]  # question → the options of which it must have one


class Known:
    """The answers to *group* that count, and what they decide."""

    def __init__(self, group: Group, answers: Mapping[str, str]) -> None:
        self.facts: dict[str, str] = {}  # in the order of the questions
        self._group = group
        self._open: set[str] = set()  # the questions without one that are there, or may still come to be
        self._looked: dict[int, list[Case] | None] = {}  # by condition, as each is asked for again and again
        for question in group.questions:
            answer = answers.get(question.id)
            applies = self.decide(question.when)
            if applies and answer is not None and question.option(answer) is not None:
                self.facts[question.id] = answer
            elif applies is not False:
                self._open.add(question.id)

    def decide(self, when: When) -> bool | None:
        """Whether *when* is fulfilled; None while that is open. A question that does not apply fulfils nothing."""
        ways = self._look(when)
        return True if ways is None else None if ways else False

    def next(self) -> Question | None:
        """The first open question that can change the plan, directly or through a later question."""
        if not self._open:
            return None
        wanted = {id for case in self._undecided for id in case}
        for question in reversed(self._group.questions):
            if question.id in wanted:
                wanted.update(id for case in self._ways(question.when) for id in case)
        asked = (one for one in self._group.questions if one.id in wanted and one.id in self._open)
        return next((question for question in asked if self.decide(question.when)), None)

    def future(self) -> object:
        """All that the questions to come depend on: where this is the same, the same are asked."""
        coming = (question.when for question in self._group.questions if question.id in self._open)
        bundle = self._group.bundle
        members = self._members(bundle) if bundle is not None and self._ways(bundle.when) else {}
        return (
            frozenset(self._open),
            frozenset(map(id, self._undecided)),
            frozenset(id(case) for when in coming for case in self._ways(when)),
            frozenset(members.items()),
        )

    @cached_property
    def _undecided(self) -> list[Case]:
        """By what the plan may still change."""
        return [case for when in self._conditions() if when.cases for case in self._ways(when)]

    def _conditions(self) -> Iterator[When]:
        """Every condition that shapes the plan, as far as what it belongs to may still apply."""
        for step in self._group.steps:
            yield step.when
            if self.decide(step.when) is not False:
                yield from (note.when for note in step.notes)
                yield from (document.when for document in step.documents)
        yield from (advice.when for advice in self._group.advice)
        bundle = self._group.bundle
        if bundle is not None and len(self._members(bundle)) >= bundle.at_least:
            yield bundle.when

    def _members(self, bundle: Bundle) -> dict[str, bool]:
        """The steps of *bundle* that may apply, and whether it is decided that they do."""
        decided = {step.id: self.decide(step.when) for step in self._group.steps if step.id in bundle.steps}
        return {id: applies is True for id, applies in decided.items() if applies is not False}

    def _ways(self, when: When) -> list[Case]:
        """The cases by which *when* may still come to be fulfilled; none when it is."""
        return self._look(when) or []

    def _look(self, when: When) -> list[Case] | None:
        """The ways of *when*, or None where it is fulfilled."""
        if not when.cases:
            return None
        key = id(when)
        if key not in self._looked:
            self._looked[key] = self._tried(when)
        return self._looked[key]

    def _tried(self, when: When) -> list[Case] | None:
        ways = []
        for case in when.cases:
            fulfilled = self._fulfils(case)
            if fulfilled:
                return None
            if fulfilled is None:
                ways.append(case)
        return ways

    def _fulfils(self, case: Case) -> bool | None:
        fulfilled: bool | None = True
        for id, options in case.items():
            answer = self.facts.get(id)
            if answer is None:
                if id not in self._open:
                    return False
                fulfilled = None
            elif answer not in options:
                return False
        return fulfilled
