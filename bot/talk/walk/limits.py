"""The law's limit for filing a step: how long, and once they told from when, up to which day."""

from __future__ import annotations

from datetime import date, timedelta

from bot.actions import Happened, Mark
from bot.base.model import Deadline, Step
from bot.groups import due
from bot.groups.calendar import Due
from bot.groups.plan import Plan
from bot.groups.progress import of
from bot.messages import Button, Rows, Screen
from bot.talk import days
from bot.talk.view import View
from bot.talk.walk.parts import heading, to_step


def end(view: View, plan: Plan, step: Step) -> Due | None:
    """The last day for *step*; None where there is none, or nobody knows it, or it was kept."""
    told = of(view.session.progress, plan.group, step)
    if step.deadline is None or told.event is None or told.state not in {"todo", "returned"}:
        return None
    return due.last_day(view.calendar, step.deadline, told.event)


def alike(plan: Plan, limit: Deadline) -> tuple[Step, ...]:
    """The steps of the group whose limits run from the same as *limit*."""
    every = plan.group.steps
    return tuple(one for one in every if one.deadline is not None and one.deadline.since == limit.since)


def line(view: View, plan: Plan, step: Step, limit: Deadline) -> str:
    """*limit* of *step* in a line."""
    words = {"time": view.speech.duration(limit.within), "since": view.speech.text(limit.since)}
    last = end(view, plan, step)
    if last is None:
        return view.say("walk.deadline", **words) + view.speech.note(limit.note)
    day = view.speech.near(last.day, view.day, settled=last.settled)
    key = "limit.over" if last.day < view.day else "limit.until"
    return view.say(key, day=day, **words, note=view.speech.note(limit.note))


def tell(view: View, plan: Plan, step: Step) -> Rows:
    """The way to say from when the limit of *step* runs; nothing where its end is not counted in days."""
    limit = step.deadline
    if limit is None or due.last_day(view.calendar, limit, view.day) is None:
        return ()
    since = view.speech.text(limit.since)
    known = of(view.session.progress, plan.group, step).event is not None
    label = view.say("limit.correct" if known else "limit.tell", since=since)
    return ((Button(label, Mark(plan.group.id, step.id, "event")),),)


def ask(view: View, plan: Plan, step: Step, limit: Deadline, complaint: str = "") -> Screen:
    """On which day was that? Another than the two on the buttons is typed; *complaint* says what was wrong."""

    def day(key: str, when: date) -> Button:
        return view.button(key, Happened(plan.group.id, step.id, days.number(when)))

    near = (day("progress.today", view.day), day("progress.yesterday", view.day - timedelta(1)))
    said = (view.say(complaint),) if complaint else ()
    asked = view.say("limit.ask", since=view.speech.text(limit.since))
    lines = [*heading(view, plan, step), "", *said, asked]
    return view.screen(lines, (near, to_step(view, plan, step)), plan.group.id, walked=True)
