"""The papers of a plan: each kind once, how many of it in which form, for which steps, and what nobody has to bring.

Every dossier takes what it asks for, so what is counted adds up over the dossiers: a copy or a form that one office
keeps is not there for the next. An original is not added up: there is only one, it is shown or comes back, and nobody
could bring two. Forms that differ stand side by side, each with its steps, as one cannot tell which would do for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bot.base.model import Base, Document, DocumentKind, Text
from bot.groups.dossiers import Dossier, dossiers
from bot.groups.order import awaited
from bot.groups.plan import Plan

Section = Literal["bring", "cases", "given", "forms", "database"]

SECTIONS: tuple[Section, ...] = ("bring", "cases", "given", "forms", "database")
COUNTED = re.compile(r"(?:(\d{1,2}) (?=(?:bản|tờ|đơn|phiếu|bộ|ảnh)\b)|(?=bản (?:sao|chính|gốc)\b))(.+)")
COUNTED_EN = re.compile(r"(?:\d{1,2} )?(.+)")
ORIGINAL = ("bản chính", "bản gốc")


@dataclass(frozen=True, slots=True)
class Need:
    """One way in which a kind of paper is needed."""

    form: Text | None  # in the words of the first dossier that asks for it
    condition: Text | None
    numbers: tuple[int, ...]  # the steps it is for
    count: int = 0  # how many *unit* that is, where it is more than *form* says
    unit: Text | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper, where it comes from and how it is needed; *givers* are the steps that give it."""

    kind: DocumentKind
    section: Section
    givers: tuple[int, ...]
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Want:
    """A paper that one dossier wants, for the steps of these numbers; the steps *givers* have given it by then."""

    dossier: Dossier
    document: Document
    numbers: tuple[int, ...]
    givers: tuple[int, ...]


def papers(base: Base, plan: Plan) -> tuple[Paper, ...]:
    """The papers of *plan* in the order of SECTIONS, and there in the order of the steps.

    A kind that only some steps find given by an earlier one stands in two sections, each with its steps.
    """
    wanted: dict[tuple[str, bool], list[Want]] = {}
    for want in wants(base, plan):
        wanted.setdefault((want.document.kind, bool(want.givers)), []).append(want)
    found = (_paper(base.documents[kind], alike) for (kind, _), alike in wanted.items())
    return tuple(sorted(found, key=lambda paper: SECTIONS.index(paper.section)))


def _paper(kind: DocumentKind, wanted: list[Want]) -> Paper:
    """*kind* as those want it who either all find it given, or none of them."""
    needs = _needs(wanted)
    sure = any(need.condition is None for need in needs)
    section: Section = "database" if kind.database else "forms" if kind.issued else "bring" if sure else "cases"
    givers = _united(want.givers for want in wanted)
    return Paper(kind, "given" if givers else section, givers, needs)


def wants(base: Base, plan: Plan) -> Iterator[Want]:
    """What each dossier wants, once in each form: it takes every paper only once."""
    before = awaited(plan.group)
    for dossier in dossiers(base, plan):
        done = {id for step in dossier.steps for id in before[step.id]} - {step.id for step in dossier.steps}
        for document, numbers in _asked(plan, dossier):
            kind = document.kind
            givers = tuple(n for n, step in enumerate(plan.steps, 1) if step.id in done and kind in step.produces)
            yield Want(dossier, document, numbers, givers)


def _asked(plan: Plan, dossier: Dossier) -> Iterator[tuple[Document, tuple[int, ...]]]:
    """The papers of *dossier*, each once in each form, with the numbers of the steps that ask for it."""
    asked = [(document, dossier.numbers) for document in dossier.procedure.documents]
    for number, one in zip(dossier.numbers, dossier.steps, strict=True):
        asked += [(document, (number,)) for document in plan.extra_documents(one)]
    alike: dict[tuple[str, Text | None, Text | None], list[tuple[Document, tuple[int, ...]]]] = {}
    for document, numbers in asked:
        alike.setdefault((document.kind, document.form, document.condition), []).append((document, numbers))
    for same in alike.values():
        yield same[0][0], _united(numbers for _, numbers in same)


def _needs(wanted: list[Want]) -> tuple[Need, ...]:
    """What is *wanted* of one kind, in one where only the steps differ; first what depends on nothing."""
    found: dict[tuple[str | None, Text | None], Need] = {}
    for want in wanted:
        form, condition = want.document.form, want.document.condition
        count, unit = _counted(form)
        key = (None if form is None else unit.vi, condition)
        if (other := found.get(key)) is None:
            found[key] = Need(form, condition, want.numbers, count, unit)
        else:
            found[key] = _both(other, want.numbers, count)
    plain = (need if _is_more(need) else replace(need, count=0, unit=None) for need in found.values())
    return tuple(sorted(plain, key=lambda need: (need.condition is not None, need.form is not None)))


def _both(need: Need, numbers: tuple[int, ...], count: int) -> Need:
    original = need.unit is not None and need.unit.vi.startswith(ORIGINAL)
    total = max(need.count, count) if original else need.count + count
    return replace(need, numbers=_united([need.numbers, numbers]), count=total)


def _is_more(need: Need) -> bool:
    """Whether *need* counts more than the words of its form."""
    return need.count > _counted(need.form)[0]


def _counted(form: Text | None) -> tuple[int, Text]:
    """How many of what *form* names; 0 of the whole where it counts nothing."""
    if form is None or (found := COUNTED.fullmatch(form.vi)) is None:
        return 0, form or Text("")
    english = COUNTED_EN.fullmatch(form.en)
    return int(found[1] or 1), Text(found[2], english[1] if english else "")


def _united(numbers: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sorted({number for some in numbers for number in some}))
