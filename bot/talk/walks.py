"""Walking citizens through a group: what taps and typed answers do to their facts, and the screen that follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot import actions as act
from bot.base.model import Group, Question, Step
from bot.groups.links import unpack
from bot.groups.plan import Plan, plan, remaining
from bot.groups.progress import begun, without
from bot.session import Session
from bot.talk import said, told, wishes
from bot.talk.handing import hand
from bot.talk.turn import Turn
from bot.talk.typed import Spell, typed
from bot.talk.view import View
from bot.talk.walk import following, news, pages, questions, reminding, steps, summary, why

# What shows a screen within the walk, and changes no answer.
Inside = act.Change | act.OpenPage | act.OpenStep | act.WhyStep | act.Hand | told.Tap


class Walks:
    """The groups; *spell* brings a text to one spelling, word by word."""

    def __init__(self, groups: Mapping[str, Group], spell: Spell) -> None:
        self._groups = groups
        self._spell = spell
        self._tried: dict[str, dict[object, int]] = {id: {} for id in groups}  # how many questions may follow

    def tap(self, view: View, action: act.Action) -> Turn | None:
        """What *action* does in the group it names; None when there is no such group."""
        group = self._groups.get(getattr(action, "group", ""))
        if group is None:
            return None
        view = replace(view, session=replace(view.session, group=group.id, about=group.id))
        view = replace(view, session=wishes.touched(view.session, group, view.day))
        if isinstance(action, Inside):
            return self._inside(view, group, action)
        if isinstance(action, act.Remind):
            return self._remind(view, group, action)
        if isinstance(action, act.Restart) and begun(view.session.progress, group):
            return Turn(following.sure(view, group), view.session)
        return self._walk(replace(view, session=_told(view.session, group, action)), group)

    def reopen(self, view: View, packed: str) -> Turn | None:
        """The plan that a deep link holds (see `bot.groups.links`); where its questions are others now, our own."""
        id, _, rest = packed.partition("_")
        if (group := self._groups.get(id)) is None:
            return None
        places, _, check = rest.partition("_")
        session = replace(view.session, group=group.id, about=group.id, writing=False)
        session = wishes.touched(session, group, view.day)
        if facts := unpack(group, places, check):
            session = said.without(group, session, (question.id for question in group.questions))
        for question in group.questions:
            if question.id in facts:
                session = said.answer(group, session, question, facts[question.id])
        return self._walk(replace(view, session=session), group)

    def typed(self, view: View, text: str) -> act.Action | None:
        """What *text* answers to the question on the screen."""
        group = self._groups.get(view.session.group)
        question = group.question(view.session.asking) if group is not None else None
        return None if group is None or question is None else typed(view, group, question, text, self._spell)

    def written(self, view: View, text: str) -> Turn | None:
        """What *text* tells where something about a step was to be typed; None when it is about something else."""
        what, _, where = view.session.writes.partition("/")
        group_id, _, step_id = where.partition("/")
        group = self._groups.get(group_id)
        if group is None:
            return None
        now = plan(group, said.answers(group, view.session))
        step = _step_of(now, step_id)
        view = replace(view, session=wishes.touched(view.session, group, view.day))
        return None if step is None else told.typed(view, now, step, what, text)

    def _remind(self, view: View, group: Group, action: act.Remind) -> Turn:
        """From now on they are reminded of *group*, or no longer; then what they saw before."""
        had = view.session.wishes
        change = wishes.wished(view.session, group, view.day) if action.on else wishes.unwished(view.session, group.id)
        view = replace(view, session=change)
        now = plan(group, said.answers(group, change))
        if (step := _step_of(now, action.step)) is not None:
            return Turn(steps.step(view, now, step), change)
        return self._walk(view, group, "" if had == change.wishes else reminding.promise(view, on=action.on))

    def _inside(self, view: View, group: Group, action: act.Action) -> Turn:
        """A screen within the walk: an earlier question, a page or a step of the plan."""
        now = plan(group, said.answers(group, view.session))
        match action:
            case act.Change(_, id) if (asked := group.question(id)) is not None:
                return self._ask(view, now, asked)
            case act.OpenPage(_, name) if now.question is None and name in pages.PAGES:
                return Turn(pages.page(view, now, name), view.session)
            case act.OpenStep(_, id) if (step := _step_of(now, id)) is not None:
                return Turn(steps.step(view, now, step), view.session)
            case _ if isinstance(action, told.Tap) and (step := _step_of(now, action.step)) is not None:
                return told.tap(view, now, step, action)
            case act.WhyStep(_, id) if (step := _step_of(now, id)) is not None:
                return Turn(why.why(view, now, step), view.session)
            case act.Hand(_, what, id) if now.question is None and (turn := hand(view, now, what, id)) is not None:
                return turn
        return self._walk(view, group)

    def _walk(self, view: View, group: Group, notice: str = "") -> Turn:
        now = plan(group, said.answers(group, view.session))
        if now.question is not None:
            return self._ask(view, now, now.question)
        new = "\n".join(filter(None, (notice, news.news(view, now, view.session.shown.get(group.id)))))
        shown = {**view.session.shown, group.id: [step.id for step in now.steps]}
        return Turn(summary.summary(view, now, new), replace(view.session, asking="", shown=shown))

    def _ask(self, view: View, now: Plan, asked: Question) -> Turn:
        offer = said.offered(now.group, asked, view.session)
        screen = questions.question(view, now, asked, self._still(now), offer)
        return Turn(screen, replace(view.session, asking=asked.id))

    def _still(self, now: Plan) -> int:
        """The most questions that may still come."""
        return remaining(now.group, now.facts, self._tried[now.group.id])


def _told(session: Session, group: Group, action: act.Action) -> Session:
    """*session* with what *action* says about *group*.

    Who changes an answer, or takes one back, expects another plan: of that there is no news to tell. Who answers what
    came up after the plan was complete did not ask for it.
    """
    unseen = replace(session, shown={id: steps for id, steps in session.shown.items() if id != group.id})
    match action:
        case act.Answer(_, id, option) if (question := group.question(id)) is not None and question.option(option):
            return said.answer(group, session if _asked(session, group) else unseen, question, option)
        case act.Differ(_, id) if (question := group.question(id)) is not None:
            return said.otherwise(group, session if _asked(session, group) else unseen, question)
        case act.Back():
            return said.back(group, unseen, _asked(session, group))
        case act.Restart() | act.Anew():
            anew = wishes.unwished(replace(unseen, progress=without(unseen.progress, group)), group.id)
            return said.without(group, anew, (question.id for question in group.questions))
    return session


def _asked(session: Session, group: Group) -> Question | None:
    """The question that is next in *group*."""
    return plan(group, said.answers(group, session)).question


def _step_of(now: Plan, id: str) -> Step | None:
    """The step of a complete plan with this id."""
    return next((step for step in now.steps if step.id == id), None) if now.question is None else None
