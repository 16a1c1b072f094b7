"""Papers that a step gives, and another step of the same plan needs without waiting for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from bot.base.model import Base, Group
from bot.base.problems import Kind, Problem
from bot.groups.order import Awaited, awaited
from bot.groups.papers import Want, wants
from bot.groups.plan import Plan
from bot.groups.walks import ends


def untimely_papers(base: Base, group: Group) -> list[Problem]:
    """Where an `after` is missing, or the paper is not the same: the plan would have people bring what they will get.

    Whoever gives a paper only after the other step is done renews it: that is no problem.
    """
    before = awaited(group)
    found = (_untimely(end, want, before) for end in ends(group) for want in wants(base, end) if not want.givers)
    return sorted(set(chain.from_iterable(found)))


def _untimely(end: Plan, want: Want, before: Awaited) -> Iterator[Problem]:
    filed = {step.id for step in want.dossier.steps}
    asking = want.dossier.steps[0]
    for step in end.steps:
        if step.id not in filed and want.document.kind in step.produces and not before[step.id] & filed:
            words = {"step": asking.id, "kind": want.document.kind, "giver": step.id}
            yield Problem(asking.at, Kind.UNTIMELY_PAPER, tuple(words.items()))
