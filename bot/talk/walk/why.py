"""Why a step is in the plan, or is not: which answers decided that."""

from __future__ import annotations

from bot.actions import Change, OpenGroup, OpenStep
from bot.base.model import Step, Text
from bot.groups.plan import Plan
from bot.groups.reasons import Answered, reasons
from bot.groups.reasons import left_out as decisive
from bot.messages import Button, Screen
from bot.talk.view import View, column
from bot.talk.walk.parts import title


def why(view: View, plan: Plan, shown: Step) -> Screen:
    """What of the citizen's own answers brought the step *shown*; each can be changed from here."""
    lines = [view.say("walk.why", step=title(view, shown))]
    if shown.because is not None:
        lines.append(view.speech.text(shown.because))
    found = reasons(shown, plan)
    lines += ["", view.say("walk.because" if found else "walk.for-all", group=view.speech.text(plan.group.short))]
    lines += [f"• {view.speech.text(asked.ask)} **{view.speech.text(option.label)}**" for asked, option in found]
    numbers = {id: number for number, id in enumerate(plan.facts, 1)}
    changes = (
        Button(
            view.say("button.change", number=numbers[asked.id], answer=view.speech.text(option.label)),
            Change(plan.group.id, asked.id),
        )
        for asked, option in found
    )
    number = plan.steps.index(shown) + 1
    step = Button(view.say("button.to-step", number=number), OpenStep(plan.group.id, shown.id))
    back = (step, view.button("button.plan", OpenGroup(plan.group.id)))
    return view.screen(lines, (*column(changes), back), plan.group.id, walked=True)


def left_out(view: View, plan: Plan) -> tuple[list[str], list[str]]:
    """The steps that are not in the plan, with the answers that decided it; those alike in one line.

    First those of which somebody told the reason in words, then the others.
    """
    decided = decisive(plan)
    alike: dict[tuple[Text | None, str], list[str]] = {}
    for step, reason in plan.left_out:
        alike.setdefault((reason, _said(view, plan, decided.get(step.id, ()))), []).append(title(view, step))
    told: list[str] = []
    others: list[str] = []
    for (reason, said), steps in alike.items():
        names = ", ".join(f"“{name}”" for name in steps)
        because = "" if reason is None else f": {view.speech.text(reason)}"
        (others if reason is None else told).append(view.say("walk.left-out", steps=names, because=because, said=said))
    return told, others


def _said(view: View, plan: Plan, decided: Answered) -> str:
    """The answers that *decided*, by their numbers."""
    numbers = {id: number for number, id in enumerate(plan.facts, 1)}
    said = (
        view.say("walk.answered", number=numbers[asked.id], answer=view.speech.text(option.label))
        for asked, option in decided
    )
    return f" ({'; '.join(said)})"
