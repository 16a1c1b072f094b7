"""The matcher of a knowledge base: what of a procedure or a group a question is compared with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.aspects import AspectCues
from bot.knowledge import Base, Record
from bot.lexicon import Lexicon
from bot.matching import Matcher
from bot.matching_shelf import Entry, Kind
from bot.smalltalk import SmallTalk


def matcher_of(base: Base, catalogue: Sequence[Entry] = ()) -> Matcher:
    """A matcher for *base*, and below it the names of the national *catalogue*."""
    return Matcher(
        [*entries_of(base), *catalogue],
        Lexicon.from_data(_plain(base, "lexicon")),
        AspectCues.from_data(_plain(base, "aspects")),
        SmallTalk.from_data(_plain(base, "smalltalk")),
    )


def entries_of(base: Base) -> Iterator[Entry]:
    """Every group and procedure of *base* with its ways of asking."""
    yield from (_entry("group", group) for group in base.groups.values())
    yield from (_entry("procedure", procedure) for procedure in base.procedures.values())


def _entry(kind: Kind, record: Record) -> Entry:
    return Entry(kind, record.id, record.code, record.name.vi, record.phrases, record.keywords, record.aliases)


def _plain(base: Base, name: str) -> Mapping[str, Any]:
    data = base.data.get(name)
    return data if isinstance(data, Mapping) else {}
