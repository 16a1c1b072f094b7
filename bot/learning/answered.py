"""An answered case, as something to learn from."""

from __future__ import annotations

from dataclasses import dataclass

from bot.storage import Storage


@dataclass(frozen=True, slots=True)
class Answered:
    """What *asked* people wanted to know, what they were told, both redacted, and what the question may mean."""

    question: str
    answer: str
    candidates: tuple[tuple[str, str, float], ...]
    asked: int


def answered(storage: Storage, case: int) -> Answered | None:
    """The case with this number; None while nobody has answered it."""
    found = storage.cases.answer_of(case)
    if found is None or not found.question:  # nothing is left of it after a month
        return None
    others = len(storage.cases.siblings(case, answered=True))
    return Answered(found.question, found.answer, found.candidates, others + 1)
