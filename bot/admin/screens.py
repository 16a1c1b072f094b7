"""Every screen a procedure or a group can show, each once: for those who read them over, and for measuring them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.base.guides import unfold
from bot.base.model import Entry, Group, Procedure, Record
from bot.groups.plan import plan, remaining
from bot.groups.walks import walks
from bot.messages import Screen
from bot.talk import entries, guides
from bot.talk.cards import available, card
from bot.talk.speech import Speech
from bot.talk.view import View
from bot.talk.walk import pages, questions, steps, summary, why


@dataclass(frozen=True, slots=True)
class Shot:
    """A screen and what it is called: the page of a card, a question, or a page of the plan."""

    name: str
    screen: Screen
    title: str = ""  # the same for people
    part: str = ""  # the heading under which it stands: the questions, or the answers that lead to it
    summary: bool = False  # what a citizen sees first: it should fit a phone
    numbered: bool = False  # its first line only counts the steps

    @property
    def said(self) -> str:
        """What one has to read to know this screen."""
        return self.screen.text.partition("\n")[2] if self.numbered else self.screen.text


def screens(view: View, record: Record | Entry) -> Iterator[Shot]:
    """All screens about *record*."""
    match record:
        case Entry():
            return iter([Shot("entry", entries.card(view, record), view.speech.tell("preview.card"), summary=True)])
        case Procedure():
            return _cards(view, record)
        case Group():
            return _once([*_questions(view, record), *_plans(view, record), *_filed(view, record)])
    return iter(())


def _cards(view: View, procedure: Procedure) -> Iterator[Shot]:
    yield Shot("card", card(_fresh(view), procedure), view.speech.tell("preview.card"), summary=True)
    for page in available(procedure):
        yield Shot(page, card(_fresh(view), procedure, page), view.speech.tell(f"aspect.{page}"))
    yield from _guide(view, procedure.id, procedure)


def _guide(view: View, about: str, procedure: Procedure) -> Iterator[Shot]:
    """Filing *procedure* online, one shot a screen; *about* is where a citizen comes from."""
    if (guide := view.base.guides.get(procedure.guide)) is None:
        return
    title, part = view.speech.text(procedure.short), view.speech.text(guide.title)
    for page in guides.turn_over(tuple(unfold(view.base.guides, guide))):
        shown = guides.screen(_fresh(view), about, procedure, page[0])
        yield Shot(f"guide {page[0]}", shown, title, part)
    yield Shot("guide sources", guides.screen(_fresh(view), about, procedure, 0), title, part)


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
                shown = questions.question(_fresh(view), so_far, asked, remaining(group, so_far.facts))
                number, part = len(met), view.speech.tell("preview.questions")
                yield Shot(f"question {id}", shown, view.speech.tell("preview.question", number=number), part)


def _plans(view: View, group: Group) -> Iterator[Shot]:
    seen: set[Screen] = set()
    for number, way in enumerate(_ways(group), 1):
        now, part = plan(group, way), _answers(view, group, way, number)
        shown = summary.summary(_fresh(view), now)
        yield Shot(f"plan {number}", shown, view.speech.tell("preview.plan"), part, summary=True)
        for page in pages.PAGES:
            if page != "answers" or shown not in seen:  # every walk has its own answers: those of one are enough
                title = view.speech.tell(f"button.{page}")
                yield Shot(f"plan {number} {page}", pages.page(_fresh(view), now, page), title, part)
        for place, one in enumerate(now.steps, 1):
            title = view.speech.tell("preview.step", number=place)
            yield Shot(f"plan {number} step {one.id}", steps.step(_fresh(view), now, one), title, part, numbered=True)
            because = f"{title}: {view.speech.tell('button.why')}"
            yield Shot(f"plan {number} step {one.id} why", why.why(_fresh(view), now, one), because, part)
        seen.add(shown)


def _answers(view: View, group: Group, way: dict[str, str], number: int) -> str:
    """The heading of a plan: what one has to answer to get it."""
    options = (asked.option(way[asked.id]) for asked in group.questions if asked.id in way)
    said = " · ".join(view.speech.text(option.label) for option in options if option is not None)
    return view.speech.tell("preview.way", number=number, answers=said)


def _filed(view: View, group: Group) -> Iterator[Shot]:
    if group.bundle is not None:
        yield from _guide(view, group.id, view.base.procedures[group.bundle.procedure])
