"""Several groups begun at once: the menu leads back to those that were left with a question open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.actions import Menu, OpenGroup
from bot.base.model import Base, Group, Text, When
from tests.stage import Stage
from tests.test_said import OLD, TOY, asking

HAVE = {"yes": "Có", "no": "Không"}


def group(id: str) -> Group:
    """A group of two questions and a step for who says yes twice."""
    questions = (asking(f"{id}-first", "Một?", **HAVE), asking(f"{id}-second", "Hai?", **HAVE))
    both = When(({f"{id}-first": frozenset({"yes"}), f"{id}-second": frozenset({"yes"})},))
    steps = (replace(OLD.steps[-1], when=both),)
    return replace(OLD, id=id, short=Text(f"Việc {id}"), questions=questions, steps=steps, bundle=None, advice=())


@pytest.fixture
def stage(base: Base, tmp_path: Path) -> Iterator[Stage]:
    groups = {id: group(id) for id in ("a", "b", "c", "d", "e", "f")}
    stage = Stage(replace(TOY, groups=groups, texts=base.texts), tmp_path / "bot.db")
    yield stage
    stage.storage.close()


def begin(stage: Stage, *ids: str) -> None:
    for id in ids:
        stage.tap(OpenGroup(id))
        stage.press("Có")


def offered(stage: Stage) -> list[str]:
    stage.tap(Menu())
    return [button.label for button in stage.chat().buttons if button.label.startswith(("Đang làm dở", "↩"))]


def test_the_last_three_are_offered_beside_the_one_being_walked(stage: Stage) -> None:
    begin(stage, "e", "d", "a", "b", "c")

    assert offered(stage) == ["Đang làm dở: Việc b", "Đang làm dở: Việc a", "Đang làm dở: Việc d", "↩ Làm tiếp: Việc c"]


def test_what_is_complete_or_not_begun_is_not_unfinished(stage: Stage) -> None:
    begin(stage, "a", "b", "c")
    stage.press("Có")
    stage.tap(OpenGroup("d"))
    begin(stage, "f")

    assert offered(stage) == ["Đang làm dở: Việc b", "Đang làm dở: Việc a", "↩ Làm tiếp: Việc f"]


def test_who_leaves_the_walk_finds_it_again(stage: Stage) -> None:
    begin(stage, "a", "b")

    stage.say("/cancel")

    assert offered(stage) == ["Đang làm dở: Việc b", "Đang làm dở: Việc a"]
