"""The papers of the plan: each once, with the steps that need it."""

from __future__ import annotations

from bot.base.model import Document
from bot.groups.dossiers import dossiers
from bot.groups.plan import Plan
from bot.talk.cards import document_words
from bot.talk.view import View
from bot.talk.walk.parts import in_a_row


def papers(view: View, plan: Plan) -> list[str]:
    """Each paper once, with the steps that need it: first what to bring, last what nobody has to."""
    sections: dict[str, list[str]] = {"walk.bring": [], "walk.forms": [], "walk.database": []}
    for document, steps in _wanted(view, plan):
        kind = view.base.documents[document.kind]
        used = view.say("walk.used", numbers=in_a_row(sorted(steps))) if len(plan.steps) > 1 else ""
        section = "walk.database" if kind.database else "walk.forms" if kind.issued else "walk.bring"
        sections[section].append(f"• {document_words(view, document)}{used}")
    lines = [view.say("walk.papers")]
    for title, found in sections.items():
        lines += ["", view.say(title), *found] if found else []
    return lines


def _wanted(view: View, plan: Plan) -> list[tuple[Document, set[int]]]:
    """The papers of the plan, each kind once, with the numbers of the steps that need it."""
    wanted: dict[str, tuple[Document, set[int]]] = {}
    for dossier in dossiers(view.base, plan):
        numbers = {plan.steps.index(one) + 1 for one in dossier.steps}
        for document in dossier.procedure.documents:
            wanted.setdefault(document.kind, (document, set()))[1].update(numbers)
        for one in dossier.steps:
            for document in plan.extra_documents(one):
                wanted.setdefault(document.kind, (document, set()))[1].add(plan.steps.index(one) + 1)
    return list(wanted.values())
