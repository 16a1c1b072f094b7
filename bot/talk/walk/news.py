"""What is new in a plan since it was last shown, when the knowledge changed and not the answers."""

from __future__ import annotations

from collections.abc import Sequence

from bot.groups.plan import Plan
from bot.talk.view import View
from bot.talk.walk.parts import title


def news(view: View, plan: Plan, shown: Sequence[str] | None) -> str:
    """One line on the steps that came and went since those with the ids *shown*; nothing when they are the same.

    A step that is no longer in the group has lost its name: such steps are counted.
    """
    if shown is None or {*shown} == {step.id for step in plan.steps}:
        return ""
    said = [view.say("walk.added", step=title(view, step)) for step in plan.steps if step.id not in shown]
    gone = [plan.group.step(id) for id in shown if id not in {step.id for step in plan.steps}]
    said += [view.say("walk.removed", step=title(view, step)) for step in gone if step is not None]
    if nameless := gone.count(None):
        said.append(view.say("walk.removed-some", count=nameless))
    return view.say("walk.news", changes=", ".join(said))
