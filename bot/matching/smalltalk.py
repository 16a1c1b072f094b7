"""Messages that are nothing but courtesy, or the lack of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.matching.words import Phrasebook, Word, bare

FILLERS = "fillers"  # the one key of smalltalk.yaml that is no reply


class SmallTalk:
    """Knows the phrases of each reply and the little words that go with them."""

    def __init__(self, replies: Mapping[str, Sequence[str]], fillers: Sequence[str]) -> None:
        rows = [(said, reply) for reply, phrases in replies.items() for said in phrases]
        self._book = Phrasebook(rows)
        self._fillers = frozenset(bare(word) for word in fillers)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> SmallTalk:
        """The small talk written in the parsed YAML *data*: `{reply: [phrase, …], fillers: [word, …]}`."""
        return cls({reply: said for reply, said in data.items() if reply != FILLERS}, data.get(FILLERS, ()))

    def reply(self, words: Sequence[Word]) -> str | None:
        """The reply to *words*, if they are small talk from end to end; the last phrase decides."""
        found = list(self._book.find(words))
        covered = {at for phrase in found for at in range(phrase.start, phrase.start + phrase.length)}
        rest = (word.plain for at, word in enumerate(words) if at not in covered)
        return found[-1].label if found and all(word in self._fillers for word in rest) else None
