"""The keys of knowledge files as one table: `bot schema` is made from it, the loader tested against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.base.model import ASPECTS, CHANNELS
from bot.base.records import KEYWORDS, PHRASES


@dataclass(frozen=True, slots=True)
class Key:
    """What stands behind a key: a table or a scalar by name; `bare` is what may stand in its place, mostly a scalar."""

    shape: str
    required: bool = False
    many: Literal["one", "list", "either"] = "one"
    bare: str = ""
    least: int = 0


Table = Mapping[str, Key]


def _text(*, required: bool = False, many: Literal["one", "list"] = "one", least: int = 0, bare: str = "text") -> Key:
    return Key("sentence", required, many, bare, least)


_SPAN: Table = {"from": Key("date"), "until": Key("date")}
_UNSURE: Table = {"unsure": _text(), "note": _text()}
_WHEN: Table = {"when": Key("condition")}
_NEEDED = _text(required=True)

KNOWN: Table = {
    "sources": Key("source", required=True, many="list", least=1),
    "checked": Key("date", required=True),
    "review": Key("date"),
    "owner": Key("id", required=True),
}

COMMON: Table = {
    **KNOWN,
    "code": Key("code", required=True),
    "aliases": Key("code", many="list"),
    "code-note": _text(),
    "name": _NEEDED,
    "short": _text(required=True, bare="label"),
    "summary": _NEEDED,
    "confidence": Key("confidence", required=True),
    "caution": _text(),
    "phrases": Key("text", required=True, many="list", least=PHRASES),
    "keywords": Key("text", required=True, many="list", least=KEYWORDS),
}

TABLES: Mapping[str, Table] = {
    "procedure": {
        **COMMON,
        "office": Key("id", required=True),
        "filing": Key("filing", required=True),
        "documents": Key("document", required=True, many="list"),
        "result": _NEEDED,
        "answers": Key("answers"),
        "how": _text(required=True, many="list"),
        "exceptions": _text(required=True, many="list", least=1),
        "related": Key("id", many="list"),
        "legal": Key("law", many="list"),
        "guide": Key("id"),
        "read": Key("reading", required=True, many="list", least=1),
    },
    "group": {
        **COMMON,
        "code": Key("code"),
        "menu": Key("number"),
        "intro": _text(),
        "questions": Key("question", required=True, many="list", bare="shared-question"),
        "steps": Key("step", required=True, many="list"),
        "bundle": Key("bundle"),
        "advice": Key("advice", many="list"),
        "video": Key("video"),
    },
    "guide": {
        **KNOWN,
        "title": _NEEDED,
        "site": _text(),
        "moves": Key("move", required=True, many="list", bare="id", least=1),
    },
    "entry": {
        "title": _text(required=True, bare="title"),
        "phrases": Key("text", required=True, many="list", least=1),
        "answer": _text(required=True, bare="answer"),
        "see": Key("id", many="list"),
        "source": Key("reference", required=True),
        "checked": Key("date", required=True),
        "review": Key("date"),
        "owner": Key("id", required=True),
        **_SPAN,
    },
    "reference": {"link": Key("link"), "title": _NEEDED, "date": Key("date", required=True)},
    "move": {
        "do": _text(required=True, bare="do"),
        "note": _text(bare="note"),
        "picture": Key("picture"),
    },
    "sentence": {"vi": Key("text", required=True), "en": Key("text")},
    "source": {"link": Key("link", required=True), "title": _NEEDED, "date": Key("date", required=True)},
    "reading": {
        "by": Key("text", required=True),
        "date": Key("date", required=True),
        "differs": Key("text", required=True),
    },
    "filing": {channel: Key("way") for channel in CHANNELS},
    "way": {
        "time": Key("time", required=True, many="either", bare="duration"),
        "fee": Key("fee", required=True, many="either", bare="money"),
        "note": _text(),
    },
    "time": {"usual": Key("duration", required=True), "checking": Key("duration"), **_UNSURE, **_SPAN},
    "fee": {"amount": Key("money", required=True), **_UNSURE, **_SPAN},
    "document": {"kind": Key("id", required=True), "form": _text(), "if": _text(), **_WHEN},
    "answers": {aspect: _text() for aspect in ASPECTS},
    "question": {
        "id": Key("id", required=True),
        "ask": _NEEDED,
        "why": _text(),
        "options": Key("option", required=True, many="list", least=2),
        **_WHEN,
    },
    "shared-question": {"use": Key("id", required=True), **_WHEN},
    "option": {"id": Key("id", required=True), "label": _text(required=True, bare="label")},
    "step": {
        "id": Key("id", required=True),
        "procedure": Key("id", required=True),
        "after": Key("id", many="list"),
        "optional": Key("yes"),
        "deadline": Key("deadline"),
        "title": _text(bare="label"),
        "because": _text(),
        "left-out": Key("reason", many="list"),
        "notes": Key("advice", many="list"),
        "documents": Key("document", many="list"),
        "produces": Key("id", many="list"),
        "video": Key("video"),
        **_WHEN,
    },
    "deadline": {"within": Key("duration", required=True), "from": _NEEDED, "note": _text()},
    "advice": {"text": _NEEDED, **_WHEN},
    "reason": {"because": _NEEDED, **_WHEN},
    "bundle": {
        "procedure": Key("id", required=True),
        "steps": Key("id", required=True, many="list"),
        "at-least": Key("number"),
        "because": _text(),
        **_WHEN,
    },
    "video": {"title": _NEEDED, "link": Key("link"), "file": Key("text"), "marks": Key("mark", many="list")},
    "mark": {"at": Key("position", required=True), "text": _NEEDED},
}
