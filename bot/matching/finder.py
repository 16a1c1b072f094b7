"""The matcher over a knowledge base: what of it can be asked for, and how people ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from bot.base.model import Base, Record
from bot.matching.aspects import AspectCues
from bot.matching.lexicon import Lexicon
from bot.matching.matcher import Matcher
from bot.matching.shelf import Entry, Kind
from bot.matching.smalltalk import SmallTalk


def matcher(base: Base) -> Matcher:
    """A matcher of everything in *base*; a group wins over the procedure of its own bundle."""
    return Matcher(
        list(entries(base)),
        Lexicon.from_data(_data(base, "lexicon")),
        AspectCues.from_data(_data(base, "aspects")),
        SmallTalk.from_data(_data(base, "smalltalk")),
    )


def entries(base: Base) -> Iterator[Entry]:
    """What can be asked for; the procedure of a bundle is asked for as its group."""
    bundles = {group.bundle.procedure for group in base.groups.values() if group.bundle}
    for group in base.groups.values():
        yield _entry(group, "group")
    for procedure in base.procedures.values():
        if procedure.id not in bundles:
            yield _entry(procedure, "procedure")


def _entry(record: Record, kind: Kind) -> Entry:
    names = tuple(name for name in (record.name.en, record.short.vi) if name)
    codes = (record.code, *record.aliases)
    return Entry(kind, record.id, record.code, record.name.vi, (*record.phrases, *names), record.keywords, codes)


def _data(base: Base, name: str) -> dict[str, Any]:
    return cast("dict[str, Any]", base.data[name]) if isinstance(base.data[name], dict) else {}
