"""What is handed out: sheets page after page, days a calendar reads, and outbox rows that bring both back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from icalendar import Calendar

from bot import outbox
from bot.attachments import Attachment, Dates, Event, Line, Media, Sheet
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


@pytest.mark.parametrize("attachment", [SHEET, DATES, Media("nop.mp4", "12-3", "ref")], ids=["sheet", "dates", "media"])
def test_the_outbox_brings_an_attachment_back(attachment: Attachment) -> None:
    outgoing = Outgoing(Address("telegram", "5"), Screen("a"), attachment=attachment)

    assert outbox.load("telegram", "5", outbox.dump(outgoing)) == outgoing
