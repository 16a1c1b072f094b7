"""The screens of a preview laid out as phones, several on a page of paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from bot.admin.screens import Shot
from bot.markup import escape
from bot.messages import Rows
from bot.paper import HEIGHT, WIDTH, Colour, Line, Paper, leading, pictures

MARGIN, GAP = 8.0, 4.0
COLUMNS = 3
PHONE = (WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS
INSIDE = 3.0  # between the edge of a phone, its bubble and the words in it
SIZE, SMALL, MEDIUM, LARGE = 8.5, 7.0, 10.5, 14.0  # letters, in points
LEAST = 60.0  # room below a heading; with less it begins the next page
BUTTON, BETWEEN = 6.4, 1.2
DESK: Colour = (223, 232, 238)
BUBBLE: Colour = (255, 255, 255)
PILL: Colour = (195, 215, 230)
LABEL: Colour = (11, 74, 125)
CAPTION: Colour = (90, 110, 126)


class Album:
    """Pages of phones: each goes under the shortest column, a new page begins when it has no room there."""

    def __init__(self) -> None:
        self._paper = Paper()
        self._ends: list[float] = []  # how far down each column of this page is filled

    def begin(self, title: str, lines: Iterable[str]) -> None:
        """The first page, with *title* and *lines* of markup above all."""
        self._page(HEIGHT)
        self._above(f"**{title}**", LARGE)
        self._above("\n".join(lines), SIZE)

    def part(self, title: str) -> None:
        """What follows stands under *title*, below what there is."""
        if max(self._ends) + LEAST > HEIGHT:
            self._page(HEIGHT)
        self._above(f"**{title}**", MEDIUM)

    def add(self, shot: Shot) -> None:
        """One screen, in the next place that has room for it."""
        words = self._paper.wrapped(shot.screen.text, PHONE - 4 * INSIDE, SIZE)
        height = _height(words, shot.screen.buttons)
        if min(self._ends) + height > HEIGHT - MARGIN:
            self._page(height + 2 * MARGIN)
        column = self._ends.index(min(self._ends))
        self._phone(shot, words, MARGIN + column * (PHONE + GAP), self._ends[column])
        self._ends[column] += height + GAP

    def pdf(self) -> bytes:
        return self._paper.pdf()

    def _page(self, height: float) -> None:
        self._paper.page(height)
        self._ends = [MARGIN] * COLUMNS

    def _above(self, markup: str, size: float) -> None:
        """Words across the page, below all columns."""
        lines = self._paper.wrapped(markup, WIDTH - 2 * MARGIN, size)
        self._ends = [self._paper.write(lines, MARGIN, max(self._ends), size) + INSIDE] * COLUMNS

    def _phone(self, shot: Shot, words: list[Line], x: float, y: float) -> None:
        """What *shot* is called, and below it the bubble with its *words* and the buttons."""
        paper = self._paper
        paper.box((x, y, PHONE, _height(words, shot.screen.buttons)), DESK, 4)
        caption = paper.wrapped(f"**{escape(shot.title)}** {escape(shot.name)}", PHONE - 2 * INSIDE, SMALL)[:1]
        y = paper.write(caption, x + INSIDE, y + INSIDE / 2, SMALL, CAPTION) + INSIDE / 2
        paper.box((x + INSIDE, y, PHONE - 2 * INSIDE, _bubble(words)), BUBBLE, 3)
        paper.write(words, x + 2 * INSIDE, y + INSIDE, SIZE)
        y += _bubble(words) + BETWEEN
        for row in shot.screen.buttons:
            wide = (PHONE - 2 * INSIDE - (len(row) - 1) * BETWEEN) / len(row)
            for place, button in enumerate(row):
                box = (x + INSIDE + place * (wide + BETWEEN), y, wide, BUTTON)
                paper.pill(button.label, box, SIZE - 1, PILL, LABEL)
            y += BUTTON + BETWEEN


def album(title: str, lines: Iterable[str], shots: Iterable[Shot]) -> Iterator[bytes]:
    """The pages with all *shots* as PNG; *lines* of markup stand above them, under *title*."""
    found = Album()
    found.begin(escape(title), lines)
    for part, screens in groupby(shots, key=lambda shot: shot.part):
        if part:
            found.part(escape(part))
        for shot in screens:
            found.add(shot)
    return pictures(found.pdf())


def _bubble(words: list[Line]) -> float:
    return len(words) * leading(SIZE) + 2 * INSIDE


def _height(words: list[Line], rows: Rows) -> float:
    return 2 * INSIDE + leading(SMALL) + _bubble(words) + len(rows) * (BUTTON + BETWEEN) + BETWEEN
