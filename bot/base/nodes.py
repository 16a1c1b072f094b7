"""YAML as nodes that know their lines: every scalar is the text written; duplicates, anchors and aliases are problems.

PyYAML reads `no` as False, `2024-01-01` as a date, and keeps the last of two equal keys; so we build our own nodes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from bot.base.problems import BLANK, At, Kind, Problems

MAX_DEPTH = 40  # lists in lists; no file of ours comes near
_LOADER = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text and where it stands."""

    at: At
    text: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list and where it begins."""

    at: At
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A mapping and where it begins; `keys` tells where each key stands."""

    at: At
    items: Mapping[str, Node]
    keys: Mapping[str, At] = field(default_factory=dict)


Node = Scalar | Sequence | Block


def compose(text: str, name: str, problems: Problems) -> Node | None:
    """The document *text* of the file *name*; None (and a problem) when it is empty or not YAML."""
    builder = _Builder(name)
    try:
        builder.read(text)
    except (yaml.YAMLError, ValueError) as error:
        problems.add(At(name, _line(error)), Kind.NOT_YAML, detail=_detail(error))
        return None
    problems += builder.problems
    if builder.root is None and not builder.refused:
        problems.add(At(name), Kind.EMPTY, what=name)
    return builder.root


def plain(node: Node) -> object:
    """*node* as plain dicts, lists and texts."""
    match node:
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Block(items=entries):
            return {key: plain(value) for key, value in entries.items()}


class _Builder:
    """Makes nodes of the parser's events as they come: nothing is expanded, nothing recurses, each file is read once.

    Aliases, anchors and nesting too deep end it without a root.
    """

    def __init__(self, name: str) -> None:
        self.root: Node | None = None
        self.problems = Problems()
        self.refused = False
        self._name = name
        self._open: list[_List | _Table] = []  # what has begun and not ended, the innermost last

    def read(self, text: str) -> None:
        loader = _LOADER(text)
        try:
            while not self.refused and (event := loader.get_event()) is not None:
                self._take(event)
        finally:
            loader.dispose()

    def _take(self, event: yaml.Event) -> None:
        at = At(self._name, 1 if event.start_mark is None else event.start_mark.line + 1)
        if getattr(event, "anchor", None) is not None:  # an alias has the name of its anchor
            self._refuse(at, Kind.NO_ALIASES)
            return
        match event:
            case yaml.ScalarEvent():
                if BLANK in event.value:
                    self.problems.add(at, Kind.PLACEHOLDER, blank=BLANK)
                self._put(Scalar(at, event.value))
            case yaml.MappingStartEvent():
                self._open.append(_Table(at, self.problems))
            case yaml.SequenceStartEvent():
                self._open.append(_List(at))
            case yaml.CollectionEndEvent():
                self._put(self._open.pop().closed())
            case yaml.DocumentStartEvent() if self.root is not None:
                self._refuse(at, Kind.NOT_YAML, detail="but found another document")
        if len(self._open) > MAX_DEPTH:
            self._refuse(at, Kind.NOT_YAML, detail="nested too deep")

    def _put(self, node: Node) -> None:
        if self._open:
            self._open[-1].add(node)
        else:
            self.root = node

    def _refuse(self, at: At, kind: Kind, **words: str) -> None:
        self.root, self.refused, self.problems = None, True, Problems()
        self.problems.add(at, kind, **words)


class _List:
    """A list that has begun."""

    def __init__(self, at: At) -> None:
        self._at = at
        self._items: list[Node] = []

    def add(self, node: Node) -> None:
        self._items.append(node)

    def closed(self) -> Node:
        return Sequence(self._at, tuple(self._items))


class _Table:
    """A mapping that has begun: keys and values come in turn."""

    def __init__(self, at: At, problems: Problems) -> None:
        self._at = at
        self._problems = problems
        self._items: dict[str, Node] = {}
        self._keys: dict[str, At] = {}
        self._key: Node | None = None

    def add(self, node: Node) -> None:
        if self._key is None:
            self._key = node
            return
        key, self._key = self._key, None
        if not isinstance(key, Scalar):
            self._problems.add(key.at, Kind.NOT_A_TEXT, what="key")
        elif key.text in self._items:
            self._problems.add(key.at, Kind.DUPLICATE_KEY, key=key.text, line=self._keys[key.text].line)
        else:
            self._keys[key.text] = key.at
            self._items[key.text] = node

    def closed(self) -> Node:
        return Block(self._at, self._items, self._keys)


def _line(error: Exception) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark is not None else 1


def _detail(error: Exception) -> str:
    return str(getattr(error, "problem", None) or error).splitlines()[0] if str(error) else type(error).__name__
