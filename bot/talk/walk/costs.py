"""What the plan costs, how long it takes, and where it is filed."""

from __future__ import annotations

from bot.groups.dossiers import dossiers
from bot.groups.plan import Plan
from bot.talk.cards import filing_lines
from bot.talk.view import View
from bot.talk.walk.parts import in_a_row, in_short


def costs(view: View, plan: Plan) -> list[str]:
    lines = [view.say("walk.costs")]
    offices: dict[str, None] = {}
    for dossier in dossiers(view.base, plan):
        numbers = in_a_row([plan.steps.index(one) + 1 for one in dossier.steps])
        lines += ["", view.say("walk.dossier", numbers=numbers, name=view.speech.text(dossier.procedure.short))]
        lines += filing_lines(view, dossier.procedure.filings, lambda filing: in_short(view, filing))
        offices[dossier.procedure.office] = None
    names = "; ".join(view.speech.text(view.base.offices[office].name) for office in offices)
    return [*lines, "", view.say("walk.where", offices=names)]
