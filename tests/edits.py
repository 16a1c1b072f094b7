"""What admins do to a base under a live talk: a question goes, an option gets another name, a group is removed.

Each edit makes of a good base another that a talk must bear, were it served or not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.base.model import Advice, Base, Document, Group, Option, Question, Step, Text, When

Case = Mapping[str, frozenset[str]]


def without_question(base: Base, place: int) -> Base:
    """Every group without its question at *place* (counted round), nor any word of it in a condition."""

    def edited(group: Group) -> Group:
        gone = group.questions[place % len(group.questions)].id

        def strip(case: Case) -> Case:
            return {id: options for id, options in case.items() if id != gone}

        left = tuple(question for question in group.questions if question.id != gone)
        return _conditions(replace(group, questions=left), strip)

    return _groups(base, edited)


def with_other_options(base: Base) -> Base:
    """Every option under another id: nothing that was answered before is known any more."""

    def edited(group: Group) -> Group:
        def rename(case: Case) -> Case:
            return {id: frozenset(f"{option}-x" for option in options) for id, options in case.items()}

        questions = tuple(replace(question, options=_renamed(question)) for question in group.questions)
        return _conditions(replace(group, questions=questions), rename)

    return _groups(base, edited)


def _renamed(question: Question) -> tuple[Option, ...]:
    return tuple(replace(option, id=f"{option.id}-x") for option in question.options)


def without_step(base: Base, place: int) -> Base:
    """Every group that has more than one step without that at *place* (counted round), and without its bundle."""

    def edited(group: Group) -> Group:
        if len(group.steps) == 1:
            return group
        gone = group.steps[place % len(group.steps)].id
        left = (step for step in group.steps if step.id != gone)
        steps = tuple(replace(step, after=tuple(id for id in step.after if id != gone)) for step in left)
        anyway = Advice(Text("Việc gì còn lại thì hỏi xã."), When(), group.at)
        return replace(group, steps=steps, bundle=None, advice=(*group.advice, anyway))

    return _groups(base, edited)


def without_groups(base: Base, keep: int) -> Base:
    """Only every *keep*th group."""
    return replace(base, groups=dict(list(base.groups.items())[::keep]))


def _groups(base: Base, edited: Callable[[Group], Group]) -> Base:
    return replace(base, groups={id: edited(group) for id, group in base.groups.items()})


def _conditions(group: Group, edited: Callable[[Case], Case]) -> Group:
    """*group* with every case of every condition *edited*."""

    def when(old: When) -> When:
        return replace(old, cases=tuple(edited(case) for case in old.cases))

    def advice(old: tuple[Advice, ...]) -> tuple[Advice, ...]:
        return tuple(replace(one, when=when(one.when)) for one in old)

    def document(old: Document) -> Document:
        return replace(old, when=when(old.when))

    def step(old: Step) -> Step:
        papers = tuple(map(document, old.documents))
        return replace(
            old, when=when(old.when), left_out=advice(old.left_out), notes=advice(old.notes), documents=papers
        )

    return replace(
        group,
        questions=tuple(replace(question, when=when(question.when)) for question in group.questions),
        steps=tuple(map(step, group.steps)),
        advice=advice(group.advice),
        bundle=None if group.bundle is None else replace(group.bundle, when=when(group.bundle.when)),
    )
