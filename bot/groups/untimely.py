"""Papers that a step gives, and another step of the same plan needs without waiting for it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.base.model import Base, Group
from bot.base.problems import Kind, Problem
from bot.groups.order import awaited
from bot.groups.papers import Want, wants
from bot.groups.plan import Plan, plan
from bot.groups.walks import walks


def untimely_papers(base: Base, group: Group) -> list[Problem]:
    """Where an `after` is missing, or the paper is not the same: the plan would have people bring what they will get.

    Whoever gives a paper only after the other step is done renews it: that is no problem.
    """
    ends = (plan(group, facts) for facts in walks(group))
    return sorted({problem for end in ends for want in wants(base, end) for problem in _untimely(end, want)})


def _untimely(end: Plan, want: Want) -> Iterator[Problem]:
    if want.givers:
        return
    before = awaited(end.group)
    filed = {step.id for step in want.dossier.steps}
    asking = want.dossier.steps[0]
    for step in end.steps:
        if step.id not in filed and want.document.kind in step.produces and not before[step.id] & filed:
            words = {"step": asking.id, "kind": want.document.kind, "giver": step.id}
            yield Problem(asking.at, Kind.UNTIMELY_PAPER, tuple(words.items()))
