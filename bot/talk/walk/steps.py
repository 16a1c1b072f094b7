"""One step of the plan."""

from __future__ import annotations

from collections.abc import Iterator

from bot.actions import OpenGroup, OpenProcedure, OpenStep, WhyStep
from bot.base.model import Procedure, Step
from bot.groups.plan import Plan
from bot.groups.progress import waits_for
from bot.messages import Button, Rows, Screen
from bot.talk.cards import filing_lines, offer, warnings
from bot.talk.view import View
from bot.talk.walk import limits, reminding, video
from bot.talk.walk.due import if_filed_now
from bot.talk.walk.parts import heading, in_a_row, in_short, together
from bot.talk.walk.status import moves, status


def step(view: View, plan: Plan, shown: Step) -> Screen:
    """One step: how far they are with it; before they file it, why it is there, where, how long, and what to mind."""
    number = plan.steps.index(shown) + 1
    procedure = view.base.procedures[shown.procedure]
    stands = list(status(view, plan, shown))
    lines = [*heading(view, plan, shown), "", *(stands or _before_filing(view, plan, shown, procedure))]
    reminded, remind = reminding.of_step(view, plan, shown)
    lines += (*reminded, *warnings(view, procedure))
    details = (
        Button(view.say("aspect.documents"), OpenProcedure(procedure.id, "documents")),
        Button(view.say("button.details"), OpenProcedure(procedure.id)),
    )
    why = view.button("button.why", WhyStep(plan.group.id, shown.id))
    back = (why, view.button("button.plan", OpenGroup(plan.group.id)))
    guide = offer(view, procedure) if shown.id not in plan.bundled and not stands else ()
    watch = video.offer(view, plan.group.id, shown.video, shown.id)
    rows = (*guide, *watch, *moves(view, plan, shown), *remind, details, *_neighbours(view, plan, number), back)
    return view.screen(lines, rows, plan.group.id, walked=True)


def _before_filing(view: View, plan: Plan, shown: Step, procedure: Procedure) -> Iterator[str]:
    if shown.because is not None:
        yield view.speech.text(shown.because)
    yield from _how_filed(view, plan, shown, procedure)
    if before := waits_for(plan, view.session.progress, shown):
        yield view.say("walk.after", numbers=in_a_row([plan.steps.index(one) + 1 for one in before]))
    else:
        yield from if_filed_now(view, plan, shown)
    if shown.deadline is not None:
        yield limits.line(view, plan, shown, shown.deadline)
    yield from (f"• {view.speech.text(note)}" for note in plan.notes(shown))


def _how_filed(view: View, plan: Plan, shown: Step, procedure: Procedure) -> Iterator[str]:
    if shown.id in plan.bundled:
        yield together(view, plan)
        return
    yield from filing_lines(view, procedure.filings, lambda filing: in_short(view, filing))
    yield view.say("walk.where", offices=view.speech.text(view.base.offices[procedure.office].name))


def _neighbours(view: View, plan: Plan, number: int) -> Rows:
    row = []
    if number > 1:
        row.append(view.button("button.previous", OpenStep(plan.group.id, plan.steps[number - 2].id)))
    if number < len(plan.steps):
        row.append(view.button("button.next", OpenStep(plan.group.id, plan.steps[number].id)))
    return (tuple(row),) if row else ()
