"""How alike two spellings are: the one place that knows the library for it."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA


def nearest(word: str, words: Sequence[str], slips: int) -> str | None:
    """The one of *words* fewest typing slips from *word*, the earlier one of two; None beyond *slips*."""
    near = process.extractOne(word, words, scorer=OSA.distance, score_cutoff=slips)
    return str(near[0]) if near else None


def likeness(text: str, others: Sequence[str], least: float = 0.0) -> float:
    """From 0 to 1: how well the words of *text* are found again in the best of *others*; *least* if none is better."""
    best = process.extractOne(text, others, scorer=fuzz.token_set_ratio, score_cutoff=100 * least)
    return best[1] / 100 if best else least
