"""A sheet to print: large letters for old eyes, boxes to tick, QR codes that lead back to the bot or to a video.

Lengths are millimetres, letter sizes are points.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import segno

from bot.attachments import Line, Sheet, Style
from bot.paper import HEIGHT, INK, WIDTH, Colour, Paper, leading

MARGIN = 16.0
BOTTOM = HEIGHT - 14.0
CODE = 34.0  # side of a QR code with its quiet zone
TICK = 4.6  # side of a box to tick
INDENT = TICK + 3.5
BULLET = "• "
HANGING = 4.0  # of what has a bullet
QUIET: Colour = (62, 80, 94)
WHITE: Colour = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Look:
    """How a style is set: letter size, room above, whether bold."""

    size: float
    above: float
    bold: bool = False


LOOKS: dict[Style, Look] = {
    "title": Look(21, 0, bold=True),
    "heading": Look(15, 4.5, bold=True),
    "text": Look(12.5, 1.2),
    "tick": Look(12.5, 1.8),
    "under": Look(11.5, 0.2),
    "small": Look(11, 1),
}


def draw(sheet: Sheet, link: Callable[[str], str]) -> bytes:
    """*sheet* as PDF; *link* turns what a QR code hands to the bot into an address."""
    layout = _Layout(sheet, link)
    for line in sheet.lines:
        layout.put(line)
    for address, note in sheet.codes:
        layout.code(address, note)
    return layout.pdf()


class _Layout:
    """Pages filled from above."""

    def __init__(self, sheet: Sheet, link: Callable[[str], str]) -> None:
        self._paper = Paper()
        self._paper.page()
        self._y = MARGIN
        self._beside = MARGIN  # down to here there is a code at the right edge
        if sheet.start:
            left = WIDTH - MARGIN - CODE
            self._beside = self._draw_code(link(sheet.start), sheet.start_note, left, MARGIN) + 2

    def put(self, line: Line) -> None:
        look = LOOKS[line.style]
        indent = INDENT if line.style in {"tick", "under"} else 0.0
        width = WIDTH - 2 * MARGIN - indent - (CODE + 4 if self._y + look.above < self._beside else 0)
        text = f"**{line.text}**" if look.bold and "**" not in line.text else line.text
        if text.startswith(BULLET):
            text, indent, width = text.removeprefix(BULLET), HANGING, width - HANGING
        rows = self._paper.wrapped(text, width, look.size)
        kept = 3 if line.style == "heading" else min(len(rows), 2)  # a heading stands with what it heads
        self._room(look.above + kept * leading(look.size))
        self._y += look.above
        if line.style == "tick":
            self._paper.frame((MARGIN, self._y + 0.6, TICK, TICK))
        if indent == HANGING:
            self._paper.write(self._paper.wrapped(BULLET, HANGING, look.size), MARGIN, self._y, look.size)
        for row in rows:
            self._room(leading(look.size))
            colour = QUIET if line.style == "small" else INK
            self._y = self._paper.write([row], MARGIN + indent, self._y, look.size, colour)

    def code(self, address: str, note: str) -> None:
        """A QR code of *address* with *note* beside it."""
        self._room(CODE + 4)
        self._y += 4
        self._draw_code(address, "", MARGIN, self._y)
        size = LOOKS["text"].size
        rows = self._paper.wrapped(note, WIDTH - 2 * MARGIN - CODE - 4, size)
        self._paper.write(rows, MARGIN + CODE + 4, self._y + 3, size)
        self._y += CODE

    def pdf(self) -> bytes:
        return self._paper.pdf()

    def _room(self, height: float) -> None:
        """Begin another page when this one has less than *height* left."""
        if self._y + height > BOTTOM:
            self._paper.page()
            self._y = self._beside = MARGIN

    def _draw_code(self, address: str, note: str, x: float, y: float) -> float:
        """Put the code of *address* at *x*, *y*, with *note* below; the y below that."""
        self._paper.code(segno.make(address, error="m").matrix_iter(border=4), (x, y, CODE))
        size = LOOKS["small"].size
        return self._paper.write(self._paper.wrapped(note, CODE, size), x, y + CODE, size, QUIET) if note else y + CODE
