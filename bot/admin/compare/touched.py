"""Talks and waiting questions that a new base touches: what somebody was asked, chose or looks at is another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.base.model import Base, Group
from bot.groups.plan import Plan, plan
from bot.session import Session
from bot.talk.said import answers

How = Literal["gone", "question", "option", "plan", "order", "next"]


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A question waiting for the collaborators: its number, its words, and the ids that were thought of."""

    number: int
    text: str
    thought_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Touched:
    """How many talks of how many are touched, by which group or procedure and how; and which waiting questions."""

    count: int
    total: int
    hows: tuple[tuple[str, How, int], ...]  # id, how, in how many talks
    cases: tuple[int, ...]


def touched(old: Base, new: Base, sessions: Iterable[Session], cases: Iterable[OpenCase]) -> Touched:
    """What of *sessions* and open *cases*, begun with *old*, is not the same with *new*."""
    found: Counter[tuple[str, How]] = Counter()
    count = total = 0
    for session in sessions:
        here = set(_hows(old, new, session))
        found.update(here)
        count += bool(here)
        total += 1
    names = {record.id: record.name.vi for record in (*old.groups.values(), *old.procedures.values())}
    removed = {id: name for id, name in names.items() if id not in new.groups and id not in new.procedures}
    waiting = (one.number for one in cases if _about(one, removed))
    hows = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    return Touched(count, total, tuple((id, how, times) for (id, how), times in hows), tuple(sorted(waiting)))


def _about(case: OpenCase, removed: Mapping[str, str]) -> bool:
    """Whether *case* has to do with one of *removed*: thought of when it was asked, or shown then, as its end says."""
    return not removed.keys().isdisjoint(case.thought_of) or case.text.endswith(
        tuple(f"{name})" for name in removed.values())
    )


def _hows(old: Base, new: Base, session: Session) -> Iterator[tuple[str, How]]:
    for id in {session.group, session.about} - {""}:
        if (id in old.groups or id in old.procedures) and id not in new.groups and id not in new.procedures:
            yield id, "gone"
    for group in old.groups.values():
        said = answers(group, session)
        if session.group == group.id or any(question.id in said for question in group.questions):
            there = new.groups.get(group.id)
            if there is not None:
                yield from ((group.id, how) for how in _walk(group, there, session))
            else:
                yield group.id, "gone"


def _walk(old: Group, new: Group, session: Session) -> Iterator[How]:
    """How the walk of *session* through the group *new* differs from the same through *old*."""
    said = answers(old, session)
    for asked in old.questions:
        there, chosen = new.question(asked.id), said.get(asked.id)
        if there is None and (chosen is not None or session.asking == asked.id):
            yield "question"
        elif there is not None and chosen is not None and asked.option(chosen) and there.option(chosen) is None:
            yield "option"
    before, after = plan(old, said), plan(new, answers(new, session))
    if sorted(_steps(before)) != sorted(_steps(after)) or {*before.bundled} != {*after.bundled}:
        yield "plan"
    elif _steps(before) != _steps(after):
        yield "order"
    if (before.question and before.question.id) != (after.question and after.question.id):
        yield "next"


def _steps(plan: Plan) -> list[tuple[str, str]]:
    return [(step.id, step.procedure) for step in plan.steps]
