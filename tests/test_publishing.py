"""Knowledge on its way to citizens while the bot runs: read again from the folder, or sent and approved by chat."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import edition
from bot.actions import Approve, OpenProcedure, Propose
from bot.admin import learned
from bot.base.loader import load
from bot.messages import Address, File, Incoming, Load, Outgoing
from bot.talk.speech import Speech
from tests.stage import CITIZEN, KNOWLEDGE, Stage

ANNA, BINH = 900, 901
COW = "procedures/home/cow.yaml"
OLD, NEW = "fee: 8.000 đ", "fee: 35.000 đ"


def chat(admin: int) -> Address:
    return Address("telegram", str(admin))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The toy base, with all the sentences the bot says."""
    folder = tmp_path / "knowledge"
    shutil.copytree(Path(__file__).parent / "toy", folder)
    shutil.copytree(KNOWLEDGE / "texts", folder / "texts", dirs_exist_ok=True)
    return folder


@pytest.fixture
def stage(folder: Path, tmp_path: Path) -> Iterator[Stage]:
    base, problems = load(folder)
    assert problems == []
    stage = Stage(base, tmp_path / "bot.db", admins=(ANNA, BINH), folder=folder)
    yield stage
    stage.storage.close()


def send(stage: Stage, text: str, name: str = "cow.yaml", why: str = "theo nghị quyết mới", who: int = ANNA) -> None:
    """An admin sends a file by chat."""
    stage.files["f1"] = text.encode()
    file = File("f1", name, len(text))
    stage.feed(Incoming("", chat(who), "attachment", why, user=who, file=file))


def press(stage: Stage, label: str, who: int) -> None:
    button = next(button for button in stage.chat(chat(who)).buttons if button.label == label)
    assert not isinstance(button.does, str)
    stage.feed(Incoming("", chat(who), "tap", action=button.does, user=who, message=stage.chat(chat(who)).latest))


def publish(stage: Stage, text: str) -> None:
    send(stage, text)
    press(stage, "Gửi người khác duyệt", ANNA)
    press(stage, "Duyệt", BINH)


def write(stage: Stage, text: str, who: int = ANNA) -> str:
    """What an admin is answered."""
    stage.feed(Incoming("", chat(who), text=text, user=who))
    return stage.chat(chat(who)).text


def changed(folder: Path) -> str:
    text = (folder / COW).read_text(encoding="utf-8")
    assert OLD in text
    return text.replace(OLD, NEW)


def fee(stage: Stage) -> str:
    stage.tap(OpenProcedure("cow", "fee"))
    return "35.000 đ" if "35.000 đ" in stage.chat().text else "8.000 đ" if "8.000 đ" in stage.chat().text else "?"


def published(stage: Stage) -> list[str]:
    return [one.file for one in stage.storage.publications.published()]


def test_a_file_reaches_citizens_when_a_second_admin_approves(stage: Stage, folder: Path) -> None:
    send(stage, changed(folder))
    assert "không có lỗi" in stage.chat(chat(ANNA)).text
    press(stage, "Gửi người khác duyệt", ANNA)
    assert all(words in stage.chat(chat(BINH)).text for words in (COW, "theo nghị quyết mới", "900"))
    assert fee(stage) == "8.000 đ"

    press(stage, "Duyệt", BINH)

    assert fee(stage) == "35.000 đ"
    assert "Đã công bố" in stage.chat(chat(ANNA)).text
    why = "theo nghị quyết mới"
    assert [(deed.state, deed.by.who, deed.by.why) for deed in stage.storage.publications.deeds(1)] == [
        ("received", ANNA, why),
        ("checked", 0, ""),
        ("proposed", ANNA, why),
        ("approved", BINH, ""),
        ("published", 0, ""),
    ]


def test_what_was_published_survives_a_restart(stage: Stage, folder: Path) -> None:
    publish(stage, changed(folder))

    stage.restart()

    again = edition.read(folder, stage.storage.publications.over()).edition
    assert again is not None
    assert str(again.base.procedures["cow"].filings["counter"].fees[0].amount) == "35000"
    assert COW in write(stage, "/version")


def test_nobody_approves_their_own(stage: Stage, folder: Path) -> None:
    send(stage, changed(folder))
    press(stage, "Gửi người khác duyệt", ANNA)

    stage.feed(Incoming("", chat(ANNA), "tap", action=Approve(1, given=True), user=ANNA))

    assert "không tự duyệt" in stage.chat(chat(ANNA)).text
    assert fee(stage) == "8.000 đ"


def test_one_admin_alone_publishes_on_the_server_only(folder: Path, tmp_path: Path) -> None:
    stage = Stage(load(folder)[0], tmp_path / "bot.db", admins=(ANNA,), folder=folder)
    send(stage, changed(folder))

    assert "trên máy chủ" in stage.chat(chat(ANNA)).text
    assert [button.label for button in stage.chat(chat(ANNA)).buttons] == ["Bỏ"]
    stage.feed(Incoming("", chat(ANNA), "tap", action=Propose(1), user=ANNA))
    stage.feed(Incoming("", chat(ANNA), "tap", action=Approve(1, given=True), user=ANNA))
    assert published(stage) == []
    stage.storage.close()


def test_a_file_with_faults_is_refused_with_their_lines(stage: Stage, folder: Path) -> None:
    send(stage, changed(folder).replace(NEW, "fee: nhiều"))

    said = stage.chat(chat(ANNA)).text
    assert "còn 1 lỗi" in said
    assert f"{COW}:" in said
    assert stage.chat(chat(ANNA)).buttons == []


def test_a_reason_is_asked_for_when_none_came_with_the_file(stage: Stage, folder: Path) -> None:
    send(stage, changed(folder), why="")
    press(stage, "Gửi người khác duyệt", ANNA)
    assert "vì sao" in stage.chat(chat(ANNA)).text
    assert stage.chat(chat(BINH)).messages == {}

    write(stage, "Nghị quyết 13/2025")

    assert "Nghị quyết 13/2025" in stage.chat(chat(BINH)).text
    press(stage, "Không duyệt", BINH)
    assert "không được duyệt" in stage.chat(chat(ANNA)).text
    assert fee(stage) == "8.000 đ"


def test_an_admin_who_goes_on_to_something_else_is_not_taken_to_give_a_reason(stage: Stage, folder: Path) -> None:
    send(stage, changed(folder), why="")
    press(stage, "Gửi người khác duyệt", ANNA)

    write(stage, "/menu")
    write(stage, "muốn nuôi bò")

    assert stage.chat(chat(BINH)).messages == {}


def test_a_file_of_a_new_name_is_asked_for_its_place(stage: Stage, folder: Path) -> None:
    text = changed(folder).replace("1.000003", "1.000033").replace("bò", "trâu")
    send(stage, text, "Buffalo (1).YAML")

    assert "buffalo.yaml" in stage.chat(chat(ANNA)).text
    press(stage, "procedures/home/buffalo.yaml", ANNA)

    assert "procedures/home/buffalo.yaml" in stage.chat(chat(ANNA)).text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cow.yaml", b"\xff\xfe\x00", "UTF-8"),
        ("cow.yaml", None, "không tải được"),
        ("Con Bò.yaml", b"a: b", "Kho không có tệp"),
    ],
    ids=["not UTF-8", "lost", "no name"],
)
def test_what_is_no_knowledge_file_gets_a_clear_answer(
    stage: Stage, name: str, content: bytes | None, said: str
) -> None:
    stage.files = {} if content is None else {"f1": content}
    stage.feed(Incoming("", chat(ANNA), "attachment", user=ANNA, file=File("f1", name, 3)))

    assert said in stage.chat(chat(ANNA)).text


def test_a_huge_file_is_not_even_fetched(stage: Stage) -> None:
    answers = stage.feed(Incoming("", chat(ANNA), "attachment", user=ANNA, file=File("f1", "cow.yaml", 10**7)))

    assert [one.job for one in answers] == [None]


def test_a_citizen_cannot_publish(stage: Stage, folder: Path) -> None:
    stage.files["f1"] = changed(folder).encode()
    answers = stage.feed(Incoming("", CITIZEN, "attachment", user=5, file=File("f1", "cow.yaml", 100)))

    assert [one.job for one in answers] == [None]
    stage.feed(Incoming("", CITIZEN, "tap", action=Approve(1, given=True), user=5))
    assert "duyệt" not in stage.chat().text


def test_a_second_tap_changes_nothing(stage: Stage, folder: Path) -> None:
    publish(stage, changed(folder))

    stage.feed(Incoming("", chat(BINH), "tap", action=Approve(1, given=False), user=BINH))

    assert "đã xong" in stage.chat(chat(BINH)).text
    assert published(stage) == [COW]


def test_going_back_returns_to_the_version_before(stage: Stage, folder: Path) -> None:
    publish(stage, changed(folder))

    write(stage, "/rollback nhầm số tiền", BINH)

    assert fee(stage) == "8.000 đ"
    assert published(stage) == []
    assert [(deed.by.who, deed.by.why) for deed in stage.storage.publications.deeds(1)][-1] == (BINH, "nhầm số tiền")
    assert "Không có bản công bố" in write(stage, "/rollback")


def test_a_load_that_knows_nothing_of_what_was_published_meanwhile_is_done_again(stage: Stage, folder: Path) -> None:
    publish(stage, changed(folder))
    late = edition.read(folder, {})

    answers = stage.feed(Incoming("", Address("workshop", ""), "done", job=Load(), result=late))

    assert [one.job for one in answers] == [Load({COW: changed(folder)})]
    assert fee(stage) == "35.000 đ"


def disk(stage: Stage) -> list[Outgoing]:
    """Something was edited on the server."""
    return stage.feed(Incoming("", Address("workshop", ""), "changed"))


def test_an_edit_in_the_folder_is_served_at_once(stage: Stage, folder: Path) -> None:
    (folder / COW).write_text(changed(folder), encoding="utf-8")
    disk(stage)

    assert fee(stage) == "35.000 đ"
    assert "Đã dùng kiến thức mới" in stage.chat(chat(BINH)).text


def test_a_broken_edit_is_refused_and_the_good_base_stays(stage: Stage, folder: Path) -> None:
    good = (folder / COW).read_text(encoding="utf-8")
    (folder / COW).write_text(good.replace(OLD, "fee: nhiều"), encoding="utf-8")
    disk(stage)

    assert f"{COW}:" in stage.chat(chat(BINH)).text
    assert fee(stage) == "8.000 đ"
    assert f"{COW}:" in write(stage, "/problems")

    (folder / COW).write_text(good, encoding="utf-8")
    assert "vẫn là bản" in write(stage, "/reload")
    assert f"{COW}:" not in write(stage, "/problems")


def test_a_published_file_that_the_folder_has_is_ordinary_knowledge_again(stage: Stage, folder: Path) -> None:
    publish(stage, changed(folder))
    (folder / COW).write_text(changed(folder), encoding="utf-8")
    disk(stage)

    assert published(stage) == []
    assert fee(stage) == "35.000 đ"


def test_an_edit_under_a_published_file_is_told(stage: Stage, folder: Path) -> None:
    publish(stage, changed(folder))
    (folder / COW).write_text((folder / COW).read_text(encoding="utf-8") + "\n# edited\n", encoding="utf-8")
    disk(stage)

    assert "nằm trên" in stage.chat(chat(ANNA)).text
    assert published(stage) == [COW]
    assert fee(stage) == "35.000 đ"


def test_commands_of_admins_are_menus_to_others(stage: Stage) -> None:
    for command in ("/reload", "/problems", "/stale", "/version", "/rollback"):
        answers = stage.feed(Incoming("", CITIZEN, text=command, user=5))
        assert [one.job for one in answers] == [None]


def test_what_is_due_is_told(stage: Stage) -> None:
    assert "đọc lại" in write(stage, "/stale")


def test_export_makes_an_ordinary_edit_of_what_was_published(stage: Stage, folder: Path) -> None:
    publish(stage, f"# why this is so\n{changed(folder)}")
    speech = Speech("vi", stage.base.texts)

    told, whole = learned.export(stage.storage.publications, [], folder, speech)

    assert (told, whole) == ([f"Đã ghi {COW}."], True)
    assert (folder / COW).read_text(encoding="utf-8").startswith("# why this is so\n")
    assert learned.export(stage.storage.publications, [], folder, speech) == (
        [f"{COW} đã có trong kho."],
        True,
    )


def test_export_leaves_a_file_alone_that_was_edited_since(stage: Stage, folder: Path) -> None:
    publish(stage, changed(folder))
    edited = (folder / COW).read_text(encoding="utf-8").replace("3 ngày", "4 ngày")
    (folder / COW).write_text(edited, encoding="utf-8")

    told, whole = learned.export(stage.storage.publications, [], folder, Speech("vi", stage.base.texts))

    assert not whole
    assert any("35.000 đ" in line for line in told)
    assert (folder / COW).read_text(encoding="utf-8") == edited


def test_the_list_says_who_did_what_and_why(stage: Stage, folder: Path) -> None:
    publish(stage, changed(folder))

    said = "\n".join(learned.lines(stage.storage.publications, Speech("vi", stage.base.texts)))

    assert all(word in said for word in (COW, "approved", str(BINH), "theo nghị quyết mới"))
