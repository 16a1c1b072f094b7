"""Every screen a procedure or a group can show, each once: for those who read them over, and for measuring them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from bot.base.guides import unfold
from bot.base.model import Entry, Group, Procedure, Record, Step
from bot.groups.plan import Plan, plan, remaining
from bot.groups.reasons import reasons
from bot.groups.walks import ends
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
            walked = list(ends(record))[::-1]  # first options first
            return _once([*_questions(view, record, walked), *_plans(view, walked), *_filed(view, record)])
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


def _questions(view: View, group: Group, walked: list[Plan]) -> Iterator[Shot]:
    """Each question where it is first met: on other ways only its number differs."""
    met: set[str] = set()
    for end in walked:
        for place, id in enumerate(end.facts):
            asked = group.question(id)
            if id not in met and asked is not None:
                met.add(id)
                so_far = plan(group, dict(list(end.facts.items())[:place]))
                shown = questions.question(_fresh(view), so_far, asked, remaining(group, so_far.facts))
                number, part = len(met), view.speech.tell("preview.questions")
                yield Shot(f"question {id}", shown, view.speech.tell("preview.question", number=number), part)


def _plans(view: View, walked: list[Plan]) -> Iterator[Shot]:
    """The screens of all plans; each where first something comes to it, as other answers come to most of it again."""
    made: set[object] = set()
    for number, now in enumerate(walked, 1):
        part = _answers(view, now, number)
        for leaf in _leaves(view, now):
            if (leaf.name, leaf.made_of) not in made:
                made.add((leaf.name, leaf.made_of))
                name = f"plan {number} {leaf.name}".strip()
                yield Shot(name, leaf.make(_fresh(view), now), leaf.title, part, not leaf.name, leaf.numbered)


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A screen of a plan that is not made yet, and all of the plan that its words depend on."""

    name: str  # nothing: the summary
    made_of: object
    make: Callable[[View, Plan], Screen]
    title: str
    numbered: bool = False


def _leaves(view: View, now: Plan) -> Iterator[_Leaf]:
    """What can be seen of a plan, in the order in which one turns it over."""
    files = (tuple(one.id for one in now.steps), now.bundled)
    outline = (files, summary.advice(now))
    made_of: Mapping[str, object] = {
        "papers": (files, tuple(paper.at for one in now.steps for paper in now.extra_documents(one))),
        "costs": files,
        "notes": tuple(now.facts.items()),
        "answers": outline,  # every walk has its own: those of one are enough
    }
    yield _Leaf("", outline, summary.summary, view.speech.tell("preview.plan"))
    for name in pages.PAGES:
        title = view.speech.tell(f"button.{name}")
        yield _Leaf(name, made_of.get(name), partial(pages.page, name=name), title)
    for place, one in enumerate(now.steps, 1):
        yield from _leaves_of(view, now, one, view.speech.tell("preview.step", number=place))


def _leaves_of(view: View, now: Plan, one: Step, title: str) -> Iterator[_Leaf]:
    name = f"step {one.id}"
    together = _numbers(now, now.bundled) if one.id in now.bundled else ()
    made_of = (together, _numbers(now, one.after), now.notes(one))
    yield _Leaf(name, made_of, partial(steps.step, shown=one), title, numbered=True)
    because = tuple((asked.id, option.id) for asked, option in reasons(one, now))
    yield _Leaf(f"{name} why", because, partial(why.why, shown=one), f"{title}: {view.speech.tell('button.why')}")


def _numbers(now: Plan, ids: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(number for number, one in enumerate(now.steps, 1) if one.id in ids)


def _answers(view: View, now: Plan, number: int) -> str:
    """The heading of a plan: what one has to answer to get it."""
    options = (asked.option(now.facts[asked.id]) for asked in now.group.questions if asked.id in now.facts)
    said = " · ".join(view.speech.text(option.label) for option in options if option is not None)
    return view.speech.tell("preview.way", number=number, answers=said)


def _filed(view: View, group: Group) -> Iterator[Shot]:
    if group.bundle is not None:
        yield from _guide(view, group.id, view.base.procedures[group.bundle.procedure])
