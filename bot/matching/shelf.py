"""Entries as the matcher keeps them: indexed, with what can be worked out beforehand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp
from typing import Literal

import numpy as np

from bot.matching.fuzzy import likeness
from bot.matching.index import Index
from bot.matching.lexicon import Lexicon
from bot.matching.normalise import Normaliser, Said, fold

Kind = Literal["procedure", "group", "catalogue"]

# Fitted by logistic regression on labelled questions, and judged on others; refit them when the base has doubled.
# Negatives were questions outside the base and, at half weight, those inside it with their right entry taken away.
IN_SCOPE = (-8.8, 6.6, 6.0)  # constant, score, likeness to the best phrase
RIGHT = (-2.0, 7.4, 6.6)  # constant, margin to the next entry, score
NEAR = 0.55  # of the best score: what is worth offering
SISTERS = 0.9  # likeness of two names without their action words
LISTED = 5  # most candidates
NONE = 1e-6  # a score of nothing

_CODE = re.compile(r"(?<![\d.])\d\.\d{6}(?!\d)")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something a question can mean, with the ways of asking for it."""

    kind: Kind
    id: str
    code: str
    title: str
    phrases: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()  # older codes too
    by_name: bool = True  # False: found by its exact code alone
    share: float = 1.0  # of its likeness that counts: less for what citizens seldom need


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry a question may mean."""

    kind: Kind
    id: str
    code: str
    title: str
    score: float


class Shelf:
    """Entries with their index, and what is known of them beforehand."""

    def __init__(self, entries: Sequence[Entry], normalise: Normaliser, lexicon: Lexicon) -> None:
        self._entries = sorted(entries, key=lambda entry: entry.kind != "group")
        self._lexicon = lexicon
        texts = [[normalise(text) for text in texts_of(entry)] for entry in self._entries]
        self._index = Index.of(texts)
        self._numbers = {(entry.kind, entry.id): n for n, entry in enumerate(self._entries)}
        self._texts = [tuple(said.text for said in phrases) for phrases in texts]
        self._actions = [lexicon.actions_in([phrases[0].words]) for phrases in texts]
        self._answered = [
            lexicon.actions_in([words for said in phrases for words in said.segments]) for phrases in texts
        ]
        self._stems = [_stem(phrases[0], lexicon) for phrases in texts]
        self._names = _names(self._entries)
        self._titles = frozenset(fold(entry.title) for entry in self._entries)
        self._all_titles = "".join(f" {title} " for title in sorted(self._titles))

    def exactly(self, said: str, codes: Sequence[str]) -> tuple[Candidate, ...]:
        """The entries that have one of *codes*, or whose name or phrase *said*, a folded text, is."""
        own = said in self._names and (said in self._titles or not self.vague(said))
        keys = [*codes, said] if own else codes
        numbers = dict.fromkeys(number for key in keys for number in self._names.get(key, ()))
        return self._distinct((number, 1.0) for number in numbers)

    def vague(self, text: str) -> bool:
        """Whether *text* is but a part of several names, such as "khai sinh": that settles nothing."""
        part = f" {text} "
        if self._all_titles.count(part) < 2 or text in self._titles:
            return False
        return sum(part in f" {title} " for title in self._titles) > 1

    def ranked(self, said: Said) -> tuple[Candidate, ...]:
        """The entries most like *said*, best first, none twice under one code."""
        if not self._entries or not said.words:
            return ()
        scores = self._index.scores(said)
        places = 2 * LISTED  # under one code there may be two
        first = scores.argpartition(-places)[-places:] if len(scores) > places else np.arange(len(scores))
        order = sorted(zip(scores.take(first).tolist(), first.tolist(), strict=True), reverse=True)
        least = max(NEAR * order[0][0], NONE)
        return self._distinct((number, score) for score, number in order if score >= least)[:LISTED]

    def belief(self, said: Said, found: Sequence[Candidate]) -> tuple[float, float]:
        """How sure we are that *said* is one of our matters, and that it is the first *found*."""
        ours, right = self.features(said, found)
        return _logistic(IN_SCOPE, ours), _logistic(RIGHT, right)

    def features(self, said: Said, found: Sequence[Candidate]) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """What the two beliefs are made of."""
        score = found[0].score
        margin = score - found[1].score if len(found) > 1 else score * (1 - NEAR)
        like = likeness(said.text, self._texts[self._number(found[0])])
        return (score, like), (margin, score)

    def action_open(self, said: Said, found: Sequence[Candidate]) -> bool:
        """Whether *said* names an action unknown to the first *found*, or leaves open which of its sisters it is."""
        asked = self._lexicon.actions_in(said.segments)
        first = self._number(found[0])
        own = self._actions[first]
        if asked - self._answered[first]:
            return True
        if asked & own or not (asked or own):
            return False
        others = (self._number(other) for other in found[1:])
        return any(self._sisters(first, other) for other in others if not asked or asked & self._actions[other])

    def _sisters(self, one: int, other: int) -> bool:
        same = self._actions[one] == self._actions[other]
        return not same and likeness(self._stems[one], [self._stems[other]]) >= SISTERS

    def _number(self, candidate: Candidate) -> int:
        return self._numbers[candidate.kind, candidate.id]

    def _distinct(self, scored: Iterable[tuple[int, float]]) -> tuple[Candidate, ...]:
        best: dict[str, Candidate] = {}
        for number, score in scored:
            entry = self._entries[number]
            key = entry.code or entry.id
            held = best.get(key)
            if held is None or (entry.kind == "group" and held.kind != "group"):
                top = max(score, held.score) if held else score
                best[key] = Candidate(entry.kind, entry.id, entry.code, entry.title, top)
        return tuple(best.values())


def codes_in(text: str) -> list[str]:
    """The national codes written in *text*."""
    return _CODE.findall(text)


def texts_of(entry: Entry) -> tuple[str, ...]:
    return (entry.title, *entry.phrases, *entry.keywords)


def _stem(name: Said, lexicon: Lexicon) -> str:
    """*name* without its action words."""
    gone = {n for found in lexicon.actions.find(name.words) for n in range(found.start, found.start + found.length)}
    return " ".join(word.plain for n, word in enumerate(name.words) if n not in gone)


def _names(entries: Sequence[Entry]) -> dict[str, list[int]]:
    """Which entries go by a code, a name or a phrase."""
    names: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        for name in {entry.code, *entry.codes, *map(fold, (entry.title, *entry.phrases))} - {""}:
            names.setdefault(name, []).append(number)
    return names


def _logistic(weights: Sequence[float], features: Sequence[float]) -> float:
    return 1 / (1 + exp(-weights[0] - sum(w * f for w, f in zip(weights[1:], features, strict=True))))
