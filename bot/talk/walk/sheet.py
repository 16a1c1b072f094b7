"""The plan as a sheet to print: the steps with boxes to tick, the papers, where to go, whom to ring."""

from __future__ import annotations

from collections.abc import Iterator

from bot.attachments import Format, Line, Sheet
from bot.base.model import Step
from bot.groups.links import pack
from bot.groups.plan import Plan
from bot.talk.cards import filing_lines, place_lines
from bot.talk.menus import hotlines
from bot.talk.view import View
from bot.talk.walk import limits
from bot.talk.walk.papers import sections
from bot.talk.walk.parts import in_short, title, together
from bot.talk.walk.video import videos


def sheet(view: View, plan: Plan, format: Format) -> Sheet:
    """What somebody takes along; its code opens the plan again."""
    return Sheet(
        name=plan.group.id,
        lines=(*_head(view, plan), *_steps(view, plan), *_papers(view, plan), *_ways(view, plan)),
        format=format,
        start=f"w_{pack(plan.group, plan.facts)}",
        start_note=view.say("sheet.code"),
        codes=tuple((video.link, view.speech.text(video.title)) for video in videos(plan) if video.link),
    )


def _head(view: View, plan: Plan) -> Iterator[Line]:
    yield Line("title", view.speech.text(plan.group.name))
    yield Line("small", view.say("sheet.made", day=view.speech.day(view.day)))


def _steps(view: View, plan: Plan) -> Iterator[Line]:
    if plan.steps:
        yield Line("heading", view.say("sheet.steps"))
    for number, step in enumerate(plan.steps, 1):
        yield Line("tick", f"**{view.say('walk.step', number=number, step=title(view, step), mark='')}**")
        yield from (Line("under", line) for line in _about(view, plan, step))
    if plan.bundled:
        yield Line("text", together(view, plan))
    if plan.advice:
        yield Line("heading", view.say("walk.notes"))
    yield from (Line("text", f"• {view.speech.text(advice)}") for advice in plan.advice)


def _about(view: View, plan: Plan, step: Step) -> Iterator[str]:
    procedure = view.base.procedures[step.procedure]
    office = view.speech.text(view.base.offices[procedure.office].name)
    if step.id not in plan.bundled:
        yield view.say("walk.where", offices=office)
        ways = filing_lines(view, procedure.filings, lambda filing: in_short(view, filing))
        yield from (line.removeprefix("• ") for line in ways)
    if step.deadline is not None:
        yield limits.line(view, plan, step, step.deadline)
    yield from (" ".join(view.speech.text(note).split()) for note in plan.notes(step))


def _papers(view: View, plan: Plan) -> Iterator[Line]:
    """The papers: what one brings has a box; what one is given there is left out."""
    for section, said in sections(view, plan):
        if section == "forms":
            continue
        yield Line("heading", view.say(f"walk.{section}"))
        for words in said:
            yield Line("tick", words) if section in {"bring", "cases"} else Line("text", f"• {words}")


def _ways(view: View, plan: Plan) -> Iterator[Line]:
    """Where to go, and whom to ring."""
    offices = dict.fromkeys(view.base.procedures[step.procedure].office for step in plan.steps)
    if offices:
        yield Line("heading", view.say("sheet.where"))
    for office in offices:
        name, *where = place_lines(view, office)
        yield Line("text", name)
        yield from (Line("small", " ".join(line.split())) for line in where)
    yield Line("heading", view.say("sheet.ask"))
    yield from (Line("text", line) for line in hotlines(view, view.base.hotlines))
