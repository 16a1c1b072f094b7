"""Why a step is in the plan, or is not: which answers decided that."""

from __future__ import annotations

from collections.abc import Iterator

from bot.actions import Change, OpenGroup, OpenStep
from bot.base.model import Step, Text
from bot.groups.plan import Plan
from bot.groups.reasons import reasons
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


def left_out(view: View, plan: Plan, *, told: bool) -> Iterator[str]:
    """The steps that are not in the plan, with the answers that decided it; those alike in one line.

    Those of which somebody *told* the reason in words, or the others.
    """
    alike: dict[tuple[Text | None, str], list[str]] = {}
    for step, reason in plan.left_out:
        if (reason is not None) == told:
            alike.setdefault((reason, _said(view, plan, step)), []).append(title(view, step))
    for (reason, said), steps in alike.items():
        names = ", ".join(f"“{name}”" for name in steps)
        because = "" if reason is None else f": {view.speech.text(reason)}"
        yield view.say("walk.left-out", steps=names, because=because, said=said)


def _said(view: View, plan: Plan, step: Step) -> str:
    """The answers that decided about *step*, by their numbers."""
    numbers = {id: number for number, id in enumerate(plan.facts, 1)}
    said = (
        view.say("walk.answered", number=numbers[asked.id], answer=view.speech.text(option.label))
        for asked, option in reasons(step, plan)
    )
    return f" ({'; '.join(said)})"
