"""The screens of a group: its questions one by one, then the plan, its papers, its costs, and each step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.actions import Answer, Back, Change, OpenGroup, OpenPage, OpenProcedure, OpenStep, Places, Restart
from bot.base.model import Deadline, Document, Filing, Procedure, Question, Step
from bot.messages import Button, Rows, Screen
from bot.talk.cards import document_line, filing_lines, place_lines, source_lines, warnings
from bot.talk.plan import Plan
from bot.talk.view import View, column, pairs

PAGES = ("papers", "costs", "notes", "answers")


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is filed in one go: a step by itself, or the bundle with its steps."""

    procedure: Procedure
    steps: tuple[Step, ...]


def show(view: View, plan: Plan, longest: int) -> Screen:
    """Where somebody stands: the next question (with at most *longest* more to come), or the plan."""
    if plan.question is not None:
        return question(view, plan, plan.question, longest)
    return summary(view, plan)


def question(view: View, plan: Plan, asked: Question, longest: int) -> Screen:
    """One question with its options."""
    group = plan.group
    place = list(plan.facts).index(asked.id) + 1 if asked.id in plan.facts else len(plan.facts) + 1
    total = max(len(plan.facts) + longest, place)
    lines = [view.say("walk.question", group=view.speech.text(group.short), place=place, total=total)]
    if not plan.facts and group.intro is not None:
        lines += ["", view.speech.text(group.intro)]
    lines += ["", f"**{view.speech.text(asked.ask)}**"]
    if asked.why is not None:
        lines.append(view.speech.text(asked.why))
    lines += list(warnings(view, group)) if not plan.facts else []
    options = (Button(view.speech.text(o.label), Answer(group.id, asked.id, o.id)) for o in asked.options)
    return view.screen(lines, (*column(options), *_steering(view, plan)), group.id)


def summary(view: View, plan: Plan) -> Screen:
    """The plan: which steps, in which order, and what is filed together."""
    group = plan.group
    lines = [view.say("walk.plan", group=view.speech.text(group.name), count=len(plan.steps)), ""]
    if not plan.steps:
        lines[0] = f"**{view.speech.text(group.name)}**"
    for number, step in enumerate(plan.steps, 1):
        lines.append(view.say("walk.step", number=number, step=_title(view, step), mark=_mark(view, step)))
    if plan.bundled:
        lines += ["", _together(view, plan)]
    lines += [f"• {view.speech.text(advice)}" for advice in plan.advice[:2]]
    lines += warnings(view, group)
    steps = (
        Button(view.say("button.step", number=number, step=_title(view, step)), OpenStep(group.id, step.id))
        for number, step in enumerate(plan.steps, 1)
    )
    pages = [view.button(f"button.{page}", OpenPage(group.id, page)) for page in _pages(plan)]
    return view.screen(lines, (*column(steps), *pairs(pages), *_steering(view, plan)), group.id)


def page(view: View, plan: Plan, name: str) -> Screen:
    """A page of the plan: papers, costs, answers or notes."""
    lines = {"papers": _papers, "costs": _costs, "answers": _answers, "notes": _notes}[name](view, plan)
    rows: Rows = ()
    if name == "answers":
        rows = column(
            Button(view.say("button.change", question=_short_answer(view, plan, q)), Change(plan.group.id, q))
            for q in plan.facts
        )
    elif name == "costs":
        rows = ((view.button("button.place", Places(plan.group.id)),),)
    others = (view.button(f"button.{one}", OpenPage(plan.group.id, one)) for one in _pages(plan) if one != name)
    back = (view.button("button.plan", OpenGroup(plan.group.id)),)
    return view.screen(lines, (*rows, *pairs(others), back), plan.group.id)


def step(view: View, plan: Plan, shown: Step) -> Screen:
    """One step: why it is there, where, how long, what it costs, and what to mind."""
    number = plan.steps.index(shown) + 1
    procedure = view.base.procedures[shown.procedure]
    title = view.speech.text(procedure.name)
    lines = [view.say("walk.step-title", number=number, total=len(plan.steps), step=title), ""]
    if shown.because is not None:
        lines.append(view.speech.text(shown.because))
    lines += _how_filed(view, plan, shown, procedure)
    if shown.deadline is not None:
        lines.append(_deadline(view, shown.deadline))
    lines += [f"• {view.speech.text(note)}" for note in plan.notes(shown)]
    lines += warnings(view, procedure)
    details = (
        Button(view.say("aspect.documents"), OpenProcedure(procedure.id, "documents")),
        Button(view.say("button.details"), OpenProcedure(procedure.id)),
    )
    back = (view.button("button.plan", OpenGroup(plan.group.id)),)
    return view.screen(lines, (details, *_neighbours(view, plan, number), back), plan.group.id)


def dossiers(view: View, plan: Plan) -> Iterator[Dossier]:
    """What has to be filed, in order; the bundle stands where its first step does."""
    bundle = plan.group.bundle
    told = False
    for one in plan.steps:
        if bundle is None or one.id not in plan.bundled:
            yield Dossier(view.base.procedures[one.procedure], (one,))
        elif not told:
            told = True
            members = tuple(step for step in plan.steps if step.id in plan.bundled)
            yield Dossier(view.base.procedures[bundle.procedure], members)


def _pages(plan: Plan) -> tuple[str, ...]:
    pages = ("papers", "costs") if plan.steps else ()
    return (*pages, "notes", "answers") if plan.facts else (*pages, "notes")


def _title(view: View, step: Step) -> str:
    return view.speech.text(view.base.procedures[step.procedure].short)


def _mark(view: View, step: Step) -> str:
    return view.say("walk.optional") if step.optional else ""


def _together(view: View, plan: Plan) -> str:
    numbers = _numbers([n for n, step in enumerate(plan.steps, 1) if step.id in plan.bundled])
    bundle = plan.group.bundle
    because = "" if bundle is None or bundle.because is None else view.speech.text(bundle.because)
    return view.say("walk.together", numbers=numbers, because=because).strip()


def _papers(view: View, plan: Plan) -> list[str]:
    """Each paper once, with the steps that need it; what is in the databases comes last."""
    wanted: dict[str, tuple[Document, list[int]]] = {}
    for dossier in dossiers(view, plan):
        numbers = [plan.steps.index(one) + 1 for one in dossier.steps]
        extra = [document for one in dossier.steps for document in plan.extra_documents(one)]
        for document in (*dossier.procedure.documents, *extra):
            _, steps = wanted.setdefault(document.kind, (document, []))
            steps += [number for number in numbers if number not in steps]
    lines = [view.say("walk.papers"), ""]
    for document, steps in sorted(wanted.values(), key=lambda one: view.base.documents[one[0].kind].database):
        used = view.say("walk.used", numbers=_numbers(sorted(steps))) if len(plan.steps) > 1 else ""
        lines.append(document_line(view, document, used))
    return lines


def _costs(view: View, plan: Plan) -> list[str]:
    lines = [view.say("walk.costs")]
    for dossier in dossiers(view, plan):
        numbers = _numbers([plan.steps.index(one) + 1 for one in dossier.steps])
        lines += ["", view.say("walk.dossier", numbers=numbers, name=view.speech.text(dossier.procedure.short))]
        lines += filing_lines(view, dossier.procedure.filings, lambda filing: _time_and_fee(view, filing))
    offices = {dossier.procedure.office for dossier in dossiers(view, plan)}
    lines += ["", view.say("walk.where")]
    for office in sorted(offices):
        lines += place_lines(view, office)
    return lines


def _answers(view: View, plan: Plan) -> list[str]:
    lines = [view.say("walk.answers"), ""]
    for id in plan.facts:
        asked = plan.group.question(id)
        if asked is not None:
            lines.append(f"• {view.speech.text(asked.ask)} **{_answer_of(view, plan, asked)}**")
    return lines


def _notes(view: View, plan: Plan) -> list[str]:
    """What was left out and why, what the group does not cover, and where the facts come from."""
    lines = [view.say("walk.notes"), ""]
    for left, reason in plan.left_out:
        if reason is not None:
            lines.append(view.say("walk.left-out", step=_title(view, left), reason=view.speech.text(reason)))
    lines += [f"• {view.speech.text(advice)}" for advice in plan.advice]
    if plan.group.video is not None:
        video = plan.group.video
        lines.append(f"• [{view.speech.text(video.title)}]({video.link})")
        lines += [view.say("walk.mark", at=at, text=view.speech.text(text)) for at, text in video.marks]
    return [*lines, "", *source_lines(view, plan.group)]


def _how_filed(view: View, plan: Plan, shown: Step, procedure: Procedure) -> Iterator[str]:
    if shown.id in plan.bundled:
        yield _together(view, plan)
        return
    yield from filing_lines(view, procedure.filings, lambda filing: _time_and_fee(view, filing))
    yield f"• {view.speech.text(view.base.offices[procedure.office].name)}"


def _time_and_fee(view: View, filing: Filing) -> str:
    time, fee = view.speech.time(filing.time(view.day)), view.speech.fee(filing.fee(view.day))
    return f"\n   – {time}\n   – {fee}"


def _deadline(view: View, deadline: Deadline) -> str:
    said = view.say("walk.deadline", days=deadline.days, since=view.speech.text(deadline.since))
    return said + view.speech.note(deadline.note)


def _neighbours(view: View, plan: Plan, number: int) -> Rows:
    row = []
    if number > 1:
        row.append(view.button("button.previous", OpenStep(plan.group.id, plan.steps[number - 2].id)))
    if number < len(plan.steps):
        row.append(view.button("button.next", OpenStep(plan.group.id, plan.steps[number].id)))
    return (tuple(row),) if row else ()


def _steering(view: View, plan: Plan) -> Rows:
    if not plan.facts:
        return ()
    group = plan.group.id
    return ((view.button("button.back", Back(group)), view.button("button.restart", Restart(group))),)


def _numbers(numbers: list[int]) -> str:
    """The numbers of steps as one says them: 1, 3; 1–4 for a run of three or more."""
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]}–{numbers[-1]}"
    return ", ".join(map(str, numbers))


def _answer_of(view: View, plan: Plan, asked: Question) -> str:
    option = asked.option(plan.facts[asked.id])
    return "" if option is None else view.speech.text(option.label)


def _short_answer(view: View, plan: Plan, id: str) -> str:
    asked = plan.group.question(id)
    return "" if asked is None else _answer_of(view, plan, asked)
