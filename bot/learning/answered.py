"""An answered case, as something to learn from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answered:
    """What *asked* people wanted to know, what they were told, both redacted, and what the question may mean."""

    question: str
    answer: str
    candidates: tuple[tuple[str, str, float], ...] = ()
    asked: int = 1
