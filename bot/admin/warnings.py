"""What an admin should look at, though the bot can go on with it: facts that end, reviews due, screens too long.

Errors keep the bot from starting, so nothing that comes true by waiting may be one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from itertools import chain

from bot.admin.screens import screens
from bot.base.calendar import SATURDAY, closed
from bot.base.guide_checks import unused
from bot.base.model import UNSETTLED, Base, DaysOff, Fee, Filing, Record, Text, Time, Vouched
from bot.base.problems import At, Kind, Problem, Problems
from bot.groups.calendar import proposed
from bot.groups.lint import lint
from bot.groups.untimely import untimely_papers
from bot.markup import parse
from bot.messages import Address, Screen
from bot.session import Session
from bot.talk.speech import Speech
from bot.talk.view import View

SOON = timedelta(days=45)  # an edit, its review and a restart fit in
LONGEST = 4096  # UTF-16 units of a message, https://core.telegram.org/bots/api#sendmessage
WIDEST = 2  # of these units in a character
MOVED = 1  # day by which the neighbour of a holiday differs from one year to another
ROW = timedelta(days=7)  # from the first to the last day of a holiday
LINES = 14  # with words on them, of what a citizen sees first; more and a phone must be scrolled
CODE = re.compile(r"(?<![\d.])[0-9]\.[0-9]{6}(?!\d)")  # of a procedure, in a sentence
NOBODY = Address("console", "nobody")


def warnings(base: Base, speech: Speech, day: date) -> list[Problem]:
    """Everything in *base* to look at on *day*; *speech* has the sentences that screens are made of."""
    found = Problems()
    found += (_old(one) for one in vouched(base) if one.stale(day))
    found += lint(base)
    for guide in unused(base):
        found.add(guide.at, Kind.UNUSED_GUIDE, guide=guide.id)
    for group in base.groups.values():
        found += untimely_papers(base, group)
    for record in _records(base):
        views = (View(base, Speech(language, speech.texts), Session(), day, NOBODY) for language in base.texts)
        found += next(
            filter(None, (list(_long_screens(view, record)) for view in views)), []
        )  # in one language: enough
    for procedure in base.procedures.values():
        for filing in procedure.filings.values():
            _last_days(filing, day, found)
    known = {
        code for record in _records(base) for code in (record.code, *record.aliases) if code
    } | base.catalogue.keys()
    for record in _records(base):
        for code in dict.fromkeys(one for text in texts_in(record) for one in CODE.findall(text.vi)):
            if code not in known:
                found.add(record.at, Kind.UNKNOWN_CODE, code=code)
    for notice in base.notices:
        if notice.span.until is not None and notice.span.until < day:
            found.add(notice.at, Kind.NOTICE_ENDED, id=notice.id, until=notice.span.until)
    for forgotten in forgotten_holidays(base.calendar):
        found.add(base.calendar.at, Kind.FORGOTTEN_HOLIDAY, day=forgotten)
    return sorted(found)


def forgotten_holidays(days: DaysOff) -> Iterator[date]:
    """Settled working days on which the library expects a holiday and nothing near is off; of a row, the first."""
    if days is UNSETTLED:
        return
    named, last = {day for day, _ in closed(days.decisions)}, date.min
    for day in sorted(day for year in range(days.since.year, days.until.year + 1) for day in proposed(year)):
        near = {day + timedelta(number) for number in range(-MOVED, MOVED + 1)}
        settled = days.since <= day <= days.until
        if settled and day.weekday() < SATURDAY and not near & named and day - last > ROW:
            yield (last := day)


def vouched(base: Base) -> tuple[Vouched, ...]:
    """Everything that has to be read again by some day."""
    kinds = (base.procedures, base.groups, base.guides, base.entries)
    return (*chain.from_iterable(kind.values() for kind in kinds), base.calendar)


def texts_in(value: object) -> Iterator[Text]:
    """Every sentence of *value*, whatever holds it."""
    match value:
        case Text():
            yield value
        case tuple():
            yield from (text for one in value for text in texts_in(one))
        case Mapping():
            yield from texts_in(tuple(value.values()))
        case _ if is_dataclass(value):
            yield from texts_in(tuple(getattr(value, field.name) for field in fields(value)))


def _records(base: Base) -> Iterator[Record]:
    yield from base.procedures.values()
    yield from base.groups.values()


def ending(facts: tuple[Time, ...] | tuple[Fee, ...]) -> tuple[At, date] | None:
    """The last day on which any of *facts* holds, and where it is written; None when one goes on."""
    days = [(one.span.until, one.at) for one in facts]
    last, at = max(((until or date.max, at) for until, at in days), default=(date.max, At("")))
    return None if last == date.max else (at, last)


def _old(one: Vouched) -> Problem:
    return Problem(one.at, Kind.REVIEW_PASSED, (("review", str(one.review)), ("owner", one.owner)))


def _last_days(filing: Filing, day: date, found: Problems) -> None:
    for what, end in (("time", ending(filing.times)), ("fee", ending(filing.fees))):
        if end is not None and end[1] < day + SOON:
            kind = Kind.FACT_EXPIRED if end[1] < day else Kind.FACT_EXPIRES
            found.add(end[0], kind, what=what, channel=filing.channel, until=end[1])


def _long_screens(view: View, record: Record) -> Iterator[Problem]:
    """The longest screen of *record*, where one is too long: one line each, as the cause is mostly the same."""
    shots = list(screens(view, record))
    long = [shot for shot in shots if len(shot.screen.text) * WIDEST > LONGEST]  # markup makes a text no shorter
    for kind, limit, sizes in (
        (Kind.SCREEN_TOO_LONG, LONGEST, [(_units(shot.screen), shot.name) for shot in long]),
        (Kind.SUMMARY_TOO_LONG, LINES, [(_lines(shot.screen), shot.name) for shot in shots if shot.summary]),
    ):
        length, name = max(sizes, default=(0, ""))
        if length > limit:
            words = {"screen": name, "language": view.speech.language, "length": length, "limit": limit}
            yield Problem(record.at, kind, tuple((key, str(word)) for key, word in words.items()))


def _text(screen: Screen) -> str:
    """What is seen of *screen*: limits count after the markup is gone."""
    return "".join(span.text for span in parse(screen.text))


def _units(screen: Screen) -> int:
    return len(_text(screen).encode("utf-16-le")) // 2


def _lines(screen: Screen) -> int:
    return sum(1 for line in _text(screen).splitlines() if line.strip())
