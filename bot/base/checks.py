"""What can be wrong with a base as a whole: each check is a function from the base to problems.

`bot.base.loader` has already looked at every file by itself.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from string import Formatter

from bot.actions import (
    LIMIT,
    Action,
    Answer,
    Change,
    Filed,
    Hand,
    OpenEntry,
    OpenGuide,
    OpenPage,
    OpenProcedure,
    SetPlace,
    encode,
)
from bot.base.group_checks import deadlines_can_be_counted, options_can_be_told_apart, steps_have_an_order
from bot.base.guide_checks import guides_come_to_an_end, guides_exist, media_exist
from bot.base.model import Base, Document, Entry, Group, Option, Question, Record, Step, When
from bot.base.problems import At, Kind, Problem, nearest
from bot.groups.walks import walk_problems
from bot.matching.normalise import fold
from bot.talk.cards import PAGES as CARD_PAGES
from bot.talk.walk.pages import PAGES

DAY = 991231  # a day in a button, see bot.talk.days; with it a button about a step is longest
MOVES = 999  # more than any guide has: the longest number of a move in a button

Check = Callable[[Base], Iterator[Problem]]


def check(base: Base) -> list[Problem]:
    """Every problem of *base* taken together, in the order of files and lines.

    A walk that ends badly because of a condition that names nothing is a consequence, and is not reported beside it.
    """
    found = list(itertools.chain.from_iterable(one(base) for one in CHECKS))
    return sorted(found or itertools.chain.from_iterable(map(walk_problems, base.groups.values())))


def _problem(at: At, kind: Kind, **words: object) -> Problem:
    return Problem(at, kind, tuple((name, str(word)) for name, word in words.items()))


def _missing(at: At, what: str, id: str, known: Iterator[str] | list[str]) -> Problem:
    return _problem(at, Kind.UNKNOWN_REFERENCE, what=what, id=id, near=nearest(id, known))


def _records(base: Base) -> Iterator[Record]:
    yield from base.procedures.values()
    yield from base.groups.values()


def _asked_for(base: Base) -> Iterator[Record | Entry]:
    yield from _records(base)
    yield from base.entries.values()


def ids_are_unique(base: Base) -> Iterator[Problem]:
    """A button says only an id: no two things that are asked for may share one, nothing in a group may exist twice."""
    called: dict[str, At] = {}
    for one in _asked_for(base):
        if (other := called.setdefault(one.id, one.at)) is not one.at:
            yield _problem(one.at, Kind.DUPLICATE_ID, id=one.id, other=other)
    asked: dict[str, tuple[Question, Group]] = {}
    for group in base.groups.values():
        for question in group.questions:
            first, where = asked.setdefault(question.id, (question, group))
            if first is not question and not (first.shared and question.shared and where is not group):
                yield _problem(question.at, Kind.DUPLICATE_ID, id=question.id, other=first.at)
            yield from _twice(question.options)
        yield from _twice(group.steps)


def _twice(things: tuple[Option, ...] | tuple[Step, ...]) -> Iterator[Problem]:
    seen: dict[str, At] = {}
    for thing in things:
        if seen.setdefault(thing.id, thing.at) is not thing.at:
            yield _problem(thing.at, Kind.DUPLICATE_ID, id=thing.id, other=seen[thing.id])


def codes_are_unique(base: Base) -> Iterator[Problem]:
    """A code leads to one place; a group and the procedure of its bundle share theirs."""
    seen: dict[str, Record] = {}
    bundles = {group.bundle.procedure: group.id for group in base.groups.values() if group.bundle}
    for record in _records(base):
        for code in filter(None, (record.code, *record.aliases)):
            other = seen.setdefault(code, record)
            if other is not record and bundles.get(other.id) != record.id:
                yield _problem(record.at, Kind.DUPLICATE_ID, id=code, other=other.at)


def references_exist(base: Base) -> Iterator[Problem]:
    """Procedures name fields, offices, papers and procedures that exist."""
    for procedure in base.procedures.values():
        if procedure.field not in base.fields:
            yield _missing(procedure.at, "field", procedure.field, list(base.fields))
        if procedure.office not in base.offices:
            yield _missing(procedure.at, "office", procedure.office, list(base.offices))
        for related in procedure.related:
            if related not in base.procedures:
                yield _missing(procedure.at, "procedure", related, list(base.procedures))
        yield from _documents_exist(base, procedure.documents)


def entries_lead_on(base: Base) -> Iterator[Problem]:
    """What an entry names to look at is a procedure or a group."""
    known = [*base.procedures, *base.groups]
    for entry in base.entries.values():
        for id in entry.see:
            if id not in known:
                yield _missing(entry.at, "procedure", id, known)


def group_references_exist(base: Base) -> Iterator[Problem]:
    """Steps and bundles name procedures, papers and steps that exist."""
    for group in base.groups.values():
        steps = [step.id for step in group.steps]
        for step in group.steps:
            if step.procedure not in base.procedures:
                yield _missing(step.at, "procedure", step.procedure, list(base.procedures))
            for before in step.after:
                if before not in steps:
                    yield _missing(step.at, "step", before, steps)
            yield from _documents_exist(base, step.documents)
            for kind in step.produces:
                if kind not in base.documents:
                    yield _missing(step.at, "document", kind, list(base.documents))
        if group.bundle is not None:
            if group.bundle.procedure not in base.procedures:
                yield _missing(group.bundle.at, "procedure", group.bundle.procedure, list(base.procedures))
            for id in group.bundle.steps:
                if id not in steps:
                    yield _missing(group.bundle.at, "step", id, steps)


def _documents_exist(base: Base, documents: tuple[Document, ...]) -> Iterator[Problem]:
    for document in documents:
        if document.kind not in base.documents:
            yield _missing(document.at, "document", document.kind, list(base.documents))


def conditions_name_options(base: Base) -> Iterator[Problem]:
    """Every condition names questions of its group and options of those questions."""
    for group in base.groups.values():
        for when in group.conditions():
            for id, option in _pairs(when):
                question = group.question(id)
                if question is None:
                    yield _missing(when.at, "question", id, [one.id for one in group.questions])
                elif question.option(option) is None:
                    known = [one.id for one in question.options]
                    near = nearest(option, known)
                    yield _problem(when.at, Kind.UNKNOWN_OPTION, question=id, option=option, near=near)


def questions_depend_on_earlier_ones(base: Base) -> Iterator[Problem]:
    """A question may only depend on what was asked before it."""
    for group in base.groups.values():
        for question, other in _looking_ahead(group):
            yield _problem(question.at, Kind.LATER_QUESTION, question=question.id, other=other)


def _looking_ahead(group: Group) -> Iterator[tuple[Question, str]]:
    """The questions whose condition names one that is not asked before them, and that one."""
    order = [question.id for question in group.questions]
    for place, question in enumerate(group.questions):
        for other in sorted({id for id, _ in _pairs(question.when)}):
            if other in order[place:]:
                yield question, other


def _pairs(when: When) -> Iterator[tuple[str, str]]:
    for case in when.cases:
        for question, options in case.items():
            for option in sorted(options):
                yield question, option


def phrases_are_different(base: Base) -> Iterator[Problem]:
    """The same way of asking cannot lead to two places."""
    seen: dict[str, Record | Entry] = {}
    for record in _asked_for(base):
        for phrase in record.phrases:
            other = seen.setdefault(fold(phrase), record)
            if other is not record:
                yield _problem(record.at, Kind.SAME_PHRASE, phrase=phrase, other=other.at)


def buttons_fit(base: Base) -> Iterator[Problem]:
    """Every button of every screen fits Telegram's 64 bytes."""
    for at, action in _buttons(base):
        data = encode(action)
        if len(data.encode()) > LIMIT:
            yield _problem(at, Kind.BUTTON_TOO_LONG, button=data, length=len(data.encode()))


def _buttons(base: Base) -> Iterator[tuple[At, Action]]:
    for procedure in base.procedures.values():
        yield procedure.at, OpenGuide(procedure.id, MOVES)
        yield from ((procedure.at, OpenProcedure(procedure.id, page)) for page in CARD_PAGES)
        yield from ((procedure.at, SetPlace(place, procedure.id)) for place in base.places)
    for entry in base.entries.values():
        yield entry.at, OpenEntry(entry.id)
    for group in base.groups.values():
        yield group.at, OpenGuide(group.id, MOVES)
        yield from ((group.at, OpenPage(group.id, page)) for page in PAGES)
        yield from ((step.at, Filed(group.id, step.id, DAY, "early")) for step in group.steps)
        yield from ((step.at, Hand(group.id, "video", step.id)) for step in group.steps if step.video)
        for question in group.questions:
            yield question.at, Change(group.id, question.id)
            yield from ((one.at, Answer(group.id, question.id, one.id)) for one in question.options)


def texts_are_complete(base: Base) -> Iterator[Problem]:
    """English has no sentence that Vietnamese lacks, and the same placeholders."""
    vi, en = base.texts.get("vi", {}), base.texts.get("en", {})
    for key, sentence in en.items():
        if key not in vi:
            yield _problem(At("texts/en.yaml"), Kind.UNKNOWN_TEXT, key=key, near=nearest(key, vi))
        elif (there := _placeholders(vi[key])) is None:
            yield _problem(At("texts/vi.yaml"), Kind.WRONG_PLACEHOLDER, key=key, wanted="{…}")
        elif _placeholders(sentence) != there:
            wanted = ", ".join(sorted(there)) or "–"
            yield _problem(At("texts/en.yaml"), Kind.WRONG_PLACEHOLDER, key=key, wanted=wanted)
    for key in sorted(vi.keys() - en.keys()):
        yield _problem(At("texts/en.yaml"), Kind.MISSING_TEXT, key=key)


def _placeholders(sentence: str) -> set[str] | None:
    """The names between brackets; None when a bracket is not closed."""
    try:
        return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
    except ValueError:
        return None


CHECKS: tuple[Check, ...] = (
    ids_are_unique,
    codes_are_unique,
    references_exist,
    entries_lead_on,
    group_references_exist,
    conditions_name_options,
    questions_depend_on_earlier_ones,
    steps_have_an_order,
    options_can_be_told_apart,
    deadlines_can_be_counted,
    guides_exist,
    guides_come_to_an_end,
    media_exist,
    phrases_are_different,
    buttons_fit,
    texts_are_complete,
)
