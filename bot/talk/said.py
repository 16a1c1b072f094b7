"""What a chat said, group by group: facts of its own count at once, what another group heard once it is confirmed.

A question that several groups share has one answer in each of them, so that to begin one again, or to answer it
otherwise there, takes nothing from the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.base.model import Group, Option, Question
from bot.groups.plan import without_last
from bot.session import Session

OTHERWISE = ""  # what was said elsewhere does not hold here; what does is still to be said


def answers(group: Group, session: Session) -> dict[str, str]:
    """The answers that count in *group*.

    Of a shared question what was confirmed there; or what no group confirmed, as it was said before it was shared.
    """
    here = session.confirmed.get(group.id, {})
    elsewhere = {id for said in session.confirmed.values() for id in said} & _shared(group)
    facts = {id: option for id, option in session.facts.items() if id not in elsewhere}
    return facts | {id: option for id, option in here.items() if id in elsewhere and option != OTHERWISE}


def offered(group: Group, question: Question, session: Session) -> Option | None:
    """What was said to *question* in another group, where this one has not heard yet whether that still holds."""
    if not question.shared or question.id in session.confirmed.get(group.id, {}):
        return None
    told = any(question.id in said for said in session.confirmed.values())
    return question.option(session.facts.get(question.id, "")) if told else None


def answer(group: Group, session: Session, question: Question, option: str) -> Session:
    """*session* with this answer, said last of all."""
    facts = {id: said for id, said in session.facts.items() if id != question.id} | {question.id: option}
    return _confirm(group, replace(session, facts=facts), question, option)


def otherwise(group: Group, session: Session, question: Question) -> Session:
    """*session*, in which *question* is to be asked in *group* although another one has heard an answer."""
    return _confirm(group, session, question, OTHERWISE)


def without(group: Group, session: Session, questions: Iterable[str]) -> Session:
    """*session* without what *group* heard to *questions*; what others heard stays."""
    gone = set(questions)
    confirmed = _kept(
        session, group.id, {id: o for id, o in session.confirmed.get(group.id, {}).items() if id not in gone}
    )
    others = {id: option for said in confirmed.values() for id, option in said.items() if id in gone and option}
    facts = {id: others.get(id, option) for id, option in session.facts.items() if id not in gone or id in others}
    return replace(session, facts=facts, confirmed=confirmed)


def back(group: Group, session: Session, asked: Question | None) -> Session:
    """*session* without what was said last in *group*, where *asked* is the next question."""
    if asked is not None and session.confirmed.get(group.id, {}).get(asked.id) == OTHERWISE:
        return without(group, session, [asked.id])
    counted = answers(group, session)
    return without(group, session, counted.keys() - without_last(group, counted).keys())


def _shared(group: Group) -> set[str]:
    return {question.id for question in group.questions if question.shared}


def _confirm(group: Group, session: Session, question: Question, option: str) -> Session:
    if not question.shared:
        return session
    here = {**session.confirmed.get(group.id, {}), question.id: option}
    return replace(session, confirmed=_kept(session, group.id, here))


def _kept(session: Session, group: str, here: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
    """What each group confirmed, with *here* for *group*; groups that confirmed nothing are not kept."""
    return {id: said for id, said in {**session.confirmed, group: here}.items() if said}
