"""The loop: what nobody could answer becomes tested knowledge, by somebody who answered and another who approved."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.actions import Handle, Judge, OpenProcedure, TeachAbout
from bot.admin import learned
from bot.base.checks import check
from bot.base.loader import load
from bot.base.phrases import Asked, asked
from bot.learning.writing import with_item
from bot.matching import finder
from bot.matching.normalise import fold
from bot.messages import Address, File, Incoming, Learn
from bot.talk.speech import Speech
from tests.stage import CITIZEN, KNOWLEDGE, VOLUNTEERS, Stage
from tests.test_broken import TOY

ANNA, BINH, COLLABORATOR = 900, 901, 700
OTHER = Address("telegram", "101")
COW = "procedures/home/cow.yaml"
ASKED = "trong chuồng có thêm con nghé thì khai ở mô"
AGAIN = "nha em co them con nghe trong chuong thi khai o mo"
REPLY = "Nghé thì khai như nuôi bò, tại xã."


def chat(user: int) -> Address:
    return Address("telegram", str(user))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The toy base, with all the sentences the bot says."""
    folder = tmp_path / "knowledge"
    shutil.copytree(TOY, folder)
    shutil.copytree(KNOWLEDGE / "texts", folder / "texts", dirs_exist_ok=True)
    return folder


@pytest.fixture
def stage(folder: Path, tmp_path: Path) -> Iterator[Stage]:
    base, problems = load(folder)
    assert problems == []
    stage = Stage(base, tmp_path / "bot.db", admins=(ANNA, BINH), folder=folder)
    yield stage
    stage.storage.close()


def press(stage: Stage, label: str, user: int, where: Address | None = None) -> None:
    """Somebody who works here presses a button of the newest message that has it, in their own chat or *where*."""
    place = where or chat(user)
    found = (
        (number, one)
        for number, screen in reversed(stage.chat(place).messages.items())
        for row in screen.buttons
        for one in row
        if one.label.startswith(label)
    )
    message, button = next(found)
    assert not isinstance(button.does, str)
    stage.tap(button.does, place, message=message, user=user)


def write(stage: Stage, text: str, user: int) -> str:
    """What is answered to somebody who works here."""
    stage.feed(Incoming("", chat(user), text=text, user=user))
    return stage.chat(chat(user)).text


def ask_people(stage: Stage, text: str = ASKED, who: Address = CITIZEN) -> None:
    """A question nobody could answer goes to the collaborators, one of whom answers it."""
    stage.say(text, who)
    stage.press("Đồng ý gửi", who)
    answer(stage, who)


def answer(stage: Stage, who: Address = CITIZEN) -> None:
    """A collaborator answers the newest question of *who*."""
    number = max(case.id for case in stage.storage.cases.own(who))
    card = [one.message for one in stage.storage.cases.copies.of(number, "card")][-1]
    stage.say(REPLY, VOLUNTEERS, replies_to=card, user=COLLABORATOR)
    stage.tap(Handle(number, "send"), VOLUNTEERS, user=COLLABORATOR)


def teach_phrase(stage: Stage, user: int = COLLABORATOR) -> None:
    press(stage, "Dạy bot", user, VOLUNTEERS)
    press(stage, "Một cách hỏi", user)
    if not any(button.label == "Nuôi bò" for button in stage.chat(chat(user)).buttons):
        press(stage, "Việc khác", user)
        write(stage, "nuôi bò", user)
    press(stage, "Nuôi bò", user)


def teach_entry(stage: Stage, source: str = "Quy chế chợ số 5 của xã", user: int = COLLABORATOR) -> None:
    press(stage, "Dạy bot", user, VOLUNTEERS)
    press(stage, "Mục hỏi đáp mới", user)
    write(stage, source, user)


def approve(stage: Stage, user: int = ANNA) -> None:
    press(stage, "Xem", user)
    press(stage, "Duyệt", user)


def states(stage: Stage) -> list[str]:
    kept = stage.storage.learning.suggestions
    return [one.state for number in range(1, 9) if (one := kept.get(number)) is not None]


def shown(stage: Stage, who: Address = CITIZEN) -> str:
    return stage.chat(who).text.splitlines()[0]


def test_an_unanswered_question_becomes_tested_knowledge(stage: Stage, folder: Path, tmp_path: Path) -> None:
    ask_people(stage)
    teach_phrase(stage)
    assert ASKED in stage.chat(chat(ANNA)).text

    approve(stage)

    stage.say(AGAIN, OTHER)
    assert shown(stage, OTHER) == "Nuôi bò"
    phrases = tmp_path / "tests" / "phrases"
    phrases.mkdir(parents=True)
    export(stage, folder)
    base, problems = load(folder)
    (test,) = asked(phrases)
    assert [*problems, *check(base)] == []
    assert ASKED in base.procedures["cow"].phrases
    assert test.meant == {"cow"}
    assert fold(test.phrase) not in map(fold, base.procedures["cow"].phrases)
    assert [one.id for one in finder.matcher(base).match(test.phrase).candidates][:1] == ["cow"]


def export(stage: Stage, folder: Path) -> list[str]:
    taught = stage.storage.learning.lessons.of("published")
    told, whole = learned.export(stage.storage.publications, taught, folder, Speech("vi", stage.base.texts))
    assert whole
    return told


def test_the_file_keeps_its_comments_and_lines(stage: Stage, folder: Path) -> None:
    before = (folder / COW).read_text(encoding="utf-8").splitlines()
    ask_people(stage)
    teach_phrase(stage)
    approve(stage)

    export(stage, folder)

    after = (folder / COW).read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line not in before] == [f"  - {ASKED}"]
    assert len(after) == len(before) + 1


def test_the_export_writes_once(stage: Stage, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "tests" / "phrases").mkdir(parents=True)
    ask_people(stage)
    teach_phrase(stage)
    approve(stage)

    assert len(export(stage, folder)) == 2
    assert export(stage, folder) == [f"{COW} đã có trong kho."]


def test_nobody_approves_what_they_suggested(stage: Stage) -> None:
    ask_people(stage)
    teach_phrase(stage, ANNA)

    stage.feed(Incoming("", chat(ANNA), "tap", action=Judge(1, given=True), user=ANNA))

    assert "không tự duyệt" in stage.chat(chat(ANNA)).text
    assert states(stage) == ["waiting"]


def test_a_collaborator_approves_nothing(stage: Stage) -> None:
    ask_people(stage)
    teach_phrase(stage)

    stage.feed(Incoming("", chat(778), "tap", action=Judge(1, given=True), user=778))

    assert states(stage) == ["waiting"]


def test_a_citizen_teaches_nothing(stage: Stage) -> None:
    ask_people(stage)

    stage.tap(TeachAbout(1, "phrase", "cow"))
    stage.feed(Incoming("", CITIZEN, "tap", action=TeachAbout(1, "phrase", "cow"), user=100))

    assert states(stage) == []


def test_what_is_declined_is_not_learned(stage: Stage) -> None:
    ask_people(stage)
    teach_phrase(stage)
    press(stage, "Xem", BINH)

    press(stage, "Không dùng", BINH)

    assert states(stage) == ["declined"]
    assert "Không dùng" in stage.chat(chat(COLLABORATOR)).text
    stage.say(AGAIN, OTHER)
    assert shown(stage, OTHER) != "Nuôi bò"


def test_two_admins_decide_once(stage: Stage) -> None:
    ask_people(stage)
    teach_phrase(stage)
    approve(stage)

    stage.feed(Incoming("", chat(BINH), "tap", action=Judge(1, given=False), user=BINH))

    assert states(stage) == ["published"]


def test_a_phrase_of_another_procedure_is_refused(stage: Stage, folder: Path) -> None:
    """The same words cannot lead to two places: the check of the base says which line has them."""
    ask_people(stage, "muốn nuôi một con chim cảnh lạ")
    press(stage, "Dạy bot", COLLABORATOR, VOLUNTEERS)
    lecture = Incoming("", chat(COLLABORATOR), "tap", action=TeachAbout(1, "phrase", "cow"), user=COLLABORATOR)
    stage.feed(lecture)
    taken = stage.base.procedures["dog"].phrases[0]
    stage.storage._db.execute("update suggestions set text = ?", (taken,))

    approve(stage)

    assert states(stage) == ["refused"]
    assert "procedures/home/dog.yaml" in stage.chat(chat(ANNA)).text + stage.chat(chat(COLLABORATOR)).text


def test_what_takes_questions_from_others_is_refused_with_them(stage: Stage) -> None:
    """What was learned before stays learned: the words of that test may not be taught as something else."""
    ask_people(stage)
    ask_people(stage, "nhà văn hoá thôn mấy giờ mở cửa", OTHER)
    press(stage, "Dạy bot", BINH, VOLUNTEERS)
    stage.feed(Incoming("", chat(BINH), "tap", action=TeachAbout(2, "phrase", "dog"), user=BINH))
    stage.feed(Incoming("", chat(ANNA), "tap", action=TeachAbout(1, "phrase", "cow"), user=ANNA))
    press(stage, "Xem", BINH)
    press(stage, "Duyệt", BINH)
    (lesson,) = stage.storage.learning.lessons.of("published")
    stage.storage._db.execute("update suggestions set text = ? where id = 1", (lesson.question,))

    stage.feed(Incoming("", chat(ANNA), "tap", action=Judge(1, given=True), user=ANNA))

    for reader in (ANNA, BINH):
        assert "câu của việc khác" in stage.chat(chat(reader)).text
        assert f"{lesson.question} → cow" in stage.chat(chat(reader)).text
    assert states(stage) == ["refused", "published"]
    stage.say(lesson.question, OTHER)
    assert shown(stage, OTHER) == "Nuôi bò"


def test_what_is_rolled_back_is_unlearned(stage: Stage, folder: Path) -> None:
    ask_people(stage)
    teach_phrase(stage)
    approve(stage)

    write(stage, "/rollback nhầm", BINH)

    stage.say(AGAIN, OTHER)
    assert shown(stage, OTHER) != "Nuôi bò"
    assert states(stage) == ["undone"]
    assert export(stage, folder) == ["Không có gì để gộp."]


def test_a_restart_between_approval_and_effect_loses_nothing(stage: Stage) -> None:
    ask_people(stage)
    teach_phrase(stage)
    press(stage, "Xem", ANNA)
    button = next(one.does for one in stage.chat(chat(ANNA)).buttons if one.label == "Duyệt")
    stage.storage.begin()
    tap = Incoming("tap", chat(ANNA), "tap", action=button, user=ANNA)  # type: ignore[arg-type]
    for one in stage.assistant.respond(tap, stage.now):
        stage.storage.enqueue(one, stage.now)
    stage.storage.commit()

    stage.restart()
    waiting = [one for one in stage.storage.waiting() if isinstance(one.outgoing.job, Learn)]
    for delivery in waiting:
        stage._deliver(delivery)
    while stage.after:
        stage.feed(stage.after.pop(0))

    assert len(waiting) == 1
    assert states(stage) == ["published"]


def test_what_was_learned_survives_a_restart(stage: Stage, folder: Path) -> None:
    ask_people(stage)
    teach_phrase(stage)
    approve(stage)

    published = stage.storage.publications.over()

    assert ASKED in published[COW]
    assert [deed.by.who for deed in stage.storage.publications.deeds(1)] == [COLLABORATOR, 0, COLLABORATOR, ANNA, 0]


def test_the_same_in_near_words_is_one_suggestion_with_a_count(stage: Stage) -> None:
    ask_people(stage)
    teach_phrase(stage)
    ask_people(stage, "chuong co them con nghe thi khai o mo", OTHER)
    teach_phrase(stage, BINH)

    seen = write(stage, "/suggestions", ANNA)

    assert "1 đề xuất chờ duyệt" in seen
    assert "2 người hỏi" in seen


def test_the_words_of_another_are_the_test(stage: Stage, folder: Path, tmp_path: Path) -> None:
    other = "chuong co them con nghe thi phai khai o mo"
    ask_people(stage)
    teach_phrase(stage)
    ask_people(stage, other, OTHER)
    teach_phrase(stage, BINH)
    phrases = tmp_path / "tests" / "phrases"
    phrases.mkdir(parents=True)

    approve(stage)
    export(stage, folder)

    assert states(stage) == ["published", "published"]
    assert list(asked(phrases)) == [Asked(other, frozenset({"cow"}))]


def test_a_short_answer_is_learned_with_its_source(stage: Stage, folder: Path) -> None:
    ask_people(stage, "nhà văn hoá thôn mấy giờ mở cửa")
    teach_entry(stage, "Quy chế chợ https://example.org/cho")

    approve(stage)

    stage.say("nha van hoa thon may gio mo cua ha em", OTHER)
    assert REPLY in stage.chat(OTHER).text
    assert "Quy chế chợ" in stage.chat(OTHER).text
    export(stage, folder)
    base, problems = load(folder)
    assert [*problems, *check(base)] == []
    assert [entry.sources[0].link for entry in base.entries.values()] == ["https://example.org/cho"]


def test_a_fact_becomes_a_task_for_its_owner(stage: Stage) -> None:
    ask_people(stage)
    press(stage, "Dạy bot", COLLABORATOR, VOLUNTEERS)
    press(stage, "Sửa một thông tin", COLLABORATOR)
    if not any(button.label == "Nuôi bò" for button in stage.chat(chat(COLLABORATOR)).buttons):
        press(stage, "Việc khác", COLLABORATOR)
        write(stage, "nuôi bò", COLLABORATOR)
    press(stage, "Nuôi bò", COLLABORATOR)
    write(stage, "Lệ phí nay là 10.000 đ", COLLABORATOR)

    press(stage, "Xem", ANNA)
    assert "Lệ phí nay là 10.000 đ" in stage.chat(chat(ANNA)).text
    press(stage, "Nhận sửa", ANNA)

    seen = write(stage, "/suggestions", BINH)
    assert "Việc phải sửa" in seen
    assert stage.storage.publications.published() == []
    press(stage, "•", BINH)
    press(stage, "Đã sửa", BINH)
    assert states(stage) == ["done"]
    assert "Không có đề xuất" in write(stage, "/suggestions", BINH)


def test_numbers_of_people_are_never_taught(stage: Stage) -> None:
    ask_people(stage, "con nghé của tui số 048199001234 khai ở mô")
    press(stage, "Dạy bot", COLLABORATOR, VOLUNTEERS)
    stage.feed(Incoming("", chat(COLLABORATOR), "tap", action=TeachAbout(1, "phrase", "cow"), user=COLLABORATOR))

    assert "không có tên hay số" in stage.chat(chat(COLLABORATOR)).text
    write(stage, "con nghé thì khai ở mô", COLLABORATOR)

    assert [stage.storage.learning.suggestions.get(1).text] == ["con nghé thì khai ở mô"]  # type: ignore[union-attr]


def test_who_agreed_is_told_once(stage: Stage) -> None:
    stage.say(ASKED)
    stage.press("Đồng ý gửi")
    stage.press("Báo tôi khi bot biết")
    answer(stage)
    teach_phrase(stage)
    approve(stage)
    told = [screen.text for screen in stage.chat().messages.values() if "Nay em đã có câu trả lời" in screen.text]
    assert len(told) == 1
    stage.press("Nuôi bò")

    ask_people(stage, "nhà văn hoá thôn mấy giờ mở cửa", OTHER)
    teach_phrase(stage, BINH)
    approve(stage)

    assert states(stage) == ["published", "published"]
    assert not stage.storage.learning.waiting.all()
    assert not [screen for screen in stage.chat(OTHER).messages.values() if "Nay em đã" in screen.text]
    assert len([screen for screen in stage.chat().messages.values() if "Nay em đã" in screen.text]) == 1


def test_who_did_not_ask_for_it_is_told_nothing(stage: Stage) -> None:
    ask_people(stage)
    teach_phrase(stage)
    before = len(stage.chat().messages)

    approve(stage)

    assert len(stage.chat().messages) == before


def test_who_forgot_us_is_told_nothing(stage: Stage) -> None:
    stage.say(ASKED)
    stage.press("Đồng ý gửi")
    stage.press("Báo tôi khi bot biết")

    stage.say("/forget")

    assert not stage.storage.learning.waiting.all()


def test_a_button_of_a_case_that_is_gone_says_so(stage: Stage) -> None:
    stage.feed(Incoming("", chat(ANNA), "tap", action=TeachAbout(9, "phrase", "cow"), user=ANNA))

    assert "không còn giữ" in stage.chat(chat(ANNA)).text


def test_a_command_ends_what_was_to_be_typed(stage: Stage) -> None:
    ask_people(stage)
    press(stage, "Dạy bot", COLLABORATOR, VOLUNTEERS)
    press(stage, "Mục hỏi đáp mới", COLLABORATOR)

    write(stage, "/menu", COLLABORATOR)
    write(stage, "muốn nuôi bò", COLLABORATOR)

    assert states(stage) == []
    stage.tap(OpenProcedure("cow"))


def test_a_file_sent_by_chat_tells_those_who_wait_for_it_too(stage: Stage, folder: Path) -> None:
    stage.say(ASKED)
    stage.press("Đồng ý gửi")
    stage.press("Báo tôi khi bot biết")
    text = with_item((folder / COW).read_text(encoding="utf-8"), "phrases", ASKED)
    stage.files["f1"] = text.encode()
    file = File("f1", "cow.yaml", len(text))

    stage.feed(Incoming("", chat(ANNA), "attachment", "thêm cách hỏi", user=ANNA, file=file))
    press(stage, "Gửi người khác duyệt", ANNA)
    press(stage, "Duyệt", BINH)

    assert len([screen for screen in stage.chat().messages.values() if "Nay em đã" in screen.text]) == 1
    assert not stage.storage.learning.waiting.all()


def test_what_came_to_nothing_is_forgotten_after_a_year(stage: Stage) -> None:
    ask_people(stage)
    teach_phrase(stage)
    press(stage, "Xem", BINH)
    press(stage, "Không dùng", BINH)

    stage.storage.begin()
    stage.storage.purge(stage.now + timedelta(days=366))
    stage.storage.commit()

    assert states(stage) == []


def test_two_phrases_for_one_file_are_both_exported(stage: Stage, folder: Path) -> None:
    ask_people(stage)
    teach_phrase(stage)
    approve(stage)
    ask_people(stage, "nhà văn hoá thôn mấy giờ mở cửa", OTHER)
    teach_phrase(stage, BINH)
    approve(stage)

    export(stage, folder)
    stage.feed(Incoming("", Address("workshop", ""), "changed"))

    assert stage.storage.publications.published() == []
    assert [one.state for one in stage.storage.publications.all()] == ["exported", "exported"]
    assert load(folder)[0].procedures["cow"].phrases[-2:] == (ASKED, "nhà văn hoá thôn mấy giờ mở cửa")


def test_a_file_that_was_edited_since_is_left_alone_and_so_are_its_tests(
    stage: Stage, folder: Path, tmp_path: Path
) -> None:
    phrases = tmp_path / "tests" / "phrases"
    phrases.mkdir(parents=True)
    ask_people(stage)
    teach_phrase(stage)
    approve(stage)
    (folder / COW).write_text(f"# sửa tay\n{(folder / COW).read_text(encoding='utf-8')}", encoding="utf-8")

    taught = stage.storage.learning.lessons.of("published")
    _, whole = learned.export(stage.storage.publications, taught, folder, Speech("vi", stage.base.texts))

    assert not whole
    assert list(asked(phrases)) == []
