"""What may go along with a screen, as values: a sheet to print, days for a calendar, a chart, a file of ours.

Files are made of them by `bot.press` when they are sent, so that the outbox holds words and no bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Style = Literal["title", "heading", "text", "tick", "under", "small"]
Format = Literal["pdf", "png"]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a sheet in the markup of `bot.markup`: a `tick` has a box before it, `under` goes on below it."""

    style: Style
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of A4 in large letters; *name* is that of its file, without the ending."""

    name: str
    lines: tuple[Line, ...]
    format: Format = "pdf"
    start: str = ""  # what the link in its QR code hands to the bot: opens the plan again; empty: no code
    start_note: str = ""  # what is said below the code
    codes: tuple[tuple[str, str], ...] = ()  # further links with what they lead to, each as a QR code at the end


@dataclass(frozen=True, slots=True)
class Event:
    """A day in a calendar; the same *id* again means the same event, perhaps moved."""

    id: str
    day: date
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dates:
    """Entries for the calendar of a phone."""

    name: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """What stands over *label* on the axis: *parts* upon each other, what they tell *above* them, and its *note*."""

    label: str
    parts: tuple[int, ...]
    above: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar that lies between its *label*, with a *note* under it, and what is said *beside* it."""

    label: str
    length: float
    beside: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars below each other; the longest, or a *whole*, takes all the room."""

    title: str
    bars: tuple[Bar, ...]
    whole: float = 0.0


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of numbers, in words ready to be read: columns over an axis, and lists of bars below them."""

    name: str
    title: str
    note: str
    kinds: tuple[str, ...]  # what each part of a column is, from the bottom
    columns: tuple[Column, ...]
    axis: str = ""  # what the labels on it are
    lists: tuple[Bars, ...] = ()


@dataclass(frozen=True, slots=True)
class Media:
    """A file of knowledge/media as it was at *stamp*; *ref* is how the channel knows it since it was first sent."""

    file: str
    stamp: str = ""
    ref: str = ""


Attachment = Sheet | Dates | Chart | Media


@dataclass(frozen=True, slots=True)
class Made:
    """A file, ready to be sent."""

    name: str
    content: bytes
    mime: str
