"""What is due: files and facts to be read again, guides that wait for pictures; who keeps it, until when, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from bot.admin.warnings import ending, vouched
from bot.base.model import NOTHING, Base, Move, Procedure, Reading, Vouched
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
    found = [one for record in vouched(base) for one in _dues(record) if one.day <= day + within]
    urgent: dict[str, date] = {}
    for one in found:
        urgent[one.owner] = min(one.day, urgent.get(one.owner, one.day))
    return sorted(found, key=lambda one: (urgent[one.owner], one))


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A place in a guide that waits for a picture of the screen."""

    owner: str
    at: At


def slots(base: Base) -> list[Slot]:
    """Every slot without a picture, by owner, file and line."""
    found = ((guide, move) for guide in base.guides.values() for move in guide.moves)
    return sorted(Slot(guide.owner, move.at) for guide, move in found if isinstance(move, Move) and move.picture == "")


def slot_lines(found: list[Slot], speech: Speech, folder: str) -> Iterator[str]:
    """*found* as an admin reads it: how many an owner has, and where, a file a line."""
    for owner, theirs in groupby(found, key=lambda one: one.owner):
        files = [(file, list(those)) for file, those in groupby(theirs, key=lambda one: one.at.file)]
        yield speech.tell("stale.pictures", owner=owner, count=sum(len(those) for _, those in files))
        for file, those in files:
            places = ", ".join(str(one.at.line) for one in those)
            yield f"  {folder}{file}  {speech.tell('stale.slots', count=len(those), places=places)}"


def old_lines(found: Sequence[Vouched], speech: Speech, folder: str) -> Iterator[str]:
    """What citizens called old since it was last checked."""
    if found:
        yield speech.tell("stale.called-old")
    for one in found:
        yield f"  {one.checked}  {folder}{one.at}  {one.owner}"


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


def _dues(record: Vouched) -> Iterator[Due]:
    if not isinstance(record, Procedure):
        yield Due(record.owner, record.review, record.at, record.id)
    else:
        last = max(reversed(record.read), key=lambda one: one.date)  # of one day: the one added last
        yield Due(record.owner, record.review, record.at, record.id, read=last)
        for filing in record.filings.values():
            for what, end in (("time", ending(filing.times)), ("fee", ending(filing.fees))):
                if end is not None:
                    yield Due(record.owner, end[1], end[0], record.id, f"{what} ({filing.channel})")
