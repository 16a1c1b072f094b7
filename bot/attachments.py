"""What may go along with a screen, as values: a sheet to print, days for a calendar, a picture or video of ours.

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
class Media:
    """A file of knowledge/media as it was at *stamp*; *ref* is how the channel knows it since it was first sent."""

    file: str
    stamp: str = ""
    ref: str = ""


Attachment = Sheet | Dates | Media


@dataclass(frozen=True, slots=True)
class Made:
    """A file, ready to be sent."""

    name: str
    content: bytes
    mime: str
