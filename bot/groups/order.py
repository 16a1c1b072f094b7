"""Which steps of a group wait for which."""

from __future__ import annotations

from collections.abc import Mapping

from bot.base.model import Group

Awaited = Mapping[str, frozenset[str]]


def awaited(group: Group) -> Awaited:
    """For each step all that are finished before it, however far back; steps that wait in a circle wait for themselves.

    Also through steps that a plan leaves out: what they would have waited for still comes first.
    """
    direct = {step.id: step.after for step in group.steps}
    return {id: _before(id, direct) for id in direct}


def _before(id: str, direct: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = [*direct[id]]
    while waiting:
        one = waiting.pop()
        if one in direct and one not in found:
            found.add(one)
            waiting += direct[one]
    return frozenset(found)
