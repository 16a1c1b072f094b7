"""The plan: which steps, in which order, and what is filed together."""

from __future__ import annotations

from bot.actions import OpenPage, OpenStep
from bot.base.model import Step
from bot.groups.plan import Plan
from bot.messages import Button, Screen
from bot.talk.cards import warnings
from bot.talk.view import View, column, pairs
from bot.talk.walk import video
from bot.talk.walk.pages import pages_of
from bot.talk.walk.parts import online, steering, title, together


def summary(view: View, plan: Plan, news: str = "") -> Screen:
    """The plan: which steps, in which order, and what is filed together; above it what is new."""
    group = plan.group
    lines = [view.say("walk.plan", group=view.speech.text(group.name), count=len(plan.steps)), ""]
    if not plan.steps:
        lines[0] = f"**{view.speech.text(group.name)}**"
    for number, step in enumerate(plan.steps, 1):
        lines.append(view.say("walk.step", number=number, step=title(view, step), mark=_mark(view, step)))
    if news:
        lines = [news, "", *lines]
    if plan.bundled:
        lines += ["", together(view, plan)]
    if plan.advice:
        lines += ["", *(f"• {view.speech.text(advice)}" for advice in plan.advice[: 2 if plan.steps else None])]
    lines += warnings(view, group)
    steps = (
        Button(view.say("button.step", number=number, step=title(view, step)), OpenStep(group.id, step.id))
        for number, step in enumerate(plan.steps, 1)
    )
    pages = [view.button(f"button.{page}", OpenPage(group.id, page)) for page in pages_of(plan)]
    rows = (
        *column(steps),
        *online(view, plan),
        *video.offer(view, group.id, group.video),
        *pairs(pages),
        *steering(view, plan),
    )
    return view.screen(lines, rows, group.id, walked=True)


def _mark(view: View, step: Step) -> str:
    return view.say("walk.optional") if step.optional else ""
