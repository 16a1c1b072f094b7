"""Working days: when the answer to a file is due, when a limit of the law ends, on which day to remind of it.

Days that knowledge/shared/calendar.yaml settles are as it says. Past them the library `holidays` proposes, and what
depends on such a day is a forecast.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property, lru_cache

from bot.base.calendar import SATURDAY, closed
from bot.base.model import DaysOff, Duration

DAY = timedelta(days=1)
HOURS = 8  # of a working day: a time in hours is one in working hours
NEAR = timedelta(days=3)  # from a Friday to the Monday after it
FESTIVE = timedelta(days=7)  # off in a row: only Tết has so many days


@lru_cache(maxsize=64)
def proposed(year: int) -> frozenset[date]:
    """The days off that the library expects in *year*; none where it knows nothing of it."""
    from holidays import country_holidays  # noqa: PLC0415 a tenth of a second, and settled days do without

    return frozenset(country_holidays("VN", years=year, language="vi"))


@dataclass(frozen=True, slots=True)
class Due:
    """The day on which something ends; a forecast unless every day that it depends on is *settled*."""

    day: date
    settled: bool


@dataclass(frozen=True)
class Calendar:
    """The working days of offices in *zone*, as far as *days* settles them."""

    days: DaysOff
    zone: tzinfo

    @cached_property
    def _closed(self) -> frozenset[date]:
        return frozenset(day for day, _ in closed(self.days.decisions))

    @cached_property
    def _worked(self) -> frozenset[date]:
        return frozenset(swap.work for decision in self.days.decisions for swap in decision.swaps)

    def is_working(self, day: date) -> bool:
        """Whether offices work the whole of *day*; a Saturday morning on which some take files is no such day."""
        if day in self._worked:
            return True
        return day.weekday() < SATURDAY and day not in self._closed and not self._may_be_closed(day)

    def is_festive(self, day: date) -> bool:
        """Whether *day* is one of the long row of days off at Tết, when nobody wants to hear of papers."""
        first = last = day
        while not self.is_working(first) and day - first < FESTIVE:
            first -= DAY
        while not self.is_working(last) and last - day < FESTIVE:
            last += DAY
        return last - first > FESTIVE  # both are working days

    def settled(self, day: date) -> bool:
        """Whether somebody has read in an official source if *day* is worked."""
        return self._reaches(day) or day in self._closed or day in self._worked

    def working(self, day: date) -> date:
        """*day*, or else the next working day."""
        while not self.is_working(day):
            day += DAY
        return day

    def received(self, filed: datetime) -> date:
        """The working day on which a file handed in at *filed* counts as received; not today after the cut-off hour.

        *filed* must have its time zone.
        """
        local = self._local(filed)
        return self.working(local.date() + (DAY if local.time() >= self.days.cutoff else timedelta()))

    def due(self, filed: datetime, time: Duration) -> Due | None:
        """When the answer to a file handed in at *filed* is due; None when only the appointment slip tells.

        The day on which it is received does not count, and an answer comes on a working day.
        """
        start = self.received(filed)
        match time.unit:
            case "appointment":
                return None
            case "same-day":
                due = Due(start, settled=True)
            case "working-days":
                due = self._after(start, time.count)
            case "hours":
                due = self._after(start, time.count // HOURS)
            case "days":
                due = self.deadline(start, days=time.count)
            case "months":
                due = self.deadline(start, months=time.count)
        return Due(due.day, due.settled and self._all_settled(self._local(filed).date(), start))

    def deadline(self, event: date, *, days: int = 0, months: int = 0) -> Due:
        """The last day of a limit of the law that runs from *event*.

        The day of the event does not count, a month ends on the same number or on its last day, and a limit that
        would end on a day off ends with the next working day (Civil Code 2015, articles 147 and 148).
        """
        last = _months_later(event, months) + days * DAY
        day = self.working(last)
        return Due(day, self._all_settled(last, day))

    def count(self, first: date, last: date) -> int:
        """How many working days lie after *first*, up to *last* and with it; none when that is earlier."""
        return sum(self.is_working(first + number * DAY) for number in range(1, (last - first).days + 1))

    def day_before(self, day: date) -> date:
        """The day on which to remind of *day*: the last working day before it, while an office can still be asked.

        After a long holiday that is too early to be remembered: then the plain day before.
        """
        before = day - DAY
        while not self.is_working(before):
            before -= DAY
        return before if day - before <= NEAR else day - DAY

    def _after(self, start: date, count: int) -> Due:
        """*count* working days after *start*, and whether every day up to there is settled."""
        day = start
        for _ in range(count):
            day = self.working(day + DAY)
        return Due(day, self._all_settled(start, day))

    def _may_be_closed(self, day: date) -> bool:
        return not self._reaches(day) and day in proposed(day.year)

    def _reaches(self, day: date) -> bool:
        return self.days.since <= day <= self.days.until

    def _all_settled(self, first: date, last: date) -> bool:
        return all(self.settled(first + number * DAY) for number in range((last - first).days + 1))

    def _local(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:  # Python would take the zone of the machine for it
            raise ValueError("a moment without its time zone")
        return moment.astimezone(self.zone)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
