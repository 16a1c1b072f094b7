"""The matcher's word lists (lexicon, aspects, small talk): plain data whose shape is checked here, line by line."""

from __future__ import annotations

from collections.abc import Mapping

from bot.base.problems import Kind, Problems, nearest
from bot.base.reading import Block, Node, Scalar, Sequence, plain

Shape = str | Mapping[str, str]

# text; words: a list of texts; table: texts by key; lists: words by key; concepts: rows of `say` (words) and `means`
SHAPES: Mapping[str, Shape] = {
    "lexicon": {
        "abbreviations": "table",
        "chat": "table",
        "endings": "table",
        "units": "table",
        "particles": "words",
        "dialect": "table",
        "lists": "lists",
        "concepts": "concepts",
        "english": "table",
        "actions": "lists",
        "everyday": "words",
        "vetoes": "words",
        "doubts": "words",
        "leave-alone": "words",
    },
    "aspects": "lists",
    "smalltalk": "lists",
}
CONCEPT: Mapping[str, str] = {"say": "words", "means": "text"}


def word_lists(node: Node, shape: Shape, problems: Problems) -> object:
    """*node* as plain data when it has *shape*; else nothing, and the problems say where it has not."""
    before = len(problems)
    _check(node, shape, problems)
    return plain(node) if len(problems) == before else {}


def _check(node: Node, shape: Shape, problems: Problems) -> None:
    if not isinstance(shape, str):
        _keyed(node, shape, problems)
        return
    match shape, node:
        case "text", Scalar():
            pass
        case "text", _:
            problems.add(node.at, Kind.NOT_A_TEXT, what="value")
        case "words", Sequence(items=items):
            _each(items, "text", problems)
        case "concepts", Sequence(items=items):
            for item in items:
                _keyed(item, CONCEPT, problems, complete=True)
        case "words" | "concepts", _:
            problems.add(node.at, Kind.NOT_A_LIST, key=shape)
        case "table", Block(items=entries):
            _each(tuple(entries.values()), "text", problems)
        case "lists", Block(items=entries):
            _each(tuple(entries.values()), "words", problems)
        case _:
            problems.add(node.at, Kind.NOT_A_MAPPING)


def _each(nodes: tuple[Node, ...], shape: str, problems: Problems) -> None:
    for node in nodes:
        _check(node, shape, problems)


def _keyed(node: Node, shapes: Mapping[str, str], problems: Problems, *, complete: bool = False) -> None:
    """A mapping with some of these keys, or with all of them when it must be *complete*."""
    if not isinstance(node, Block):
        problems.add(node.at, Kind.NOT_A_MAPPING)
        return
    for key, value in node.items.items():
        if key in shapes:
            _check(value, shapes[key], problems)
        else:
            problems.add(node.keys[key], Kind.UNKNOWN_KEY, key=key, near=nearest(key, shapes))
    for key in shapes.keys() - node.items.keys() if complete else ():
        problems.add(node.at, Kind.MISSING_KEY, key=key)
