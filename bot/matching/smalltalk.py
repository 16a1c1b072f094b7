"""Messages that are nothing but courtesy, or the lack of it; and cries for help, wherever they stand in a message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.matching.cues import CueBook, lists_in
from bot.matching.words import Phrasebook, Word, bare

EMERGENCY = "emergency"  # the reply that needs no more than one of its phrases, anywhere
CALM = "calm"  # phrases that look like it and are not
WORDLESS = "chitchat"  # what is said to signs alone
GREETING = "greeting"  # said to begin anything: what else is said decides
COURTESY = (GREETING, "thanks")
FILLERS = "fillers"


class SmallTalk:
    """Knows the phrases of each reply and the little words that go with them."""

    def __init__(self, data: Mapping[str, Sequence[str]]) -> None:
        cries = [(said, label) for label in (EMERGENCY, CALM) for said in data.get(label, ())]
        others = {EMERGENCY, CALM, FILLERS, *lists_in(said for said, _ in cries)}
        self._cries = CueBook(cries, data)
        self._book = Phrasebook((said, reply) for reply in data.keys() - others for said in data[reply])
        self._fillers = frozenset(bare(word) for word in data.get(FILLERS, ()))
        self._known = self._fillers | self._book.words

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> SmallTalk:
        """The small talk written in the parsed YAML *data*; see the comment at the top of `smalltalk.yaml`."""
        return cls(data)

    def reply(self, words: Sequence[Word]) -> str | None:
        """The reply to a cry for help in *words*, or to small talk from end to end.

        Of that the last phrase decides, before any greeting.
        """
        if not words:  # a thumb, a question mark: nobody can answer that
            return WORDLESS
        if self._urgent(words):
            return EMERGENCY
        if not all(word.plain in self._known for word in words):  # so it is mostly
            return None
        found = list(self._book.find(words))
        covered = {at for phrase in found for at in range(phrase.start, phrase.start + phrase.length)}
        rest = (word.plain for at, word in enumerate(words) if at not in covered)
        if not found or not all(word in self._fillers for word in rest):
            return None
        return [phrase.label for phrase in sorted(found, key=lambda phrase: phrase.label != GREETING)][-1]

    def opening(self, words: Sequence[Word]) -> int:
        """How many of *words* are courtesy before the matter: "dạ chào ad, cho em hỏi"; not all of them."""
        polite = [found for found in self._book.find(words) if found.label in COURTESY]
        end = at = 0
        for found in polite:
            if not all(word.plain in self._fillers for word in words[at : found.start]):
                break
            end = at = max(at, found.start + found.length)
        return end if end < len(words) else 0

    def _urgent(self, words: Sequence[Word]) -> bool:
        cries = self._cries.find(words)
        calm = {at for cry in cries if cry.label == CALM for at in cry.at}
        return any(cry.label == EMERGENCY and calm.isdisjoint(cry.at) for cry in cries)
