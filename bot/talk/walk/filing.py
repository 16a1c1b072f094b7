"""How and when somebody filed a step, asked one after another; and what they may type about it."""

from __future__ import annotations

from datetime import date, timedelta

from bot.actions import Filed, Mark
from bot.base.model import CHANNELS, Step
from bot.groups.plan import Plan
from bot.groups.progress import dossier_of
from bot.messages import Button, Rows, Screen
from bot.talk import days
from bot.talk.view import View, column
from bot.talk.walk.parts import heading, to_step


def channels(view: View, plan: Plan, step: Step) -> tuple[str, ...]:
    """The ways in which *step* can be filed."""
    filings = dossier_of(view.base, plan, step).procedure.filings
    return tuple(channel for channel in CHANNELS if channel in filings)


def how(view: View, plan: Plan, step: Step) -> Screen:
    """By which way was it filed?"""
    buttons = (
        view.button(f"progress.channel-{channel}", Mark(plan.group.id, step.id, channel))
        for channel in channels(view, plan, step)
    )
    return _asked(view, plan, step, column(buttons), "progress.how")


def when(view: View, plan: Plan, step: Step, complaint: str = "") -> Screen:
    """On which day was it filed? Another than the two on the buttons is typed; *complaint* says what was wrong."""
    near = (("progress.today", view.day), ("progress.yesterday", view.day - timedelta(1)))
    buttons = tuple(view.button(key, Filed(plan.group.id, step.id, days.number(day))) for key, day in near)
    return _asked(view, plan, step, (buttons,), complaint, "progress.when")


def which_half(view: View, plan: Plan, step: Step, day: date) -> Screen:
    """Was it filed before the cut-off hour of *day*, or later?"""
    hour = view.speech.hour(view.calendar.days.cutoff)
    halves = (("progress.before", "early"), ("progress.after", "late"))
    buttons = tuple(
        Button(view.say(key, hour=hour), Filed(plan.group.id, step.id, days.number(day), half)) for key, half in halves
    )
    lines = [*heading(view, plan, step), "", view.say("progress.which-half", day=view.said_day(day), hour=hour)]
    return view.screen(lines, (buttons, to_step(view, plan, step)), plan.group.id, walked=True)


def slip(view: View, plan: Plan, step: Step, complaint: str = "") -> Screen:
    """Which day does their appointment slip name?"""
    return _asked(view, plan, step, (), complaint, "progress.type-slip")


def code(view: View, plan: Plan, step: Step, complaint: str = "") -> Screen:
    """What is their dossier called?"""
    return _asked(view, plan, step, (), complaint, "progress.type-code")


def _asked(view: View, plan: Plan, step: Step, rows: Rows, *said: str) -> Screen:
    lines = [*heading(view, plan, step), "", *(view.say(key) for key in said if key)]
    return view.screen(lines, (*rows, to_step(view, plan, step)), plan.group.id, walked=True)
