"""What changes between two bases as an admin reads it, and as a program does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from bot.admin.compare.diff import Change, Changes, Section
from bot.admin.compare.rerouted import Rerouted, Way
from bot.admin.compare.touched import Touched
from bot.talk.speech import Speech

LONG = 100  # characters of old and new together that still fit one line
MOST = 40  # changes told of one section; a program gets them all
WORSE = 1  # harm up to which a question is marked: something wrong is answered, or nothing any more


def lines(found: Changes, speech: Speech) -> Iterator[str]:
    """Every section under its heading; one line that says so when there is none."""
    if not found:
        yield speech.tell("diff.nothing")
    for section in found.sections:
        yield from of_section(section, speech)


def of_section(section: Section, speech: Speech) -> Iterator[str]:
    """The heading of *section*, and its changes below it."""
    whole = section.kind in {"group", "procedure"}
    yield (
        speech.tell(f"diff.{section.kind}-{section.state}", name=section.name, id=section.id) if whole else section.name
    )
    for change in section.changes[:MOST]:
        yield from (f"  {line}" for line in _change(change, speech))
    yield from _rest(len(section.changes), speech)


def of_questions(found: Sequence[Rerouted], tried: int, speech: Speech) -> Iterator[str]:
    """The questions that lead elsewhere, of so many *tried*."""
    if not found:
        yield speech.tell("diff.same-phrases", count=tried)
        return
    yield speech.tell("diff.phrases", count=f"{len(found)}/{tried}")
    for one in found[:MOST]:
        old, new = (_way(way, speech) for way in (one.old, one.new))
        mark = "⚠ " if one.harm <= WORSE else ""
        yield f"  {mark}{speech.tell('diff.phrase', phrase=one.phrase, old=old, new=new)}"
    yield from _rest(len(found), speech)


def of_talks(found: Touched, speech: Speech) -> Iterator[str]:
    """The talks and waiting questions it touches."""
    if not found.count and not found.cases:
        yield speech.tell("diff.untouched", total=found.total)
    if found.count:
        yield speech.tell("diff.sessions", count=found.count, total=found.total)
        for id, how, count in found.hows:
            yield f"  {speech.tell('diff.touched', count=count, id=id, how=speech.tell(f'diff.how.{how}'))}"
    if found.cases:
        yield speech.tell("diff.cases", numbers=", ".join(map(str, found.cases)))


def as_data(found: Changes, questions: Sequence[Rerouted], talks: Touched | None) -> dict[str, Any]:
    """All of it as plain data; *talks* is null when there is no database."""
    return {
        "changes": [asdict(section) for section in found.sections],
        "phrases": [{**asdict(one), "meant": sorted(one.meant), "harm": one.harm} for one in questions],
        "talks": None if talks is None else asdict(talks),
    }


def _change(change: Change, speech: Speech) -> Iterator[str]:
    what = change.what
    if change.language != speech.language:
        what += speech.tell(f"diff.in-{change.language}")
    if change.kind != "changed":
        said = _indented(change.old or change.new)
        yield speech.tell(f"diff.{change.kind}", what=what, old=said, new=said).removesuffix(": ")
        return
    if "\n" not in change.old + change.new and len(change.old) + len(change.new) <= LONG:
        yield speech.tell("diff.changed", what=what, old=change.old or "–", new=change.new or "–")
        return
    yield speech.tell("diff.reworded", what=what)
    yield from (f"  - {line}" for line in change.old.splitlines())
    yield from (f"  + {line}" for line in change.new.splitlines())


def _rest(count: int, speech: Speech) -> Iterator[str]:
    if count > MOST:
        yield f"  {speech.tell('diff.more', count=count - MOST)}"


def _indented(said: str) -> str:
    return said.replace("\n", "\n      ")


def _way(way: Way, speech: Speech) -> str:
    return speech.tell(f"diff.{way.decision}", id=way.id)
