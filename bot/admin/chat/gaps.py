"""What citizens asked and got no answer to, as admins hear of it: when they ask, and every Monday morning."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo

from bot.admin.chat.circle import Circle, note
from bot.admin.chat.intake import WORKSHOP
from bot.admin.gaps.charted import charted
from bot.admin.gaps.survey import Survey, first_day
from bot.admin.gaps.told import short, told
from bot.messages import Gather, Outgoing, Screen, Timer
from bot.talk.view import View
from bot.timers import Timers

KIND = "gaps"  # of the timer
WEEKS = 8
MONDAY, HOUR = 0, time(7, 30)
DAY = timedelta(days=1)


class Gaps:
    """A survey takes seconds, so the workshop makes it and it comes when it is done."""

    def __init__(self, timers: Timers, circle: Circle, zone: tzinfo) -> None:
        self._timers = timers
        self._circle = circle
        self._zone = zone

    def ask(self, view: View, who: int) -> list[Outgoing]:
        """An admin wants to know, as things stand today."""
        begun = Outgoing(view.chat, note(view.speech, "gaps.begun"))
        return [begun, Outgoing(WORKSHOP, job=Gather(WEEKS, view.day, who), transient=True)]

    def wind(self, now: datetime) -> None:
        """See to it that a Monday comes; one that came while the bot was not running is still to be heard."""
        self._timers.ensure(Timer(KIND, WORKSHOP, "", self._monday(now)))

    def due(self, _: Timer, now: datetime) -> list[Outgoing]:
        """It is Monday, or later because the bot was not running: look at the weeks up to the last Sunday."""
        self.wind(now)
        today = now.astimezone(self._zone).date()
        sunday = today - DAY * (today.weekday() + 1)
        return [Outgoing(WORKSHOP, job=Gather(WEEKS, sunday), transient=True)]

    def done(self, job: Gather, result: object, now: datetime) -> list[Outgoing]:
        """The survey for who asked; on a Monday for all, unless it failed or nobody asked anything that week."""
        survey = result if isinstance(result, Survey) else None
        if not job.ask and (survey is None or not survey.weeks[-1].share.all):
            return []
        views = [self._circle.view(id, now) for id in ([job.ask] if job.ask else sorted(self._circle.ids))]
        return [_shown(view, job, survey) for view in views]

    def _monday(self, now: datetime) -> datetime:
        """The next one, at the hour of the message."""
        today = now.astimezone(self._zone)
        monday = today.date() + DAY * ((MONDAY - today.weekday()) % 7)
        due = datetime.combine(monday, HOUR, self._zone)
        return due if due > now else datetime.combine(monday + 7 * DAY, HOUR, self._zone)


def _shown(view: View, job: Gather, survey: Survey | None) -> Outgoing:
    if survey is None:
        return Outgoing(view.chat, note(view.speech, "gaps.failed"))
    if not survey.share.all:
        days = {"first": short(first_day(job.last, job.weeks)), "last": short(job.last)}
        return Outgoing(view.chat, note(view.speech, "gaps.none", **days))
    screen = Screen("\n".join(told(survey, view.speech)))
    chart = charted(survey, view.speech)
    return Outgoing(view.chat, screen, attachment=chart, transient=True)  # words of those who may yet ask to forget
