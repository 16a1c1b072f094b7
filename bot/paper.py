"""Sentences in the small markup laid out on paper: wrapped lines in a Vietnamese font, as PDF or as pictures.

Lengths are millimetres from the left upper corner of a page, letter sizes are points.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import fontpkg
import pypdfium2
from fpdf import FPDF
from fpdf.fonts import TTFFont
from PIL import Image, ImageOps

from bot.markup import Span, parse
from bot.signs import SIGNS

WIDTH, HEIGHT = 210.0, 297.0  # A4
DPI = 120  # of pictures: letters of 8 points stay easy to read
FAMILY = "Be Vietnam Pro"
LEADING = 1.4  # distance of lines, in letter sizes
ASCENT = 1.02  # from the top of a line down to where its letters stand
POINT = 25.4 / 72
MEASURED = 10.0  # points of the letters that widths are measured with

Colour = tuple[int, int, int]
INK: Colour = (23, 33, 43)
LINK: Colour = (11, 99, 165)

logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of every table of a font
_TOKEN = re.compile(rf"\n|[^\S\n]+|[{''.join(SIGNS)}]|[^\s{''.join(SIGNS)}]+")


@dataclass(frozen=True, slots=True)
class Run:
    """A word, a space or a sign, and how it looks."""

    text: str
    span: Span
    width: float


Line = tuple[Run, ...]


class Paper:
    """A document that grows page by page."""

    def __init__(self) -> None:
        self._pdf = FPDF()
        self._widths: dict[tuple[str, bool], float] = {}  # of words, for letters of one point
        self._pdf.set_auto_page_break(False)
        self._pdf.add_font(FAMILY, "", fontpkg.path(FAMILY))
        self._pdf.add_font(FAMILY, "B", fontpkg.path(FAMILY, weight=700))

    def page(self, height: float = HEIGHT) -> None:
        """Begin a page as wide as A4."""
        self._pdf.add_page(format=(WIDTH, max(height, HEIGHT)))

    def wrapped(self, markup: str, width: float, size: float) -> list[Line]:
        """*markup* as lines no wider than *width*; a word that is wider by itself is broken."""
        lines: list[list[Run]] = [[]]
        used = 0.0
        for run in self._runs(markup, width, size):
            if run.text == "\n":
                lines.append([])
                used = 0.0
            elif used + run.width <= width:
                lines[-1].append(run)
                used += run.width
            elif not run.text.isspace():
                lines.append([run])
                used = run.width
        return [_joined(line) for line in lines]

    def write(self, lines: Sequence[Line], x: float, y: float, size: float, colour: Colour = INK) -> float:
        """Put *lines* below *y*; the y below them."""
        for line in lines:
            left = x
            for run in line:
                self._put(run, left, y, size, LINK if run.span.link else colour)
                left += run.width
            y += leading(size)
        return y

    def pill(self, label: str, box: tuple[float, float, float, float], size: float, fill: Colour, ink: Colour) -> None:
        """A button: *label* in the middle of *box* (x, y, width, height), cut where a phone cuts it."""
        x, y, width, height = box
        self.box(box, fill, 0.49 * height)
        self._pdf.set_font(FAMILY, "B", size)
        while label and self._pdf.get_string_width(label) > width - 0.5 * height:
            label = label.rstrip("…")[:-1] + "…"
        self._pdf.set_text_color(*ink)
        middle = y + height / 2 + 0.36 * size * POINT
        self._pdf.text(x + (width - self._pdf.get_string_width(label)) / 2, middle, label)

    def box(self, box: tuple[float, float, float, float], fill: Colour, radius: float) -> None:
        """A filled rectangle (x, y, width, height) with round corners."""
        self._pdf.set_fill_color(*fill)
        self._pdf.rect(*box, style="F", round_corners=radius > 0, corner_radius=radius)

    def frame(self, box: tuple[float, float, float, float]) -> None:
        """An empty rectangle (x, y, width, height) to tick."""
        self._pdf.set_draw_color(*INK)
        self._pdf.set_line_width(0.5)
        self._pdf.rect(*box)

    def code(self, rows: Iterable[Iterable[int]], place: tuple[float, float, float]) -> None:
        """A square code of black (1) and white modules, row by row, at *place* (x, y, side)."""
        x, y, side = place
        matrix = [list(row) for row in rows]
        size = side / len(matrix)
        self._pdf.set_fill_color(0, 0, 0)
        for down, row in enumerate(matrix):
            for right, length in _runs_of_ones(row):
                self._pdf.rect(x + right * size, y + down * size, length * size, size * 1.02, style="F")

    def pdf(self) -> bytes:
        """The document as it is now."""
        return bytes(self._pdf.output())

    def close(self) -> None:
        """Let the files of the fonts go: nothing more can be written."""
        for font in self._pdf.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def _runs(self, markup: str, width: float, size: float) -> Iterator[Run]:
        for span in parse(markup):
            for text in _TOKEN.findall(span.text):
                yield from self._pieces(text, span, width, size)

    def _pieces(self, text: str, span: Span, width: float, size: float) -> Iterator[Run]:
        """*text*, in more than one piece only when it is wider than *width*."""
        wide = self._wide(text, span, size)
        while wide > width and len(text) > 1:
            count = max(1, int(len(text) * width / wide) - 1)
            yield Run(text[:count], span, self._wide(text[:count], span, size))
            text = text[count:]
            wide = self._wide(text, span, size)
        yield Run(text, span, wide)

    def _wide(self, text: str, span: Span, size: float) -> float:
        if text in SIGNS:
            return size * POINT
        if (text, span.bold) not in self._widths:
            self._pdf.set_font(FAMILY, "B" if span.bold else "", MEASURED)
            self._widths[text, span.bold] = self._pdf.get_string_width(text) / MEASURED
        return self._widths[text, span.bold] * size

    def _put(self, run: Run, x: float, y: float, size: float, colour: Colour) -> None:
        if run.text in SIGNS:
            self._pdf.set_draw_color(*colour)
            self._pdf.set_line_width(0.08 * size * POINT)
            for stroke in SIGNS[run.text]:
                self._pdf.polyline(
                    [
                        (x + (0.1 + 0.7 * right) * run.width, y + (0.3 + 0.75 * down) * run.width)
                        for right, down in stroke
                    ]
                )
            return
        self._pdf.set_font(FAMILY, "B" if run.span.bold else "", size)
        self._pdf.set_text_color(*colour)
        self._pdf.text(x, y + ASCENT * size * POINT, run.text)
        if run.span.link:
            self._pdf.link(x, y, run.width, leading(size), run.span.link)


def _runs_of_ones(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where ones begin in *row*, and how many follow each other."""
    at = 0
    for one, group in groupby(row):
        length = len(list(group))
        if one:
            yield at, length
        at += length


def _joined(line: list[Run]) -> Line:
    """*line* with what looks the same put together, so that a page is few commands."""
    found: list[Run] = []
    for run in line:
        if found and found[-1].span is run.span and run.text not in SIGNS and found[-1].text not in SIGNS:
            found[-1] = Run(found[-1].text + run.text, run.span, found[-1].width + run.width)
        else:
            found.append(run)
    return tuple(found)


def leading(size: float) -> float:
    """How far the next line of letters of *size* points is."""
    return LEADING * size * POINT


def picture(pdf: bytes, *, flat: bool = False) -> bytes:
    """The pages of *pdf* below each other, as one PNG; what is blank at the end is cut off.

    For what is *flat*, without photographs, 256 colours are enough, in a fraction of the bytes.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.render(scale=DPI / 72).to_pil() for page in document]
    finally:
        document.close()
    whole = Image.new("RGB", (pages[0].width, sum(page.height for page in pages)), "white")
    for number, page in enumerate(pages):
        whole.paste(page, (0, sum(above.height for above in pages[:number])))
    filled = ImageOps.invert(whole).getbbox() or (0, 0, *whole.size)
    cut = whole.crop((0, 0, whole.width, min(filled[3] + filled[1], whole.height)))
    return _png(cut.quantize(256) if flat else cut)


def pictures(pdf: bytes) -> Iterator[bytes]:
    """The pages of *pdf* as PNG."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            yield _png(page.render(scale=DPI / 72).to_pil())
    finally:
        document.close()


def _png(image: Image.Image) -> bytes:
    found = io.BytesIO()
    image.save(found, "PNG", compress_level=3)
    return found.getvalue()
