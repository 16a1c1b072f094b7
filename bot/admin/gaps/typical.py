"""Which of many like texts to show for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from bot.matching.normalise import fold

SHORT = 2  # words without weight that every text is thought to have: else one common word alone would be most typical
MARKED = 1.2  # how much better a text with its diacritics reads


def typical(texts: Sequence[str], gist: Callable[[str], Sequence[str]], most: int) -> tuple[str, ...]:
    """At most so many of *texts*, those with the words that most of them have first; none twice but for spelling."""
    words = {text: frozenset(gist(text)) for text in texts}
    have = Counter(word for text in texts for word in words[text])
    best = sorted(words, key=lambda text: (-_worth(text, words[text], have), text))
    spelt: dict[str, str] = {}
    for text in best:
        spelt.setdefault(fold(text), text)
    return tuple(spelt.values())[:most]


def _worth(text: str, words: frozenset[str], have: Counter[str]) -> float:
    shared = sum(have[word] for word in words) / (len(words) + SHORT)
    return shared * (1 if text.isascii() else MARKED)
