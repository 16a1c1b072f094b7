"""Working time: what is promised to citizens and collaborators stops at five, over nights, weekends and holidays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.model import Base
from bot.cases.hours import Hours
from bot.groups.calendar import Calendar

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HALF = timedelta(minutes=30)


@pytest.fixture(scope="module")
def hours(base: Base) -> Hours:
    return Hours(Calendar(base.calendar, ZONE), ZONE)


def at(text: str) -> datetime:
    """A moment of November or December 2026, by the clock of Da Nang."""
    return datetime.strptime(f"2026 {text}", "%Y %d/%m %H:%M").replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "open"),
    [
        ("23/11 07:29", False), ("23/11 07:30", True), ("23/11 16:59", True), ("23/11 17:00", False),
        ("24/11 10:00", False),  # a holiday
        ("28/11 10:00", False), ("29/11 10:00", False),
    ],
)  # fmt: skip
def test_collaborators_work_from_half_past_seven_to_five_on_working_days(hours: Hours, moment: str, open: bool) -> None:
    assert hours.open(at(moment)) == open


@pytest.mark.parametrize(
    ("start", "work", "end"),
    [
        ("23/11 09:00", HALF, "23/11 09:30"),
        ("23/11 16:50", HALF, "25/11 07:50"),  # over a night and a holiday
        ("27/11 20:00", HALF, "30/11 08:00"),  # over a weekend
        ("23/11 05:00", HALF, "23/11 08:00"),
        ("23/11 07:30", timedelta(hours=9, minutes=30), "23/11 17:00"),
        ("23/11 09:00", timedelta(hours=20), "26/11 10:00"),
    ],
)
def test_only_working_time_counts(hours: Hours, start: str, work: timedelta, end: str) -> None:
    assert hours.after(at(start), work) == at(end)


def test_three_working_days_are_three_however_one_begins(hours: Hours) -> None:
    assert hours.days(at("23/11 09:00"), 3) == at("27/11 09:00")


@given(st.integers(0, 1_000_000), st.integers(1, 3000), st.integers(1, 3000))
def test_work_in_two_parts_ends_when_it_would_in_one(hours: Hours, minutes: int, first: int, second: int) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    one, two = timedelta(minutes=first), timedelta(minutes=second)

    assert hours.after(hours.after(start, one), two) == hours.after(start, one + two)
    assert hours.open(hours.after(start, one) - timedelta(seconds=1))
