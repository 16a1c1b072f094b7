"""What citizens tell of a step, by a tap or typed: it becomes progress in their session, and a screen."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot import actions as act
from bot.base.model import Step
from bot.groups import due, progress
from bot.groups.plan import Plan
from bot.groups.progress import Change, dossier_of, of, still_open
from bot.messages import Screen
from bot.talk import days
from bot.talk.turn import Turn
from bot.talk.view import View
from bot.talk.walk import filing, limits, returned, steps, summary

Tap = act.Mark | act.Filed | act.Lacks | act.Happened
LONGEST_AGO = 730  # days since somebody filed: more, and the year is mistyped
LONGEST_WAIT = 180  # days from filing to a result: more, and the day is mistyped
LONGEST = 5  # words around the code of a dossier; more is a question
CODE = re.compile(r"(?=(?:\D*\d){3})[\w./-]{4,40}")
PERSONAL = re.compile(r"(?<![\d/])\+?(?:\d{9,10}|84\d{9}|\d{12})(?![\d/])")  # of a person, not of a dossier


def tap(view: View, plan: Plan, step: Step, action: Tap) -> Turn:
    """What *action* tells of *step*, and the screen that follows."""
    view = replace(view, session=replace(view.session, writes=""))
    match action:
        case act.Filed(_, _, figures, half) if (day := days.numbered(figures)) is not None and day <= view.day:
            return _filed(view, plan, step, day, half)
        case act.Happened(_, _, figures) if (day := days.numbered(figures)) is not None and day <= view.day:
            return _happened(view, plan, step, day)
        case act.Lacks(_, _, number):
            found = (one.kind for one in returned.papers(view, plan, step) if returned.number(one.kind) == number)
            change = progress.returned(next(found, ""), view.day)
            return _step(_told(view, plan, _together(view, plan, step), change), plan, step)
        case act.Mark(_, _, to):
            return _marked(view, plan, step, to)
    return _step(view, plan, step)


def typed(view: View, plan: Plan, step: Step, what: str, text: str) -> Turn | None:
    """What *text* tells of *step*, where a `day` or `code` was asked for; None when it is about something else."""
    match what:
        case "day":
            return _day(view, plan, step, text)
        case "event":
            return _event(view, plan, step, text)
        case "slip":
            return _slip(view, plan, step, text)
        case "code":
            return _code(view, plan, step, text)
    return None


def _marked(view: View, plan: Plan, step: Step, to: str) -> Turn:
    here = of(view.session.progress, plan.group, step)
    ways = filing.channels(view, plan, step)
    match to:
        case "file" if here.state == "returned" and here.channel in ways:
            return _ask_day(view, plan, step)
        case "file" if len(ways) == 1:
            return _marked(view, plan, step, ways[0])
        case "file":
            return Turn(filing.how(view, plan, step), view.session)
        case _ if to in ways:
            return _ask_day(_told(view, plan, _together(view, plan, step), progress.by(to)), plan, step)
        case "code":
            return _ask(view, plan, step, "code", filing.code(view, plan, step))
        case "slip":
            return _ask(view, plan, step, "slip", filing.slip(view, plan, step))
        case "event":
            return _ask_event(view, plan, step)
        case "return":
            return Turn(returned.which(view, plan, step), view.session)
        case "done":
            return _summary(_told(view, plan, (step,), progress.done), plan)
        case "all":
            return _summary(_told(view, plan, _together(view, plan, step), progress.done), plan)
        case "back":
            steps = (step,) if here.state == "done" else _together(view, plan, step)
            return _step(_told(view, plan, steps, progress.taken_back), plan, step)
    return _step(view, plan, step)


def _day(view: View, plan: Plan, step: Step, text: str) -> Turn | None:
    """The day on which *step* was filed, as typed."""
    day = _past(view, text)
    if isinstance(day, str):
        return _ask_day(view, plan, step, day)
    return None if day is None else _filed(view, plan, step, day)


def _event(view: View, plan: Plan, step: Step, text: str) -> Turn | None:
    """The day from which the limit of *step* runs, as typed."""
    day = _past(view, text)
    if isinstance(day, str):
        return _ask_event(view, plan, step, day)
    return None if day is None else _happened(view, plan, step, day)


def _past(view: View, text: str) -> date | str | None:
    """The day up to today that *text* names; what is wrong with it; None when it is about something else."""
    day = days.read_day(text, view.day)
    if day is None:
        return "day.unread" if days.looks_like_day(text) else None
    if 0 <= (view.day - day).days <= LONGEST_AGO:
        return day
    return "day.ahead" if day > view.day else "day.long-ago"


def _happened(view: View, plan: Plan, step: Step, day: date) -> Turn:
    """That happened on *day* from which the limit of *step* runs, and of others that run from the same."""
    steps = () if step.deadline is None else limits.alike(plan, step.deadline)
    return _step(_told(view, plan, steps, progress.happened(day)), plan, step)


def _filed(view: View, plan: Plan, step: Step, day: date, half: str = "") -> Turn:
    """*step* was filed on *day*; in which *half* of it is asked only where that moves the day of the result."""
    if not half and _half_open(view, plan, step, day):
        return Turn(filing.which_half(view, plan, step, day), view.session)
    change = progress.filed(day, late=half == "late")
    return _step(_told(view, plan, _together(view, plan, step), change), plan, step)


def _half_open(view: View, plan: Plan, step: Step, day: date) -> bool:
    """Whether nobody said yet in which half of *day* something was filed, and its result comes later for the second."""
    channel = of(view.session.progress, plan.group, step).channel
    way = dossier_of(view.base, plan, step).procedure.filings.get(channel)
    if way is None or channel == "post" or due.of_file(view.calendar, way, day, late=False) is None:
        return False
    still_early = day == view.day and not due.is_late(view.calendar, view.hour)
    return due.half_matters(view.calendar, day) and not still_early


def _slip(view: View, plan: Plan, step: Step, text: str) -> Turn | None:
    """The day on the appointment slip, as typed: not before it was filed."""
    filed = of(view.session.progress, plan.group, step).day or view.day
    day = days.read_day(text, view.day, since=filed)
    if day is None:
        asked = filing.slip(view, plan, step, "day.unread")
        return _ask(view, plan, step, "slip", asked) if days.looks_like_day(text) else None
    if not 0 <= (day - filed).days <= LONGEST_WAIT:
        return _ask(view, plan, step, "slip", filing.slip(view, plan, step, "day.not-that"))
    return _step(_told(view, plan, _together(view, plan, step), progress.promised(day)), plan, step)


def _code(view: View, plan: Plan, step: Step, text: str) -> Turn | None:
    """The code of the dossier, as typed; a number that identifies a person is not kept."""
    words = text.strip().rstrip(".,").split()
    if PERSONAL.fullmatch(re.sub(r"[ .-]", "", text)) or any(PERSONAL.search(word) for word in words):
        return _ask(view, plan, step, "code", filing.code(view, plan, step, "progress.personal"))
    found = [word for word in words if CODE.fullmatch(word)]
    if len(found) != 1 or len(words) > LONGEST or days.read_day(text, view.day) is not None:
        return None
    return _step(_told(view, plan, _together(view, plan, step), progress.called(found[0])), plan, step)


def _told(view: View, plan: Plan, told_of: tuple[Step, ...], change: Change) -> View:
    """*view* once *change* is made to these steps; what was to be typed no longer is."""
    kept = progress.changed(view.session.progress, plan.group, told_of, change)
    return replace(view, session=replace(view.session, progress=kept, writes=""))


def _together(view: View, plan: Plan, step: Step) -> tuple[Step, ...]:
    """*step* with everything of its dossier that is not done."""
    return still_open(dossier_of(view.base, plan, step), view.session.progress, plan.group) or (step,)


def _ask_day(view: View, plan: Plan, step: Step, complaint: str = "") -> Turn:
    return _ask(view, plan, step, "day", filing.when(view, plan, step, complaint))


def _ask_event(view: View, plan: Plan, step: Step, complaint: str = "") -> Turn:
    if step.deadline is None:
        return _step(view, plan, step)
    return _ask(view, plan, step, "event", limits.ask(view, plan, step, step.deadline, complaint))


def _ask(view: View, plan: Plan, step: Step, what: str, screen: Screen) -> Turn:
    """*screen* asks for *what*, which may be typed."""
    return Turn(screen, replace(view.session, writes=f"{what}/{progress.key(plan.group, step)}"))


def _step(view: View, plan: Plan, step: Step) -> Turn:
    return Turn(steps.step(view, plan, step), view.session)


def _summary(view: View, plan: Plan) -> Turn:
    return Turn(summary.summary(view, plan), view.session)
