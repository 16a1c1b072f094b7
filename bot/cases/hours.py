"""When collaborators work: promises and leases count these hours only, so that a night or a holiday breaks none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from bot.groups.calendar import Calendar

OPENS, CLOSES = time(7, 30), time(17)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of working days, on the clock of *zone*."""

    calendar: Calendar
    zone: tzinfo

    def open(self, moment: datetime) -> bool:
        """Whether somebody works at this *moment*."""
        return self.next(moment) <= moment

    def next(self, moment: datetime) -> datetime:
        """*moment*, or else when work begins again."""
        local = moment.astimezone(self.zone)
        if self.calendar.is_working(local.date()) and local < self._at(local, CLOSES):
            return max(local, self._at(local, OPENS))
        day = self.calendar.working(local.date() + DAY)
        return datetime.combine(day, OPENS, self.zone)

    def after(self, moment: datetime, work: timedelta) -> datetime:
        """When so much *work* is done that begins at *moment*."""
        start = self.next(moment)
        while (left := self._at(start, CLOSES) - start) < work:
            work -= left
            start = self.next(self._at(start, CLOSES))
        return start + work

    def days(self, moment: datetime, count: int) -> datetime:
        """When *count* working days are over that begin at *moment*."""
        whole = datetime.combine(moment, CLOSES) - datetime.combine(moment, OPENS)
        return self.after(moment, count * whole)

    def _at(self, moment: datetime, hour: time) -> datetime:
        return datetime.combine(moment.date(), hour, self.zone)
