"""What changes for citizens between two bases: facts that come, go or differ, never how a file is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Literal

from bot.admin.compare.described import Describer, Fact
from bot.base.model import Base, Record, Text
from bot.talk.speech import Speech

SHARED = (
    "entries",
    "guides",
    "documents",
    "offices",
    "places",
    "hotlines",
    "notices",
    "calendar",
    "fields",
    "texts",
    "data",
    "catalogue",
)
REWORDED = 0.5  # share of letters in common from which two sentences are one that was put otherwise

Kind = Literal["removed", "changed", "added", "moved"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs. *language* is the one whose words are shown; the other may differ too."""

    kind: Kind
    what: str
    old: str = ""
    new: str = ""
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class Section:
    """What differs in one procedure, group or shared part; one that came or went as a whole has no changes."""

    kind: str  # "procedure", "group", or one of SHARED
    state: Kind
    id: str
    name: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs, the procedures and groups first; false when a citizen meets nothing new."""

    sections: tuple[Section, ...]

    def __bool__(self) -> bool:
        return bool(self.sections)


def changes(old: Base, new: Base, speech: Speech, day: date) -> Changes:
    """What a citizen meets in *new* and not in *old*, or no longer, on *day* and on the later days known today.

    *speech* is the admin's; its texts serve both bases.
    """
    before, after = Describer(old, speech, day), Describer(new, speech, day)
    sections: list[Section] = []
    for kind, left, right in (("group", old.groups, new.groups), ("procedure", old.procedures, new.procedures)):
        sections += _records(kind, left, right, (before, after), speech)
    own = {code for base in (old, new) for one in _all(base) for code in (one.code, *one.aliases)}
    for kind in (kind for kind in SHARED if getattr(old, kind) != getattr(new, kind)):
        known = {f"catalogue/{code}" for code in own} if kind == "catalogue" else set()  # it lists nothing of ours
        facts = [[fact for fact in one.shared(kind) if fact.key not in known] for one in (before, after)]
        if found := tuple(compare(facts[0], facts[1], speech)):
            sections.append(Section(kind, "changed", kind, speech.tell(f"diff.shared.{kind}"), found))
    return Changes(tuple(sections))


def _all(base: Base) -> tuple[Record, ...]:
    return (*base.groups.values(), *base.procedures.values())


def _records(
    kind: str, old: Mapping[str, Record], new: Mapping[str, Record], sides: tuple[Describer, Describer], speech: Speech
) -> Iterator[Section]:
    for id in sorted(old.keys() - new.keys()):
        yield Section(kind, "removed", id, speech.text(old[id].name))
    for id in sorted(id for id in old.keys() & new.keys() if old[id] != new[id]):  # else there is nothing to find
        if found := tuple(compare(sides[0].record(old[id]), sides[1].record(new[id]), speech)):
            yield Section(kind, "changed", id, speech.text(new[id].name), found)
    for id in sorted(new.keys() - old.keys()):
        yield Section(kind, "added", id, speech.text(new[id].name))


def compare(old: Sequence[Fact], new: Sequence[Fact], speech: Speech) -> Iterator[Change]:
    """What of *old* is not in *new*, the other way round, and what differs, in the order of *new*."""
    before, after = {fact.key: fact for fact in old}, {fact.key: fact for fact in new}
    gone = [fact for fact in old if fact.key not in after and (not fact.part_of or fact.part_of in after)]
    come = [fact for fact in new if fact.key not in before and (not fact.part_of or fact.part_of in before)]
    pairs = list(_pairs(gone, come))
    was = before | {new.key: old for old, new in pairs}
    kept, added = {old.key for old, _ in pairs}, {fact.key for fact in come} - {new.key for _, new in pairs}
    for fact in gone:
        if fact.key not in kept:
            yield Change("removed", fact.what, old=speech.text(fact.said), language=speech.language)
    for fact in new:
        if fact.key in added:
            yield Change("added", fact.what, new=speech.text(fact.said), language=speech.language)
        elif fact.key in was:
            yield from _changed(was[fact.key], fact, speech)
    yield from _moved(old, new, before.keys() & after.keys(), speech)


def _changed(old: Fact, new: Fact, speech: Speech) -> Iterator[Change]:
    """Shown in the language of *speech* where the words differ there, else in the other."""
    if (old.said == new.said) if new.same is None else (old.same == new.same):
        return
    other = "vi" if speech.language == "en" else "en"
    said = [(_in(old.said, language), _in(new.said, language), language) for language in (speech.language, other)]
    left, right, language = next((one for one in said if one[0] != one[1]), said[0])
    yield Change("changed", new.what, *_what_differs(left, right), language)


def _in(text: Text, language: str) -> str:
    return text.en if language == "en" else text.vi


def _what_differs(old: str, new: str) -> tuple[str, str]:
    """Of two texts of many lines, those that differ."""
    left, right = old.splitlines(), new.splitlines()
    ways = [way for way in SequenceMatcher(None, left, right, autojunk=False).get_opcodes() if way[0] != "equal"]
    return (
        "\n".join(line for way in ways for line in left[way[1] : way[2]]),
        "\n".join(line for way in ways for line in right[way[3] : way[4]]),
    )


def _pairs(gone: Sequence[Fact], come: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Sentences of a list that were put otherwise: the likest of those that went, for each that came."""
    left = [fact for fact in gone if fact.loose]
    for fact in come:
        near = [(_alike(one.said.vi, fact.said.vi), -place) for place, one in enumerate(left) if _beside(one, fact)]
        likeness, place = max(near, default=(0.0, 0))
        if likeness >= REWORDED:
            yield left.pop(-place), fact


def _beside(old: Fact, new: Fact) -> bool:
    return new.loose and new.ordered and old.series == new.series  # two ways of asking are two ways of asking


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _moved(old: Sequence[Fact], new: Sequence[Fact], both: set[str], speech: Speech) -> Iterator[Change]:
    """The lists whose common members stand in another order."""
    places: dict[str, list[str]] = {}
    for fact in old:
        if fact.ordered and fact.key in both:
            places.setdefault(fact.series, []).append(fact.key)
    found: dict[str, list[Fact]] = {}
    for fact in new:
        if fact.ordered and fact.key in both:
            found.setdefault(fact.series, []).append(fact)
    for series, facts in found.items():
        if [fact.key for fact in facts] != places[series]:
            said = "; ".join(speech.text(fact.said).partition("\n")[0] for fact in facts)
            yield Change("moved", facts[0].what, new=said, language=speech.language)
