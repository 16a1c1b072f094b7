"""The papers of a plan: each kind once, enough of it, and what nobody has to bring; on the toy group of tests/toy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.base.loader import load
from bot.base.model import Base, Document, Group, Text
from bot.base.problems import At
from bot.groups.dossiers import dossiers
from bot.groups.order import awaited
from bot.groups.papers import SECTIONS, Paper, papers
from bot.groups.plan import plan
from bot.groups.walks import walks

TOY = load(Path(__file__).parent / "toy")[0]
ALL = {"dog": "yes", "dog-kind": "fierce", "cat": "yes", "cow": "yes"}  # dog 1, cat 2 after it, cow 3: three dossiers
HERD = {**ALL, "dog-kind": "mild"}  # dog and cat in one dossier, cow by itself
SHIPPED = sorted(path.stem for path in (Path(__file__).parent.parent / "knowledge" / "groups").glob("*.yaml"))


def document(kind: str, form: str = "", condition: str = "", en: str = "") -> Document:
    return Document(kind, At(""), Text(form, en) if form else None, Text(condition) if condition else None)


def wanting(documents: dict[str, list[Document]], produces: dict[str, str] | None = None) -> Base:
    """The toy base, where procedures ask for these *documents* alone, and steps of the group give what *produces*."""
    procedures = {
        id: replace(procedure, documents=tuple(documents.get(id, ()))) for id, procedure in TOY.procedures.items()
    }
    pets = TOY.groups["pets"]
    given = {id: (kind,) for id, kind in (produces or {}).items()}
    steps = tuple(replace(step, documents=(), produces=given.get(step.id, ())) for step in pets.steps)
    return replace(TOY, procedures=procedures, groups={"pets": replace(pets, steps=steps)})


def found(base: Base, answers: dict[str, str] = ALL) -> list[Paper]:
    return list(papers(base, plan(base.groups["pets"], answers)))


def needs(base: Base, answers: dict[str, str] = ALL) -> list[tuple[str, int, tuple[int, ...]]]:
    """Of the only paper: what is said of its form, how many where that is added up, and the steps."""
    [paper] = found(base, answers)
    return [
        ((need.unit or need.form or need.condition or Text("")).vi, need.count, need.numbers) for need in paper.needs
    ]


@pytest.mark.parametrize(
    ("dog", "cow", "expected"),
    [
        ("1 bản chính", "1 bản chính", [("1 bản chính", 0, (1, 3))]),  # there is but one, and it is for both
        ("bản gốc", "2 bản gốc", [("bản gốc", 2, (1, 3))]),
        ("1 bản sao", "1 bản sao", [("bản sao", 2, (1, 3))]),  # each office keeps its own
        ("bản sao có chứng thực", "1 bản sao có chứng thực", [("bản sao có chứng thực", 2, (1, 3))]),
        ("2 bộ", "1 bộ", [("bộ", 3, (1, 3))]),
        ("1 bản chính", "1 bản sao", [("1 bản chính", 0, (1,)), ("1 bản sao", 0, (3,))]),
        ("đưa xem", "đưa xem", [("đưa xem", 0, (1, 3))]),
        ("1 trong các giấy", "1 trong các giấy", [("1 trong các giấy", 0, (1, 3))]),  # counts nothing
        ("", "", [("", 0, (1, 3))]),
        ("1 bản sao", "", [("", 0, (3,)), ("1 bản sao", 0, (1,))]),
    ],
)
def test_one_paper_for_two_dossiers(dog: str, cow: str, expected: list[tuple[str, int, tuple[int, ...]]]) -> None:
    assert needs(wanting({"dog": [document("photo", dog)], "cow": [document("photo", cow)]})) == expected


def test_two_steps_of_a_dossier_that_add_the_same_paper_are_both_named() -> None:
    base = wanting({})
    pets = base.groups["pets"]
    steps = tuple(replace(step, documents=(document("photo", "1 bản sao"),)) for step in pets.steps)

    with_photos = replace(base, groups={"pets": replace(pets, steps=steps)})

    assert needs(with_photos, {**HERD, "cow": "no"}) == [("1 bản sao", 0, (1, 2))]


def test_english_is_counted_in_its_own_words() -> None:
    base = wanting({"dog": [document("photo", "1 bản sao", en="1 copy")], "cow": [document("photo", "1 bản sao")]})

    [paper] = found(base)

    assert paper.needs[0].unit == Text("bản sao", "copy")


def test_a_dossier_takes_a_paper_once() -> None:
    herd = [document("photo", "1 bản sao")]

    assert needs(wanting({"herd": herd}), HERD) == [("1 bản sao", 0, (1, 2))]


def test_cases_that_differ_are_both_told_and_the_sure_one_comes_first() -> None:
    base = wanting({"dog": [document("photo", "", "nếu chó lạ")], "cow": [document("photo")]})

    assert needs(base) == [("", 0, (3,)), ("nếu chó lạ", 0, (1,))]
    assert found(base)[0].section == "bring"


def test_what_is_needed_in_some_case_only_stands_apart() -> None:
    assert found(wanting({"dog": [document("photo", "", "nếu chó lạ")]}))[0].section == "cases"


def test_nobody_brings_what_is_in_the_databases_or_lies_ready() -> None:
    base = wanting({"dog": [document("form"), document("photo")]})
    known = {**base.documents, "photo": replace(base.documents["photo"], database=True)}

    sections = {paper.kind.id: paper.section for paper in found(replace(base, documents=known))}

    assert sections == {"form": "forms", "photo": "database"}


def test_what_an_earlier_step_gives_is_not_brought() -> None:
    photo = [document("photo", "1 bản sao")]

    [paper] = found(wanting({"cat": photo}, {"dog": "photo"}))

    assert (paper.section, paper.givers, paper.needs[0].numbers) == ("given", (1,), (2,))


def test_what_a_step_gives_is_brought_where_nobody_waits_for_it() -> None:
    photo = [document("photo", "1 bản sao")]

    given = found(wanting({"cat": photo, "cow": photo}, {"dog": "photo"}))

    assert [(one.section, [need.numbers for need in one.needs]) for one in given] == [
        ("bring", [(3,)]),
        ("given", [(2,)]),
    ]


def test_a_step_that_is_left_out_gives_nothing() -> None:
    base = wanting({"cat": [document("photo")]}, {"dog": "photo"})

    assert found(base, {"dog": "no", "cat": "yes", "cow": "no"})[0].section == "bring"


def test_a_paper_given_inside_a_dossier_is_no_help_for_filing_it() -> None:
    assert found(wanting({"herd": [document("photo")]}, {"dog": "photo"}), HERD)[0].section == "bring"


def after(group: Group, **steps: tuple[str, ...]) -> Group:
    return replace(group, steps=tuple(replace(step, after=steps.get(step.id, ())) for step in group.steps))


def test_steps_wait_for_all_that_is_before_them() -> None:
    pets = TOY.groups["pets"]

    assert awaited(after(pets, cow=("cat",), cat=("dog",)))["cow"] == {"cat", "dog"}
    assert awaited(after(pets, cow=("gone",)))["cow"] == set()
    assert awaited(after(pets, cow=("cat",), cat=("cow",)))["cow"] == {"cat", "cow"}


@pytest.mark.parametrize("id", SHIPPED)
def test_every_paper_of_every_step_is_told_once(id: str, base: Base) -> None:
    """Whatever somebody answered: no kind twice in a section, and each step under every kind it asks for."""
    for way in walks(base.groups[id]):
        now = plan(base.groups[id], way)
        wanted = {
            (one.kind, n) for file in dossiers(base, now) for one in file.procedure.documents for n in file.numbers
        }
        wanted |= {(one.kind, n) for n, step in enumerate(now.steps, 1) for one in now.extra_documents(step)}

        told = papers(base, now)

        assert {(one.kind.id, n) for one in told for need in one.needs for n in need.numbers} == wanted
        places = [(one.section, one.kind.id) for one in told]
        assert len(set(places)) == len(places)
        assert [SECTIONS.index(section) for section, _ in places] == sorted(
            SECTIONS.index(section) for section, _ in places
        )
