"""How much of what citizens write about themselves is hidden, and how often something harmless is.

private.tsv and public.tsv were written without sight of the patterns; so they are never copied into them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.talk.redaction import redact

FOLDER = Path(__file__).parent
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Secret:
    """A part of a message that must go, and the message."""

    kind: str
    text: str
    gone: str

    @property
    def left(self) -> str:
        """Its words that can be read after redaction, beyond those said elsewhere in the message."""
        around = _words(self.text) - _words(self.gone)
        return " ".join((_words(redact(self.text)) - around) & _words(self.gone))


def secrets() -> Iterator[Secret]:
    """All that must go."""
    for line in _lines("private.tsv"):
        kind, text, gone = line.replace("\\n", "\n").split("\t")
        yield from (Secret(kind, text, part) for part in gone.split("|"))


def harmless() -> list[str]:
    """All that must stay."""
    return _lines("public.tsv")


def recall() -> dict[str, tuple[int, int]]:
    """Of each kind, how many are gone wholly, and how many there are."""
    found = list(secrets())
    gone = Counter(secret.kind for secret in found if not secret.left)
    return {kind: (gone[kind], number) for kind, number in Counter(secret.kind for secret in found).items()}


def false_hits() -> list[str]:
    """What must stay and does not."""
    return [text for text in harmless() if redact(text) != text]


def _lines(name: str) -> list[str]:
    """The rows of a table: without the comment and the head."""
    return (FOLDER / name).read_text(encoding="utf-8").splitlines()[2:]


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))
