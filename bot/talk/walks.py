"""Walking citizens through a group: what taps and typed answers do to their facts, and the screen that follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot import actions as act
from bot.base.model import Group, Step
from bot.groups.links import unpack
from bot.groups.plan import Plan, plan, remaining, without_last
from bot.groups.progress import begun, without
from bot.matching.normalise import fold
from bot.session import Session
from bot.talk import told
from bot.talk.turn import Turn
from bot.talk.view import View
from bot.talk.walk import following, pages, questions, steps, summary
from bot.talk.walk.pages import HELD
from bot.talk.walk.sheet import sheet
from bot.talk.walk.video import VIDEO
from bot.talk.walk.video import screen as video_screen

FIGURES = frozenset(map(str, range(100)))  # what can only be meant as the number of an option
PARTICLES = frozenset(
    {"a", "anh", "chi", "da", "em", "nha", "nhe", "nghe", "oi", "roi", "thua"}
)  # said around an answer, not part of it


class Walks:
    """The groups; *spell* brings a text to one spelling, word by word."""

    def __init__(self, groups: Mapping[str, Group], spell: Callable[[str], list[str]]) -> None:
        self._groups = groups
        self._spell = spell
        self._longest: dict[tuple[str, frozenset[tuple[str, str]]], int] = {}

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
            case act.Restart() if begun(session.progress, group):
                return Turn(following.sure(replace(view, session=session), group), session)
            case act.Restart() | act.Anew():
                session = session.without_facts(frozenset(question.id for question in group.questions))
                session = replace(session, progress=without(session.progress, group))
            case act.Change() | act.OpenPage() | act.OpenStep() | act.Hand() | act.Mark() | act.Filed() | act.Lacks():
                return self._inside(replace(view, session=session), group, action)
        return self._walk(replace(view, session=session), group)

    def reopen(self, view: View, packed: str) -> Turn | None:
        """The plan that a deep link holds (see `bot.groups.links`); where its questions are others now, our own."""
        id, _, rest = packed.partition("_")
        if (group := self._groups.get(id)) is None:
            return None
        answers, _, check = rest.partition("_")
        asked = frozenset(question.id for question in group.questions)
        facts = unpack(group, answers, check) or {q: a for q, a in view.session.facts.items() if q in asked}
        session = view.session.without_facts(asked)
        session = replace(session, facts={**session.facts, **facts}, group=group.id, about=group.id, writing=False)
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

    def written(self, view: View, text: str) -> Turn | None:
        """What *text* tells where something about a step was to be typed; None when it is about something else."""
        what, _, where = view.session.writes.partition("/")
        group_id, _, step_id = where.partition("/")
        group = self._groups.get(group_id)
        if group is None:
            return None
        now = plan(group, view.session.facts)
        step = _step_of(now, step_id)
        return None if step is None else told.typed(view, now, step, what, text)

    def _inside(self, view: View, group: Group, action: act.Action) -> Turn:
        """A screen within the walk: an earlier question, a page or a step of the plan."""
        now = plan(group, view.session.facts)
        match action:
            case act.Change(_, question) if (asked := group.question(question)) is not None:
                session = replace(view.session, asking=asked.id)
                return Turn(questions.question(view, now, asked, self._still(now)), session)
            case act.OpenPage(_, name) if now.question is None and name in pages.PAGES:
                return Turn(pages.page(view, now, name), view.session)
            case act.OpenStep(_, id) if (step := _step_of(now, id)) is not None:
                return Turn(steps.step(view, now, step), view.session)
            case act.Hand(_, what, step_id) if now.question is None:
                return self._hand(view, now, what, step_id)
            case act.Mark() | act.Filed() | act.Lacks() if (step := _step_of(now, action.step)) is not None:
                return told.tap(view, now, step, action)
        return self._walk(view, group)

    def _hand(self, view: View, now: Plan, what: str, step_id: str) -> Turn:
        """Something to keep, with a few words; what is no longer there shows the plan."""
        step = now.group.step(step_id)
        found = step.video if step is not None else now.group.video
        if what == VIDEO and found is not None:
            shown, media = video_screen(view, now.group.id, found)
            return Turn(shown, view.session, attachment=media)
        if what in HELD:
            made = sheet(view, now, "png" if what == "picture" else "pdf")
            back = (view.button("button.plan", act.OpenGroup(now.group.id)),)
            handed = view.screen([view.say(f"walk.{what}")], (back,), now.group.id, walked=True)
            return Turn(handed, view.session, attachment=made)
        return self._walk(view, now.group)

    def _walk(self, view: View, group: Group) -> Turn:
        now = plan(group, view.session.facts)
        session = replace(view.session, asking=now.question.id if now.question else "")
        if now.question is None:
            return Turn(summary.summary(view, now), session)
        return Turn(questions.question(view, now, now.question, self._still(now)), session)

    def _still(self, now: Plan) -> int:
        """The most questions that may still come; worked out once for each set of answers."""
        key = (now.group.id, frozenset(now.facts.items()))
        if key not in self._longest:
            self._longest[key] = remaining(now.group, now.facts)
        return self._longest[key]

    def _words(self, text: str) -> str:
        """*text* in one spelling, without the particles of politeness."""
        return " ".join(word for word in self._spell(text) if word not in PARTICLES)


def _knows(group: Group, question: str, option: str) -> bool:
    asked = group.question(question)
    return asked is not None and asked.option(option) is not None


def _step_of(now: Plan, id: str) -> Step | None:
    """The step of a complete plan with this id."""
    return next((step for step in now.steps if step.id == id), None) if now.question is None else None
