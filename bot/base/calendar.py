"""The days off, read from knowledge/shared/calendar.yaml: each stands under the law or notice that decided it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta

from bot.base import facts
from bot.base.model import DaysOff, Decision, Holiday, Source, Swap, Text
from bot.base.problems import At, Kind, Problems
from bot.base.reading import Entry

HOUR = re.compile(r"([01]?[0-9]|2[0-3]) giờ(?: ([0-5][0-9]))?")
LONGEST = 31  # days off in a row: a longer stretch is a wrong year
FARTHEST = 3660  # days that a calendar reaches
SATURDAY = 5


def days_off(entry: Entry) -> DaysOff:
    """The calendar in the file knowledge/shared/calendar.yaml."""
    entry.node("until", required=True)
    since, until = _span(entry, "from", "until", FARTHEST)
    cutoff, source = _cutoff(entry.entry("cut-off", required=True))
    saturday, saturday_source = _saturday(entry.entry("saturday"))
    decisions = tuple(_decision(one) for one in entry.entries("decisions", required=True))
    found = DaysOff(
        id="calendar",
        at=entry.at,
        sources=(*source, *saturday_source, *(decision.source for decision in decisions)),
        checked=facts.day(entry, "checked", required=True) or date.min,
        review=until,
        owner=entry.word("owner", required=True),
        since=since,
        cutoff=cutoff,
        saturday=saturday,
        decisions=decisions,
    )
    entry.close()
    _report_twice(decisions, entry.problems)
    return found


def closed(decisions: Iterable[Decision]) -> Iterator[tuple[date, At]]:
    """Every day off that *decisions* name, and where."""
    for decision in decisions:
        for holiday in decision.holidays:
            for number in range((holiday.until - holiday.day).days + 1):
                yield holiday.day + timedelta(number), holiday.at
        yield from ((swap.off, swap.at) for swap in decision.swaps)


def _span(entry: Entry, first: str, last: str, limit: int) -> tuple[date, date]:
    """The days under *first* and *last*, at most *limit* of them; the first alone where there is no last."""
    since = facts.day(entry, first, required=True) or date.min
    until = facts.day(entry, last) or since
    if not 0 <= (until - since).days < limit:
        entry.problems.add(entry.where(last), Kind.BAD_SPAN, since=since, until=until, limit=limit)
        return since, since
    return since, until


def _cutoff(entry: Entry | None) -> tuple[time, tuple[Source, ...]]:
    if entry is None:
        return time.min, ()
    word = entry.word("hour", required=True)
    hour = HOUR.fullmatch(word)
    if word and hour is None:
        entry.problems.add(entry.where("hour"), Kind.BAD_HOUR, word=word)
    source = _source(entry)
    entry.close()
    return time.min if hour is None else time(int(hour[1]), int(hour[2] or 0)), source


def _saturday(entry: Entry | None) -> tuple[Text | None, tuple[Source, ...]]:
    if entry is None:
        return None, ()
    found = facts.required_text(entry, "text"), _source(entry)
    entry.close()
    return found


def _source(entry: Entry) -> tuple[Source, ...]:
    source = entry.entry("source", required=True)
    return () if source is None else (facts.source(source),)


def _decision(entry: Entry) -> Decision:
    source = _source(entry) or (Source("", Text(""), date.min),)
    found = Decision(
        source=source[0],
        holidays=tuple(_holiday(one) for one in entry.entries("off")),
        swaps=tuple(_swap(one) for one in entry.entries("swaps")),
    )
    entry.close()
    return found


def _holiday(entry: Entry) -> Holiday:
    found = Holiday(facts.required_text(entry, "name"), *_span(entry, "day", "until", LONGEST), entry.at)
    entry.close()
    return found


def _swap(entry: Entry) -> Swap:
    name = facts.required_text(entry, "name")
    off, work = (facts.day(entry, key, required=True) for key in ("off", "work"))
    if off and work and not off.weekday() < SATURDAY <= work.weekday():
        entry.problems.add(entry.at, Kind.BAD_SWAP, off=off, work=work)
    entry.close()
    return Swap(name, off or date.min, work or date.min, entry.at)


def _report_twice(decisions: tuple[Decision, ...], problems: Problems) -> None:
    """A day said twice: somebody moved it and left it where it was."""
    worked = ((swap.work, swap.at) for decision in decisions for swap in decision.swaps)
    seen: dict[date, At] = {}
    for day, at in (*closed(decisions), *worked):
        if day > date.min and seen.setdefault(day, at) is not at:
            problems.add(at, Kind.DUPLICATE_DAY, day=day, other=seen[day])
