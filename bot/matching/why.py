"""Why a question was taken as it was: what an answer can tell of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.matching.belief import Signs
from bot.matching.shelf import Candidate

Exact = Literal["", "code", "name"]  # a name is also a phrase


@dataclass(frozen=True, slots=True)
class Why:
    """What spoke for the best candidate of ours; empty texts where nothing was alike."""

    read: str  # the words as repaired
    exact: Exact  # what of the best candidate was written out, letter for letter
    veto: str  # the words that say it is none of ours, whatever it is like
    added: tuple[str, ...]  # the official words behind them
    phrase: str  # the phrase of the best candidate that is most like them
    best: Candidate | None
    next: Candidate | None
    signs: Signs
    answer: float  # the belief from which a question is answered
    ask: float  # the belief from which choices are offered
