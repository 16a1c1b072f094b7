"""When results are due and limits end, on a calendar of ordinary weeks; what the calendar counts has its own tests."""

from __future__ import annotations

from datetime import UTC, date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.model import DaysOff as Days
from bot.base.model import Deadline, Duration, Filing, Text, Time
from bot.base.problems import At
from bot.groups import due, progress
from bot.groups.calendar import Calendar
from bot.groups.progress import NOTHING, Progress

MONDAY = date(2026, 12, 7)
CALENDAR = Calendar(
    Days(
        id="calendar",
        at=At(""),
        sources=(),
        checked=date(2026, 1, 1),
        review=date(2027, 12, 31),
        owner="",
        since=date(2026, 1, 1),
        cutoff=time(15),
        saturday=None,
        decisions=(),
    ),
    UTC,
)
THREE = Filing("counter", (Time(Duration("working-days", 3), Duration("working-days", 5)),), ())
SLIP_ONLY = Filing("post", (Time(Duration("appointment")),), ())
FILINGS = {"counter": THREE, "post": SLIP_ONLY}


def filed(day: date, channel: str = "counter", *, late: bool = False) -> Progress:
    return progress.filed(day, late=late)(progress.by(channel)(NOTHING))


def said(told: Progress) -> tuple[str, str, str]:
    """From when it counts, when the result comes, and when after verification."""
    found = due.expected(CALENDAR, FILINGS, told)
    assert found is not None
    assert found.checking is not None
    return f"{found.received:%d/%m}", f"{found.usual.day:%d/%m}", f"{found.checking.day:%d/%m}"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (filed(MONDAY), ("07/12", "10/12", "14/12")),  # the example of the people who asked for this
        (filed(MONDAY, late=True), ("08/12", "11/12", "15/12")),
        (filed(date(2026, 12, 12)), ("14/12", "17/12", "21/12")),
        (filed(date(2026, 12, 12), late=True), ("14/12", "17/12", "21/12")),
    ],
)
def test_a_result_is_due_by_working_days(told: Progress, expected: tuple[str, str, str]) -> None:
    assert said(told) == expected


def test_the_hour_matters_on_working_days_only() -> None:
    assert due.half_matters(CALENDAR, MONDAY)
    assert not due.half_matters(CALENDAR, date(2026, 12, 12))


def test_what_the_slip_says_counts() -> None:
    found = due.expected(CALENDAR, FILINGS, progress.promised(date(2026, 12, 20))(filed(MONDAY)))

    assert found is not None
    assert (found.usual.day, found.last) == (date(2026, 12, 20), date(2026, 12, 20))


@pytest.mark.parametrize(
    "told",
    [NOTHING, filed(MONDAY, "post"), filed(MONDAY, "online"), progress.done(filed(MONDAY)), Progress(state="filed")],
)
def test_nobody_is_told_a_day_that_nobody_knows(told: Progress) -> None:
    assert due.expected(CALENDAR, FILINGS, told) is None


@given(st.dates(date(2026, 1, 1), date(2027, 6, 30)), st.booleans())
def test_no_result_is_due_before_it_is_received(day: date, late: bool) -> None:
    found = due.expected(CALENDAR, FILINGS, filed(day, late=late))

    assert found is not None
    assert day <= found.received < found.usual.day <= found.last


@pytest.mark.parametrize(
    ("within", "last"),
    [
        (Duration("days", 60), date(2027, 2, 5)),
        (Duration("months", 12), date(2027, 12, 7)),
        (Duration("working-days", 7), date(2026, 12, 16)),
        (Duration("appointment"), None),
    ],
)
def test_a_limit_of_the_law_has_a_last_day(within: Duration, last: date | None) -> None:
    found = due.last_day(CALENDAR, Deadline(within, Text("ngày sinh")), MONDAY)

    assert (None if found is None else found.day) == last
