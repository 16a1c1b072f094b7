"""When the result of a step is due, as one says it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.base.model import CHANNELS, Filing, Step
from bot.groups import due
from bot.groups.calendar import Due
from bot.groups.due import Expected
from bot.groups.plan import Plan
from bot.groups.progress import dossier_of, of
from bot.talk.view import View


def expected(view: View, plan: Plan, step: Step) -> Expected | None:
    """When the result of *step* should be there, as far as anybody can tell."""
    filings = dossier_of(view.base, plan, step).procedure.filings
    return due.expected(view.calendar, filings, of(view.session.progress, plan.group, step))


def due_days(view: View, plan: Plan) -> dict[str, date]:
    """By step of *plan* the day on which its result should be there."""
    found = ((step.id, expected(view, plan, step)) for step in plan.steps)
    return {id: one.usual.day for id, one in found if one is not None}


def awaited(view: View, plan: Plan, step: Step) -> Iterator[str]:
    """When the result of what was filed is due, and what to do once that day is over."""
    told = of(view.session.progress, plan.group, step)
    dossier = dossier_of(view.base, plan, step)
    one = expected(view, plan, step)
    if told.slip is not None:
        yield view.say("due.slip", day=view.said_day(told.slip))
    elif one is None:
        yield view.say("due.only-slip")
    elif told.channel == "post":
        yield view.say("due.post", day=_said(view, one.usual))
    else:
        yield _sentence(view, one, dossier.procedure.filings[told.channel])
        yield view.say("due.slip-counts")
    if one is not None and one.last < view.day:
        yield view.say("due.overdue", office=view.speech.text(view.base.offices[dossier.procedure.office].name))


def if_filed_now(view: View, plan: Plan, step: Step) -> Iterator[str]:
    """When the result will be due if *step* is filed at the next chance; by the first way if they differ."""
    filings = dossier_of(view.base, plan, step).procedure.filings
    first = view.calendar.received(view.now)
    ways = [filings[channel] for channel in CHANNELS if channel in filings and channel != "post"]
    days = [due.of_file(view.calendar, filing, first, late=False) for filing in ways]
    if days and days[0] is not None:
        way = view.say(f"progress.by-{ways[0].channel}") if len(set(days)) > 1 else ""
        yield _sentence(view, days[0], ways[0], way)


def _sentence(view: View, one: Expected, filing: Filing, way: str = "") -> str:
    """When the result of what is filed by *filing* comes; it is named by *way* where another takes longer."""
    when = view.said_day(one.filed)
    if due.half_matters(view.calendar, one.filed):
        hour = view.speech.hour(view.calendar.days.cutoff)
        when = view.say("due.late" if one.late else "due.early", hour=hour, day=when)
    time = filing.time(one.filed)
    words = {
        "when": when,
        "way": way,
        "checking": "" if one.checking is None else view.say("due.checking", day=_said(view, one.checking)),
        "unsure": "" if time is None else view.speech.unsure(time.unsure),
    }
    if one.received != one.filed:
        return view.say("due.later", **words, received=view.said_day(one.received), day=_said(view, one.usual))
    if one.usual.day == one.filed:
        return view.say("due.same-day", **words)
    return view.say("due.file", **words, day=_said(view, one.usual))


def _said(view: View, one: Due) -> str:
    return view.speech.near(one.day, view.day, settled=one.settled)
