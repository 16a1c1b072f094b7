"""Whether two questions are one: the same matter in near the same words, so that one answer serves both."""

from __future__ import annotations

from collections.abc import Collection

NEAR = 0.6  # share of common words from which two texts ask the same, whatever we take them for
SAME_MATTER = 0.3  # the same where both seem to be about one procedure and one aspect of it


def overlap(words: Collection[str], others: Collection[str]) -> float:
    """Share of all their words that both texts have."""
    one, other = set(words), set(others)
    return len(one & other) / len(one | other) if one and other else 0.0


def alike(words: Collection[str], others: Collection[str], *, same_matter: bool) -> bool:
    """Whether an answer to one text answers the other; a wrongly joined question would get a wrong answer."""
    return overlap(words, others) >= (SAME_MATTER if same_matter else NEAR)
