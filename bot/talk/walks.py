"""Walking citizens through a group: what taps and typed answers do to their facts, and the screen that follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot import actions as act
from bot.base.model import Group
from bot.groups.plan import Plan, plan, remaining, without_last
from bot.matching.normalise import fold
from bot.session import Session
from bot.talk.turn import Turn
from bot.talk.view import View
from bot.talk.walk import pages, questions, steps, summary

FIGURES = frozenset(map(str, range(100)))  # what can only be meant as the number of an option
PARTICLES = frozenset(
    {"a", "anh", "chi", "da", "em", "nha", "nhe", "nghe", "oi", "roi", "thua"}
)  # said around an answer, not part of it


class Walks:
    """The groups; *spell* brings a text to one spelling, word by word."""

    def __init__(self, groups: Mapping[str, Group], spell: Callable[[str], list[str]]) -> None:
        self._groups = groups
        self._spell = spell
        self._tried: dict[str, dict[object, int]] = {id: {} for id in groups}  # how many questions may follow

    def tap(self, view: View, action: act.Action) -> Turn | None:
        """What *action* does in the group it names; None when there is no such group."""
        group = self._groups.get(getattr(action, "group", ""))
        if group is None:
            return None
        session = replace(view.session, group=group.id, about=group.id)
        match action:
            case act.Answer(_, question, option) if _knows(group, question, option):
                session = replace(session, facts={**session.facts, question: option})
            case act.Back():
                session = replace(session, facts=without_last(group, session.facts))
            case act.Restart():
                session = session.without_facts(frozenset(question.id for question in group.questions))
            case act.Change() | act.OpenPage() | act.OpenStep():
                return self._inside(replace(view, session=session), group, action)
        return self._walk(replace(view, session=session), group)

    def typed(self, session: Session, text: str) -> act.Action | None:
        """What *text* answers to the question on the screen: an option by its number, its label or how that begins.

        A number that no option has brings the question again.
        """
        group = self._groups.get(session.group)
        question = group.question(session.asking) if group is not None else None
        if group is None or question is None:
            return None
        if (figure := text.rstrip(".)")) in FIGURES:
            number = int(figure)
            if not 1 <= number <= len(question.options):
                return act.Change(group.id, question.id)
            return act.Answer(group.id, question.id, question.options[number - 1].id)
        said = self._words(text)
        labels = {option.id: self._words(option.label.vi) for option in question.options}
        english = {option.id: fold(option.label.en) for option in question.options}
        found = [id for id in labels if fold(text) == english[id] or said == labels[id]]
        found = found or [id for id, label in labels.items() if said and f"{label} ".startswith(f"{said} ")]
        return act.Answer(group.id, question.id, found[0]) if len(found) == 1 else None

    def _inside(self, view: View, group: Group, action: act.Action) -> Turn:
        """A screen within the walk: an earlier question, a page or a step of the plan."""
        now = plan(group, view.session.facts)
        match action:
            case act.Change(_, question) if (asked := group.question(question)) is not None:
                session = replace(view.session, asking=asked.id)
                return Turn(questions.question(view, now, asked, self._still(now)), session)
            case act.OpenPage(_, name) if now.question is None and name in pages.PAGES:
                return Turn(pages.page(view, now, name), view.session)
            case act.OpenStep(_, id) if now.question is None and (step := group.step(id)) in now.steps and step:
                return Turn(steps.step(view, now, step), view.session)
        return self._walk(view, group)

    def _walk(self, view: View, group: Group) -> Turn:
        now = plan(group, view.session.facts)
        session = replace(view.session, asking=now.question.id if now.question else "")
        if now.question is None:
            return Turn(summary.summary(view, now), session)
        return Turn(questions.question(view, now, now.question, self._still(now)), session)

    def _still(self, now: Plan) -> int:
        """The most questions that may still come."""
        return remaining(now.group, now.facts, self._tried[now.group.id])

    def _words(self, text: str) -> str:
        """*text* in one spelling, without the particles of politeness."""
        return " ".join(word for word in self._spell(text) if word not in PARTICLES)


def _knows(group: Group, question: str, option: str) -> bool:
    asked = group.question(question)
    return asked is not None and asked.option(option) is not None
