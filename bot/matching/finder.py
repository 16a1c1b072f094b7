"""The matcher over a knowledge base: what of it can be asked for, and how people ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from bot.base.model import Base, Group, Record
from bot.matching.aspects import AspectCues
from bot.matching.lexicon import Lexicon
from bot.matching.matcher import Matcher
from bot.matching.shelf import Entry, Kind
from bot.matching.smalltalk import SmallTalk

NEARBY = ("commune", "province")  # levels of the national list that a citizen of a commune has to do with
REMOTE = 0.9  # share of the others: much alike are "passport" and "diplomatic passport", and few mean the second


def matcher(base: Base, cache: Path | None = None) -> Matcher:
    """A matcher of everything in *base*; a group wins over the procedure of its own bundle.

    *cache* is a folder for what takes long to work out of the national list.
    """
    return Matcher(
        list(entries(base)),
        Lexicon.from_data(_data(base, "lexicon")),
        AspectCues.from_data(_data(base, "aspects")),
        SmallTalk.from_data(_data(base, "smalltalk")),
        cache,
    )


def entries(base: Base) -> Iterator[Entry]:
    """What can be asked for; the procedure of a bundle is asked for as its group."""
    bundles = {group.bundle.procedure for group in base.groups.values() if group.bundle}
    for group in base.groups.values():
        yield _group(group)
    for procedure in base.procedures.values():
        if procedure.id not in bundles:
            yield _entry(procedure, "procedure")
    for note in base.entries.values():
        yield Entry("entry", note.id, "", note.title.vi, note.phrases)
    for one in base.catalogue.values():
        share = 1.0 if one.level in NEARBY else REMOTE
        yield Entry("catalogue", one.code, one.code, one.name, (), by_name=one.offered, share=share)


def _group(group: Group) -> Entry:
    filed = [step for step in group.steps if group.bundle and step.id in group.bundle.steps]
    return replace(
        _entry(group, "group"),
        holds=tuple(step.procedure for step in group.steps),
        bundle=tuple(step.procedure for step in filed),
        begins=tuple(step.procedure for step in filed if not step.after),
    )


def _entry(record: Record, kind: Kind) -> Entry:
    names = tuple(name for name in (record.name.en, record.short.vi) if name)
    codes = tuple(code for code in (record.code, *record.aliases) if code)
    phrases = (*record.phrases, *names)
    return Entry(kind, record.id, record.code, record.name.vi, phrases, record.keywords, codes)


def _data(base: Base, name: str) -> dict[str, Any]:
    return cast("dict[str, Any]", base.data[name]) if isinstance(base.data[name], dict) else {}
