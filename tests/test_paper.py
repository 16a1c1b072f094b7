"""Words on paper: nothing is wider than it may be, nothing is lost, and the font has every letter we write."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.admin.pictures import COLUMNS, Album, album
from bot.admin.screens import Shot
from bot.markup import escape, parse
from bot.messages import Button, Screen
from bot.paper import HEIGHT, Paper, pictures
from bot.signs import SIGNS
from tests.conftest import KNOWLEDGE

PAPER = Paper()


@given(st.text("aăệ 1,•→⚠\n*[]()\\", max_size=200), st.floats(5, 60), st.floats(5, 20))
@settings(max_examples=200)
def test_nothing_is_too_wide_and_nothing_is_lost(markup: str, width: float, size: float) -> None:
    """A letter that is wider than the line stands alone; spaces at the end of a line are all that goes."""
    lines = PAPER.wrapped(markup, width, size)

    for line in lines:
        assert sum(run.width for run in line) <= width + 0.001 or sum(len(run.text) for run in line) == 1
    said = "".join(run.text for line in lines for run in line)
    assert "".join(said.split()) == "".join("".join(span.text for span in parse(markup)).split())


def test_bold_is_wider_and_links_are_kept() -> None:
    plain, bold = (PAPER.wrapped(text, 100, 10)[0][0] for text in ("giấy tờ", "**giấy tờ**"))
    (link,) = PAPER.wrapped("[xem](https://example.vn/a)", 100, 10)[0]

    assert bold.width > plain.width
    assert link.span.link == "https://example.vn/a"


def test_the_font_has_every_letter_of_the_knowledge(caplog: pytest.LogCaptureFixture) -> None:
    letters = {letter for path in Path(KNOWLEDGE).rglob("*.yaml") for letter in path.read_text("utf-8")}
    paper = Paper()
    paper.page()

    with caplog.at_level(logging.WARNING):
        for text in (escape("".join(sorted(letters))), "".join(SIGNS)):
            paper.write(paper.wrapped(text, 100, 8), 10, 10, 8)
            paper.write(paper.wrapped(f"**{text}**", 100, 8), 10, 10, 8)
        paper.pdf()

    assert caplog.messages == []


def screen(lines: int, rows: int) -> Screen:
    return Screen("\n".join(["Dòng chữ"] * lines), ((Button("Nút có tên thật là dài dòng", "https://x.y"),),) * rows)


@pytest.mark.parametrize(
    ("shots", "pages"),
    [
        ([screen(5, 3)], 1),
        ([screen(5, 3)] * 2 * COLUMNS, 1),
        ([screen(30, 8)] * (COLUMNS + 1), 2),
        ([screen(150, 10)], 2),  # higher than a page: one of its own, as high as it is
    ],
)
def test_screens_go_where_there_is_room(shots: list[Screen], pages: int) -> None:
    found = list(album("Tên **có** [dấu", ["một dòng"], [Shot("card", one, "Tóm tắt", "Phần") for one in shots]))

    assert len(found) == pages


def test_a_document_has_as_many_pictures_as_pages() -> None:
    paper = Paper()
    paper.page()
    paper.page(2 * HEIGHT)

    assert len(list(pictures(paper.pdf()))) == 2


def test_an_empty_album_is_its_title() -> None:
    found = Album()
    found.begin("x", [])

    assert len(list(pictures(found.pdf()))) == 1
