"""The one thing to do next in a plan; and what to keep when nothing is left."""

from __future__ import annotations

from bot.actions import Anew, OpenGroup
from bot.base.model import Group
from bot.groups.plan import Plan
from bot.groups.progress import Next, dossier_of, next_thing, still_open
from bot.messages import Screen
from bot.talk.view import View
from bot.talk.walk.due import due_days, expected
from bot.talk.walk.parts import in_a_row, title
from bot.talk.walk.status import progress_of


def next_of(view: View, plan: Plan) -> Next:
    return next_thing(plan, view.session.progress, due_days(view, plan), view.day)


def next_words(view: View, plan: Plan, following: Next) -> str:
    """*following* as one says it; nothing when there is nothing to do."""
    if following.step is None:
        return ""
    dossier = dossier_of(view.base, plan, following.step)
    steps = still_open(dossier, view.session.progress, plan.group)
    numbers = in_a_row([plan.steps.index(step) + 1 for step in steps])
    name = title(view, following.step) if len(steps) == 1 else view.speech.text(dossier.procedure.short)
    awaited = expected(view, plan, following.step) if following.what == "wait" else None
    if awaited is not None:
        return view.say("next.wait-day", numbers=numbers, name=name, day=view.said_day(awaited.usual.day))
    return view.say(f"next.{following.what}", numbers=numbers, name=name)


def closing(view: View, plan: Plan) -> list[str]:
    """What they have now, and what to keep; what one may leave out is named once more."""
    lines = [view.say("closing.done", group=view.speech.text(plan.group.name)), ""]
    left = []
    for step in plan.steps:
        if progress_of(view, plan, step).state == "done":
            result = view.speech.text(view.base.procedures[step.procedure].result)
            lines.append(view.say("closing.result", result=result))
        else:
            left.append(view.say("closing.left", number=plan.steps.index(step) + 1, step=title(view, step)))
    return [*lines, "", view.say("closing.keep"), *left]


def sure(view: View, group: Group) -> Screen:
    """Whether to begin again, which forgets what they told of steps they filed."""
    rows = (
        (view.button("button.keep", OpenGroup(group.id)),),
        (view.button("button.restart", Anew(group.id)),),
    )
    return view.screen([view.say("walk.sure", group=view.speech.text(group.short))], rows, group.id, walked=True)
