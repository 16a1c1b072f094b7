"""How far somebody is with each step of a group, as they told it; and what there is to do next.

Nothing here is worked out from the time that passed: a step is filed, returned or done because somebody said so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.base.model import Base, Group, Step
from bot.groups.dossiers import Dossier, dossiers
from bot.groups.plan import Plan

State = Literal["todo", "filed", "returned", "done"]


@dataclass(frozen=True, slots=True)
class Progress:
    """What somebody told about one step. A wrong tap is taken back without forgetting the rest."""

    state: State = "todo"
    channel: str = ""  # how they file it
    day: date | None = None  # when they filed it
    late: bool = False  # at the cut-off hour of that day, or after it
    slip: date | None = None  # the day that their appointment slip names
    code: str = ""  # what the office calls their dossier
    paper: str = ""  # the kind of paper for which it was returned; empty: another
    returned: date | None = None
    event: date | None = None  # the day from which the law's limit runs


NOTHING = Progress()
Told = Mapping[str, Progress]  # "group/step" → what was told of it
Change = Callable[[Progress], Progress]


def key(group: Group, step: Step) -> str:
    return f"{group.id}/{step.id}"


def of(told: Told, group: Group, step: Step) -> Progress:
    """What was told of *step*."""
    return told.get(key(group, step), NOTHING)


def changed(told: Told, group: Group, steps: Iterable[Step], change: Change) -> dict[str, Progress]:
    """*told* with *change* made to each of *steps*."""
    return {**told, **{key(group, step): change(of(told, group, step)) for step in steps}}


def without(told: Told, group: Group) -> dict[str, Progress]:
    """*told* without anything of *group*."""
    return {name: one for name, one in told.items() if name.partition("/")[0] != group.id}


def begun(told: Told, group: Group) -> bool:
    """Whether anything was told of the steps of *group*."""
    return any(name.partition("/")[0] == group.id and one != NOTHING for name, one in told.items())


def by(channel: str) -> Change:
    return lambda before: replace(before, channel=channel)


def filed(day: date, *, late: bool) -> Change:
    """Handed in on *day*; what a former slip said no longer counts."""
    return lambda before: replace(before, state="filed", day=day, late=late, slip=None, paper="", returned=None)


def promised(slip: date) -> Change:
    """The appointment slip names this day."""
    return lambda before: replace(before, slip=slip)


def called(code: str) -> Change:
    return lambda before: replace(before, code=code)


def happened(day: date) -> Change:
    """That happened on *day* from which the limit runs."""
    return lambda before: replace(before, event=day)


def returned(paper: str, day: date) -> Change:
    return lambda before: replace(before, state="returned", paper=paper, returned=day)


def done(before: Progress) -> Progress:
    return replace(before, state="done")


def taken_back(before: Progress) -> Progress:
    """Before the last tap: from done or returned to filed, if it ever was; from filed to not yet."""
    was_filed = before.state in {"done", "returned"} and before.day is not None
    return replace(before, state="filed" if was_filed else "todo", paper="", returned=None)


def dossier_of(base: Base, plan: Plan, step: Step) -> Dossier:
    """What *step* of *plan* is filed with."""
    return next(one for one in dossiers(base, plan) if step in one.steps)


def still_open(dossier: Dossier, told: Told, group: Group) -> tuple[Step, ...]:
    """The steps of *dossier* whose result is not in hand: what is filed or returned is so for all of them."""
    return tuple(step for step in dossier.steps if of(told, group, step).state != "done")


Todo = Literal["complete", "collect", "file", "wait", "finished"]


@dataclass(frozen=True, slots=True)
class Next:
    """The one thing to do next: hand in what is missing, ask for a result, file, wait for one, or nothing more."""

    what: Todo
    step: Step | None = None  # None: finished


def next_thing(plan: Plan, told: Told, due: Mapping[str, date], today: date) -> Next:
    """What comes first in *plan*; *due* names by step the day on which its result should be there."""
    open_steps = [step for step in plan.steps if _state(plan, told, step) != "done"]
    waiting = [step for step in open_steps if _state(plan, told, step) == "filed"]
    ripe = [step for step in waiting if step.id in due and due[step.id] <= today]
    free = [step for step in open_steps if _state(plan, told, step) == "todo" and not waits_for(plan, told, step)]
    wanted = [step for step in free if not step.optional]
    first: tuple[tuple[Todo, list[Step]], ...] = (
        ("complete", [step for step in open_steps if _state(plan, told, step) == "returned"]),
        ("collect", ripe),
        ("file", wanted),
        ("wait", sorted(waiting, key=lambda step: due.get(step.id, date.max))),
    )
    for what, steps in first:
        if steps:
            return Next(what, steps[0])
    if free and len(open_steps) == len(plan.steps):
        return Next("file", free[0])  # nothing but what one may leave out
    return Next("finished")


def _state(plan: Plan, told: Told, step: Step) -> State:
    return of(told, plan.group, step).state


def waits_for(plan: Plan, told: Told, step: Step) -> tuple[Step, ...]:
    """The steps of *plan* whose results must be in hand before *step* is filed; not those it is filed together with."""
    together = step.id in plan.bundled
    before = (one for one in plan.steps if one.id in step.after and not (together and one.id in plan.bundled))
    return tuple(one for one in before if _state(plan, told, one) != "done")
