"""The words citizens use and the official ones behind them, as the admins list them in `lexicon.yaml`."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, cycle, product
from typing import Any

from bot.matching.words import SYLLABLES, Found, Phrasebook, Word, alike, bare, spell, words_of

_LISTED = re.compile(r"\{([a-z]+)\}")
NO_ACTION = "none"  # of the actions: what looks like one and is none
FOREIGN = 0.3  # share of English words that makes a message English
Words = tuple[Word, ...]


class Concepts:
    """Everyday wording and the official words it stands for."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        rows = list(rows)
        self._book = Phrasebook(rows)
        self._meaning = {label: tuple(map(alike, words_of(label))) for label in {label for _, label in rows}}

    def meanings(self, words: Sequence[Word]) -> list[Words]:
        """The official words behind what *words* say."""
        return [self._meaning[found.label] for found in self._book.find(words)]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """See the comment at the top of `knowledge/shared/lexicon.yaml` for what each part is for."""

    abbreviations: Mapping[str, Words]
    chat: Mapping[str, Words]
    endings: Mapping[str, Words]
    units: Mapping[str, Words]
    particles: frozenset[str]
    dialect: Mapping[str, Words]
    concepts: Concepts
    actions: Phrasebook
    everyday: frozenset[str]  # kinds of action that people also say of other things
    vetoes: Phrasebook
    doubts: Phrasebook
    words: frozenset[str]  # Vietnamese words of the concepts
    english: frozenset[str]
    digest: str  # another one whenever anything in it is another

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Lexicon:
        """The lexicon written in the parsed YAML *data*; parts that are missing are empty."""
        chat = data.get("chat", {})
        lists = data.get("lists", {})
        vietnamese = [
            (said, row["means"])
            for row in data.get("concepts", ())
            for pattern in row["say"]
            for said in _written_out(pattern, lists)
        ]
        concepts = Concepts([*vietnamese, *data.get("english", {}).items()])
        return cls(
            abbreviations=_by_plain(data.get("abbreviations", {})),
            chat=_by_plain(chat) | {spell(said).marked: words_of(means) for said, means in chat.items()},
            endings=_by_plain(data.get("endings", {})),
            units=_by_plain(data.get("units", {})),
            particles=frozenset(bare(word) for word in data.get("particles", ())),
            dialect={spell(said).marked: words_of(means) for said, means in data.get("dialect", {}).items()},
            concepts=concepts,
            actions=Phrasebook((said, name) for name, all_ in data.get("actions", {}).items() for said in all_),
            everyday=frozenset(data.get("everyday", ())),
            vetoes=Phrasebook((said, said) for said in data.get("vetoes", ())),
            doubts=Phrasebook((said, said) for said in data.get("doubts", ())),
            words=_words(said for said, _ in vietnamese),
            english=_words(data.get("english", ())) | _words(data.get("leave-alone", ())),
            digest=hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest(),
        )

    def actions_in(self, segments: Iterable[Words]) -> frozenset[str]:
        """The kinds of action (new, again, change …) that *segments* name; none for "chuyển đổi", which has "đổi"."""
        found = chain.from_iterable(_apart(self.actions.find(words)) for words in segments)
        return frozenset(one.label for one in found) - {NO_ACTION}

    def foreign(self, words: Sequence[Word]) -> bool:
        """Whether *words* are English, so that nobody repairs them into Vietnamese."""
        told = [word.plain for word in words if word.plain not in SYLLABLES]
        return len(told) > 1 and sum(word in self.english for word in told) > len(words) * FOREIGN


def _apart(found: Iterable[Found]) -> Iterator[Found]:
    """Those of *found*, in order, that do not begin within the one before."""
    end = 0
    for one in found:
        if one.start >= end:
            end = one.start + one.length
            yield one


def _written_out(pattern: str, lists: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Every phrase that *pattern* stands for: {name} is any member of the list of that name."""
    parts = _LISTED.split(pattern)
    choices = [lists.get(part, ()) if odd else (part,) for part, odd in zip(parts, cycle((False, True)), strict=False)]
    return ("".join(chosen) for chosen in product(*choices))


def _by_plain(table: Mapping[str, str]) -> dict[str, Words]:
    return {bare(said): words_of(means) for said, means in table.items()}


def _words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word.plain for phrase in phrases for word in words_of(phrase))
