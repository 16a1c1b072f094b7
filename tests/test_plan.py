"""Where somebody stands in a group, on the toy group of tests/toy; and that no walk of a shipped group goes astray."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.loader import load
from bot.base.model import Bundle, Group, When
from bot.groups.plan import Facts, Plan, holds, plan, remaining, without_last
from bot.groups.walks import walks

HERE = Path(__file__).parent
PETS = load(HERE / "toy")[0].groups["pets"]
SHIPPED = load(HERE.parent / "knowledge")[0].groups
ANSWERS = st.dictionaries(
    st.sampled_from(["dog", "dog-kind", "cat", "cow", "elsewhere"]),
    st.sampled_from(["yes", "no", "fierce", "mild", "gone"]),
)


def bundled_alone(group: Group) -> Group:
    """*group* without its last step, so that its last question is there for the bundle alone."""
    last = When(({group.questions[-1].id: frozenset({"yes"})},))
    assert isinstance(group.bundle, Bundle)
    return replace(group, steps=group.steps[:-1], bundle=replace(group.bundle, when=last))


GROUPS = {**SHIPPED, "pets": PETS, "pets with a bundle that has its own question": bundled_alone(PETS)}


def asked(plan: Plan) -> str:
    return "" if plan.question is None else plan.question.id


def steps(plan: Plan) -> list[str]:
    return [step.id for step in plan.steps]


def ask_all(group: Group, choose: list[int]) -> list[str]:
    """The questions met on the way through *group* when the options at these places are chosen, over and over."""
    facts: dict[str, str] = {}
    met: list[str] = []
    while (question := plan(group, facts).question) is not None:
        facts[question.id] = question.options[choose[len(met) % len(choose)] % len(question.options)].id
        met.append(question.id)
        assert len(met) <= len(group.questions)
    return met


def test_the_first_question_comes_first() -> None:
    assert asked(plan(PETS, {})) == "dog"


def test_an_answer_opens_the_question_behind_it() -> None:
    assert asked(plan(PETS, {"dog": "yes"})) == "dog-kind"


def test_a_question_that_does_not_apply_is_skipped() -> None:
    assert asked(plan(PETS, {"dog": "no"})) == "cat"


def test_a_question_that_can_no_longer_change_the_plan_is_not_asked() -> None:
    assert asked(plan(PETS, {"dog": "no", "cat": "no"})) == ""


def test_a_question_whose_condition_is_any_of_two_is_asked_for_either() -> None:
    assert asked(plan(PETS, {"dog": "no", "cat": "yes"})) == "cow"
    assert asked(plan(PETS, {"dog": "yes", "dog-kind": "mild", "cat": "no"})) == "cow"


def test_an_answer_to_a_question_that_no_longer_applies_does_not_count() -> None:
    assert plan(PETS, {"dog": "no", "dog-kind": "mild", "cat": "yes", "cow": "no"}).facts == {
        "dog": "no", "cat": "yes", "cow": "no",
    }  # fmt: skip


def test_an_answer_that_does_not_count_is_back_when_its_question_applies_again() -> None:
    answers = {"dog": "no", "dog-kind": "fierce", "cat": "no"}
    assert "dog-kind" not in plan(PETS, answers).facts
    assert plan(PETS, {**answers, "dog": "yes"}).facts["dog-kind"] == "fierce"


def test_not_asked_is_not_the_same_as_no() -> None:
    assert steps(plan(PETS, {"dog": "no", "cat": "no"})) == []
    assert [step.id for step, _ in plan(PETS, {"dog": "no", "cat": "no"}).left_out] == ["dog", "cat", "cow"]


def test_nothing_is_left_out_before_it_is_decided() -> None:
    assert plan(PETS, {}).left_out == ()


def test_an_option_that_is_gone_is_asked_again() -> None:
    assert asked(plan(PETS, {"dog": "perhaps", "cat": "yes"})) == "dog"


def test_answers_of_other_groups_are_ignored() -> None:
    assert plan(PETS, {"elsewhere": "yes", "dog": "no"}).facts == {"dog": "no"}


def test_steps_come_in_their_order() -> None:
    assert steps(plan(PETS, {"cow": "yes", "cat": "yes", "dog-kind": "mild", "dog": "yes"})) == ["dog", "cat", "cow"]


def test_the_reason_for_leaving_a_step_out_is_told() -> None:
    left = {step.id: reason.vi if reason else "" for step, reason in plan(PETS, {"dog": "no", "cat": "no"}).left_out}
    assert left == {"dog": "nhà không có chó", "cat": "", "cow": ""}


def test_advice_is_given_when_it_holds() -> None:
    assert [text.vi for text in plan(PETS, {"dog": "no", "cat": "no"}).advice] == ["Không nuôi gì thì không phải khai."]
    assert plan(PETS, {"dog": "no", "cat": "yes"}).advice == ()


@pytest.mark.parametrize(("kind", "notes"), [("fierce", ["Chó dữ phải xích."]), ("mild", [])])
def test_a_step_has_the_notes_and_papers_of_the_case(kind: str, notes: list[str]) -> None:
    found = plan(PETS, {"dog": "yes", "dog-kind": kind, "cat": "no", "cow": "no"})
    assert [note.vi for note in found.notes(found.steps[0])] == notes
    assert [document.kind for document in found.extra_documents(found.steps[0])] == ["photo"] * len(notes)


@pytest.mark.parametrize(
    ("answers", "bundled"),
    [
        ({"dog": "yes", "dog-kind": "mild", "cat": "yes"}, ("dog", "cat")),
        ({"dog": "yes", "dog-kind": "mild", "cat": "no"}, ()),  # one step alone is no bundle
        ({"dog": "yes", "dog-kind": "fierce", "cat": "yes"}, ()),  # its condition fails
        ({"dog": "no", "cat": "yes", "cow": "yes"}, ()),  # its question does not even apply
    ],
)
def test_a_bundle_takes_its_steps_when_it_may(answers: dict[str, str], bundled: tuple[str, ...]) -> None:
    assert plan(PETS, answers).bundled == bundled


@pytest.mark.parametrize(
    ("answers", "left"),
    [
        ({}, 4),
        ({"dog": "no"}, 2),
        ({"dog": "yes"}, 3),
        ({"dog": "no", "cat": "no"}, 0),
        ({"dog": "no", "cat": "yes"}, 1),
    ],
)
def test_what_remains_is_the_longest_way(answers: dict[str, str], left: int) -> None:
    assert remaining(PETS, answers) == left


def test_nobody_is_asked_for_a_bundle_that_cannot_be_used() -> None:
    """The cow decides only whether dog and cat are filed together; without a dog the cat is alone."""
    bundle = replace(PETS.bundle, when=When(({"cow": frozenset({"yes"})},)))  # type: ignore[type-var]
    group = replace(PETS, steps=PETS.steps[:2], bundle=bundle)

    assert asked(plan(group, {"dog": "no", "cat": "yes"})) == ""
    assert asked(plan(group, {"dog": "yes", "dog-kind": "mild", "cat": "yes"})) == "cow"


@pytest.mark.parametrize("group", [PETS, *SHIPPED.values()], ids=lambda group: group.id)
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_what_remains_is_found_by_trying_every_way(group: Group, data: st.DataObject) -> None:
    answers = {
        question.id: data.draw(st.sampled_from([option.id for option in question.options]))
        for question in group.questions
        if data.draw(st.booleans())
    }

    def tried(facts: Facts) -> int:
        question = plan(group, facts).question
        if question is None:
            return 0
        return 1 + max(tried({**facts, question.id: option.id}) for option in question.options)

    assert remaining(group, answers) == tried(plan(group, answers).facts)


@given(ANSWERS)
def test_replaying_the_facts_gives_the_same_plan(answers: dict[str, str]) -> None:
    first = plan(PETS, answers)
    assert plan(PETS, first.facts) == first
    assert plan(PETS, dict(reversed(answers.items()))) == first


@given(ANSWERS)
def test_back_shortens_the_walk_by_one(answers: dict[str, str]) -> None:
    before = plan(PETS, answers).facts
    after = plan(PETS, without_last(PETS, before)).facts
    assert list(after.items()) == list(before.items())[:-1]


@given(ANSWERS)
def test_back_as_often_as_answered_leads_to_the_start(answers: dict[str, str]) -> None:
    for _ in range(len(answers)):
        answers = without_last(PETS, answers)
    assert plan(PETS, answers).facts == {}


@given(ANSWERS)
def test_back_keeps_the_answers_of_other_groups(answers: dict[str, str]) -> None:
    assert ("elsewhere" in without_last(PETS, answers)) == ("elsewhere" in answers)


@given(ANSWERS, st.sampled_from(["yes", "no"]))
def test_every_answer_leaves_less_to_ask(answers: dict[str, str], option: str) -> None:
    question = plan(PETS, answers).question
    if question is not None:
        facts = {**answers, question.id: question.options[option == "no"].id}
        assert remaining(PETS, facts) < remaining(PETS, answers)


@pytest.mark.parametrize("group", SHIPPED.values(), ids=lambda group: group.id)
def test_a_shipped_walk_ends_in_the_questions_it_announced(group: Group) -> None:
    announced = remaining(group, {})
    longest = max(len(plan(group, facts).facts) for facts in walks(group))
    assert longest == announced


@pytest.mark.parametrize("group", SHIPPED.values(), ids=lambda group: group.id)
@given(choose=st.lists(st.integers(0, 9), min_size=1, max_size=12))
@settings(max_examples=20)
def test_the_number_of_a_question_never_exceeds_the_total(group: Group, choose: list[int]) -> None:
    total = remaining(group, {})
    facts: dict[str, str] = {}
    for place, id in enumerate(ask_all(group, choose), 1):
        now = len(facts) + remaining(group, facts)
        assert place <= now <= total
        total = now
        question = group.question(id)
        assert question is not None
        facts[id] = question.options[choose[(place - 1) % len(choose)] % len(question.options)].id
    assert plan(group, facts).question is None


@pytest.mark.parametrize("group", SHIPPED.values(), ids=lambda group: group.id)
@given(data=st.data())
@settings(max_examples=30)
def test_any_answers_to_a_shipped_group_have_a_place_to_stand(group: Group, data: st.DataObject) -> None:
    """Also answers that nobody who walked in order could have given, as after an edit of the file."""
    answers = {
        question.id: data.draw(st.sampled_from([option.id for option in question.options]))
        for question in group.questions
        if data.draw(st.booleans())
    }
    found = plan(group, answers)
    assert found.question is not None or found.steps or found.advice
    assert plan(group, found.facts) == found
    assert list(plan(group, without_last(group, answers)).facts) != list(found.facts) or not found.facts


Way = tuple[object, ...]  # a question with the ways behind its options, in their order; or what one ends with


def promised(found: Plan) -> Way:
    """What somebody with this plan is to do: the steps, what is filed together, and what is advised for each."""
    each = ((step.id, found.notes(step), [one.at for one in found.extra_documents(step)]) for step in found.steps)
    return (tuple(each), found.bundled, found.advice)


def shortest(group: Group, facts: Facts, place: int = 0) -> Way:
    """The fewest questions in their order, tried out with every complete combination of answers that can be given.

    A question whose every answer leads to the same way is left out; no other may be, as then two people who differ in
    that answer alone would get the same plan but need not.
    """
    if place == len(group.questions):
        return promised(plan(group, facts))
    question = group.questions[place]
    if not holds(question.when, facts):
        return shortest(group, facts, place + 1)
    ways = [shortest(group, {**facts, question.id: option.id}, place + 1) for option in question.options]
    return ways[0] if all(way == ways[0] for way in ways) else (question.id, *ways)


def taken(group: Group, facts: Facts) -> Way:
    """The questions that are asked, for every answer to each."""
    found = plan(group, facts)
    if found.question is None:
        return promised(found)
    id = found.question.id
    return (id, *(taken(group, {**facts, id: option.id}) for option in found.question.options))


def parting(group: Group, asked: Way, least: Way, said: str = "at once") -> str:
    """What was *said* where *asked* leaves *least*, and what each asks next there; nothing when they are the same."""
    if asked == least:
        return ""
    question = group.question(str(asked[0]))
    if question is None or asked[0] != least[0]:
        return f"{said}: asks {asked[0]}, needs {least[0]}"
    branches = zip(question.options, asked[1:], least[1:], strict=True)
    return next(
        found
        for option, one, other in branches
        if isinstance(one, tuple) and isinstance(other, tuple)
        if (found := parting(group, one, other, f"{said}, {question.id}: {option.id}"))
    )


@pytest.mark.parametrize("group", GROUPS.values(), ids=list(GROUPS))
def test_nobody_is_asked_more_than_the_shortest_way_needs(group: Group) -> None:
    assert parting(group, taken(group, {}), shortest(group, {})) == ""
