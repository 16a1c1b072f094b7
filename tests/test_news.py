"""The knowledge changes under a talk: what was said is kept, and a plan that became another says so once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.actions import OpenGroup, OpenPage, OpenStep
from bot.base.loader import load
from bot.base.model import ALWAYS, Base, Group, Option, Question, Text
from bot.base.problems import At
from tests.stage import Stage

TOY = load(Path(__file__).parent / "toy")[0]
PETS = TOY.groups["pets"]
NEWS = "Hướng dẫn đã được cập nhật"
AT = At("")


@pytest.fixture
def stage(base: Base, tmp_path: Path) -> Iterator[Stage]:
    """A citizen with a fierce dog and a cow, who has seen the plan: dog, cow."""
    stage = Stage(replace(TOY, texts=base.texts), tmp_path / "bot.db")
    stage.tap(OpenGroup("pets"))
    for answer in ("Có", "Dữ", "Không", "Có"):
        stage.press(answer)
    assert "2 bước" in stage.chat().text
    yield stage
    stage.storage.close()


def edit(stage: Stage, group: Group) -> None:
    """An admin's edit of the group, taken while the talk goes on."""
    stage.base = replace(stage.base, groups={"pets": group})
    stage.restart()


def with_steps(**whens: bool) -> Group:
    """The group with some steps for everybody (True) or nowhere (False)."""
    steps = (replace(step, when=ALWAYS) if whens.get(step.id) else step for step in PETS.steps)
    return replace(PETS, steps=tuple(step for step in steps if whens.get(step.id) is not False))


def test_a_plan_that_became_another_says_so_once(stage: Stage) -> None:
    edit(stage, with_steps(cat=True))

    stage.tap(OpenGroup("pets"))

    assert stage.chat().text.startswith(f"{NEWS}: thêm bước “Nuôi mèo”.")
    stage.tap(OpenGroup("pets"))
    assert NEWS not in stage.chat().text


def test_a_step_that_is_left_out_now_is_named_and_one_that_is_gone_is_counted(stage: Stage) -> None:
    no_dog = replace(PETS.steps[0], when=replace(PETS.steps[0].when, cases=({"dog": frozenset({"no"})},)))
    edit(stage, replace(PETS, steps=(no_dog, PETS.steps[1])))

    stage.tap(OpenGroup("pets"))

    assert f"{NEWS}: bỏ bước “Nuôi chó”, bỏ 1 bước cũ." in stage.chat().text


def test_a_screen_inside_the_plan_keeps_the_news_for_the_plan(stage: Stage) -> None:
    edit(stage, with_steps(cat=True))

    stage.tap(OpenStep("pets", "cat"))
    stage.tap(OpenPage("pets", "papers"))

    assert NEWS not in stage.chat().text
    stage.tap(OpenGroup("pets"))
    assert NEWS in stage.chat().text


def test_the_same_steps_are_no_news(stage: Stage) -> None:
    edit(stage, replace(PETS, steps=PETS.steps[::-1], name=Text("Vật nuôi")))

    stage.tap(OpenGroup("pets"))

    assert "Vật nuôi" in stage.chat().text
    assert NEWS not in stage.chat().text


def test_what_people_change_themselves_is_no_news(stage: Stage) -> None:
    stage.press("Câu đã trả lời")
    stage.press("Đổi câu 3")
    stage.press("Có")

    assert "3 bước" in stage.chat().text
    assert NEWS not in stage.chat().text
    stage.press("« Quay lại")
    stage.press("Không")
    assert "2 bước" in stage.chat().text
    assert NEWS not in stage.chat().text
    stage.press("Làm lại từ đầu")
    for answer in ("Không", "Có", "Không"):
        stage.press(answer)
    assert "1 bước" in stage.chat().text
    assert NEWS not in stage.chat().text


def test_a_new_question_is_asked_alone_and_its_answer_is_news(stage: Stage) -> None:
    horse = Question(
        "horse",
        AT,
        Text("Nhà có ngựa không?"),
        None,
        ALWAYS,
        (Option("yes", Text("Có"), AT), Option("no", Text("Không"), AT)),
    )
    cat = replace(PETS.steps[1], when=replace(PETS.steps[1].when, cases=({"horse": frozenset({"yes"})},)))
    edit(stage, replace(PETS, questions=(*PETS.questions, horse), steps=(PETS.steps[0], cat, PETS.steps[2])))

    stage.tap(OpenGroup("pets"))
    assert "Nhà có ngựa không?" in stage.chat().text
    stage.press("Có")

    assert f"{NEWS}: thêm bước “Nuôi mèo”." in stage.chat().text


def test_an_option_that_is_gone_is_asked_again_and_the_rest_is_kept(stage: Stage) -> None:
    kind = PETS.question("dog-kind")
    assert kind is not None
    milder = replace(kind, options=(*kind.options[1:], Option("shy", Text("Nhát"), AT)))
    edit(stage, replace(PETS, questions=tuple(milder if one is kind else one for one in PETS.questions)))

    stage.tap(OpenGroup("pets"))
    assert "Chó dữ không?" in stage.chat().text
    stage.press("Nhát")

    assert "2 bước" in stage.chat().text
    assert NEWS not in stage.chat().text
