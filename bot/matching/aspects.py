"""Which side of a procedure a question is about: documents, fee, time, place … or none in particular."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.matching.words import Found, Phrasebook, Word, words_of

ASPECTS = ("documents", "fee", "time", "place", "online", "who", "late", "conditions", "result")
WEAK = ("conditions", "general")  # count only without any other: "được không" ends questions about anything
AROUND = "around"  # words that go with a cue and name nothing
GENERAL = "general"  # cues of no aspect: "cần làm gì", "thủ tục thế nào"


class AspectCues:
    """Finds the cue phrases of aspects; the most specific one, the longest, decides."""

    def __init__(self, rows: Mapping[str, Sequence[str]], around: Sequence[str] = ()) -> None:
        self._book = Phrasebook((cue, aspect) for aspect, cues in rows.items() for cue in cues)
        self._around = frozenset(word.plain for text in around for word in words_of(text))

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> AspectCues:
        """The cues written in the parsed YAML *data*: `{aspect: [cue, …], around: [word, …]}`."""
        return cls({aspect: cues for aspect, cues in data.items() if aspect != AROUND}, data.get(AROUND, ()))

    def aspect(self, words: Sequence[Word]) -> str | None:
        """The aspect *words* ask about; of two cues as long, the later, as people end on what they ask."""
        cues = sorted(self._book.find(words), key=_specific)
        return cues[-1].label if cues and cues[-1].label != GENERAL else None

    def nothing_else(self, words: Sequence[Word]) -> bool:
        """Whether *words* name no matter of their own, only aspects: "thế hết bao nhiêu tiền"."""
        return not self.matter(words)

    def matter(self, words: Sequence[Word]) -> list[Word]:
        """Those of *words* that tell the matter, not what is asked about it."""
        named = {at for cue in self._book.find(words) for at in range(cue.start, cue.start + cue.length)}
        return [word for at, word in enumerate(words) if at not in named and word.plain not in self._around]


def _specific(cue: Found) -> tuple[int, int, int]:
    return (-WEAK.index(cue.label) if cue.label in WEAK else 1, cue.length, cue.start)
