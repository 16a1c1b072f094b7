"""What is due for review: who keeps it, until when, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from bot.admin.warnings import ending
from bot.base.model import NOTHING, Base, Procedure, Reading, Record
from bot.base.problems import At
from bot.talk.speech import Speech


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """Something to be read again by *day*: a whole file, or a fact in it that ends then."""

    owner: str
    day: date
    at: At
    id: str
    what: str = ""  # the fact, such as "fee (counter)"; empty: the whole file
    read: Reading | None = None  # the last time somebody read the whole file


def due(base: Base, day: date, within: timedelta) -> list[Due]:
    """What is due by *day* and so much longer: by owner, the owner with the most urgent first, soonest first."""
    records = (*base.procedures.values(), *base.groups.values())
    found = [one for record in records for one in _dues(record) if one.day <= day + within]
    urgent: dict[str, date] = {}
    for one in found:
        urgent[one.owner] = min(one.day, urgent.get(one.owner, one.day))
    return sorted(found, key=lambda one: (urgent[one.owner], one))


def lines(found: list[Due], speech: Speech, day: date, folder: str) -> Iterator[str]:
    """*found* as an admin reads it on *day*; files are named from where one is."""
    for owner, dues in groupby(found, key=lambda one: one.owner):
        theirs = list(dues)
        yield speech.tell("stale.owner", owner=owner, count=len(theirs))
        for one in theirs:
            left = (one.day - day).days
            when = speech.tell("stale.late", days=-left) if left < 0 else speech.tell("stale.left", days=left)
            yield f"  {one.day}  {when:16}  {folder}{one.at}  {one.what}".rstrip()
            if one.read is not None:
                said = one.read.differs if one.read.differs != NOTHING else speech.tell("stale.nothing")
                yield f"      {speech.tell('stale.read', by=one.read.by, day=one.read.date, differs=said)}"
    yield speech.tell("stale.count" if found else "stale.none", count=len(found))


def _dues(record: Record) -> Iterator[Due]:
    if not isinstance(record, Procedure):
        yield Due(record.owner, record.review, record.at, record.id)
    else:
        last = max(reversed(record.read), key=lambda one: one.date)  # of one day: the one added last
        yield Due(record.owner, record.review, record.at, record.id, read=last)
        for filing in record.filings.values():
            for what, end in (("time", ending(filing.times)), ("fee", ending(filing.fees))):
                if end is not None:
                    yield Due(record.owner, end[1], end[0], record.id, f"{what} ({filing.channel})")
