"""How far somebody is with a step, in words, and the buttons to say so."""

from __future__ import annotations

from collections.abc import Iterator

from bot.actions import Mark
from bot.base.model import Step
from bot.groups.due import Expected
from bot.groups.plan import Plan
from bot.groups.progress import Progress, dossier_of, of, still_open
from bot.markup import escape
from bot.messages import Button, Rows
from bot.talk.cards import document_words
from bot.talk.view import View
from bot.talk.walk.due import awaited, expected
from bot.talk.walk.limits import tell
from bot.talk.walk.parts import in_a_row, title
from bot.talk.walk.returned import paper_of


def progress_of(view: View, plan: Plan, step: Step) -> Progress:
    return of(view.session.progress, plan.group, step)


def status(view: View, plan: Plan, step: Step) -> Iterator[str]:
    """Where *step* stands; nothing while nobody has filed it."""
    told = progress_of(view, plan, step)
    match told.state:
        case "filed":
            yield _filed(view, told, expected(view, plan, step))
            yield from _in_one_file(view, plan, step)
            yield from awaited(view, plan, step)
        case "returned":
            yield from _returned(view, plan, step, told)
        case "done":
            yield view.say("progress.done")
    if told.code and told.state in {"filed", "returned"}:
        yield view.say("progress.code", code=escape(told.code))


def overview(view: View, plan: Plan, step: Step) -> str:
    """*step* as a line of the plan."""
    told = progress_of(view, plan, step)
    optional = view.say("walk.optional") if step.optional and told.state == "todo" else ""
    line = view.say("walk.step", number=plan.steps.index(step) + 1, step=title(view, step), mark=optional)
    if told.state != "filed" or (one := expected(view, plan, step)) is None:
        return view.say(f"walk.step-{told.state}", step=line)
    if one.last < view.day:
        return view.say("walk.step-overdue", step=line, day=view.speech.on(one.last, view.day))
    return view.say(
        "walk.step-due", step=line, day=view.speech.near(one.usual.day, view.day, settled=one.usual.settled)
    )


def moves(view: View, plan: Plan, step: Step) -> Rows:
    """What one can say of *step* now."""

    def mark(key: str, to: str) -> Button:
        return view.button(key, Mark(plan.group.id, step.id, to))

    match progress_of(view, plan, step).state:
        case "todo":
            return ((mark("progress.i-filed", "file"), mark("progress.i-have-it", "done")), *tell(view, plan, step))
        case "returned":
            again = (mark("progress.i-filed-again", "file"), mark("progress.i-received", "done"))
            return (again, (mark("progress.note-code", "code"), mark("progress.not-returned", "back")))
        case "done":
            return ((mark("progress.not-done", "back"),),)
    rows: Rows = ((mark("progress.i-received", "done"), mark("progress.it-came-back", "return")),)
    if len(still_open(dossier_of(view.base, plan, step), view.session.progress, plan.group)) > 1:
        rows = (*rows, (mark("progress.received-all", "all"),))
    notes = (mark("progress.note-code", "code"), mark("progress.note-slip", "slip"))
    return (*rows, notes, (mark("progress.not-filed", "back"),))


def _filed(view: View, told: Progress, one: Expected | None) -> str:
    """How it was filed; when, where the line about its result does not say so."""
    how = view.say(f"progress.by-{told.channel}") if told.channel else ""
    said_below = one is not None and told.slip is None and told.channel != "post"
    day = "" if told.day is None or said_below else view.said_day(told.day)
    return view.say("progress.filed", day=day, how=how).replace(" .", ".")


def _in_one_file(view: View, plan: Plan, step: Step) -> Iterator[str]:
    steps = dossier_of(view.base, plan, step).steps
    if len(steps) > 1:
        yield view.say("progress.together", numbers=in_a_row([plan.steps.index(one) + 1 for one in steps]))


def _returned(view: View, plan: Plan, step: Step, told: Progress) -> Iterator[str]:
    """What is missing, and what to do about it."""
    document = paper_of(view, plan, step, told.paper)
    yield view.say("progress.returned", day="" if told.returned is None else view.said_day(told.returned))
    if document is not None:
        yield view.say("progress.missing", paper=document_words(view, document))
        kind = view.base.documents[document.kind]
        if kind.database or kind.issued:
            yield view.say("progress.missing-database" if kind.database else "progress.missing-form")
    yield view.say("progress.how-to-complete")
