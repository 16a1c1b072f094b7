"""The questions of a group, one by one."""

from __future__ import annotations

from bot.actions import Answer, OpenGroup, OpenPage
from bot.base.model import Question
from bot.groups.plan import Plan
from bot.messages import Button, Rows, Screen
from bot.talk.cards import warnings
from bot.talk.view import View, column
from bot.talk.walk.parts import steering


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
    below = _keep(view, plan) if asked.id in plan.facts else steering(view, plan)
    return view.screen(lines, (*column(options), *below), group.id, walked=True)


def _keep(view: View, plan: Plan) -> Rows:
    """The way out of a question that was opened again: the answer stays as it was."""
    stay = OpenGroup(plan.group.id) if plan.question is not None else OpenPage(plan.group.id, "answers")
    return ((view.button("button.keep", stay),),)
