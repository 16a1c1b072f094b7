"""The questions of a group, one by one."""

from __future__ import annotations

from bot.actions import Answer, Differ, OpenGroup, OpenPage
from bot.base.model import Group, Option, Question
from bot.groups.plan import Plan
from bot.messages import Button, Rows, Screen
from bot.talk.cards import warnings
from bot.talk.view import View, column
from bot.talk.walk.parts import steering


def question(view: View, plan: Plan, asked: Question, longest: int, offer: Option | None = None) -> Screen:
    """One question with its options; or with the *offer* to keep what was said to it in another group."""
    group = plan.group
    place = list(plan.facts).index(asked.id) + 1 if asked.id in plan.facts else len(plan.facts) + 1
    total = max(len(plan.facts) + longest, place)
    lines = [view.say("walk.question", group=view.speech.text(group.short), place=place, total=total)]
    if not plan.facts and group.intro is not None:
        lines += ["", view.speech.text(group.intro)]
    lines += ["", f"**{view.speech.text(asked.ask)}**"]
    if offer is not None:
        lines.append(view.say("walk.offer", answer=view.speech.text(offer.label)))
    elif asked.why is not None:
        lines.append(view.speech.text(asked.why))
    lines += list(warnings(view, group)) if not plan.facts else []
    below = _keep(view, plan) if asked.id in plan.facts else steering(view, plan)
    return view.screen(lines, (*_choices(view, group, asked, offer), *below), group.id, walked=True)


def _choices(view: View, group: Group, asked: Question, offer: Option | None) -> Rows:
    if offer is None:
        return column(Button(view.speech.text(o.label), Answer(group.id, asked.id, o.id)) for o in asked.options)
    same = view.button("button.same", Answer(group.id, asked.id, offer.id))
    return ((same, view.button("button.differs", Differ(group.id, asked.id))),)


def _keep(view: View, plan: Plan) -> Rows:
    """The way out of a question that was opened again: the answer stays as it was."""
    stay = OpenGroup(plan.group.id) if plan.question is not None else OpenPage(plan.group.id, "answers")
    return ((view.button("button.keep", stay),),)
