"""A chart drawn: columns over an axis, lists of bars below them. Lengths are millimetres, letter sizes are points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from bot.attachments import Bar, Bars, Chart, Column
from bot.graph.drawing import GREY, WHITE, Drawing, Point, height_of, width_of
from bot.markup import escape
from bot.paper import INK, Colour, Line

WIDTH, MARGIN = 200.0, 10.0
TITLE, HEADING, SIZE, SMALL = 17.0, 12.0, 9.5, 8.0
AXIS = 11.0  # room for the numbers left of the columns
PLOT = 56.0  # height of the highest column
OVER = 11.0  # room above it
STEPS = 4  # lines that the columns are measured by, at the most
WIDEST = 15.0  # of a column
LABEL, BAR = 98.0, 44.0  # where bars begin, how long they are at the most
THICK = 4.6  # of a bar
BETWEEN = 2.6  # two bars
DOWN = 0.2  # from the top of a bar to that of what is beside it
SQUARE = 3.2
LINES = 2  # of a label
STRONG: Colour = (190, 74, 48)
COLOURS: tuple[Colour, ...] = (STRONG, (233, 205, 142), (172, 203, 184), (170, 190, 205))
RAIL: Colour = (240, 236, 231)
GRID: Colour = (222, 227, 231)


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


class _Sheet:
    """The page, from above."""

    def __init__(self, drawing: Drawing, chart: Chart) -> None:
        self._drawing = drawing
        self._chart = chart
        self._title = drawing.wrapped(f"**{escape(chart.title)}**", WIDTH - 2 * MARGIN, TITLE)
        self._note = drawing.wrapped(escape(chart.note), WIDTH - 2 * MARGIN, SIZE)
        self._lists = [(one, [_Row(drawing, bar) for bar in one.bars]) for one in chart.lists]
        self._top = MARGIN + height_of(self._title, TITLE) + height_of(self._note, SIZE) + 3
        self._base = self._top + SQUARE + OVER + PLOT
        lists = sum(_above_list(drawing) + sum(row.height for row in rows) for _, rows in self._lists)
        self.height = self._base + 12 + lists + MARGIN

    def fill(self) -> None:
        self._drawing.box((0, 0, WIDTH, self.height), WHITE, 0)
        y = self._drawing.write(self._title, MARGIN, MARGIN, TITLE)
        self._drawing.write(self._note, MARGIN, y, SIZE, GREY)
        self._legend()
        self._columns()
        y = self._base + 12
        for one, rows in self._lists:
            y = self._list(one, rows, y)

    def _legend(self) -> None:
        x = MARGIN
        for kind, colour in zip(self._chart.kinds, COLOURS, strict=False):
            self._drawing.box((x, self._top, SQUARE, SQUARE), colour, 0.6)
            line = self._drawing.wrapped(escape(kind), WIDTH, SMALL)[:1]
            self._drawing.write(line, x + SQUARE + 1.6, self._top + SQUARE / 2 - height_of(line, SMALL) / 2, SMALL, INK)
            x += SQUARE + width_of(line[0]) + 8

    def _columns(self) -> None:
        step, top = scale(max((sum(one.parts) for one in self._chart.columns), default=0))
        for value in range(0, top + 1, step):
            y = self._base - PLOT * value / top
            self._drawing.line([(MARGIN + AXIS, y), (WIDTH - MARGIN, y)], GRID)
            self._middle(str(value), (MARGIN + AXIS / 2, y), SMALL, GREY)
        slot = (WIDTH - 2 * MARGIN - AXIS) / max(len(self._chart.columns), 1)
        for place, column in enumerate(self._chart.columns):
            self._column(column, MARGIN + AXIS + (place + 0.5) * slot, min(0.6 * slot, WIDEST), top)
        self._drawing.line([(MARGIN + AXIS, self._base), (WIDTH - MARGIN, self._base)], GREY)
        axis = self._drawing.wrapped(escape(self._chart.axis), AXIS + 8, SMALL - 1)
        self._drawing.write(axis, MARGIN, self._base + 1.8, SMALL - 1, GREY)

    def _column(self, column: Column, middle: float, width: float, full: int) -> None:
        ends = [0.0, *(PLOT * value / full for value in accumulate(column.parts))]
        for low, high, colour in zip(ends, ends[1:], COLOURS, strict=False):
            if high > low:
                self._drawing.box((middle - width / 2, self._base - high, width, high - low), colour, 0)
        top = self._base - ends[-1]
        self._drawing.box((middle - width / 2, top - 8.4, width, 8), WHITE, 0)  # no line through words
        self._middle(escape(column.note), (middle, top - 2.4), SMALL - 1, GREY)
        self._middle(f"**{escape(column.above)}**" if column.above else "", (middle, top - 6.2), SIZE, STRONG)
        self._middle(escape(column.label), (middle, self._base + 3.4), SMALL, INK)

    def _list(self, bars: Bars, rows: Sequence[_Row], y: float) -> float:
        y += 4
        heading = self._drawing.wrapped(f"**{escape(bars.title)}**", WIDTH - 2 * MARGIN, HEADING)[:1]
        y = self._drawing.write(heading, MARGIN, y, HEADING) + 2
        whole = bars.whole or max((bar.length for bar in bars.bars), default=0.0) or 1.0
        for row in rows:
            self._row(row, y, row.bar.length / whole)
            y += row.height
        return y

    def _row(self, row: _Row, y: float, share: float) -> None:
        below = self._drawing.write(row.label, MARGIN, y, SIZE)
        self._drawing.write(row.note, MARGIN, below, SMALL, GREY)
        self._drawing.box((LABEL, y, BAR, THICK), RAIL, 0.8)
        if share > 0:
            self._drawing.box((LABEL, y, max(BAR * min(share, 1.0), 1.6), THICK), STRONG, 0.8)
        self._drawing.write(row.beside, LABEL + BAR + 3, y + DOWN, SMALL, INK)

    def _middle(self, markup: str, at: Point, size: float, colour: Colour) -> None:
        """*markup* in one line around this point."""
        line = self._drawing.wrapped(markup, WIDTH, size)[0]
        self._drawing.write([line], at[0] - width_of(line) / 2, at[1] - height_of([line], size) / 2, size, colour)


def scale(most: int) -> tuple[int, int]:
    """The distance of the lines on an axis that reaches *most*, and its last line."""
    step = next(step for step in _steps() if step * STEPS >= most)
    return step, step * max(-(-most // step), 1)


def _steps() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50 …: what people count in."""
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def _fitted(drawing: Drawing, text: str, width: float, size: float, most: int) -> list[Line]:
    """*text* in so many lines at the most, cut after a word."""
    lines = drawing.wrapped(escape(text), width, size)
    while len(lines) > most and " " in text.removesuffix(" …"):
        text = text.removesuffix(" …").rpartition(" ")[0] + " …"
        lines = drawing.wrapped(escape(text), width, size)
    return lines[:most]


def _above_list(drawing: Drawing) -> float:
    return 4 + height_of(drawing.wrapped("x", WIDTH, HEADING), HEADING) + 2
