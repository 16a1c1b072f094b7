"""Which side of a procedure a question is about: documents, fee, time, place … or none in particular."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.matching.words import Found, Phrasebook, Word

ASPECTS = ("documents", "fee", "time", "place", "online", "who", "late", "conditions", "result")
WEAK = ("conditions", "general")  # count only without any other: "được không" ends questions about anything
GENERAL = "general"  # cues of no aspect: "cần làm gì", "thủ tục thế nào"


class AspectCues:
    """Finds the cue phrases of aspects; the most specific one, the longest, decides."""

    def __init__(self, rows: Mapping[str, Sequence[str]]) -> None:
        self._book = Phrasebook((cue, aspect) for aspect, cues in rows.items() for cue in cues)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> AspectCues:
        """The cues written in the parsed YAML *data*: `{aspect: [cue, …]}`."""
        return cls(data)

    def aspect(self, words: Sequence[Word]) -> str | None:
        """The aspect *words* ask about; of two cues as long, the later, as people end on what they ask."""
        cues = sorted(self._book.find(words), key=_specific)
        return cues[-1].label if cues and cues[-1].label != GENERAL else None


def _specific(cue: Found) -> tuple[int, int, int]:
    return (-WEAK.index(cue.label) if cue.label in WEAK else 1, cue.length, cue.start)
