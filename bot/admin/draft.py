"""A procedure file begun from a portal record: its facts, ??? where a human must decide, its words as comments only.

The sentences of the portal are for the admin to read, never for citizens: they stand behind a # and nowhere else.
"""

from __future__ import annotations

import itertools
import json
import textwrap
from collections.abc import Callable, Iterator

from bot.admin import portal
from bot.admin.portal import Row, text
from bot.base.model import NOTHING, Base
from bot.base.problems import BLANK
from bot.base.records import CONFIDENCE, KEYWORDS, NAME, PHRASES, SHORT
from bot.matching.normalise import fold
from bot.talk.speech import Speech

LINK = "https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc-hanh-chinh.html?ma_thu_tuc="
LAWS = 6  # the important ones; somebody has to choose
HINTS = 3
WIDTH = 110

Say = Callable[..., str]


def draft(row: Row, base: Base, speech: Speech) -> str:
    """The YAML of a procedure file from *row*; *base* has the papers and offices it may name."""
    say = speech.tell
    parts = (
        _head(row, base, say),
        _filing(row, say),
        _documents(row, base, say),
        _words(row, say),
        _tail(row, base, say),
    )
    return "\n".join(itertools.chain.from_iterable(parts)) + "\n"


def _head(row: Row, base: Base, say: Say) -> Iterator[str]:
    code, name = text(row, "code"), _bare(text(row, "name"))
    yield f"# {say('draft.title', blank=BLANK)}"
    for there in (*base.procedures.values(), *base.groups.values()):
        if code in (there.code, *there.aliases):
            yield f"# {say('draft.there', at=there.at)}"
    yield from _comment(say("draft.about"), "; ".join(text(row, key) for key in ("decision", "level", "field")))
    yield f"code: {_scalar(code)}"
    yield from _comment(say("draft.name"), text(row, "name"))
    yield "name:"
    yield f"  vi: {_scalar(name) if len(name) <= NAME else BLANK}"
    yield f"  en: {BLANK}"
    yield f"short: {BLANK}    # {say('draft.short', limit=SHORT)}"
    yield from _comment(say("draft.summary"), text(row, "description"))
    yield f"summary: {BLANK}"
    yield from _comment(say("draft.office"), "; ".join(text(row, key) for key in ("agency", "authority", "address")))
    yield f"office: {BLANK}    # {', '.join(base.offices)}"


def _filing(row: Row, say: Say) -> Iterator[str]:
    yield "filing:"
    ways = portal.rows(row, "channels")
    for how, channel in portal.CHANNELS.items():
        if said := [way for way in ways if text(way, "how") == how]:
            yield f"  {channel}:"
            for key, read in (("time", portal.time), ("fee", portal.fee)):
                yield from _comment(say("draft.record"), "\n".join(text(way, key) for way in said), "    ")
                found = {read(text(way, key)) for way in said}  # several cases have several rows
                yield f"    {key}: {(found.pop() if len(found) == 1 else '') or BLANK}"
            yield from _comment(say("draft.record"), "\n".join(text(way, "note") for way in said), "    ")
    if all(text(way, "how") not in portal.CHANNELS for way in ways):
        yield f"  counter: {BLANK}    # {say('draft.none')}"


def _documents(row: Row, base: Base, say: Say) -> Iterator[str]:
    papers = portal.rows(row, "documents")
    yield "documents:" if papers else f"documents: []    # {say('draft.none')}"
    part = ""
    for paper in papers:
        if text(paper, "group") != part:
            part = text(paper, "group")
            yield from _comment(say("draft.part"), part, "  ")
        yield from _comment(say("draft.record"), text(paper, "name"), "  ")
        kinds = _perhaps(text(paper, "name"), base)
        yield f"  - kind: {BLANK}" + (f"    # {say('draft.perhaps', kinds=kinds)}" if kinds else "")
        if copies := portal.form(paper):
            yield f"    form: {copies}"


def _perhaps(name: str, base: Base) -> str:
    """The kinds of paper whose name is in *name*, the longest first."""
    said = f" {fold(name)} "
    found = [(len(kind.name.vi), id) for id, kind in base.documents.items() if f" {fold(kind.name.vi)} " in said]
    return ", ".join(id for _, id in sorted(found, reverse=True)[:HINTS])


def _words(row: Row, say: Say) -> Iterator[str]:
    yield from _comment(say("draft.record"), text(row, "result"))
    yield f"result: {BLANK}"
    yield f"# answers: {say('draft.answers')}"
    yield from _comment(say("draft.audience"), text(row, "audience"))
    yield from _comment(say("draft.conditions"), text(row, "conditions"))
    yield from _comment(say("draft.how"), text(row, "steps"))
    yield f"how:\n  - {BLANK}"
    yield f"exceptions:    # {say('draft.exceptions')}\n  - {BLANK}"
    laws = portal.legal(row)
    if laws:
        yield f"legal: [{', '.join(map(_scalar, laws[:LAWS]))}]"
    yield from _comment(say("draft.laws"), ", ".join(laws[LAWS:]))


def _tail(row: Row, base: Base, say: Say) -> Iterator[str]:
    yield "sources:"
    yield f"  - link: {_scalar(LINK + text(row, 'code'))}"
    yield '    title: "Cổng Dịch vụ công quốc gia, bản chụp"'
    yield f"    date: {BLANK}    # {say('draft.date')}"
    yield f"checked: {BLANK}    # {say('draft.checked')}"
    yield f"read:    # {say('draft.read', nothing=NOTHING)}"
    yield from (f"  {dash} {key}: {BLANK}" for dash, key in (("-", "by"), (" ", "date"), (" ", "differs")))
    yield f"owner: {BLANK}    # {', '.join(base.fields)}"
    yield f"confidence: {BLANK}    # {', '.join(CONFIDENCE)}"
    yield from _comment(say("draft.keywords"), text(row, "keywords"))
    yield f"phrases:    # {say('draft.phrases')}"
    yield from (f"  - {BLANK}" for _ in range(PHRASES))
    yield f"keywords:    # {say('draft.own')}"
    yield from (f"  - {BLANK}" for _ in range(KEYWORDS))


def _bare(name: str) -> str:
    """The official *name* without the word "procedure" before it, on one line."""
    name = " ".join(name.split())
    rest = name.removeprefix("Thủ tục ")
    return rest[:1].upper() + rest[1:]


def _comment(what: str, said: str, indent: str = "") -> Iterator[str]:
    """*said* as comment lines; nothing when there is nothing to say."""
    lines = [line for line in said.split("\n") if line.strip(" ;")]
    for number, line in enumerate(lines):
        start = f"{what}: " if number == 0 else "  "
        yield from textwrap.wrap(start + line, WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}#   ")


def _scalar(said: str) -> str:
    """*said* in quotation marks, as YAML reads them."""
    return json.dumps(said, ensure_ascii=False)
