"""Columns over an axis, as `bot.chart` draws them. Lengths are millimetres, letter sizes are points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import ceil

from bot.attachments import Column
from bot.graph.drawing import GREY, WHITE, Drawing, Point, height_of, width_of
from bot.markup import escape
from bot.paper import INK, Colour

HIGH = 56.0  # of the highest column
OVER, UNDER = 11.0, 12.0  # room for words above it and below the axis
AXIS = 11.0  # room for numbers left of the columns
STEPS = 4  # lines that the columns are measured by, at the most
WIDEST = 15.0  # of a column
WORDS = 12.0  # room for those above and below one
SIZE, SMALL, TINY = 9.5, 8.0, 7.0
STRONG: Colour = (190, 74, 48)
COLOURS: tuple[Colour, ...] = (STRONG, (233, 205, 142), (172, 203, 184), (170, 190, 205))
GRID: Colour = (222, 227, 231)


class Columns:
    """*axis* is what the labels of *columns* are."""

    def __init__(self, drawing: Drawing, columns: Sequence[Column], axis: str) -> None:
        self._drawing = drawing
        self._columns = columns
        self._axis = axis
        self._step, self._top = scale(max((sum(one.parts) for one in columns), default=0))

    def draw(self, left: float, right: float, base: float) -> None:
        self._measure(left, right, base)
        slot = (right - left - AXIS) / max(len(self._columns), 1)
        for place, column in enumerate(reversed(self._columns)):
            middle = right - (place + 0.5) * slot
            self._column(column, (middle, base), min(0.6 * slot, WIDEST))
            if slot >= WORDS and column.above:
                self._words(column, (middle, base - self._height(sum(column.parts))))
            if place % ceil(WORDS / slot) == 0:  # the last in any case, and as many more as have room
                self._middle(escape(column.label), (middle, base + 3.4), SMALL, INK)
        self._drawing.line([(left + AXIS, base), (right, base)], GREY)

    def _measure(self, left: float, right: float, base: float) -> None:
        """The lines behind the columns, and what is said left of them."""
        for value in range(0, self._top + 1, self._step):
            y = base - self._height(value)
            self._drawing.line([(left + AXIS, y), (right, y)], GRID)
            self._middle(str(value), (left + AXIS / 2, y), SMALL, GREY)
        axis = self._drawing.wrapped(escape(self._axis), AXIS + 8, TINY)
        self._drawing.write(axis, left, base + 1.8, TINY, GREY)

    def _column(self, column: Column, foot: Point, width: float) -> None:
        ends = [0.0, *map(self._height, accumulate(column.parts))]
        for low, high, colour in zip(ends, ends[1:], COLOURS, strict=False):
            if high > low:
                self._drawing.box((foot[0] - width / 2, foot[1] - high, width, high - low), colour, 0)

    def _words(self, column: Column, head: Point) -> None:
        x, y = head
        self._drawing.box((x - WORDS / 2, y - 8.4, WORDS, 8), WHITE, 0)  # no line through words
        self._middle(escape(column.note), (x, y - 2.4), TINY, GREY)
        self._middle(f"**{escape(column.above)}**", (x, y - 6.2), SIZE, STRONG)

    def _middle(self, markup: str, at: Point, size: float, colour: Colour) -> None:
        """*markup* in one line around this point."""
        line = self._drawing.wrapped(markup, 1000, size)[0]
        self._drawing.write([line], at[0] - width_of(line) / 2, at[1] - height_of([line], size) / 2, size, colour)

    def _height(self, value: float) -> float:
        return HIGH * value / self._top


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
