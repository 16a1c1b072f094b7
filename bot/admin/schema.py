"""JSON Schema of the knowledge files, for editors that check while one types: VS Code with its YAML extension, GitHub.

The editor sees typos in keys and forms; what only the whole base tells (ids, conditions, phrases) is for `bot check`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.admin.format import TABLES, Key, Table
from bot.base import entries, facts, guides
from bot.base.records import CONFIDENCE, SHORT

Schema = dict[str, Any]

PLAIN = ["string", "number", "boolean"]  # YAML reads 8000 and yes as other than text; our loader does not


def _pattern(pattern: str) -> Schema:
    return {"type": PLAIN, "pattern": f"^(?:{pattern})$"}


SCALARS: Mapping[str, Schema] = {
    "text": {"type": PLAIN},
    "label": {"type": PLAIN, "maxLength": SHORT},
    "title": {"type": PLAIN, "maxLength": entries.TITLE},
    "answer": {"type": PLAIN, "maxLength": entries.ANSWER},
    "do": {"type": PLAIN, "maxLength": guides.DO},
    "note": {"type": PLAIN, "maxLength": guides.NOTE},
    "picture": {"type": ["string", "null"]},  # nothing behind the key: a slot
    "id": {**_pattern(facts.ID.pattern), "maxLength": facts.ID_LENGTH},
    "code": _pattern(facts.CODE.pattern),
    "date": _pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "law": _pattern(facts.LEGAL.pattern),
    "number": _pattern(facts.NUMBER.pattern),
    "link": _pattern(r"https?://[^\s/]+\.[^\s]+"),
    "duration": _pattern(f"trong ngày|theo giấy hẹn|{facts.DURATION.pattern}"),
    "money": _pattern(f"theo quy định|{facts.MONEY.pattern}"),
    "position": _pattern(facts.POSITION.pattern),
    "yes": {"enum": ["yes", "no", True, False]},
    "confidence": {"enum": list(CONFIDENCE)},
    "condition": {"type": ["object", "array"]},
}


def schema(kind: str) -> Schema:
    """The schema of the files of this *kind*: procedure, group, guide or entry."""
    wanted = _tables(kind)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": kind,
        "$ref": f"#/definitions/{kind}",
        "definitions": {name: _object(table) for name, table in TABLES.items() if name in wanted},
    }


def _tables(kind: str) -> set[str]:
    """*kind* and every table that is used in it."""
    found = {kind}
    waiting = [kind]
    while waiting:
        named = {name for key in TABLES[waiting.pop()].values() for name in (key.shape, key.bare)} & TABLES.keys()
        waiting += named - found
        found |= named
    return found


def _object(table: Table) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, key in table.items() if key.required],
        "properties": {name: _key(key) for name, key in table.items()},
    }


def _key(key: Key) -> Schema:
    one = _shape(key.shape)
    if key.bare:
        one = {"anyOf": [_shape(key.bare), one]}
    several: Schema = {"type": "array", "items": one}
    if key.least:
        several["minItems"] = key.least
    match key.many:
        case "list":
            return several
        case "either":
            return {"anyOf": [one, several]}
    return dict(one)


def _shape(name: str) -> Schema:
    return SCALARS.get(name, {"$ref": f"#/definitions/{name}"})
