"""Groups as diagrams: everything of them is there, and nothing lies on anything else."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.model import Base
from bot.graph import mermaid, overview, picture
from bot.graph.drawing import Box, Drawing
from bot.graph.layout import layout
from bot.graph.overview import CARD, Card, arranged
from bot.graph.tracks import Bus, tracks
from bot.graph.words import Words
from bot.talk.speech import Speech
from tests.stage import KNOWLEDGE
from tests.test_cli import bot

GROUPS = sorted(path.stem for path in (KNOWLEDGE / "groups").glob("*.yaml"))
HEIGHTS = st.lists(st.floats(0, 300), min_size=1, max_size=3).map(tuple)
MEASURE = Drawing()  # its fonts are read once
PNG = b"\x89PNG\r\n"


@pytest.fixture(params=["vi", "en"])
def words(request: pytest.FixtureRequest, base: Base) -> Words:
    return Words(base, Speech(request.param, base.texts))


def apart(boxes: list[Box]) -> bool:
    return not any(
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
        for one, other in combinations(boxes, 2)
    )


@pytest.mark.parametrize("id", GROUPS)
def test_of_a_group_nothing_lies_on_anything_else(id: str, words: Words) -> None:
    group = words.base.groups[id]
    found = layout(MEASURE, words, group)

    assert [one.question for one in found.asked] == list(group.questions)
    assert [one.step for one in found.taken] == list(group.steps)
    assert apart([one.box for one in (*found.asked, *found.taken)])
    assert max(one.box[1] + one.box[3] for one in (*found.asked, *found.taken)) <= found.height


def test_what_is_filed_together_is_in_one_box_and_nothing_else_is(words: Words) -> None:
    for group in words.base.groups.values():
        found = layout(MEASURE, words, group)
        if group.bundle is None or found.together is None:
            assert (group.bundle, found.together) == (None, None)
            continue
        alone = [one.box for one in found.taken if one.step.id not in group.bundle.steps]
        inside = [one.box for one in found.taken if one.step.id in group.bundle.steps]
        assert apart([found.together, *alone])
        assert not any(apart([found.together, box]) for box in inside)


@given(st.lists(st.builds(Bus, HEIGHTS, HEIGHTS, st.booleans()), max_size=8))
def test_lines_on_one_track_do_not_touch(buses: list[Bus]) -> None:
    found = tracks(buses)

    assert len(found) == len(buses)
    for one, other in combinations(found, 2):
        ends = [(min(*bus.starts, *bus.ends), max(*bus.starts, *bus.ends)) for bus in (one, other)]
        assert one.track != other.track or ends[0][1] < ends[1][0] or ends[1][1] < ends[0][0]


def test_all_groups_are_in_one_picture(words: Words) -> None:
    cards, pills = arranged(words)

    assert {card.group.id for card in cards} == words.base.groups.keys()
    assert apart([_box(card) for card in cards])
    for card in cards:
        assert set(card.rows) == {step.procedure for step in card.group.steps}
    assert all(sum(id in card.rows for card in cards) > 1 for id in pills)
    assert len(set(pills.values())) == len(pills)


def _box(card: Card) -> Box:
    return (CARD * 2 if card.right else 0, card.y, CARD, card.height)


def test_a_base_of_one_group_is_drawn_and_of_none(base: Base) -> None:
    for count in (0, 1):
        few = replace(base, groups=dict(list(base.groups.items())[:count]))

        assert overview.draw(Words(few, Speech("vi", base.texts))).startswith(PNG)


@pytest.mark.parametrize("id", GROUPS)
def test_the_mermaid_of_a_group_names_what_it_joins(id: str, words: Words) -> None:
    group = words.base.groups[id]
    text = mermaid.one(words, group)
    named = re.findall(r"^ +([qs]_\w+)[\[{]", text, re.MULTILINE)
    joined = re.findall(r"\b[qs]_\w+", re.sub(r'".*?"', "", text))

    assert len(named) == len(group.questions) + len(group.steps)
    assert set(joined) == set(named)


def test_the_mermaid_of_all_has_each_procedure_once(words: Words) -> None:
    text = mermaid.everything(words)
    nodes = re.findall(r"^ +(p_\w+)\[", text, re.MULTILINE)

    assert len(nodes) == len(set(nodes))
    assert len(re.findall(r" --> ", text)) == sum(
        len({step.procedure for step in group.steps}) for group in words.base.groups.values()
    )


@pytest.mark.parametrize("group", [["birth"], ["death", "--language", "en"], []], ids=" ".join)
def test_a_picture_is_written(group: list[str], tmp_path: Path) -> None:
    done = bot("graph", *group, "--png", str(tmp_path / "x.png"))

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "x.png").read_bytes().startswith(PNG)


def test_every_group_can_be_drawn(words: Words) -> None:
    for group in words.base.groups.values():
        assert picture.draw(words, group).startswith(PNG)
