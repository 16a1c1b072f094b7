"""What a plan comes to as a whole: money, days and trips; with what nobody knows named, and what is unsure marked.

Working days and calendar days are never simply added: a sum of both is calendar days, roughly, five working days to a
week. What is done the same day or in hours counts as a working day where something follows, so that too is rough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from graphlib import TopologicalSorter
from math import ceil

from bot.base.model import Base, Duration, Filing, Time
from bot.groups.dossiers import Dossier, dossiers
from bot.groups.order import awaited
from bot.groups.plan import Plan

WAYS = ("online", "counter")  # what people choose between
WEEK, WORKING = 7, 5  # days
MONTH = 30  # days, roughly


@dataclass(frozen=True, slots=True)
class Money:
    """What one pays, in đồng, if everything is filed in one way wherever it can be."""

    amount: int  # of what is known
    rough: bool  # some of it is unsure, or its note says that it may be otherwise
    known: tuple[int, ...]  # the steps that are in it
    unknown: tuple[int, ...]  # the steps whose fee must be asked


@dataclass(frozen=True, slots=True)
class Wait:
    """Some days that follow each other: working days, calendar days, and things done the same day."""

    working: int = 0
    calendar: int = 0
    quick: int = 0
    rough: bool = False

    def __add__(self, other: Wait) -> Wait:
        return Wait(
            self.working + other.working,
            self.calendar + other.calendar,
            self.quick + other.quick,
            self.rough or other.rough,
        )

    @property
    def days(self) -> float:
        """In calendar days, to compare."""
        return self.calendar + (self.working + self.quick) * WEEK / WORKING

    @property
    def exact(self) -> bool:
        kinds = sum(1 for some in (self.working, self.calendar, self.quick) if some)
        return not self.rough and kinds <= 1 and self.quick <= 1

    @property
    def duration(self) -> Duration:
        """The whole as one says it."""
        if self == Wait(quick=1):
            return Duration("same-day")
        if not self.calendar:
            return Duration("working-days", self.working + self.quick)
        return Duration("days", ceil(self.days))


@dataclass(frozen=True, slots=True)
class Waits:
    """How long the whole takes: each file after the one before, and all filed as soon as they can be."""

    in_turn: Wait
    at_once: Wait


@dataclass(frozen=True, slots=True)
class Trips:
    """How often one goes to file, and the steps for which the way is another than one chose."""

    count: int
    otherwise: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """A plan as a whole."""

    money: Mapping[str, Money]  # by way to file
    usual: Waits
    checking: Waits  # when the office must verify, wherever it may
    unsure: bool  # somebody else says so of a time
    untold: tuple[int, ...]  # the steps whose time the appointment slip says
    trips: Mapping[str, Trips]  # by way to file


def totals(base: Base, plan: Plan, day: date) -> Totals:
    """What *plan* comes to on *day*."""
    files = list(dossiers(base, plan))
    ways = [way for way in WAYS if any(way in file.procedure.filings for file in files)]
    times = [_times(file, day) for file in files]
    return Totals(
        money={way: _money(files, way, day) for way in ways},
        usual=_waits(plan, files, [_longest(some, lambda time: [time.usual]) for some in times]),
        checking=_waits(plan, files, [_longest(some, lambda time: [time.usual, time.checking]) for some in times]),
        unsure=any(time.unsure is not None for some in times for time in some),
        untold=_numbers(file for file, some in zip(files, times, strict=True) if not some),
        trips={way: _trips(plan, files, way) for way in ways},
    )


def _filing(file: Dossier, way: str) -> Filing | None:
    """How *file* is filed by who prefers *way*: else in the other one."""
    filings = file.procedure.filings
    return next((filings[one] for one in (way, *WAYS, "post") if one in filings), None)


def _money(files: list[Dossier], way: str, day: date) -> Money:
    fees = [(file, None if (filing := _filing(file, way)) is None else filing.fee(day)) for file in files]
    known = [(file, fee) for file, fee in fees if fee is not None and fee.amount is not None]
    return Money(
        amount=sum(fee.amount or 0 for _, fee in known),
        rough=any(fee.unsure is not None or fee.note is not None for _, fee in known),
        known=_numbers(file for file, _ in known),
        unknown=_numbers(file for file, fee in fees if fee is None or fee.amount is None),
    )


def _times(file: Dossier, day: date) -> tuple[Time, ...]:
    """How long *file* takes in each way to file it; nothing when only the appointment slip says so in any of them."""
    times = [filing.time(day) for filing in file.procedure.filings.values()]
    known = tuple(time for time in times if time is not None and time.usual.unit != "appointment")
    return known if len(known) == len(times) else ()


def _longest(times: tuple[Time, ...], said: Callable[[Time], list[Duration | None]]) -> Wait:
    """The longest that is *said* by some times, whichever way one files."""
    waits = (_wait(duration, time) for time in times for duration in said(time) if duration is not None)
    return max(waits, key=lambda wait: wait.days, default=Wait())


def _wait(duration: Duration, time: Time) -> Wait:
    rough = time.note is not None
    match duration.unit:
        case "working-days":
            return Wait(working=duration.count, rough=rough)
        case "days":
            return Wait(calendar=duration.count, rough=rough)
        case "months":
            return Wait(calendar=duration.count * MONTH, rough=True)
        case "same-day" | "hours":
            return Wait(quick=1, rough=rough)
    return Wait()


def _waits(plan: Plan, files: list[Dossier], waits: list[Wait]) -> Waits:
    """*waits* of *files* added up, and along the longest chain of those that wait for each other."""
    each = {step.id: wait for file, wait in zip(files, waits, strict=True) for step in file.steps}
    until: dict[str, Wait] = {}
    for id, before in _in_order(plan, files):
        start = max((until[one] for one in before), key=lambda wait: wait.days, default=Wait())
        until[id] = start + each[id]
    return Waits(sum(waits, Wait()), max(until.values(), key=lambda wait: wait.days, default=Wait()))


def _in_order(plan: Plan, files: list[Dossier]) -> Iterable[tuple[str, list[str]]]:
    """The steps of *plan*, each with those in other files whose result it waits for, and after them."""
    awaits = awaited(plan.group)
    together = {step.id: {one.id for one in file.steps} for file in files for step in file.steps}
    graph = {id: [one for one in together if one in awaits[id] - others] for id, others in together.items()}
    return [(id, graph[id]) for id in TopologicalSorter(graph).static_order()]


def _trips(plan: Plan, files: list[Dossier], way: str) -> Trips:
    """Visits to file: files of one office go in one, unless one of them waits for what another gives."""
    turn: dict[str, int] = {}
    for id, before in _in_order(plan, files):
        turn[id] = max((turn[one] + 1 for one in before), default=0)
    at_counter = [file for file in files if "counter" in file.procedure.filings]
    by_counter_alone = [file for file in at_counter if "online" not in file.procedure.filings]
    by_web_alone = [file for file in files if {*file.procedure.filings} & {*WAYS} == {"online"}]
    gone_for, otherwise = (by_counter_alone, by_counter_alone) if way == "online" else (at_counter, by_web_alone)
    visits = {(file.procedure.office, max(turn[step.id] for step in file.steps)) for file in gone_for}
    return Trips(len(visits), _numbers(otherwise))


def _numbers(files: Iterable[Dossier]) -> tuple[int, ...]:
    return tuple(sorted(number for file in files for number in file.numbers))
