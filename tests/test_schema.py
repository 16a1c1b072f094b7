"""The table of keys is the loader's own, and the JSON Schema made from it takes what the loader takes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.admin.format import TABLES, Key
from bot.admin.schema import SCALARS, schema
from bot.base import entries, guides, records
from bot.base.problems import At, Kind, Problems
from bot.base.reading import Block, Entry, Node, Scalar, Sequence, plain, read
from tests.test_broken import TOY
from tests.test_cli import bot
from tests.test_readme import KNOWLEDGE, README

HERE = At("sample.yaml")
SAMPLES = {
    "text": "chữ",
    "label": "nút",
    "id": "an-id",
    "code": "1.001193",
    "date": "2026-11-23",
    "number": "3",
    "link": "https://example.org/x",
    "duration": "3 ngày làm việc",
    "money": "8.000 đ",
    "law": "60/2014/QH13",
    "position": "2:10",
    "yes": "yes",
    "confidence": "high",
    "picture": "a.png",
}

LOADERS: dict[str, Callable[[Entry], object]] = {
    "procedure": lambda entry: records.procedure(entry, "an-id", "home"),
    "group": lambda entry: records.group({}, entry, "an-id"),
    "guide": lambda entry: guides.guide(entry, "an-id"),
    "entry": lambda entry: entries.entry(entry, "an-id"),
}


class Asked(dict[str, Node]):
    """The keys of a mapping, and those that the loader asked it for."""

    def __init__(self, table: str) -> None:
        super().__init__()
        self.table = table
        self.keys_asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.keys_asked.add(key)
        return super().get(key, default)


def sample(table: str, asked: list[Asked], without: tuple[str, str] = ("", "")) -> Block:
    """A mapping with every key of *table* and what belongs behind it; without the key *without* (of a table)."""
    items = Asked(table)
    asked.append(items)
    for name, key in TABLES[table].items():
        if (table, name) != without:
            items[name] = behind(key, asked, without)
    return Block(HERE, items, dict.fromkeys(items, HERE))


def behind(key: Key, asked: list[Asked], without: tuple[str, str]) -> Node:
    def one() -> Node:
        if key.shape == "condition":
            return Block(HERE, {"an-id": Scalar(HERE, "an-id")}, {"an-id": HERE})
        return sample(key.shape, asked, without) if key.shape in TABLES else Scalar(HERE, SAMPLES[key.shape])

    return one() if key.many == "one" else Sequence(HERE, tuple(one() for _ in range(max(key.least, 1))))


def load(kind: str, node: Node) -> list[Kind]:
    problems = Problems()
    LOADERS[kind](Entry(node, problems))
    return [problem.kind for problem in problems if problem.kind is not Kind.FACT_GAP]


@pytest.mark.parametrize("kind", LOADERS)
def test_the_loader_asks_for_the_keys_of_the_table_and_no_others(kind: str) -> None:
    asked: list[Asked] = []

    problems = load(kind, sample(kind, asked))

    assert problems == []
    assert [(one.table, sorted(one.keys_asked)) for one in asked if one.keys_asked != TABLES[one.table].keys()] == []


def keys_of(kind: str) -> Iterator[tuple[str, str, str]]:
    tables = [name for name in TABLES if name in schema(kind)["definitions"] and name != "shared-question"]
    yield from ((kind, table, name) for table in tables for name in TABLES[table])


@pytest.mark.parametrize(("kind", "table", "name"), [one for kind in LOADERS for one in keys_of(kind)])
def test_a_key_is_required_by_both_or_by_neither(kind: str, table: str, name: str) -> None:
    found = load(kind, sample(kind, [], without=(table, name)))

    assert (Kind.MISSING_KEY in found) == TABLES[table][name].required


def test_every_shape_is_a_table_or_a_scalar() -> None:
    shapes = {shape for table in TABLES.values() for key in table.values() for shape in (key.shape, key.bare)}

    assert shapes - {""} - TABLES.keys() - SCALARS.keys() == set()
    assert TABLES.keys() & SCALARS.keys() == set()


TYPES: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
}


def wrong(value: Any, rule: dict[str, Any], whole: dict[str, Any], at: str = "") -> list[str]:
    """Where *value* breaks *rule*: as much of JSON Schema as we use."""
    if "$ref" in rule:
        return wrong(value, whole["definitions"][rule["$ref"].rpartition("/")[2]], whole, at)
    if "anyOf" in rule and all(wrong(value, one, whole, at) for one in rule["anyOf"]):
        return [at]
    types = rule.get("type", [])
    if types and not any(TYPES[one](value) for one in ([types] if isinstance(types, str) else types)):
        return [at]
    if "enum" in rule and value not in rule["enum"]:
        return [at]
    if isinstance(value, str) and (
        not re.search(rule.get("pattern", ""), value) or len(value) > rule.get("maxLength", 9**9)
    ):
        return [at]
    if isinstance(value, list) and "items" in rule:
        short = [at] if len(value) < rule.get("minItems", 0) else []
        return short + [found for one in value for found in wrong(one, rule["items"], whole, at)]
    if isinstance(value, dict) and "properties" in rule:
        known = rule["properties"]
        faults = [f"{at}.{key}" for key in {*rule["required"]} - value.keys() | value.keys() - known.keys()]
        inside = (wrong(one, known[key], whole, f"{at}.{key}") for key, one in value.items() if key in known)
        return faults + [found for faults in inside for found in faults]
    return []


def content(path: Path) -> Any:
    node = read(path, path.name, Problems())
    assert node is not None
    return plain(node)


@pytest.mark.parametrize(("kind", "folder"), [("procedure", "procedures"), ("group", "groups"), ("guide", "guides")])
def test_every_file_that_ships_fits_the_schema(kind: str, folder: str) -> None:
    whole = schema(kind)
    files = [path for base in (KNOWLEDGE, TOY) for path in (base / folder).rglob("*.yaml")]

    assert len(files) >= 2
    assert {path.name: faults for path in files if (faults := wrong(content(path), whole, whole))} == {}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"code": "1.1193"}, ".code"),
        ({"code": 1.001193}, ""),  # an editor reads a number there, and that is fine
        ({"fees": "0 đ"}, ".fees"),
        ({"short": "x" * 29}, ".short"),
        ({"short": {"vi": "Nuôi", "de": "Hund"}}, ".short"),
        ({"checked": "01/11/2026"}, ".checked"),
        ({"legal": ["66.7/2025/NQ-CP", "24/2021/QĐ-TTg", "296/QĐ-VPCP"]}, ""),
        ({"legal": ["Luật Hộ tịch"]}, ".legal"),
        ({"read": []}, ".read"),
        ({"read": [{"by": "Tí", "date": "2026-11-01"}]}, ".read.differs"),
        ({"confidence": "sure"}, ".confidence"),
        ({"phrases": ["một"]}, ".phrases"),
        ({"filing": {"counter": {"time": "3 ngày lv", "fee": "0 đ"}}}, ".filing.counter.time"),
        ({"filing": {"counter": {"time": "trong ngày", "fee": [{"amount": "0 đ", "until": "2026-12-31"}]}}}, ""),
        ({"filing": {"counter": {"time": "trong ngày"}}}, ".filing.counter.fee"),
        ({"documents": [{"form": "1 bản"}]}, ".documents.kind"),
        ({"related": "dog"}, ".related"),
    ],
)
def test_an_editor_sees_what_is_wrong(change: dict[str, Any], fault: str) -> None:
    whole = schema("procedure")

    found = wrong({**content(TOY / "procedures/home/dog.yaml"), **change}, whole, whole)

    assert found == ([fault] if fault else [])


def test_the_schemas_are_printed_and_the_readme_says_where_to() -> None:
    for kind in LOADERS:
        done = bot("schema", kind)
        assert (done.returncode, done.stderr) == (0, "")
        assert json.loads(done.stdout) == schema(kind)
        assert f"bot schema {kind} > .vscode/{kind}.json" in README
        assert f'"./.vscode/{kind}.json": "knowledge/' in README
