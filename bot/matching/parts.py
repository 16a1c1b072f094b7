"""Parts of a message that may mean something each: sentences of a letter, the two halves of a double question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.matching.words import Word

_BREAK = re.compile(r"[;?]+|\n+")  # signs between two matters; a full stop stands in every letter
_END = re.compile(r"[.?!;…]+(?=\s|$)|\n+")
JOINTS = frozenset({"voi", "roi", "xong", "va", "and"})  # words between two matters: "khai tử với xóa thường trú"
SHORTEST = 2  # words of a half: one alone names no matter
SENTENCE = 4  # words of a sentence worth a look


def sentences(text: str) -> list[str]:
    """The sentences of *text* that are long enough to tell something; none when there is but one."""
    found = [part.strip() for part in _END.split(text)]
    found = [part for part in found if len(part.split()) >= SENTENCE]
    return found if len(found) > 1 else []


def halves(words: Sequence[Word]) -> Iterator[tuple[tuple[Word, ...], tuple[Word, ...]]]:
    """The ways to part *words* where two matters may be joined."""
    for at, word in enumerate(words):
        if word.plain in JOINTS and SHORTEST <= at < len(words) - SHORTEST:
            yield tuple(words[:at]), tuple(words[at + 1 :])


def broken(text: str) -> Iterator[tuple[str, str]]:
    """The ways to part *text* at a sign of its writer's that may stand between two matters."""
    for sign in _BREAK.finditer(text):
        before, behind = text[: sign.start()].strip(), text[sign.end() :].strip()
        if len(before.split()) >= SHORTEST and len(behind.split()) >= SHORTEST:
            yield before, behind
