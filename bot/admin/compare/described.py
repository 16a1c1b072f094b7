"""A base as a list of facts that a citizen can meet, each under a key by which another base has it too.

Whatever is there is described, field by field, so that a new field is compared from its first day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date

from bot.admin.compare.wording import Wording
from bot.base.model import (
    UNSETTLED,
    Advice,
    Base,
    Bundle,
    Deadline,
    Document,
    Duration,
    Filing,
    Group,
    Listed,
    Part,
    Record,
    Source,
    Span,
    Step,
    Text,
    When,
)
from bot.talk.speech import Speech, shorten

UNSEEN = ("id", "at", "owner", "read")  # what no citizen meets
NAMES = ("id", "kind", "link", "number", "guide")  # by which a thing of a list is found again
HEADLINES = ("ask", "label", "title", "name", "text", "do")  # what a thing is called
UNORDERED = ("phrases", "keywords", "aliases", "legal", "sources", "formerly", "data")
SHORT = 40  # characters of a headline before what belongs to it


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a citizen can meet."""

    key: str
    what: str  # what it is, in the words of who keeps it
    said: Text
    same: object = None  # what tells whether it changed, when that is not its words
    part_of: str = ""  # the key of what it comes and goes with
    series: str = ""  # the list it stands in
    ordered: bool = False  # and its place there counts
    loose: bool = False  # only its words tell it from its neighbours


class Describer:
    """Describes one base on one day, to an admin who reads the language of *speech*."""

    def __init__(self, base: Base, speech: Speech, day: date) -> None:
        self._base = base
        self._speech = speech
        self._wording = Wording(base, speech, day)

    def record(self, record: Record) -> list[Fact]:
        """The facts of a procedure or group."""
        self._wording.group = record if isinstance(record, Group) else None
        return list(self._inside(record, "", "", UNSEEN))

    def shared(self, kind: str) -> list[Fact]:
        """The facts under the field *kind* of the base: offices, places, notices, texts …"""
        if kind == "texts":
            return list(self._sentences())
        if kind == "calendar":
            return list(self._days_off())
        return list(self._told(kind, getattr(self._base, kind), kind, self._label(kind)))

    def _label(self, name: str) -> str:
        """What the field *name* is called; its own name where nobody called it anything."""
        return self._speech.tell(f"diff.what.{name.replace('_', '-')}").removeprefix("diff.what.")

    def _sentences(self) -> Iterator[Fact]:
        vi, en = (self._base.texts.get(language, {}) for language in ("vi", "en"))
        for key in dict.fromkeys((*vi, *en)):
            yield Fact(key, f"“{key}”", Text(vi.get(key, ""), en.get(key, "")))

    def _days_off(self) -> Iterator[Fact]:
        """Each holiday by its first day, so that one which is moved or decided anew is told as that."""
        calendar, day = self._base.calendar, self._speech.day
        if calendar is UNSETTLED:
            return
        said = {"since": day(calendar.since), "until": day(calendar.until), "cutoff": f"{calendar.cutoff:%H:%M}"}
        for name, word in said.items():
            yield Fact(name, self._label(name), Text(word, word))
        if calendar.saturday is not None:
            yield Fact("saturday", self._label("saturday"), self._wording.of(calendar.saturday))
        for decision in calendar.decisions:
            for holiday in decision.holidays:
                span = " – ".join(dict.fromkeys((day(holiday.day), day(holiday.until))))
                yield Fact(str(holiday.day), self._label("off"), Text(f"{span} ({holiday.name.vi})"))
            for swap in decision.swaps:
                swapped = f"{day(swap.off)} ⇄ {day(swap.work)} ({swap.name.vi})"
                yield Fact(str(swap.off), self._label("swaps"), Text(swapped))

    def _inside(self, thing: object, key: str, what: str, without: tuple[str, ...]) -> Iterator[Fact]:
        """Everything that *thing*, a dataclass, has in its fields."""
        for field in fields(thing):  # type: ignore[arg-type]
            if field.name not in without:
                value, label = getattr(thing, field.name), f"{what}{self._label(field.name)}"
                for fact in self._told(field.name, value, f"{key}/{field.name}", label):
                    yield fact if fact.part_of else replace(fact, part_of=key)

    def _told(self, name: str, value: object, key: str, what: str) -> Iterator[Fact]:
        match value:
            case None | False | "" | When(cases=()) | Span(since=None, until=None):
                return
            case Text() | date() | Deadline() | Span() | Duration():
                yield Fact(key, what, self._wording.of(value))
            case When() | Advice() | Document() | Source() | Listed():
                yield Fact(key, what, self._wording.of(value), _essence(value))
            case Filing():
                yield from self._filing(value, key, what)
            case str() | int():
                yield Fact(key, what, Text("") if value is True else self._wording.word(name, str(value)), value)
            case Sequence():
                yield from self._series(name, value, key, what)
            case Mapping():
                yield from self._table(name, value, key, what)
            case _ if is_dataclass(value):
                yield from self._thing(value, key, what)

    def _table(self, name: str, table: Mapping[str, object], key: str, what: str) -> Iterator[Fact]:
        for id, one in table.items():
            match name:
                case "answers":
                    label = f"{what} “{self._speech.tell(f'aspect.{id}')}”"
                case "data":
                    label = f"{what}, {id}"
                case _:
                    label = what
            yield from self._told(name, one, f"{key}/{id}", label)

    def _series(self, name: str, members: Sequence[object], key: str, what: str) -> Iterator[Fact]:
        seen: Counter[str] = Counter()
        for one in members:
            member = _joined(one) if isinstance(one, (tuple, list, Mapping)) else one
            id = next((str(getattr(member, field)) for field in NAMES if hasattr(member, field)), "")
            there = id or self._called(member)[0].vi or str(member)
            seen[there] += 1
            path = f"{key}/{there}" if seen[there] == 1 else f"{key}/{there} {seen[there]}"
            for fact in self._told(name, member, path, what):
                whole = fact.key == path
                yield replace(fact, series=key, ordered=name not in UNORDERED, loose=not id) if whole else fact

    def _thing(self, thing: object, key: str, what: str) -> Iterator[Fact]:
        """What *thing* is called, and under that what belongs to it."""
        said, same, told = self._called(thing)
        yield Fact(key, what, said, same)
        short = shorten(" ".join(self._speech.text(said).split()), SHORT)
        yield from self._inside(thing, key, f"{what} “{short}”: ", (*UNSEEN, *told))

    def _called(self, thing: object) -> tuple[Text, object, tuple[str, ...]]:
        """What *thing* is called, what changes when that does, and the fields which that tells."""
        match thing:
            case Text():
                return thing, None, ()
            case Step(title=title, procedure=procedure):
                return title or self._wording.word("procedure", procedure), (title, procedure), ("title", "procedure")
            case Part(guide=guide):
                return self._wording.word("guide", guide), guide, ("guide",)
            case Bundle(procedure=procedure):
                return self._wording.word("procedure", procedure), procedure, ("procedure",)
        name = next((name for name in HEADLINES if isinstance(getattr(thing, name, None), Text)), "")
        return (self._wording.of(getattr(thing, name)) if name else Text("")), None, (name,)

    def _filing(self, filing: Filing, key: str, what: str) -> Iterator[Fact]:
        channel = self._wording.channel(filing)
        way = self._speech.text(channel)
        yield Fact(key, what, channel)
        for name in ("time", "fee"):
            for day, said in self._wording.from_day_on(filing, name):
                later = day > self._wording.day
                since = self._speech.tell("diff.from", day=self._speech.day(day)) if later else ""
                yield Fact(
                    f"{key}/{name}{day if later else ''}", f"{self._label(name)} {way}{since}", said, part_of=key
                )
        if filing.note is not None:
            yield Fact(f"{key}/note", f"{self._label('note')} {way}", self._wording.of(filing.note), part_of=key)


def _essence(value: When | Advice | Document | Source | Listed) -> object:
    """What of *value* counts: not where it stands, nor the name of what it refers to, which is told where that is."""
    match value:
        case When():
            return tuple(tuple(sorted((id, *sorted(wanted)) for id, wanted in case.items())) for case in value.cases)
        case Advice():
            return value.text, _essence(value.when)
        case Document():
            return value.form, value.condition, _essence(value.when)
    return value


def _joined(words: object) -> Text:
    """What has no fields, in one line: a mark of a video, a row of a word list."""
    match words:
        case Text():
            return words
        case Mapping():
            parts = [_joined(value) for value in words.values()]
            return Text(" → ".join(one.vi for one in parts), " → ".join(one.en or one.vi for one in parts))
        case tuple() | list():
            parts = [_joined(value) for value in words]
            return Text(", ".join(one.vi for one in parts), ", ".join(one.en or one.vi for one in parts))
    return Text(str(words))
