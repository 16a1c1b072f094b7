"""What several screens of a group have in common."""

from __future__ import annotations

from bot.actions import Back, OpenStep, Restart
from bot.base.model import Filing, Step
from bot.groups.plan import Plan
from bot.groups.progress import dossier_of
from bot.messages import Button, Rows
from bot.talk.cards import offer
from bot.talk.view import View


def title(view: View, step: Step) -> str:
    if step.title is not None:
        return view.speech.text(step.title)
    return view.speech.text(view.base.procedures[step.procedure].short)


def named(view: View, plan: Plan, steps: tuple[Step, ...]) -> str:
    """Steps of one dossier as one says them."""
    if len(steps) == 1:
        return title(view, steps[0])
    name = view.speech.text(dossier_of(view.base, plan, steps[0]).procedure.short)
    return view.say("walk.steps", name=name, numbers=in_a_row([plan.steps.index(step) + 1 for step in steps]))


def heading(view: View, plan: Plan, step: Step) -> list[str]:
    """What a screen about *step* begins with."""
    number, procedure = plan.steps.index(step) + 1, view.base.procedures[step.procedure]
    name = view.speech.text(step.title or procedure.name)
    return [view.say("walk.step-title", number=number, total=len(plan.steps), step=name)]


def to_step(view: View, plan: Plan, step: Step) -> tuple[Button, ...]:
    """The way back to *step* from a screen about it."""
    label = view.say("button.to-step", number=plan.steps.index(step) + 1)
    return (Button(label, OpenStep(plan.group.id, step.id)),)


def together(view: View, plan: Plan) -> str:
    numbers = in_a_row([n for n, step in enumerate(plan.steps, 1) if step.id in plan.bundled])
    bundle = plan.group.bundle
    because = "" if bundle is None or bundle.because is None else view.speech.text(bundle.because)
    return view.say("walk.together", numbers=numbers, because=because).strip()


def online(view: View, plan: Plan) -> Rows:
    """The way to the guide to filing the bundle online, where this plan may use it."""
    bundle = plan.group.bundle
    if bundle is None or not plan.bundled:
        return ()
    return offer(view, view.base.procedures[bundle.procedure], plan.group.id)


def in_short(view: View, filing: Filing) -> str:
    """Time and fee in one line; the whole truth about them is on the card of the procedure."""
    time, fee = filing.time(view.day), filing.fee(view.day)
    said = f"{view.speech.time(time, short=True)}; {view.speech.fee(fee, short=True)}"
    open_fee = fee is None or fee.amount is None or fee.unsure is not None
    unsure = open_fee or (time is not None and time.unsure is not None)
    return said + (view.say("fact.ask-again") if unsure else "")


def steering(view: View, plan: Plan) -> Rows:
    if not plan.facts:
        return ()
    group = plan.group.id
    return ((view.button("button.back", Back(group)), view.button("button.restart", Restart(group))),)


def in_a_row(numbers: list[int]) -> str:
    """The numbers of steps as one says them: 1, 3; 1–4 for a run of three or more."""
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]}–{numbers[-1]}"
    return ", ".join(map(str, numbers))
