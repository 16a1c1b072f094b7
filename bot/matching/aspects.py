"""Which side of a procedure a question is about: documents, fee, time, place … or none in particular."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.matching.cues import CueBook, Hit
from bot.matching.words import Phrasebook, Word, words_of

ASPECTS = ("documents", "fee", "time", "place", "online", "who", "late", "conditions", "result")
CONDITIONS = "conditions"
STANDING = ("late", "online")  # of these aspects, cues without a question word count in a statement too
GENERAL = "general"  # cues of no aspect: "cần làm gì", "thủ tục thế nào"; they count without any other
NOTHING = "nothing"  # what looks like a cue and is none: "bán hàng qua mạng"
AROUND, FRAMES, MATTERS, ASKING, CLOSING = (
    "around",
    "frames",
    "matters",
    "asking",
    "closing",
)  # see the comment at the top of aspects.yaml


class AspectCues:
    """Finds the cue phrases of aspects; of those that ask, the most specific one decides."""

    def __init__(self, data: Mapping[str, Sequence[str]]) -> None:
        labels = (*ASPECTS, GENERAL, NOTHING)
        rows = ((cue, label) for label in labels for cue in data.get(label, ()))
        self._book = CueBook(rows, data, data.get(ASKING, ()), data.get(CLOSING, ()))
        self._matters = Phrasebook((name, name) for name in data.get(MATTERS, ()))
        self._frames = Phrasebook((frame, frame) for frame in data.get(FRAMES, ()))
        around = [word for text in data.get(AROUND, ()) for word in words_of(text)]
        self.digest = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
        self._around = frozenset(form for word in around for form in (word, Word(word.plain, word.plain)))
        self._last: tuple[Sequence[Word], list[Hit]] = ((), [])  # one text is looked at for one thing after another

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> AspectCues:
        """The cues written in the parsed YAML *data*: `{aspect: [cue, …], around: [word, …], a list: [words, …]}`."""
        return cls(data)

    def aspect(self, words: Sequence[Word]) -> str | None:
        """The aspect *words* ask about, if any."""
        hits = self._hits(words)
        asked = any(hit.label == CONDITIONS for hit in hits)
        counting = [hit for hit in hits if asked or hit.asks or hit.label in STANDING]
        best = next((hit for hit in sorted(counting, key=_specific, reverse=True) if _whole(hit, hits)), None)
        return best.label if best is not None and best.label != GENERAL else None

    def nothing_else(self, words: Sequence[Word]) -> bool:
        """Whether *words* name no matter of their own, only aspects: "thế hết bao nhiêu tiền"."""
        return not self.matter(words)

    def matter(self, words: Sequence[Word]) -> list[Word]:
        """Those of *words* that tell the matter, not what is asked about it."""
        matters = _places(self._matters, words)
        named = _places(self._frames, words).union(*(hit.at for hit in self._hits(words)))
        return [word for at, word in enumerate(words) if at in matters or not (at in named or word in self._around)]

    def _hits(self, words: Sequence[Word]) -> list[Hit]:
        """The cues in *words*, without those that share words with something as long that is no cue."""
        if words != self._last[0]:
            found = self._book.find(words)
            nothing = [hit for hit in found if hit.label == NOTHING]
            self._last = (tuple(words), [hit for hit in found if hit.label != NOTHING and not _void(hit, nothing)])
        return self._last[1]


def _places(book: Phrasebook, words: Sequence[Word]) -> set[int]:
    """Where phrases of *book* are in *words*."""
    return {at for found in book.find(words) for at in range(found.start, found.start + found.length)}


def _void(hit: Hit, nothing: Sequence[Hit]) -> bool:
    """Whether *hit* shares words with something as long of *nothing*."""
    return any(len(no.at) >= len(hit.at) and not set(hit.at).isdisjoint(no.at) for no in nothing)


def _whole(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether *hit* is no part of a longer one of *hits*."""
    at = set(hit.at)
    return not any(len(other.at) > len(at) and at.issubset(other.at) for other in hits)


def _specific(hit: Hit) -> tuple[int, int, int, int]:
    """Asking before naming before "may I" before "how"; then the longest; then the latest, as people end on it."""
    return (_rank(hit), hit.weight, hit.at[-1], hit.at[0])


def _rank(hit: Hit) -> int:
    if hit.label == GENERAL:
        return 0
    if hit.label == CONDITIONS and not hit.asks:
        return 1
    return 3 if hit.asks else 2
