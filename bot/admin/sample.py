"""Procedures drawn by lot beside their portal records, for somebody who reads whether ours are right.

What a machine can compare (codes, times, sums, legal numbers) is marked where it differs; sentences are marked for
the reader to compare. A mark is a reason to look, no error: a sum of 0 on the portal mostly means "set elsewhere".
"""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, zip_longest
from typing import NamedTuple

from bot.admin import portal
from bot.admin.portal import Row
from bot.base.model import CHANNELS, Base, Fee, Filing, Procedure, Time
from bot.matching.normalise import fold
from bot.talk.speech import Speech

LABEL, CELL = 14, 46  # characters: with marks and rules a line has 114
SAME, DIFFERS, LOOK = " ", "≠", "?"


class Fact(NamedTuple):
    """One fact of a procedure: what we say and what the record says, line by line, and whether they agree."""

    mark: str
    label: str
    ours: Sequence[str]
    theirs: Sequence[str]


def draw(ids: Iterable[str], count: int, seed: int) -> list[str]:
    """*count* of *ids*: a lot that the same *seed* repeats, also when the base has grown by others."""
    return sorted(ids, key=lambda one: hashlib.sha256(f"{seed} {one}".encode()).digest())[: max(count, 0)]


def by_id(procedures: Iterable[Procedure], found: Iterable[Row]) -> dict[str, Row]:
    """The record among *found* of each of *procedures*, by its id; that of a former code where its own has none."""
    rows = {portal.text(row, "code"): row for row in found}
    codes = ((one.id, code) for one in procedures for code in (*reversed(one.aliases), one.code))
    return {id: rows[code] for id, code in codes if code in rows}


def lines(procedure: Procedure, row: Row | None, base: Base, speech: Speech) -> Iterator[str]:
    """*procedure* beside *row*, as plain text."""
    yield f"── {procedure.code}  {procedure.id}  {procedure.at} ".ljust(LABEL + 2 * CELL + 8, "─")
    if row is None:
        yield f"  {speech.tell('sample.no-record')}"
        return
    yield from _table(Fact(SAME, "", [speech.tell("sample.ours")], [speech.tell("sample.record")]))
    yield from chain.from_iterable(_table(fact) for fact in _facts(procedure, row, base, speech))


def _table(fact: Fact) -> Iterator[str]:
    """*fact* as lines of two columns."""
    ours, theirs = (list(chain.from_iterable(map(_wrapped, side))) for side in (fact.ours, fact.theirs))
    for number, (left, right) in enumerate(zip_longest(ours, theirs, fillvalue="")):
        head = f"{fact.mark} {fact.label[:LABEL]:{LABEL}}" if number == 0 else " " * (LABEL + 2)
        yield f"{head} │ {left:{CELL}} │ {right}".rstrip()


def _wrapped(said: str) -> Iterator[str]:
    for line in said.splitlines():
        yield from textwrap.wrap(line, CELL, subsequent_indent="  ", break_on_hyphens=False)


def _facts(procedure: Procedure, row: Row, base: Base, speech: Speech) -> Iterator[Fact]:
    code, name = portal.text(row, "code"), portal.line(row, "name")
    yield Fact(_unless(code == procedure.code), speech.tell("sample.code"), [procedure.code], [code])
    same = SAME if fold(name).endswith(fold(procedure.name.vi)) else LOOK
    yield Fact(same, speech.tell("sample.name"), [speech.text(procedure.name)], [name])
    who = dict.fromkeys(portal.text(row, key) for key in ("level", "agency", "authority", "address"))
    yield Fact(LOOK, speech.tell("aspect.place"), [speech.text(base.offices[procedure.office].name)], list(who))
    for channel in CHANNELS:
        ways = [way for way in portal.rows(row, "channels") if portal.CHANNELS.get(portal.text(way, "how")) == channel]
        if ways or channel in procedure.filings:
            yield from _filing(channel, procedure.filings.get(channel), ways, speech)
    papers = list(_their_papers(portal.rows(row, "documents")))
    yield Fact(LOOK, speech.tell("aspect.documents"), list(_papers(procedure, base, speech)), papers)
    laws = portal.legal(row)
    ours = [law if law in laws else f"{law} {DIFFERS}" for law in procedure.legal]
    yield Fact(_unless(ours == list(procedure.legal)), speech.tell("sample.legal"), ours, laws)
    yield Fact(LOOK, speech.tell("aspect.result"), [speech.text(procedure.result)], [portal.text(row, "result")])


def _filing(channel: str, ours: Filing | None, ways: Sequence[Row], speech: Speech) -> Iterator[Fact]:
    """Time, fee and note of one way to file, which one of us may not have."""
    times, fees = ((), ()) if ours is None else (ours.times, ours.fees)
    note = "" if ours is None or ours.note is None else speech.text(ours.note)
    there = {key: list(dict.fromkeys(portal.text(way, key) for way in ways)) for key in ("time", "fee", "note")}
    sums = [one for said in there["fee"] for one in said.split(" | ")]
    alone = ours is None or not ways
    mark = DIFFERS if alone else _times(times, there["time"])
    yield Fact(mark, speech.tell(f"channel.{channel}"), [speech.time(time) for time in times], there["time"])
    mark = DIFFERS if alone else _fees(fees, sums)
    yield Fact(mark, speech.tell("aspect.fee"), [_dated(fee, speech) for fee in fees], sums)
    yield Fact(LOOK, speech.tell("sample.note"), [note], there["note"])


def _times(ours: Iterable[Time], theirs: Iterable[str]) -> str:
    """Whether these are the same times; those that the record writes in words are for the reader."""
    there = {portal.duration(said) for said in theirs}
    here = {duration for time in ours for duration in (time.usual, time.checking) if duration is not None}
    return LOOK if None in there else _unless(here == there)


def _fees(ours: Iterable[Fee], theirs: Iterable[str]) -> str:
    """Whether these are the same sums; no sum and 0 may mean anything."""
    there = {amount for said in theirs for amount in portal.amounts(said)} - {0}
    here = {fee.amount for fee in ours} - {0, None}
    return _unless(here == there) if here or there else LOOK


def _dated(fee: Fee, speech: Speech) -> str:
    since = "" if fee.span.since is None else speech.tell("sample.since", day=speech.day(fee.span.since))
    return since + speech.fee(fee)


def _papers(procedure: Procedure, base: Base, speech: Speech) -> Iterator[str]:
    for number, paper in enumerate(procedure.documents, 1):
        said = (base.documents[paper.kind].name, paper.form, paper.condition)
        yield f"{number}. {', '.join(speech.text(text) for text in said if text is not None)}"


def _their_papers(papers: Iterable[Row]) -> Iterator[str]:
    """Their papers, each part of the list under its name."""
    part = ""
    for number, paper in enumerate(papers, 1):
        if portal.line(paper, "group") != part:
            yield (part := portal.line(paper, "group"))
        yield f"{number}. {portal.line(paper, 'name')} ({portal.form(paper)})".removesuffix(" ()")


def _unless(same: bool) -> str:
    return SAME if same else DIFFERS
