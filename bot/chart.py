"""A chart drawn: columns over an axis, lists of bars below them. Lengths are millimetres, letter sizes are points."""

from __future__ import annotations

from collections.abc import Sequence

from bot.attachments import Bar, Bars, Chart
from bot.columns import COLOURS, HIGH, OVER, SIZE, SMALL, STRONG, UNDER, Columns
from bot.graph.drawing import GREY, WHITE, Drawing, height_of, width_of
from bot.markup import escape
from bot.paper import INK, Colour, Line

WIDTH, MARGIN = 200.0, 10.0
TITLE, HEADING = 17.0, 12.0
ABOVE, BELOW = 4.0, 2.0  # a heading
LABEL, BAR = 98.0, 44.0  # where bars begin, how long they are at the most
THICK, LEAST = 4.6, 1.6  # of a bar; the shortest that is seen
DOWN = 0.2  # from the top of a bar to that of what is beside it
BETWEEN = 2.6  # two bars
LINES = 2  # of a label
SQUARE = 3.2
RAIL: Colour = (240, 236, 231)


def drawn(chart: Chart) -> bytes:
    """*chart* as PNG."""
    drawing = Drawing()
    sheet = _Sheet(drawing, chart)
    drawing.begin(WIDTH, sheet.height)
    sheet.fill()
    return drawing.png()


class _Row:
    """A bar with its words laid out."""

    def __init__(self, drawing: Drawing, bar: Bar) -> None:
        room = LABEL - MARGIN - 4
        self.bar = bar
        self.label = _fitted(drawing, bar.label, room, SIZE, LINES)
        self.note = _fitted(drawing, bar.note, room, SMALL, 1) if bar.note else []
        self.beside = _fitted(drawing, bar.beside, WIDTH - MARGIN - LABEL - BAR - 3, SMALL, LINES)
        words = height_of(self.label, SIZE) + height_of(self.note, SMALL)
        self.height = max(words, THICK, DOWN + height_of(self.beside, SMALL)) + BETWEEN


class _List:
    """Bars below each other under a title."""

    def __init__(self, drawing: Drawing, bars: Bars) -> None:
        self.title = _fitted(drawing, bars.title, WIDTH - 2 * MARGIN, HEADING, 1, bold=True)
        self.rows = [_Row(drawing, bar) for bar in bars.bars]
        self.whole = bars.whole or max((bar.length for bar in bars.bars), default=0.0) or 1.0
        self.height = ABOVE + height_of(self.title, HEADING) + BELOW + sum(row.height for row in self.rows)


class _Sheet:
    """The page, from above."""

    def __init__(self, drawing: Drawing, chart: Chart) -> None:
        self._drawing = drawing
        self._chart = chart
        self._title = drawing.wrapped(f"**{escape(chart.title)}**", WIDTH - 2 * MARGIN, TITLE)
        self._note = drawing.wrapped(escape(chart.note), WIDTH - 2 * MARGIN, SIZE)
        self._lists = [_List(drawing, one) for one in chart.lists]
        self._top = MARGIN + height_of(self._title, TITLE) + height_of(self._note, SIZE) + 3
        self._base = self._top + SQUARE + OVER + HIGH
        self.height = self._base + UNDER + sum(one.height for one in self._lists) + MARGIN

    def fill(self) -> None:
        self._drawing.box((0, 0, WIDTH, self.height), WHITE, 0)
        y = self._drawing.write(self._title, MARGIN, MARGIN, TITLE)
        self._drawing.write(self._note, MARGIN, y, SIZE, GREY)
        self._legend()
        columns = Columns(self._drawing, self._chart.columns, self._chart.axis)
        columns.draw(MARGIN, WIDTH - MARGIN, self._base)
        y = self._base + UNDER
        for one in self._lists:
            self._list(one, y)
            y += one.height

    def _legend(self) -> None:
        x = MARGIN
        for kind, colour in zip(self._chart.kinds, COLOURS, strict=False):
            self._drawing.box((x, self._top, SQUARE, SQUARE), colour, 0.6)
            line = self._drawing.wrapped(escape(kind), WIDTH, SMALL)[:1]
            self._drawing.write(line, x + SQUARE + 1.6, self._top + SQUARE / 2 - height_of(line, SMALL) / 2, SMALL, INK)
            x += SQUARE + width_of(line[0]) + 8

    def _list(self, one: _List, y: float) -> None:
        y = self._drawing.write(one.title, MARGIN, y + ABOVE, HEADING) + BELOW
        for row in one.rows:
            self._row(row, y, row.bar.length / one.whole)
            y += row.height

    def _row(self, row: _Row, y: float, share: float) -> None:
        below = self._drawing.write(row.label, MARGIN, y, SIZE)
        self._drawing.write(row.note, MARGIN, below, SMALL, GREY)
        self._drawing.box((LABEL, y, BAR, THICK), RAIL, 0.8)
        if share > 0:
            self._drawing.box((LABEL, y, max(BAR * min(share, 1.0), LEAST), THICK), STRONG, 0.8)
        self._drawing.write(row.beside, LABEL + BAR + 3, y + DOWN, SMALL, INK)


def _fitted(  # noqa: PLR0913 a text and its place
    drawing: Drawing, text: str, width: float, size: float, most: int, *, bold: bool = False
) -> Sequence[Line]:
    """*text* in so many lines at the most, cut after a word."""
    mark = "**" if bold else ""
    lines = drawing.wrapped(f"{mark}{escape(text)}{mark}", width, size)
    while len(lines) > most and " " in (rest := text.removesuffix(" …")):
        text = rest.rpartition(" ")[0] + " …"
        lines = drawing.wrapped(f"{mark}{escape(text)}{mark}", width, size)
    return lines[:most]
