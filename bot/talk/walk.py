"""The screens of a group: its questions one by one, then the plan, its papers, its costs, and each step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.actions import Answer, Back, Change, OpenGroup, OpenPage, OpenProcedure, OpenStep, Places, Restart
from bot.base.model import Deadline, Document, Filing, Procedure, Question, Step
from bot.messages import Button, Rows, Screen
from bot.talk.cards import document_words, filing_lines, offer, source_lines, warnings
from bot.talk.plan import Plan
from bot.talk.view import View, column, pairs

PAGES = ("papers", "costs", "notes", "answers", "sources")


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
    steering = _keep(view, plan) if asked.id in plan.facts else _steering(view, plan)
    return view.screen(lines, (*column(options), *steering), group.id, walked=True)


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
    if plan.advice:
        lines += ["", *(f"• {view.speech.text(advice)}" for advice in plan.advice[: 2 if plan.steps else None])]
    lines += warnings(view, group)
    steps = (
        Button(view.say("button.step", number=number, step=_title(view, step)), OpenStep(group.id, step.id))
        for number, step in enumerate(plan.steps, 1)
    )
    pages = [view.button(f"button.{page}", OpenPage(group.id, page)) for page in _pages(plan)]
    rows = (*column(steps), *_online(view, plan), *pairs(pages), *_steering(view, plan))
    return view.screen(lines, rows, group.id, walked=True)


def page(view: View, plan: Plan, name: str) -> Screen:
    """A page of the plan, one of PAGES."""
    lines = _PAGE[name](view, plan)
    rows: Rows = ()
    if name == "answers":
        rows = column(_changes(view, plan))
    elif name == "costs":
        rows = (*_online(view, plan), (view.button("button.place", Places(plan.group.id)),))
    others = (view.button(f"button.{one}", OpenPage(plan.group.id, one)) for one in _pages(plan) if one != name)
    back = (view.button("button.plan", OpenGroup(plan.group.id)),)
    return view.screen(lines, (*rows, *pairs(others), back), plan.group.id, walked=True)


def step(view: View, plan: Plan, shown: Step) -> Screen:
    """One step: why it is there, where, how long, what it costs, and what to mind."""
    number = plan.steps.index(shown) + 1
    procedure = view.base.procedures[shown.procedure]
    title = view.speech.text(shown.title or procedure.name)
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
    guide = offer(view, procedure) if shown.id not in plan.bundled else ()
    return view.screen(lines, (*guide, details, *_neighbours(view, plan, number), back), plan.group.id, walked=True)


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


def _online(view: View, plan: Plan) -> Rows:
    """The way to the guide to filing the bundle online, where this plan may use it."""
    bundle = plan.group.bundle
    if bundle is None or not plan.bundled:
        return ()
    return offer(view, view.base.procedures[bundle.procedure], plan.group.id)


def _pages(plan: Plan) -> tuple[str, ...]:
    pages = ("papers", "costs") if plan.steps else ()
    notes = ("notes",) if plan.advice or any(reason for _, reason in plan.left_out) else ()
    answers = ("answers",) if plan.facts else ()
    return (*pages, *notes, *answers, "sources")


def _title(view: View, step: Step) -> str:
    if step.title is not None:
        return view.speech.text(step.title)
    return view.speech.text(view.base.procedures[step.procedure].short)


def _mark(view: View, step: Step) -> str:
    return view.say("walk.optional") if step.optional else ""


def _together(view: View, plan: Plan) -> str:
    numbers = _numbers([n for n, step in enumerate(plan.steps, 1) if step.id in plan.bundled])
    bundle = plan.group.bundle
    because = "" if bundle is None or bundle.because is None else view.speech.text(bundle.because)
    return view.say("walk.together", numbers=numbers, because=because).strip()


def _papers(view: View, plan: Plan) -> list[str]:
    """Each paper once, with the steps that need it: first what to bring, last what nobody has to."""
    sections: dict[str, list[str]] = {"walk.bring": [], "walk.forms": [], "walk.database": []}
    for document, steps in _wanted(view, plan):
        kind = view.base.documents[document.kind]
        used = view.say("walk.used", numbers=_numbers(sorted(steps))) if len(plan.steps) > 1 else ""
        section = "walk.database" if kind.database else "walk.forms" if kind.issued else "walk.bring"
        sections[section].append(f"• {document_words(view, document)}{used}")
    lines = [view.say("walk.papers")]
    for title, found in sections.items():
        lines += ["", view.say(title), *found] if found else []
    return lines


def _wanted(view: View, plan: Plan) -> list[tuple[Document, set[int]]]:
    """The papers of the plan, each kind once, with the numbers of the steps that need it."""
    wanted: dict[str, tuple[Document, set[int]]] = {}
    for dossier in dossiers(view, plan):
        numbers = {plan.steps.index(one) + 1 for one in dossier.steps}
        for document in dossier.procedure.documents:
            wanted.setdefault(document.kind, (document, set()))[1].update(numbers)
        for one in dossier.steps:
            for document in plan.extra_documents(one):
                wanted.setdefault(document.kind, (document, set()))[1].add(plan.steps.index(one) + 1)
    return list(wanted.values())


def _costs(view: View, plan: Plan) -> list[str]:
    lines = [view.say("walk.costs")]
    offices: dict[str, None] = {}
    for dossier in dossiers(view, plan):
        numbers = _numbers([plan.steps.index(one) + 1 for one in dossier.steps])
        lines += ["", view.say("walk.dossier", numbers=numbers, name=view.speech.text(dossier.procedure.short))]
        lines += filing_lines(view, dossier.procedure.filings, lambda filing: _in_short(view, filing))
        offices[dossier.procedure.office] = None
    names = "; ".join(view.speech.text(view.base.offices[office].name) for office in offices)
    return [*lines, "", view.say("walk.where", offices=names)]


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
    lines = [view.say("walk.notes"), ""]
    for left, reason in plan.left_out:
        if reason is not None:
            lines.append(view.say("walk.left-out", step=_title(view, left), reason=view.speech.text(reason)))
    return [*lines, *(f"• {view.speech.text(advice)}" for advice in plan.advice)]


def _sources(view: View, plan: Plan) -> list[str]:
    """The officers' video, where there is one, and where the facts come from."""
    lines = [view.say("walk.sources"), ""]
    if (video := plan.group.video) is not None:
        lines.append(f"• [{view.speech.text(video.title)}]({video.link})")
        lines += [view.say("walk.mark", at=at, text=view.speech.text(text)) for at, text in video.marks]
    return [*lines, *source_lines(view, plan.group)]


def _how_filed(view: View, plan: Plan, shown: Step, procedure: Procedure) -> Iterator[str]:
    if shown.id in plan.bundled:
        yield _together(view, plan)
        return
    yield from filing_lines(view, procedure.filings, lambda filing: _in_short(view, filing))
    yield view.say("walk.where", offices=view.speech.text(view.base.offices[procedure.office].name))


def _in_short(view: View, filing: Filing) -> str:
    """Time and fee in one line; the whole truth about them is on the card of the procedure."""
    time, fee = filing.time(view.day), filing.fee(view.day)
    said = f"{view.speech.time(time, short=True)}; {view.speech.fee(fee, short=True)}"
    open_fee = fee is None or fee.amount is None or fee.unsure is not None
    unsure = open_fee or (time is not None and time.unsure is not None)
    return said + (view.say("fact.ask-again") if unsure else "")


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


def _keep(view: View, plan: Plan) -> Rows:
    """The way out of a question that was opened again: the answer stays as it was."""
    stay = OpenGroup(plan.group.id) if plan.question is not None else OpenPage(plan.group.id, "answers")
    return ((view.button("button.keep", stay),),)


def _answer_of(view: View, plan: Plan, asked: Question) -> str:
    option = asked.option(plan.facts[asked.id])
    return "" if option is None else view.speech.text(option.label)


def _short_answer(view: View, plan: Plan, id: str) -> str:
    asked = plan.group.question(id)
    return "" if asked is None else _answer_of(view, plan, asked)


_PAGE: Mapping[str, Callable[[View, Plan], list[str]]] = {
    "papers": _papers,
    "costs": _costs,
    "answers": _answers,
    "notes": _notes,
    "sources": _sources,
}
