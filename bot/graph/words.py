"""What stands in the pictures of groups, in one language."""

from __future__ import annotations

from collections import Counter

from bot.base.model import Base, Group, Question, Step, Text, When
from bot.talk.speech import Speech


class Words:
    """The names of what is in *base*, said by *speech*."""

    def __init__(self, base: Base, speech: Speech) -> None:
        self.base = base
        self._speech = speech

    def text(self, text: Text) -> str:
        return " ".join(self._speech.text(text).split())

    def say(self, key: str, **words: object) -> str:
        return self._speech.say(key, **words)

    def shared(self) -> list[str]:
        """The procedures that are steps of more than one group."""
        used = Counter(id for group in self.base.groups.values() for id in {step.procedure for step in group.steps})
        return [id for id in self.base.procedures if used[id] > 1]

    def procedure(self, id: str) -> str:
        """What the procedure *id* is called on a button."""
        return self.text(self.base.procedures[id].short)

    def step(self, step: Step) -> str:
        """What *step* is called."""
        return self.procedure(step.procedure) if step.title is None else self.text(step.title)

    def about(self, step: Step) -> str:
        """In which case, by when, and whether one may leave it."""
        said = [self.base.procedures[step.procedure].code]
        if not step.when.cases:
            said.append(self.say("graph.always"))
        if (deadline := step.deadline) is not None:
            within, since = self._speech.duration(deadline.within), self.text(deadline.since)
            said.append(self.say("graph.deadline", within=within, since=since))
        if step.optional:
            said.append(self.say("graph.optional"))
        return " · ".join(said)

    def also(self, group: Group, question: Question) -> str:
        """What *question* decides that no line of the picture shows."""
        said = []
        if group.bundle is not None and _names(group.bundle.when, question):
            said.append(self.say("graph.bundle"))
        conditions = (*(step.when for step in group.steps), *(other.when for other in group.questions))
        if any(_names(when, question) for when in conditions):
            return " · ".join(said)
        noted = [number for number, step in enumerate(group.steps, 1) if _noted(step, question)]
        if noted:
            said.append(self.say("graph.notes", numbers=", ".join(map(str, noted))))
        if any(_names(advice.when, question) for advice in group.advice):
            said.append(self.say("graph.advice"))
        return " · ".join(said)


def _noted(step: Step, question: Question) -> bool:
    conditions = (*(note.when for note in step.notes), *(document.when for document in step.documents))
    return any(_names(when, question) for when in conditions)


def _names(when: When, question: Question) -> bool:
    return any(question.id in case for case in when.cases)
