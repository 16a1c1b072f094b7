"""The days of a plan for the calendar of a phone: when results are due, and the last days of the law."""

from __future__ import annotations

from collections.abc import Iterator

from bot.attachments import Dates, Event
from bot.groups.dossiers import dossiers
from bot.groups.plan import Plan
from bot.groups.progress import still_open
from bot.talk.view import View
from bot.talk.walk.due import expected
from bot.talk.walk.limits import end
from bot.talk.walk.parts import named


def dates(view: View, plan: Plan) -> Dates | None:
    """None while no day is known."""
    events = tuple(_events(view, plan))
    return Dates(plan.group.id, events) if events else None


def _events(view: View, plan: Plan) -> Iterator[Event]:
    """Each keeps its id when its day moves, so that taking the file again corrects the calendar."""
    for dossier in dossiers(view.base, plan):
        office = view.say("walk.where", offices=view.speech.text(view.base.offices[dossier.procedure.office].name))
        steps = still_open(dossier, view.session.progress, plan.group)
        for step in steps:
            if (last := end(view, plan, step)) is not None:
                title = view.say("dates.limit", what=named(view, plan, (step,)))
                yield Event(f"{plan.group.id}/{step.id}/limit", last.day, title, office)
        one = expected(view, plan, steps[0]) if steps else None
        if one is not None:
            title = view.say("dates.result", what=named(view, plan, steps))
            yield Event(f"{plan.group.id}/{steps[0].id}/result", one.usual.day, title, office)
