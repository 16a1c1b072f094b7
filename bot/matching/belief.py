"""How sure we are: what speaks for the best candidate, and how much each of it weighs."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

# Fitted by logistic regression on labelled questions and test phrases, none of them a phrase of the base, and judged on
# other questions; refit them when the base has doubled. What is about nothing of ours was among both.
OURS = {"constant": -14.2, "score": 6.8, "likeness": 8.1, "covered": 2.8, "told": -0.85, "length": 2.2}
RIGHT = {"constant": -11.4, "score": 3.1, "margin": 3.9, "lead": 3.1, "likeness": 9.1, "covered": 2.5, "ahead": 5.4}


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for the best candidate; shares and scores lie between 0 and 1."""

    score: float
    margin: float  # of that score before the next candidate's
    lead: float  # the same of what was learned, before all other entries
    likeness: float  # to the best of its phrases, with or without the official words that concepts add
    covered: float  # share of the words that tell the matter, by their rarity, that its phrases have
    ahead: float  # that share less the next candidate's
    told: float  # logarithm of what the covered words weigh: one common word is little to go by
    length: float  # logarithm of the number of words: what matches in a long question is less by chance

    @property
    def ours(self) -> float:
        """How sure we are that the question is about something of ours."""
        return self._belief(OURS)

    @property
    def right(self) -> float:
        """How sure we are that it is about the best candidate."""
        return self._belief(RIGHT)

    def _belief(self, weights: dict[str, float]) -> float:
        signs = [weight * getattr(self, sign) for sign, weight in weights.items() if sign != "constant"]
        return 1 / (1 + exp(-weights["constant"] - sum(signs)))


NO_SIGNS = Signs(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
