"""Which reminders a plan comes to, and when: never at night, never twice, never of what is past."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.model import Deadline, Duration, Step, Text, When
from bot.base.problems import At
from bot.groups import progress, reminders
from bot.groups.calendar import Calendar, Due
from bot.groups.plan import Plan, plan
from bot.groups.progress import Progress
from bot.groups.reminders import Reminder, Wish
from bot.groups.walks import walks
from tests.test_broken import SHIPPED

CALENDAR = Calendar(SHIPPED.calendar, UTC)
DAY = timedelta(days=1)
TET = [date(2027, 2, 4) + number * DAY for number in range(7)]
ENDS = {id: [plan(group, facts) for facts in list(walks(group))[:40]] for id, group in SHIPPED.groups.items()}
Case = tuple[Plan, dict[str, Progress], Wish, date]
DAYS = st.dates(date(2026, 1, 2), date(2027, 10, 1))
STEP = Step(
    id="one",
    at=At(""),
    procedure="",
    when=When(()),
    after=(),
    optional=False,
    deadline=Deadline(Duration("days", 60), Text("ngày sinh")),
    title=None,
    because=None,
    left_out=(),
    notes=(),
    documents=(),
    produces=(),
    video=None,
)


@st.composite
def told(draw: st.DrawFn) -> Case:
    """A plan of any group, whatever was told of its steps up to the day on which they were last looked at."""
    end = draw(st.sampled_from(ENDS[draw(st.sampled_from(sorted(ENDS)))]))
    touched = draw(DAYS)
    found: dict[str, Progress] = {}
    for step in end.steps:
        ago = timedelta(draw(st.integers(0, 60)))
        change = draw(
            st.sampled_from(
                [
                    progress.happened(touched - ago),
                    progress.filed(touched - ago, late=False),
                    progress.returned("", touched - ago),
                    progress.done,
                ]
            )
        )
        channel = draw(st.sampled_from(["online", "counter", "post"]))
        found = progress.changed(found, end.group, [step], progress.by(channel))
        found = progress.changed(found, end.group, [step], change)
    return end, found, Wish(touched), touched


def days_of(end: Plan, found: dict[str, Progress], wish: Wish) -> dict[date, list[Reminder]]:
    """What is said on which day, looked at as the timers have it; each look is checked."""
    every = reminders.reminders(SHIPPED, CALENDAR, end, found, wish)
    now: datetime | None = datetime.combine(wish.touched, time(10), UTC)
    said: dict[date, list[Reminder]] = {}
    for _ in range(900):
        assert now is not None
        due = reminders.due(CALENDAR, every, wish, now.date()) if reminders.is_awake(CALENDAR, now) else ()
        said.setdefault(now.date(), []).extend(due)
        wish = reminders.said(wish, due)
        before, now = now, reminders.next_look(CALENDAR, every, wish, now)
        if now is None:
            break
        assert now > before
        assert reminders.is_awake(CALENDAR, now)
    assert now is None, "the timers go on for ever"
    return {day: due for day, due in said.items() if due}


@given(told())
def test_whatever_was_told_reminders_come_by_day_once_and_in_time(
    case: Case,
) -> None:
    end, found, wish, touched = case
    said = days_of(end, found, wish)

    keys = [key for due in said.values() for one in due for key in one.keys]
    assert len(keys) == len(set(keys))
    assert not set(said) & set(TET)
    for day, due in said.items():
        assert touched < day
        for one in due:
            assert one.first <= day <= one.last
            if one.what in {"result", "soon", "last"}:
                assert one.day is not None
                assert day <= one.day.day


@given(told())
def test_what_is_done_is_not_mentioned(case: Case) -> None:
    end, found, wish, _ = case
    for due in days_of(end, found, wish).values():
        for one in due:
            assert all(progress.of(found, end.group, step).state != "done" for step in one.steps)


@given(told(), st.integers(0, 40), st.times())
def test_the_next_look_is_by_day_and_not_in_the_past(case: Case, later: int, hour: time) -> None:
    end, found, wish, touched = case
    every = reminders.reminders(SHIPPED, CALENDAR, end, found, wish)
    now = datetime.combine(touched + timedelta(later), hour, UTC)

    look = reminders.next_look(CALENDAR, every, wish, now)

    assert look is None or (look > now and reminders.is_awake(CALENDAR, look))
    ahead = reminders.next_day(CALENDAR, every, wish, now.date())
    assert ahead is None or (look is not None and look.date() <= ahead)


def one(what: reminders.What, first: str, last: str, day: str = "2026-12-31") -> Reminder:
    return Reminder(
        what, (STEP,), date.fromisoformat(first), date.fromisoformat(last), Due(date.fromisoformat(day), settled=True)
    )


@pytest.mark.parametrize(
    ("now", "look"),
    [
        ("2026-12-09 06:00", "2026-12-09 07:30"),  # early that day
        ("2026-12-09 07:30", "2026-12-09 08:30"),  # somebody else had the word: an hour later
        ("2026-12-09 18:59", "2026-12-09 19:59"),
        ("2026-12-09 19:30", "2026-12-10 07:30"),  # no longer today
        ("2026-12-09 23:00", "2026-12-10 07:30"),
        ("2026-12-10 19:30", None),  # what it was about is over
        ("2026-12-01 12:00", "2026-12-02 07:30"),  # each morning, for the knowledge may have changed
    ],
)
def test_a_bad_moment_is_tried_again_by_day(now: str, look: str | None) -> None:
    found = [one("result", "2026-12-09", "2026-12-10")]

    at = reminders.next_look(CALENDAR, found, Wish(date(2026, 12, 1)), datetime.fromisoformat(now).replace(tzinfo=UTC))

    assert (None if at is None else f"{at:%Y-%m-%d %H:%M}") == look


def test_what_they_saw_that_day_is_told_on_the_next() -> None:
    found = [one("result", "2026-12-09", "2026-12-10")]

    seen = Wish(date(2026, 12, 9))

    assert reminders.due(CALENDAR, found, seen, date(2026, 12, 9)) == ()
    assert reminders.due(CALENDAR, found, seen, date(2026, 12, 10)) == tuple(found)


def test_nobody_is_reminded_in_the_days_of_tet() -> None:
    found = [one("result", "2027-02-10", "2027-02-11")]

    assert reminders.next_day(CALENDAR, found, Wish(date(2027, 2, 1)), date(2027, 2, 8)) == date(2027, 2, 11)


@pytest.mark.parametrize(
    ("day", "festive"),
    [
        ("2026-02-13", False),  # the last working day
        ("2026-02-14", True),
        ("2026-02-19", True),
        ("2026-02-22", True),
        ("2026-02-23", False),
        ("2026-05-02", False),  # four days in a row
        ("2026-08-31", False),  # five
        ("2027-02-03", False),
        ("2027-02-10", True),
        ("2028-01-26", True),  # mùng 1 as the library expects it
        ("2028-07-01", False),
    ],
)
def test_only_tet_is_so_long(day: str, festive: bool) -> None:
    assert CALENDAR.is_festive(date.fromisoformat(day)) == festive


def test_the_same_reminder_is_known_when_its_steps_are_filed_with_others() -> None:
    alone = one("result", "2026-12-09", "2026-12-10")
    wish = reminders.said(Wish(date(2026, 12, 1)), [alone])
    together = Reminder(alone.what, (STEP, STEP), alone.first, alone.last, alone.day)

    assert reminders.due(CALENDAR, [together], wish, date(2026, 12, 9)) == ()
