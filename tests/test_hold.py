"""What one takes along: a plan in a link, and an officer's video, uploaded once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.actions import Hand, OpenGroup, OpenGuide, OpenStep
from bot.attachments import Media, Sheet
from bot.base.checks import check
from bot.base.loader import load
from bot.base.model import Base
from bot.groups.links import pack, unpack
from bot.groups.walks import walks
from bot.messages import Address
from bot.talk.walk.video import seconds
from tests.stage import CITIZEN, KNOWLEDGE, Stage
from tests.test_broken import TOY

SHIPPED = load(KNOWLEDGE)[0]
OTHER = Address("telegram", "101")
FILMED = """video:
  title: Cán bộ hướng dẫn khai chó
  file: dog.mp4
  marks:
    - {at: "2:10", text: chụp giấy tiêm phòng}
advice:
"""
LINKED = """    video:
      title: Cách xích chó
      link: https://example.vn/watch?v=1
      marks:
        - {at: "1:02:10", text: cột dây}
    deadline: {within"""


@pytest.fixture
def filmed(tmp_path: Path) -> Base:
    """The toy base with a video of the group in a file, and one of its first step on a page."""
    folder = tmp_path / "filmed"
    shutil.copytree(TOY, folder)
    pets = folder / "groups/pets.yaml"
    text = pets.read_text("utf-8").replace("advice:\n", FILMED, 1).replace("    deadline: {within", LINKED, 1)
    pets.write_text(text, "utf-8")
    (folder / "media" / "dog.mp4").write_bytes(b"a small video")
    base, problems = load(folder)
    assert (problems, check(base)) == ([], [])
    return replace(base, texts=SHIPPED.texts)


@pytest.fixture
def stage(filmed: Base, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(filmed, tmp_path / "bot.db")
    stage.tap(OpenGroup("pets"))
    for answer in ("Có", "Hiền", "Không", "Không"):
        stage.press(answer)
    yield stage
    stage.storage.close()


@pytest.mark.parametrize("group", SHIPPED.groups.values(), ids=list(SHIPPED.groups))
def test_a_link_holds_every_plan_of_a_group(group) -> None:
    for facts in walks(group):
        packed = pack(group, facts)

        id, answers, check = packed.split("_")
        assert len(f"w_{packed}") <= 64
        assert packed.replace("_", "").replace("-", "").isalnum()
        assert (id, unpack(group, answers, check)) == (group.id, facts)


def test_a_link_of_other_questions_holds_nothing() -> None:
    group = SHIPPED.groups["birth"]
    _, answers, check = pack(group, next(walks(group))).split("_")

    assert unpack(group, answers, "0000") == unpack(group, answers[1:], check) == unpack(group, "", "") == {}


def test_a_plan_opens_again_on_another_phone(stage: Stage) -> None:
    stage.tap(Hand("pets", "sheet"))
    (sheet,) = stage.chat().handed
    stage.press("« Các bước")
    plan = stage.chat().text
    assert isinstance(sheet, Sheet)

    stage.say(f"/start {sheet.start}", OTHER)

    assert stage.chat(OTHER).text == plan
    assert stage.storage.session(OTHER).facts == stage.storage.session(CITIZEN).facts


def test_a_file_is_uploaded_once_and_known_from_then_on(stage: Stage) -> None:
    stage.press("▶ Xem video")
    stage.tap(OpenGroup("pets"))
    stage.press("▶ Xem video")

    assert [media.ref for media in stage.chat().handed if isinstance(media, Media)] == ["", "ref-1"]
    assert "phút 2:10: chụp giấy tiêm phòng" in stage.chat().text


def test_a_video_on_a_page_has_its_marks_as_buttons(stage: Stage) -> None:
    stage.tap(OpenStep("pets", "dog"))
    stage.press("▶ Xem video")

    links = {button.label: button.does for button in stage.chat().buttons}
    assert links["▶ Mở video"] == "https://example.vn/watch?v=1"
    assert links["phút 1:02:10 – cột dây"] == "https://example.vn/watch?v=1&t=3730"
    assert stage.chat().handed == []


def test_a_sheet_has_a_code_for_each_video_on_a_page(stage: Stage) -> None:
    stage.tap(Hand("pets", "sheet"))

    sheet = stage.chat().handed[-1]
    assert isinstance(sheet, Sheet)
    assert sheet.codes == (("https://example.vn/watch?v=1", "Cách xích chó"),)


@pytest.mark.parametrize(("at", "wanted"), [("0:05", 5), ("2:10", 130), ("1:02:10", 3730)])
def test_a_position_in_seconds(at: str, wanted: int) -> None:
    assert seconds(at) == wanted


def test_a_move_of_a_guide_comes_with_its_picture(stage: Stage) -> None:
    stage.tap(OpenGuide("herd"))
    while any(button.label.startswith("Tiếp") for button in stage.chat().buttons):
        stage.press("Tiếp")

    assert [media.file for media in stage.chat().handed if isinstance(media, Media)] == ["log-in.png"]
