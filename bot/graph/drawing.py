"""What diagrams are drawn with: lines, curves, arrows and shapes beside the words of `bot.paper`.

Lengths are millimetres from the left upper corner, as there.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.paper import POINT, Colour, Line, Paper, leading, picture

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # x, y, width, height

GREY: Colour = (110, 125, 138)
PALE: Colour = (243, 246, 248)
THIN = 0.35
HEAD = 2.0  # length of an arrow's head
ROUND = 3.6  # from the middle of a diamond to its corners
NUMBER = 8.0  # points
WHITE: Colour = (255, 255, 255)

HUES: tuple[Colour, ...] = (
    *((52, 110, 161), (178, 92, 62), (74, 134, 92), (134, 90, 150), (170, 132, 44)),
    *((60, 138, 146), (176, 80, 112), (104, 114, 60), (92, 98, 160), (140, 104, 84)),
)


class Drawing(Paper):
    """One page of any size, which is known once all words are measured."""

    def begin(self, width: float, height: float) -> None:
        self._pdf.add_page(format=(width, height))

    def png(self) -> bytes:
        """The page as a picture; it is done then."""
        done = picture(self.pdf(), flat=True)
        self.close()
        return done

    def line(self, points: Sequence[Point], colour: Colour, width: float = THIN) -> None:
        """Straight from point to point."""
        self._pen(colour, width)
        self._pdf.polyline(list(points))

    def curve(self, start: Point, end: Point, colour: Colour, width: float = THIN) -> None:
        """From left to right, level at both ends."""
        self._pen(colour, width)
        bend = max(6.0, 0.5 * abs(end[0] - start[0]))
        self._pdf.bezier([start, (start[0] + bend, start[1]), (end[0] - bend, end[1]), end])

    def arrow(self, tip: Point, colour: Colour, *, left: bool = False) -> None:
        """The head of an arrow that points right, or left."""
        back = HEAD if left else -HEAD
        self.shape([tip, (tip[0] + back, tip[1] - HEAD / 2), (tip[0] + back, tip[1] + HEAD / 2)], colour)

    def shape(self, points: Sequence[Point], fill: Colour) -> None:
        """A filled polygon."""
        self._pdf.set_fill_color(*fill)
        self._pdf.polygon(list(points), style="F")

    def outline(self, box: Box, colour: Colour, radius: float, *, dashed: bool = False) -> None:
        """The edge of a rectangle with round corners."""
        self._pen(colour, THIN)
        if dashed:
            self._pdf.set_dash_pattern(dash=1.4, gap=1.0)
        self._pdf.rect(*box, style="D", round_corners=True, corner_radius=radius)
        self._pdf.set_dash_pattern()

    def dot(self, centre: Point, radius: float, fill: Colour) -> None:
        self._pdf.set_fill_color(*fill)
        self._pdf.ellipse(centre[0] - radius, centre[1] - radius, 2 * radius, 2 * radius, style="F")

    def disc(self, centre: Point, number: int, fill: Colour) -> None:
        """A *number* in a circle."""
        self.dot(centre, 2.7, fill)
        self.centred(str(number), centre, NUMBER, WHITE)

    def diamond(self, centre: Point, number: int, fill: Colour) -> None:
        """A *number* in a diamond."""
        x, y = centre
        self.shape([(x, y - ROUND), (x + ROUND, y), (x, y + ROUND), (x - ROUND, y)], fill)
        self.centred(str(number), centre, NUMBER, WHITE)

    def centred(self, text: str, centre: Point, size: float, colour: Colour) -> None:
        """*text* in bold, in one line around *centre*."""
        line = self.wrapped(f"**{text}**", 1000, size)[0]
        wide = width_of(line)
        self.write([line], centre[0] - wide / 2, centre[1] - 0.66 * size * POINT, size, colour)

    def _pen(self, colour: Colour, width: float) -> None:
        self._pdf.set_draw_color(*colour)
        self._pdf.set_line_width(width)


def width_of(line: Line) -> float:
    return sum(run.width for run in line)


def height_of(lines: Sequence[Line], size: float) -> float:
    return len(lines) * leading(size)
