"""What is filed in one go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.base.model import Base, Procedure, Step
from bot.groups.plan import Plan


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is filed in one go: a step by itself, or the bundle with its steps."""

    procedure: Procedure
    steps: tuple[Step, ...]
    numbers: tuple[int, ...]  # of those steps in the plan, from 1


def dossiers(base: Base, plan: Plan) -> Iterator[Dossier]:
    """What has to be filed, in order; the bundle stands where its first step does."""
    bundle = plan.group.bundle
    told = False
    for number, one in enumerate(plan.steps, 1):
        if bundle is None or one.id not in plan.bundled:
            yield Dossier(base.procedures[one.procedure], (one,), (number,))
        elif not told:
            told = True
            members = [(at, step) for at, step in enumerate(plan.steps, 1) if step.id in plan.bundled]
            numbers, steps = zip(*members, strict=True)
            yield Dossier(base.procedures[bundle.procedure], steps, numbers)
