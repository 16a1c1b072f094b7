"""A copy of a text, letter for letter, in which what was read is covered.

Each reader sees what was covered before it, as a blot or a shield, and nothing is read twice.
"""

from __future__ import annotations

import re
from re import Match, Pattern

HIDDEN = "[…]"
BLOT = "\ue000"  # private: hidden in the end
SHIELD = "\ue001"  # known to be harmless: no reader looks into it

_BLOTS = re.compile(f"{BLOT}+")
_ZEROS = re.compile(r"\b[\do]++\b", re.IGNORECASE)


def cast(text: str) -> str:
    """The shadow of *text*: what was hidden before is a blot, and an o among digits is a zero, as people type it."""
    shadow = text.replace(HIDDEN, BLOT * len(HIDDEN))
    return _ZEROS.sub(lambda found: _zeros(found[0]), shadow)


def _zeros(word: str) -> str:
    return re.sub("[oO]", "0", word) if any(letter.isdigit() for letter in word) else word


def cover(pattern: Pattern[str], shadow: str, mark: str = BLOT) -> str:
    """*shadow* with each find of *pattern* under *mark*: its group `it`, where it has one, else all of it."""
    group = "it" if "it" in pattern.groupindex else 0

    def covered(found: Match[str]) -> str:
        start, end = (at - found.start() for at in found.span(group))
        return found[0][:start] + mark * (end - start) + found[0][end:]

    return pattern.sub(covered, shadow)


def show(text: str, shadow: str) -> str:
    """*text* with a sign for each blot of its *shadow*."""
    parts: list[str] = []
    end = 0
    for blot in _BLOTS.finditer(shadow):
        parts += (text[end : blot.start()], HIDDEN)
        end = blot.end()
    return "".join((*parts, text[end:]))
