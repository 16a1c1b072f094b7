"""For which paper a step was returned."""

from __future__ import annotations

from zlib import crc32

from bot.actions import Lacks
from bot.base.model import Document, Step
from bot.groups.plan import Plan
from bot.groups.progress import dossier_of
from bot.messages import Button, Screen
from bot.talk.view import View, column
from bot.talk.walk.parts import heading, to_step

OTHER = 0


def which(view: View, plan: Plan, step: Step) -> Screen:
    """Which paper was it?"""
    lines = [*heading(view, plan, step), "", view.say("progress.which-paper")]
    buttons = [
        Button(_name(view, document), Lacks(plan.group.id, step.id, number(document.kind)))
        for document in papers(view, plan, step)
    ]
    other = view.button("progress.other-paper", Lacks(plan.group.id, step.id, OTHER))
    rows = (*column([*buttons, other]), to_step(view, plan, step))
    return view.screen(lines, rows, plan.group.id, walked=True)


def papers(view: View, plan: Plan, step: Step) -> list[Document]:
    """What is handed in with *step*, each kind once."""
    dossier = dossier_of(view.base, plan, step)
    handed_in = (*dossier.procedure.documents, *(one for each in dossier.steps for one in plan.extra_documents(each)))
    return list({document.kind: document for document in handed_in}.values())


def paper_of(view: View, plan: Plan, step: Step, kind: str) -> Document | None:
    """The paper of this *kind*, if *step* (still) needs one."""
    return next((document for document in papers(view, plan, step) if document.kind == kind), None)


def number(kind: str) -> int:
    """A kind of paper as a button carries it: ids are too long beside those of a group and a step."""
    return crc32(kind.encode())


def _name(view: View, document: Document) -> str:
    return view.speech.text(view.base.documents[document.kind].name)
