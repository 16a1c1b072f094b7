"""What is handed out: sheets page after page, days a calendar reads, and outbox rows that bring both back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from math import dist
from pathlib import Path

import pypdfium2
import pytest
from icalendar import Calendar
from PIL import Image

from bot import outbox
from bot.attachments import Attachment, Bar, Bars, Chart, Column, Dates, Event, Line, Media, Sheet
from bot.columns import COLOURS, scale
from bot.messages import Address, Outgoing, Screen
from bot.press import Press

SHEET = Sheet(
    "khai-sinh",
    (
        Line("title", "Có em bé mới sinh"),
        Line("heading", "Mang theo"),
        *(Line("tick", f"Giấy số {number}: **1 bản chính**, dùng cho bước 1") for number in range(40)),
        Line("small", "In ngày 24/11/2026"),
    ),
    start="birth_1",
    start_note="Quét để mở lại",
    codes=(("https://example.vn/video", "Video của cán bộ"),),
)
CHART = Chart(
    "cau-hoi",
    "Câu hỏi bot chưa trả lời được",
    "Từ 05/10 đến 29/11: 3/8 câu",
    ("chưa trả lời được", "trả lời thẳng"),
    (Column("16/11", (3, 2), "60 %", "3/5"), Column("23/11", (0, 3), "0 %", "0/3"), Column("30/11", (0, 0))),
    "tuần từ",
    (Bars("Nhiều người hỏi nhất", (Bar("“nuôi yến”", 2, "2 người\ntuần qua 1", "gần với: chăn nuôi"),), whole=4.0),),
)
DATES = Dates("han", (Event("birth/1", date(2026, 12, 10), "Nhận giấy khai sinh", "Trung tâm; mang căn cước"),))


@pytest.fixture
def press(tmp_path: Path) -> Press:
    return Press(tmp_path)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    found = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return found


def test_a_sheet_says_everything_on_as_many_pages_as_it_takes(press: Press) -> None:
    made = press.make(SHEET, lambda start: f"https://t.me/bot?start={start}")

    said = " ".join(text_of(made.content).split())
    assert (made.name, made.mime) == ("khai-sinh.pdf", "application/pdf")
    assert all(f"Giấy số {number}:" in said for number in range(40))
    assert "Video của cán bộ" in said
    assert "Quét để mở lại" in said


def test_a_sheet_as_a_picture_has_all_its_pages(press: Press) -> None:
    picture = press.make(replace(SHEET, format="png"), str).content
    pages = pypdfium2.PdfDocument(press.make(SHEET, str).content)
    count, (page_width, page_height) = len(pages), pages[0].get_size()
    pages.close()

    width, height = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert count > 1
    assert count - 1 < height / width * page_width / page_height <= count  # what is blank at the end is cut off


def test_a_calendar_has_a_day_and_a_reminder_the_day_before(press: Press) -> None:
    made = press.make(DATES, str)

    (event,) = Calendar.from_ical(made.content).walk("VEVENT")
    assert made.name == "han.ics"
    assert event["SUMMARY"] == "Nhận giấy khai sinh"
    assert event.decoded("DTSTART") == date(2026, 12, 10)
    assert event["DESCRIPTION"] == "Trung tâm; mang căn cước"
    assert [alarm.decoded("TRIGGER").total_seconds() for alarm in event.walk("VALARM")] == [-15 * 3600]


def test_a_chart_is_a_picture_with_its_colours_in_proportion(press: Press) -> None:
    """3 of 8 questions are of the first kind: so much of the columns has its colour, that of the bars aside."""
    made = press.make(CHART, str)

    image = Image.open(BytesIO(made.content)).convert("RGB")
    columns = image.crop((0, 0, image.width, image.height * 7 // 10))
    open_ones, answered = (amount(columns, colour) for colour in COLOURS[:2])
    assert (made.name, made.mime) == ("cau-hoi.png", "image/png")
    assert image.width > 900
    assert image.height > 500
    assert 0.9 < (open_ones / answered) / (3 / 5) < 1.15  # letters and the legend have their colours too


def test_a_chart_is_as_high_as_its_lists(press: Press) -> None:
    bars = tuple(Bar(f"{'một câu hỏi rất là dài ' * number}?", number, "1 người") for number in range(12))
    longer = replace(CHART, lists=(*CHART.lists, Bars("Nhiều nữa", bars)))

    less, more = (Image.open(BytesIO(press.make(one, str).content)).height for one in (CHART, longer))

    assert more > less + 12 * 20


@pytest.mark.parametrize(
    ("most", "lines"), [(0, (1, 1)), (3, (1, 3)), (5, (2, 6)), (40, (10, 40)), (111, (50, 150)), (2001, (1000, 3000))]
)
def test_an_axis_counts_in_round_numbers(most: int, lines: tuple[int, int]) -> None:
    assert scale(most) == lines


def amount(image: Image.Image, colour: tuple[int, ...]) -> int:
    """How many pixels have *colour*, or nearly so."""
    found = image.getcolors(1 << 24) or []
    return sum(count for count, one in found if isinstance(one, tuple) and dist(one, colour) < 20)


ATTACHMENTS = {"sheet": SHEET, "chart": CHART, "dates": DATES, "media": Media("nop.mp4", "12-3", "ref")}


@pytest.mark.parametrize("attachment", ATTACHMENTS.values(), ids=list(ATTACHMENTS))
def test_the_outbox_brings_an_attachment_back(attachment: Attachment) -> None:
    outgoing = Outgoing(Address("telegram", "5"), Screen("a"), attachment=attachment)

    assert outbox.load("telegram", "5", outbox.dump(outgoing)) == outgoing
