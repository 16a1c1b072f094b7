"""What somebody is reminded of, who asked for it: a result that is due, a limit that ends, a step left lying.

Worked out anew each time from the plan, what was told of its steps and the calendar; of what was said, only the keys
are kept. All of it is said in the morning, or later that day while it is light.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.base.model import Base, Step
from bot.groups.calendar import DAY, Calendar, Due
from bot.groups.dossiers import Dossier, dossiers
from bot.groups.due import expected, last_day
from bot.groups.plan import Plan
from bot.groups.progress import Told, dossier_of, next_thing, of, still_open

MORNING, EVENING = time(7, 30), time(20)  # between them nobody is woken
LATER = timedelta(hours=1)  # when it was no good moment
SOON, LAST = timedelta(days=10), timedelta(days=2)  # before a limit ends
SOON_FOR = timedelta(days=2)  # days on which the first of the two may still be said
SILENT = timedelta(days=7)  # since a result should have been there
SILENT_FOR = timedelta(days=14)
LYING = timedelta(days=14)  # since they last did something about it
LYING_FOR = timedelta(days=30)

What = Literal["last", "soon", "result", "overdue", "silent", "returned", "open"]


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody wants to be reminded of a group."""

    touched: date  # when they last looked at it: what was to be said by then they have seen
    said: tuple[str, ...] = ()  # keys of what they were reminded of


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something worth saying from *first* to *last*: of these *steps*, filed together, because of *day*."""

    what: What
    steps: tuple[Step, ...]
    first: date
    last: date
    day: Due | None = None

    @property
    def keys(self) -> frozenset[str]:
        """What makes it the same one, also once its steps are filed with others."""
        day = "" if self.day is None else self.day.day.isoformat()
        return frozenset(f"{self.what}/{step.id}/{day}" for step in self.steps)


def reminders(base: Base, calendar: Calendar, plan: Plan, told: Told, wish: Wish) -> tuple[Reminder, ...]:
    """All that *plan* comes to, as far as it was *told*; whatever the day is, and said or not."""
    found: list[Reminder] = []
    for dossier in dossiers(base, plan):
        if steps := still_open(dossier, told, plan.group):
            found += (one for step in steps for one in _of_limit(calendar, plan, told, step))
            found += _of_result(calendar, plan, told, dossier, steps)
    return (*found, *_lying(base, calendar, plan, told, wish))


def due(calendar: Calendar, found: Iterable[Reminder], wish: Wish, today: date) -> tuple[Reminder, ...]:
    """Those to be said *today*."""
    return tuple(one for one in _unsaid(found, wish) if _day(calendar, one, wish, today) == today)


def next_day(calendar: Calendar, found: Iterable[Reminder], wish: Wish, today: date) -> date | None:
    """The first day after *today* on which one of them is to be said; None when nothing is ahead."""
    days = (_day(calendar, one, wish, today + DAY) for one in _unsaid(found, wish))
    return min((day for day in days if day is not None), default=None)


def next_look(calendar: Calendar, found: Iterable[Reminder], wish: Wish, now: datetime) -> datetime | None:
    """When to look again what is to be said; None when nothing is ahead.

    Each morning: the knowledge may have changed over night. What is to be said today and was not (somebody else had
    the word), is tried again later.
    """
    found, today = tuple(found), now.date()
    early = now.time() < MORNING
    if not early and due(calendar, found, wish, today) and is_awake(calendar, now + LATER):
        return now + LATER
    if next_day(calendar, found, wish, today - DAY if early else today) is None:
        return None
    return datetime.combine(_awake(calendar, today if early else today + DAY), MORNING, now.tzinfo)


def is_awake(calendar: Calendar, now: datetime) -> bool:
    """Whether one may write to people: by day, and not in the days of Tết."""
    return MORNING <= now.time() < EVENING and not calendar.is_festive(now.date())


def said(wish: Wish, told: Iterable[Reminder]) -> Wish:
    """*wish* once these were said."""
    return replace(wish, said=tuple(dict.fromkeys((*wish.said, *sorted(key for one in told for key in one.keys)))))


def _unsaid(found: Iterable[Reminder], wish: Wish) -> Iterator[Reminder]:
    return (one for one in found if one.keys.isdisjoint(wish.said))


def _day(calendar: Calendar, one: Reminder, wish: Wish, since: date) -> date | None:
    """The first day from *since* on which *one* may be said."""
    day = _awake(calendar, max(one.first, wish.touched + DAY, since))
    return day if day <= one.last else None


def _awake(calendar: Calendar, day: date) -> date:
    while calendar.is_festive(day):
        day += DAY
    return day


def _of_limit(calendar: Calendar, plan: Plan, told: Told, step: Step) -> Iterator[Reminder]:
    """Of the last day to file *step*, once long before and once shortly before."""
    one = of(told, plan.group, step)
    if step.deadline is None or one.event is None or one.state not in {"todo", "returned"}:
        return
    end = last_day(calendar, step.deadline, one.event)
    if end is not None:
        soon, last = (_working_before(calendar, end.day - before) for before in (SOON, LAST))
        yield Reminder("soon", (step,), soon, soon + SOON_FOR, end)
        yield Reminder("last", (step,), last, end.day, end)


def _of_result(
    calendar: Calendar, plan: Plan, told: Told, dossier: Dossier, steps: tuple[Step, ...]
) -> Iterator[Reminder]:
    """Of the day on which the result of *steps* is there, and of what to do when it is not."""
    one = expected(calendar, dossier.procedure.filings, of(told, plan.group, steps[0]))
    if one is None:
        return
    late = Due(one.last, one.usual.settled if one.checking is None else one.checking.settled)
    overdue, silent = calendar.working(one.last + DAY), calendar.working(one.last + SILENT)
    yield Reminder("result", steps, calendar.day_before(one.usual.day), one.usual.day, one.usual)
    yield Reminder("overdue", steps, overdue, silent - DAY, late)
    yield Reminder("silent", steps, silent, silent + SILENT_FOR, late)


def _lying(base: Base, calendar: Calendar, plan: Plan, told: Told, wish: Wish) -> Iterator[Reminder]:
    """Of what is to be filed next, or to be completed, when nobody did anything about it for long."""
    following = next_thing(plan, told, {}, date.min)
    if following.step is None or following.step.optional or following.what not in {"complete", "file"}:
        return
    steps = still_open(dossier_of(base, plan, following.step), told, plan.group)
    first = calendar.working(wish.touched + LYING)
    back = of(told, plan.group, following.step).returned
    yield Reminder(
        "open" if back is None else "returned",
        steps,
        first,
        first + LYING_FOR,
        None if back is None else Due(back, settled=True),
    )


def _working_before(calendar: Calendar, day: date) -> date:
    """*day*, or else the last working day before it: then an office can still be asked."""
    while not calendar.is_working(day):
        day -= DAY
    return day
