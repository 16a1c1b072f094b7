"""The pages of the plan: what its summary has no room for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bot.actions import Change, Hand, OpenGroup, OpenPage, Places
from bot.base.model import Question
from bot.groups.plan import Plan
from bot.messages import Button, Rows, Screen
from bot.talk.cards import source_lines
from bot.talk.view import View, column, pairs
from bot.talk.walk.costs import costs
from bot.talk.walk.dates import dates
from bot.talk.walk.papers import papers
from bot.talk.walk.parts import online
from bot.talk.walk.why import left_out

PAGES = ("papers", "costs", "notes", "answers", "hold", "sources")

HELD = ("sheet", "picture", "dates")  # what can be handed over


def page(view: View, plan: Plan, name: str) -> Screen:
    """A page of the plan, one of PAGES."""
    lines = _PAGE[name](view, plan)
    rows: Rows = ()
    if name == "answers":
        rows = column(_changes(view, plan))
    elif name == "costs":
        rows = (*online(view, plan), (view.button("button.place", Places(plan.group.id)),))
    elif name == "hold":
        held = HELD if dates(view, plan) is not None else HELD[:2]
        rows = column(view.button(f"button.{what}", Hand(plan.group.id, what)) for what in held)
    others = (view.button(f"button.{one}", OpenPage(plan.group.id, one)) for one in pages_of(plan) if one != name)
    back = (view.button("button.plan", OpenGroup(plan.group.id)),)
    return view.screen(lines, (*rows, *pairs(others), back), plan.group.id, walked=True)


def pages_of(plan: Plan) -> tuple[str, ...]:
    pages = ("papers", "costs") if plan.steps else ()
    notes = ("notes",) if plan.advice or plan.left_out else ()
    answers = ("answers",) if plan.facts else ()
    return (*pages, *notes, *answers, "hold", "sources")


def _changes(view: View, plan: Plan) -> Iterator[Button]:
    for number, id in enumerate(plan.facts, 1):
        label = view.say("button.change", number=number, answer=_short_answer(view, plan, id))
        yield Button(label, Change(plan.group.id, id))


def _answers(view: View, plan: Plan) -> list[str]:
    lines = [view.say("walk.answers"), ""]
    for number, id in enumerate(plan.facts, 1):
        asked = plan.group.question(id)
        if asked is not None:
            lines.append(f"{number}. {view.speech.text(asked.ask)} **{_answer_of(view, plan, asked)}**")
    return lines


def _notes(view: View, plan: Plan) -> list[str]:
    """What was left out and why, and what the group does not cover."""
    told, others = left_out(view, plan)
    advice = (f"• {view.speech.text(one)}" for one in plan.advice)
    return [view.say("walk.notes"), "", *told, *advice, *others]


def _sources(view: View, plan: Plan) -> list[str]:
    return [view.say("walk.sources"), "", *source_lines(view, plan.group)]


def _hold(view: View, _: Plan) -> list[str]:
    """What they can take along."""
    return [view.say("walk.hold")]


def _answer_of(view: View, plan: Plan, asked: Question) -> str:
    option = asked.option(plan.facts[asked.id])
    return "" if option is None else view.speech.text(option.label)


def _short_answer(view: View, plan: Plan, id: str) -> str:
    asked = plan.group.question(id)
    return "" if asked is None else _answer_of(view, plan, asked)


_PAGE: Mapping[str, Callable[[View, Plan], list[str]]] = {
    "papers": papers,
    "costs": costs,
    "answers": _answers,
    "notes": _notes,
    "hold": _hold,
    "sources": _sources,
}
