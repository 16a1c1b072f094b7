"""The plan: which steps, in which order, and what is filed together."""

from __future__ import annotations

from bot.actions import OpenPage, OpenStep
from bot.base.model import Text
from bot.groups.plan import Plan
from bot.groups.progress import Next, begun
from bot.messages import Button, Screen
from bot.talk.cards import warnings
from bot.talk.view import View, column, pairs
from bot.talk.walk import reminding, video
from bot.talk.walk.following import closing, next_of, next_words
from bot.talk.walk.pages import pages_of
from bot.talk.walk.parts import online, steering, title, together
from bot.talk.walk.status import overview


def summary(view: View, plan: Plan, news: str = "") -> Screen:
    """The plan: the next thing to do, which steps, in which order, what is filed together; above it what is new."""
    group = plan.group
    following = next_of(view, plan)
    lines = closing(view, plan) if following.what == "finished" and plan.steps else _open(view, plan, following)
    if news:
        lines = [news, "", *lines]
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
        *(reminding.offer(view, plan) if plan.steps and following.what != "finished" else ()),
        *steering(view, plan),
    )
    return view.screen(lines, rows, group.id, walked=True)


def _open(view: View, plan: Plan, following: Next) -> list[str]:
    lines = [f"**{view.speech.text(plan.group.name)}**", ""]
    if plan.steps:
        count = view.say("walk.plan", count=len(plan.steps))
        lines.insert(1, f"{count} {next_words(view, plan, following)}".strip())
    lines += [overview(view, plan, step) for step in plan.steps]
    if plan.bundled:
        lines += ["", together(view, plan)]
    if plan.steps and (reminded := list(reminding.state(view, plan))):
        lines += ["", *reminded]
    if plan.advice and not begun(view.session.progress, plan.group):
        lines += ["", *(f"• {view.speech.text(one)}" for one in advice(plan))]
    return lines


def advice(plan: Plan) -> tuple[Text, ...]:
    """What of the advice has room beside the steps; the rest is on a page of its own."""
    return plan.advice[: 2 if plan.steps else None]
