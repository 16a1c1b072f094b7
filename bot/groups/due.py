"""When something of a plan is due: the result of what was filed, and the last day the law leaves for filing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.base.model import Deadline, Duration, Filing
from bot.groups.calendar import Calendar, Due
from bot.groups.progress import Progress


@dataclass(frozen=True, slots=True)
class Expected:
    """When the result of a file should be there."""

    filed: date
    late: bool  # at the cut-off hour or after it, on a day on which that matters
    received: date  # the working day from which it counts
    usual: Due
    checking: Due | None = None  # when the office has to verify

    @property
    def last(self) -> date:
        """The day after which it is late in any case."""
        return self.usual.day if self.checking is None else max(self.usual.day, self.checking.day)


def expected(calendar: Calendar, filings: Mapping[str, Filing], told: Progress) -> Expected | None:
    """When the result of what was filed as *told* should be there; None when only the appointment slip tells."""
    if told.state != "filed" or told.day is None:
        return None
    if told.slip is not None:
        return Expected(told.day, told.late, told.day, Due(told.slip, settled=True))
    filing = filings.get(told.channel)
    return None if filing is None else of_file(calendar, filing, told.day, late=told.late)


def of_file(calendar: Calendar, filing: Filing, day: date, *, late: bool) -> Expected | None:
    """When the result of something filed on *day*, before the cut-off hour or *late*, should be there."""
    taken = filing.time(day)
    filed = _moment(calendar, day, late=late)
    usual = None if taken is None else calendar.due(filed, taken.usual)
    if taken is None or usual is None:
        return None
    checking = None if taken.checking is None else calendar.due(filed, taken.checking)
    matters = half_matters(calendar, day)
    return Expected(day, late and matters, calendar.received(filed), usual, checking)


def half_matters(calendar: Calendar, day: date) -> bool:
    """Whether it makes a difference if something was filed on *day* before or after the cut-off hour."""
    return len({calendar.received(_moment(calendar, day, late=late)) for late in (False, True)}) > 1


def is_late(calendar: Calendar, hour: time) -> bool:
    """Whether *hour* is too late for the day."""
    return hour >= calendar.days.cutoff


def last_day(calendar: Calendar, limit: Deadline, event: date) -> Due | None:
    """The last day to file where *limit* runs from *event*; None when it is not counted in days."""
    match limit.within:
        case Duration("days", count):
            return calendar.deadline(event, days=count)
        case Duration("months", count):
            return calendar.deadline(event, months=count)
        case Duration("working-days"):
            return calendar.due(datetime.combine(event, time.min, calendar.zone), limit.within)
    return None


def _moment(calendar: Calendar, day: date, *, late: bool) -> datetime:
    return datetime.combine(day, calendar.days.cutoff if late else time.min, calendar.zone)
