"""Entries as the matcher keeps them: indexed, with what can be worked out beforehand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Literal

import numpy as np

from bot.matching.belief import NO_SIGNS, Signs
from bot.matching.fuzzy import likeness
from bot.matching.heard import Heard
from bot.matching.index import WORTH, Index
from bot.matching.kept import place
from bot.matching.learned import learned
from bot.matching.lexicon import Lexicon
from bot.matching.normalise import Normaliser, Said
from bot.matching.rows import Floats

Kind = Literal["procedure", "group", "entry", "catalogue"]

SISTERS = 0.9  # likeness of two names without their action words
LISTED = 5  # most candidates
LEARNED = 0.2  # what was learned, beside a score of 1
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
    holds: tuple[str, ...] = ()  # ids of the procedures that a group leads through: no rivals of it
    bundle: tuple[str, ...] = ()  # those of them that can be filed in one go
    begins: tuple[str, ...] = ()  # those of these that wait for no other
    share: float = 1.0  # of its likeness that counts: less for what citizens seldom need


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry a question may mean."""

    kind: Kind
    id: str
    code: str
    title: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """The entries a question may mean, best first, and what speaks for the first of them."""

    candidates: tuple[Candidate, ...] = ()
    signs: Signs = NO_SIGNS


class Shelf:
    """Entries with their index, and what is known of them beforehand."""

    def __init__(
        self, entries: Sequence[Entry], normalise: Normaliser, lexicon: Lexicon, cache: Path | None = None
    ) -> None:
        self._entries = sorted(entries, key=lambda entry: entry.kind != "group")
        self._lexicon = lexicon
        texts = [[normalise(text) for text in texts_of(entry)] for entry in self._entries]
        self._index = Index.of(texts)
        sources = (lexicon.digest, *(text for entry in self._entries for text in (entry.id, *texts_of(entry))))
        self._learned = learned(self._index, place(cache, "learned", sources) if cache else None)
        self._heard = Heard(texts)
        self._numbers = {(entry.kind, entry.id): n for n, entry in enumerate(self._entries)}
        spelt = [[said.text for said in phrases] for phrases in texts]
        self._texts = [_short_first(phrases) for phrases in spelt]
        self._meanings = list(map(_meanings, texts, spelt))
        self._actions = [lexicon.actions_in([phrases[0].words]) for phrases in texts]
        self._answered = [
            lexicon.actions_in([words for said in phrases for words in said.segments]) for phrases in texts
        ]
        self._stems = [_stem(phrases[0], lexicon) for phrases in texts]
        self._kin = _kin(self._entries)
        self._names = _names(self._entries, texts, spelt)
        self._titles = frozenset(phrases[0].folded for phrases in texts)
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

    def find(self, said: Said, telling: frozenset[str]) -> Found:
        """The entries most like *said*, none twice under one code; *telling* are the words that tell its matter."""
        if not self._entries or not said.words:
            return Found()
        vector = self._index.vector(said)
        told: Floats
        if self._learned is None:
            scores = told = self._index.fits(vector)
        else:
            told = vector.shares @ self._learned.take(vector.ids, axis=0)
            beside: Floats = LEARNED * told
            scores = (self._index.fits(vector, beside=beside) + beside) / (1 + LEARNED)
        first = np.flatnonzero(scores >= max(WORTH * float(scores.max()), NONE))
        order = sorted(zip(scores.take(first).tolist(), first.tolist(), strict=True), reverse=True)
        near = self._distinct((number, score) for score, number in order[: 2 * LISTED])[:LISTED]  # two may share a code
        return Found(near, self._signs(said, telling, near, told)) if near else Found()

    def phrase(self, said: Said, candidate: Candidate) -> str:
        """The phrase of *candidate* that is most like *said*."""
        number = self._number(candidate)
        return texts_of(self._entries[number])[self._index.phrase(said, number)]

    def covered(self, candidate: Candidate, telling: frozenset[str]) -> float:
        """Share of the words *telling*, by their rarity, that the phrases of *candidate* have."""
        return self._heard.by(self._number(candidate), telling) / (self._heard.weight(telling) or 1.0)

    def _signs(self, said: Said, telling: frozenset[str], near: Sequence[Candidate], told: Floats) -> Signs:
        first = self._number(near[0])
        rivals = [candidate for candidate in near[1:] if self._number(candidate) not in self._kin[first]]
        others = told.copy()
        others[list(self._kin[first])] = -1.0
        like = likeness(said.text, self._texts[first])
        if said.added:
            like = likeness(said.whole, self._meanings[first], like)
        heard, whole = self._heard.by(first, telling), self._heard.weight(telling) or 1.0
        return Signs(
            score=near[0].score,
            margin=near[0].score - (rivals[0].score if rivals else near[0].score * WORTH),
            lead=float(told[first] - others.max()),
            likeness=like,
            covered=heard / whole,
            ahead=(heard - (self._heard.by(self._number(rivals[0]), telling) if rivals else 0.0)) / whole,
            told=log(1 + heard),
            length=log(len(said.words)),
        )

    def acts(self, candidate: Candidate) -> bool:
        """Whether its name says what is to be done with a paper: lost, changed, first of all …"""
        return bool(self._actions[self._number(candidate)])

    def action_open(self, said: Said, found: Sequence[Candidate], *, told: bool = False) -> bool:
        """Whether *said* names an action that is not the first *found*'s, or leaves open which of its sisters it is.

        It leaves nothing open where the first was *told* in other words than an action: "khai sinh cho con lai".
        """
        asked = self._lexicon.actions_in(said.segments)
        first = self._number(found[0])
        own = self._actions[first]
        others = [self._number(other) for other in found[1:]]
        if unanswered := asked - self._answered[first]:
            said_of_all = unanswered <= self._lexicon.everyday and not own
            return not said_of_all or any(unanswered & self._answered[other] for other in others)
        if told or asked & own or not (asked or own):
            return False
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


def _short_first(texts: Iterable[str]) -> tuple[str, ...]:
    """*texts*, those first that are most likely to be in a question whole, which settles how like it they are."""
    return tuple(sorted(set(texts), key=len))


def _meanings(phrases: Sequence[Said], spelt: Sequence[str]) -> tuple[str, ...]:
    """*phrases*, *spelt* as they are, with the words that concepts add."""
    return _short_first(said.whole if said.added else text for said, text in zip(phrases, spelt, strict=True))


def _stem(name: Said, lexicon: Lexicon) -> str:
    """*name* without its action words."""
    gone = {n for found in lexicon.actions.find(name.words) for n in range(found.start, found.start + found.length)}
    return " ".join(word.plain for n, word in enumerate(name.words) if n not in gone)


def _names(
    entries: Sequence[Entry], texts: Sequence[Sequence[Said]], spelt: Sequence[Sequence[str]]
) -> dict[str, tuple[int, ...]]:
    """Which entries go by a code, a name or a phrase; *texts* are their names, phrases and keywords as read.

    What needed no repair is *spelt* already: one text less to keep.
    """
    names: dict[str, tuple[int, ...]] = {}
    for number, entry in enumerate(entries):
        asked = list(zip(texts[number], spelt[number], strict=True))[: 1 + len(entry.phrases)]
        written = [text if said.raw == said.words else said.folded for said, text in asked]
        for name in {entry.code, *entry.codes, *written} - {""}:
            names[name] = (*names.get(name, ()), number)
    return names


def _kin(entries: Sequence[Entry]) -> list[frozenset[int]]:
    """The entries that are no rivals of each: itself, those under its code, the groups it is in; and of an official
    group the procedures it leads through. Any other life event must be told from each of them.
    """
    codes: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        codes.setdefault(entry.code or entry.id, []).append(number)
    ids = {entry.id: number for number, entry in enumerate(entries) if entry.kind == "procedure"}
    kin = [set(codes[entry.code or entry.id]) for entry in entries]
    for number, entry in enumerate(entries):
        for led in (ids[id] for id in entry.holds if id in ids):
            kin[led].add(number)
            if entry.code:
                kin[number].add(led)
    return [frozenset(one) for one in kin]
