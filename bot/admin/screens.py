"""Every screen a procedure or a group can show, each once: for those who read them over, and for measuring them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.base.checks import walks
from bot.base.guides import unfold
from bot.base.model import Group, Procedure, Record
from bot.messages import Screen
from bot.talk import guides, walk
from bot.talk.cards import available, card
from bot.talk.plan import Plan, plan, remaining
from bot.talk.speech import Speech
from bot.talk.view import View


@dataclass(frozen=True, slots=True)
class Shot:
    """A screen and what it is called: the page of a card, a question, or a page of the plan."""

    name: str
    screen: Screen
    summary: bool = False  # what a citizen sees first: it should fit a phone
    numbered: bool = False  # its first line only counts the steps

    @property
    def said(self) -> str:
        """What one has to read to know this screen."""
        return self.screen.text.partition("\n")[2] if self.numbered else self.screen.text


def screens(view: View, record: Record) -> Iterator[Shot]:
    """All screens about *record*."""
    match record:
        case Procedure():
            return _cards(view, record)
        case Group():
            return _once([*_questions(view, record), *_plans(view, record), *_filed(view, record)])
    return iter(())


def _cards(view: View, procedure: Procedure) -> Iterator[Shot]:
    yield Shot("card", card(_fresh(view), procedure), summary=True)
    for page in available(procedure):
        yield Shot(page, card(_fresh(view), procedure, page))
    yield from _guide(view, procedure.id, procedure)


def _guide(view: View, about: str, procedure: Procedure) -> Iterator[Shot]:
    """Filing *procedure* online, one shot a screen; *about* is where a citizen comes from."""
    if (guide := view.base.guides.get(procedure.guide)) is None:
        return
    for page in guides.turn_over(tuple(unfold(view.base.guides, guide))):
        shown = guides.screen(_fresh(view), about, procedure, page[0])
        yield Shot(f"guide {page[0]}", shown)
    yield Shot("guide sources", guides.screen(_fresh(view), about, procedure, 0))


def _fresh(view: View) -> View:
    """*view* for another screen: what one could not say in English is no matter of the next."""
    return replace(view, speech=Speech(view.speech.language, view.speech.texts))


def _once(shots: list[Shot]) -> Iterator[Shot]:
    """*shots* without those that say the same as an earlier one."""
    first = {shot.said: shot for shot in reversed(shots)}
    return (shot for shot in shots if first[shot.said] is shot)


def _ways(group: Group) -> list[dict[str, str]]:
    """The answers of every walk, first options first."""
    return list(walks(group))[::-1]


def _questions(view: View, group: Group) -> Iterator[Shot]:
    """Each question where it is first met: on other ways only its number differs."""
    met: set[str] = set()
    for way in _ways(group):
        for place, id in enumerate(way):
            asked = group.question(id)
            if id not in met and asked is not None:
                met.add(id)
                so_far = plan(group, dict(list(way.items())[:place]))
                shown = walk.question(_fresh(view), so_far, asked, remaining(group, so_far.facts))
                yield Shot(f"question {id}", shown)


def _plans(view: View, group: Group) -> Iterator[Shot]:
    seen: set[Screen] = set()
    for number, way in enumerate(_ways(group), 1):
        now = plan(group, way)
        summary = walk.summary(_fresh(view), now)
        yield Shot(f"plan {number}", summary, summary=True)
        for page in walk.PAGES:
            if page != "answers" or summary not in seen:  # every walk has its own answers: those of one are enough
                yield Shot(f"plan {number} {page}", walk.page(_fresh(view), now, page))
        yield from _steps(view, now, number)
        seen.add(summary)


def _filed(view: View, group: Group) -> Iterator[Shot]:
    if group.bundle is not None:
        yield from _guide(view, group.id, view.base.procedures[group.bundle.procedure])


def _steps(view: View, now: Plan, number: int) -> Iterator[Shot]:
    for one in now.steps:
        yield Shot(f"plan {number} step {one.id}", walk.step(_fresh(view), now, one), numbered=True)
