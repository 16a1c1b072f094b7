"""knowledge/ on disk becomes a `Base`: every file is read, every fault has its line, nothing is ignored."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.base import catalogue, facts
from bot.base.calendar import days_off
from bot.base.entries import entry
from bot.base.guides import guide
from bot.base.model import (
    UNSETTLED,
    Base,
    DaysOff,
    DocumentKind,
    Group,
    Hotline,
    Notice,
    Office,
    Place,
    Procedure,
    Question,
    Regions,
    Source,
    Text,
)
from bot.base.problems import At, Kind, Problem, Problems, nearest
from bot.base.reading import Block, Entry, Node, Scalar, Sequence, read
from bot.base.records import group, procedure, shared_question
from bot.base.wordlists import SHAPES, Shape, word_lists

T = TypeVar("T")

LANGUAGES = ("vi", "en")
NOT_YAML = ("README.md", catalogue.FILE)  # the admins' guide and the national list
QUESTIONS = "shared/questions.yaml"  # optional: what several groups ask
REGIONS = "shared/regions.yaml"  # optional: only the national list is built by it
CALENDAR = "shared/calendar.yaml"  # optional: without it no day is settled


def load(folder: Path, *over: Path) -> tuple[Base, list[Problem]]:
    """The base in *folder*, and what is wrong with each of its files; `bot.base.checks` looks at them together.

    Files in the folders *over* take the place of those with the same name.
    """
    problems = Problems()
    files = {name: path for one in (folder, *over) for name, path in _files(one, problems)}
    shelf = _Shelf({name: read(path, name, problems) for name, path in files.items()}, problems)
    national = folder / catalogue.FILE
    asked = shelf.table(QUESTIONS, shared_question) if QUESTIONS in files else {}
    procedures, groups = shelf.procedures(), shelf.folder("groups/", partial(group, asked))
    own = {code for one in (*procedures.values(), *groups.values()) for code in (one.code, *one.aliases)}
    _report_unused(asked, groups, problems)
    base = Base(
        version=_version({**files, **({catalogue.FILE: national} if national.is_file() else {})}),
        fields=shelf.table("shared/fields.yaml", _field),
        documents=shelf.tables("shared/documents/", _document_kind),
        offices=shelf.table("shared/offices.yaml", _office),
        places=shelf.table("shared/places.yaml", _place),
        hotlines=shelf.list("shared/hotlines.yaml", _hotline),
        notices=shelf.list("shared/notices.yaml", _notice),
        procedures=procedures,
        groups=groups,
        texts={language: shelf.sentences(f"texts/{language}.yaml") for language in LANGUAGES},
        data={name: shelf.words(f"shared/{name}.yaml", shape) for name, shape in SHAPES.items()},
        catalogue={code: one for code, one in catalogue.load(national, problems).items() if code not in own},
        regions=shelf.regions(),
        calendar=shelf.calendar(),
        files=frozenset(files),
        guides=shelf.folder("guides/", guide),
        entries=shelf.folder("entries/", entry),
        media=dict(_media(folder / "media")),
    )
    shelf.report_strays()
    return base, _causes(problems)


def _report_unused(asked: Mapping[str, Question], groups: Mapping[str, Group], problems: Problems) -> None:
    """A shared question that no group uses is asked by nobody."""
    used = {question.id for one in groups.values() for question in one.questions}
    for question in asked.values():
        if question.id not in used:
            problems.add(question.at, Kind.UNUSED_QUESTION, question=question.id)


def load_texts(folder: Path) -> dict[str, dict[str, str]]:
    """The sentences of the base in *folder* alone, as far as they can be read: to speak of its faults."""
    problems = Problems()
    shelf = _Shelf(dict(_texts(folder, problems)), problems)
    return {language: shelf.sentences(f"texts/{language}.yaml") for language in LANGUAGES}


def _causes(problems: Problems) -> list[Problem]:
    """*problems* without those that a value still to be filled in brings with it."""
    blank = {problem.at for problem in problems if problem.kind is Kind.PLACEHOLDER}
    return [one for one in problems if one.kind is Kind.PLACEHOLDER or one.at not in blank]


def _texts(folder: Path, problems: Problems) -> Iterator[tuple[str, Node]]:
    for language in LANGUAGES:
        name = f"texts/{language}.yaml"
        if (folder / name).is_file() and (node := read(folder / name, name, problems)) is not None:
            yield name, node


class _Shelf:
    """The parsed files, taken off one by one; what is left at the end belongs nowhere."""

    def __init__(self, nodes: Mapping[str, Node | None], problems: Problems) -> None:
        self._nodes = {name: node for name, node in nodes.items() if node is not None}
        self._unreadable = nodes.keys() - self._nodes.keys()  # what is wrong with them is already known
        self._problems = problems

    def take(self, name: str) -> Node:
        if name in self._nodes:
            return self._nodes.pop(name)
        if name not in self._unreadable:
            self._problems.add(At(name), Kind.MISSING_FILE)
        return Block(At(name), {})

    def table(self, name: str, make: Callable[[str, Entry], T]) -> dict[str, T]:
        """A file that maps ids to things."""
        table = Entry(self.take(name), self._problems)
        found = {}
        for id, node in table.items():
            facts.identifier(id, table, key=id)
            entry = Entry(node, self._problems)
            found[id] = make(id, entry)
            entry.close()
        return found

    def tables(self, folder: str, make: Callable[[str, Entry], T]) -> dict[str, T]:
        """All the files of *folder*, each of which maps ids to things."""
        found: dict[str, T] = {}
        for name in [name for name in self._nodes if name.startswith(folder)]:
            node = self._nodes[name]
            keys = node.keys if isinstance(node, Block) else {}
            for id in found.keys() & keys:
                self._problems.add(keys[id], Kind.DUPLICATE_ID, id=id, other=folder)
            found |= self.table(name, make)
        return found

    def list(self, name: str, make: Callable[[Entry], T]) -> tuple[T, ...]:
        """A file that is a list of things, or empty."""
        node = self.take(name)
        if not isinstance(node, Sequence):
            if node.at in {problem.at for problem in self._problems}:
                return ()
            self._problems.add(node.at, Kind.NOT_A_LIST, key=name)
            return ()
        found = []
        for item in node.items:
            entry = Entry(item, self._problems)
            found.append(make(entry))
            entry.close()
        return tuple(found)

    def procedures(self) -> dict[str, Procedure]:
        found: dict[str, Procedure] = {}
        for name in [name for name in self._nodes if name.startswith("procedures/") and name.count("/") == 2]:
            _, field, file = name.split("/")
            id = file.removesuffix(".yaml")
            entry = Entry(self._nodes.pop(name), self._problems)
            if id in found:
                self._problems.add(entry.at, Kind.DUPLICATE_ID, id=id, other=found[id].at)
            found[id] = procedure(entry, id, field)
        return found

    def folder(self, folder: str, make: Callable[[Entry, str], T]) -> dict[str, T]:
        """The files of *folder*, each of which is one thing called like it."""
        found: dict[str, T] = {}
        for name in [name for name in self._nodes if name.startswith(folder) and name.count("/") == 1]:
            id = name.removeprefix(folder).removesuffix(".yaml")
            found[id] = make(Entry(self._nodes.pop(name), self._problems), id)
        return found

    def sentences(self, name: str) -> dict[str, str]:
        """The sentences of a texts file, nested keys joined by dots."""
        return dict(_flat(Entry(self.take(name), self._problems)))

    def regions(self) -> Regions:
        return _regions(Entry(self.take(REGIONS), self._problems)) if REGIONS in self._nodes else Regions()

    def calendar(self) -> DaysOff:
        return days_off(Entry(self.take(CALENDAR), self._problems)) if CALENDAR in self._nodes else UNSETTLED

    def words(self, name: str, shape: Shape) -> object:
        return word_lists(self.take(name), shape, self._problems)

    def report_strays(self) -> None:
        for name in self._nodes:
            self._problems.add(At(name), Kind.STRAY_FILE)


def stamp(folder: Path) -> frozenset[tuple[str, int, int]]:
    """Something that is another as soon as a file in *folder* is; quicker than reading them."""
    stats = ((str(path), path.stat()) for path in folder.rglob("*") if path.is_file())
    return frozenset((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


def _files(folder: Path, problems: Problems) -> Iterator[tuple[str, Path]]:
    """The YAML files of the base by their name in it; anything else on disk is a problem."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or name in NOT_YAML or name.startswith("media/"):
            continue
        if path.suffix == ".yaml":
            yield name, path
        else:
            problems.add(At(name), Kind.STRAY_FILE)


def _media(folder: Path) -> Iterator[tuple[str, str]]:
    """The names of the pictures and videos, each with what is another as soon as the file is."""
    for path in folder.rglob("*"):
        if path.is_file():
            stat = path.stat()
            yield path.relative_to(folder).as_posix(), f"{stat.st_size}-{stat.st_mtime_ns}"


def _version(files: Mapping[str, Path]) -> str:
    """Eight hex digits that change when any file does."""
    digest = hashlib.sha256()
    for name, path in sorted(files.items()):
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:8]


def _flat(entry: Entry, prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, node in entry.items():
        if isinstance(node, Block):
            yield from _flat(Entry(node, entry.problems), f"{prefix}{key}.")
        elif entry.scalar(node):
            yield f"{prefix}{key}", node.text if isinstance(node, Scalar) else ""  # its outer spaces count


def _regions(entry: Entry) -> Regions:
    home = entry.word("home", required=True)
    provinces = entry.entry("provinces", required=True)
    names = () if provinces is None else [id for id, _ in provinces.items()]
    found = Regions(
        home=home,
        local=entry.words("local", required=True),
        gone=entry.words("gone", required=True),
        provinces={} if provinces is None else {name: provinces.words(name) for name in names},
    )
    entry.close()
    if provinces is not None and home and home not in found.provinces:
        known = nearest(home, names)
        entry.problems.add(entry.where("home"), Kind.UNKNOWN_REFERENCE, what="province", id=home, near=known)
    return found


def _field(_: str, entry: Entry) -> Text:
    return facts.required_text(entry, "name")


def _document_kind(id: str, entry: Entry) -> DocumentKind:
    return DocumentKind(
        id=id,
        at=entry.at,
        name=facts.required_text(entry, "name"),
        explain=facts.optional_text(entry, "explain"),
        database=facts.yes(entry, "database"),
        issued="issued" in entry and bool(entry.word("issued")),
    )


def _office(id: str, entry: Entry) -> Office:
    source = _source(entry) if "source" in entry else None
    return Office(id, entry.at, facts.required_text(entry, "name"), facts.required_text(entry, "where"), source)


def _place(id: str, entry: Entry) -> Place:
    return Place(
        id=id,
        at=entry.at,
        name=facts.required_text(entry, "name"),
        formerly=entry.words("formerly"),
        address=facts.required_text(entry, "address"),
        phone=entry.word("phone"),
        hours=facts.optional_text(entry, "hours"),
        unsure=facts.optional_text(entry, "unsure"),
        source=_source(entry),
    )


def _source(entry: Entry) -> Source:
    source = entry.entry("source", required=True)
    return Source("", Text(""), date.min) if source is None else facts.source(source)


def _hotline(entry: Entry) -> Hotline:
    return Hotline(
        number=entry.word("number", required=True),
        name=facts.required_text(entry, "name"),
        when=facts.required_text(entry, "when"),
        source=_source(entry),
    )


def _notice(entry: Entry) -> Notice:
    return Notice(
        id=facts.identifier(entry.word("id", required=True), entry),
        at=entry.at,
        title=facts.required_text(entry, "title"),
        text=facts.required_text(entry, "text"),
        span=facts.span(entry),
        source=_source(entry),
    )
