"""When files are due and limits end: tests/calendar.yaml worked out by hand, and what holds of every day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.admin.stale import due
from bot.admin.warnings import SOON
from bot.assistant import ZONE
from bot.base import facts
from bot.base.calendar import closed
from bot.base.model import UNSETTLED, Base, Duration, Unit
from bot.base.problems import Problems
from bot.base.reading import Entry, parse, plain, read
from bot.groups.calendar import Calendar, Due, proposed
from bot.talk.speech import Speech
from tests.conftest import KNOWLEDGE
from tests.test_broken import SHIPPED, quick, survives

TABLE = Path(__file__).parent / "calendar.yaml"
FILE = "shared/calendar.yaml"
HERE = ZoneInfo(ZONE)
CALENDAR = Calendar(SHIPPED.calendar, HERE)
UNKNOWN = Calendar(UNSETTLED, HERE)
DAY = timedelta(days=1)
GROUPS: Any = plain(read(TABLE, TABLE.name, Problems()))  # type: ignore[arg-type]
ROWS = [row for group in GROUPS for row in group["rows"]]


def duration(word: str) -> Duration:
    """*word* as a knowledge file says it."""
    problems = Problems()
    node = parse(f"time: {word}", "row", problems)
    assert node is not None
    found = facts.times(Entry(node, problems), "time")[0].usual
    assert problems == []
    return found


def worked_out(row: dict[str, str]) -> Due | None:
    if "event" in row:
        limit = {unit: int(row[unit]) for unit in ("days", "months") if unit in row}
        return CALENDAR.deadline(date.fromisoformat(row["event"]), **limit)
    return CALENDAR.due(datetime.fromisoformat(row["filed"]).replace(tzinfo=HERE), duration(row["time"]))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(value for key, value in row.items() if key != "why"))
def test_a_day_is_as_worked_out_by_hand(row: dict[str, str]) -> None:
    found = worked_out(row)

    assert found is not None
    assert f"{found.day:%Y-%m-%d %a}" == row["due"]
    assert found.settled == (row.get("settled", "yes") == "yes")


def test_every_row_of_the_table_is_used_and_says_why() -> None:
    assert len(ROWS) > 100
    assert [group for group in GROUPS if group.keys() != {"about", "source", "rows"}] == []
    assert [row for row in ROWS if not row["why"] or not {"filed", "event"} & row.keys()] == []


def test_only_the_slip_tells_when_it_says_so() -> None:
    assert CALENDAR.due(datetime(2026, 12, 7, 9, tzinfo=HERE), Duration("appointment")) is None


def test_the_hour_is_that_of_the_office() -> None:
    """Half past eight in London is half past three here."""
    assert CALENDAR.received(datetime(2026, 12, 7, 8, 30, tzinfo=UTC)) == date(2026, 12, 8)
    with pytest.raises(ValueError, match="time zone"):
        CALENDAR.received(datetime(2026, 12, 7, 8, 30))  # noqa: DTZ001 that is the point


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2026-12-10", "2026-12-09"),  # Thursday: Wednesday
        ("2026-12-14", "2026-12-11"),  # Monday: Friday
        ("2026-11-25", "2026-11-23"),  # after Culture Day
        ("2026-04-28", "2026-04-27"),  # Friday is four days away
        ("2027-02-11", "2027-02-10"),  # the end of Tết, not the week before
        ("2026-12-13", "2026-12-11"),  # of a Sunday
    ],
)
def test_one_is_reminded_on_the_working_day_before_unless_that_is_long_ago(day: str, before: str) -> None:
    assert CALENDAR.day_before(date.fromisoformat(day)) == date.fromisoformat(before)


def test_no_day_is_settled_without_a_calendar() -> None:
    found = UNKNOWN.due(datetime(2026, 12, 7, 9, tzinfo=HERE), Duration("working-days", 3))

    assert found == Due(date(2026, 12, 11), settled=False)
    assert not UNKNOWN.is_working(date(2027, 2, 5))


def test_a_decision_about_days_past_the_end_settles_just_those() -> None:
    days = replace(SHIPPED.calendar, review=date(2027, 1, 31))
    calendar = Calendar(days, HERE)

    assert calendar.settled(date(2027, 2, 4))
    assert not calendar.is_working(date(2027, 2, 4))
    assert not calendar.settled(date(2027, 2, 11))


def test_the_library_expects_what_the_calendar_says_but_for_what_it_missed() -> None:
    """An independent oracle: the swap of 2 January 2026 was decided on 25/12/2025, and the library has not heard."""
    ours = {day for day, _ in closed(SHIPPED.calendar.decisions) if day.weekday() < 5}
    theirs = {day for year in (2026, 2027) for day in proposed(year) if day.weekday() < 5}

    assert ours ^ theirs == {date(2026, 1, 2)}


def test_every_part_of_the_calendar_has_its_source() -> None:
    calendar = SHIPPED.calendar

    assert len(calendar.sources) == len(calendar.decisions) + 2
    assert all(source.link and source.title.vi and source.date <= calendar.checked for source in calendar.sources)


def test_an_admin_is_told_when_the_calendar_nears_its_end(base: Base) -> None:
    end = base.calendar.until

    assert [one for one in due(base, end - SOON - DAY, SOON) if one.id == "calendar"] == []
    assert [(one.owner, one.day, one.at.file) for one in due(base, end - SOON, SOON) if one.id == "calendar"] == [
        ("calendar", end, FILE)
    ]


@pytest.mark.parametrize(
    ("day", "settled", "vi", "en"),
    [
        (date(2026, 12, 10), True, "thứ Năm 10/12", "Thursday 10/12"),
        (date(2026, 12, 7), True, "thứ Hai 07/12", "Monday 07/12"),
        (date(2027, 1, 3), True, "Chủ nhật 03/01/2027", "Sunday 03/01/2027"),
        (date(2026, 12, 12), False, "thứ Bảy 12/12 (dự kiến)", "Saturday 12/12 (expected)"),
    ],
)
def test_a_day_is_said_as_people_say_it(day: date, settled: bool, vi: str, en: str) -> None:
    today = date(2026, 11, 24)

    assert [Speech(one, SHIPPED.texts).on(day, today, settled=settled) for one in ("vi", "en")] == [vi, en]


days = st.dates(date(2025, 1, 1), date(2030, 12, 31))
moments = st.datetimes(datetime(2025, 1, 1), datetime(2030, 12, 31), timezones=st.just(HERE))  # noqa: DTZ001 the zone is beside it
counts = st.integers(0, 60)
calendars = st.sampled_from([CALENDAR, UNKNOWN])
units: st.SearchStrategy[Unit] = st.sampled_from(["same-day", "working-days", "days", "hours", "months"])


@given(calendars, moments, units, counts)
def test_an_answer_comes_on_a_working_day_and_not_before_the_file(
    calendar: Calendar, filed: datetime, unit: Unit, count: int
) -> None:
    found = calendar.due(filed, Duration(unit, count))

    assert found is not None
    assert calendar.is_working(found.day)
    assert found.day >= calendar.received(filed) >= filed.date()


@given(calendars, moments, counts)
def test_the_working_days_between_are_those_promised(calendar: Calendar, filed: datetime, count: int) -> None:
    found = calendar.due(filed, Duration("working-days", count))

    assert found is not None
    assert calendar.count(calendar.received(filed), found.day) == count


@given(calendars, moments, st.timedeltas(timedelta(), timedelta(days=40)), units, counts)
def test_who_files_later_is_never_answered_earlier(
    calendar: Calendar, filed: datetime, wait: timedelta, unit: Unit, count: int
) -> None:
    first, second = (calendar.due(one, Duration(unit, count)) for one in (filed, filed + wait))

    assert first is not None
    assert second is not None
    assert first.day <= second.day


@given(calendars, days, counts, st.integers(0, 24))
def test_a_limit_moves_only_over_days_off(calendar: Calendar, event: date, length: int, months: int) -> None:
    plain_end = calendar.deadline(event, months=months).day
    found = calendar.deadline(event, days=length)

    assert plain_end >= event
    assert calendar.is_working(found.day)
    assert calendar.count(event + (length - 1) * DAY, found.day) == 1


@given(days, days, days)
def test_working_days_add_up(first: date, second: date, third: date) -> None:
    a, b, c = sorted((first, second, third))

    assert CALENDAR.count(a, b) + CALENDAR.count(b, c) == CALENDAR.count(a, c)
    assert CALENDAR.count(c, a) == 0


@given(days)
def test_a_reminder_comes_before_and_within_three_days(day: date) -> None:
    assert timedelta() < day - CALENDAR.day_before(day) <= timedelta(days=3)


@given(moments, counts)
def test_what_ends_within_the_calendar_is_settled_and_nothing_after_it(filed: datetime, count: int) -> None:
    found = CALENDAR.due(filed, Duration("working-days", count))

    assert found is not None
    assert found.settled == (filed.date() >= SHIPPED.calendar.since and found.day <= SHIPPED.calendar.until)


@given(st.data())
@quick
def test_no_cut_in_the_calendar_is_a_crash(data: st.DataObject) -> None:
    good = (KNOWLEDGE / FILE).read_text("utf-8")
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, min(len(good), start + 80)))
    survives(FILE, good[:start] + data.draw(st.text(alphabet="ab-:{}[]|\n 019é", max_size=8)) + good[end:])
