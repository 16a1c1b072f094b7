"""What changes for citizens between two bases: said in words, complete, and nothing where nobody sees a thing."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.admin.compare import difflines, rerouted
from bot.admin.compare.described import UNSEEN
from bot.admin.compare.diff import changes
from bot.admin.compare.rerouted import Rerouted, Way
from bot.admin.compare.touched import OpenCase, Touched, touched
from bot.base.loader import load
from bot.base.model import Base, Listed, Text
from bot.base.phrases import Asked
from bot.base.problems import At
from bot.messages import Address
from bot.session import Session
from bot.storage import Storage
from bot.talk.speech import Speech
from tests.test_broken import TOY, build
from tests.test_cli import bot, config

TODAY = date(2026, 11, 23)
DOG, PETS = "procedures/home/dog.yaml", "groups/pets.yaml"
OLD = load(TOY)[0]
QUESTIONS = [Asked(phrase, frozenset({one.id})) for one in OLD.procedures.values() for phrase in one.phrases]


@pytest.fixture
def speech(base: Base) -> Speech:
    return Speech("vi", base.texts)


def changed(folder: Path, files: dict[str, Any]) -> Base:
    base, problems = load(build(folder / "base", files))
    assert problems == []
    return base


def said(old: Base, new: Base, speech: Speech, day: date = TODAY) -> list[str]:
    return "\n".join(difflines.lines(changes(old, new, speech, day), speech)).splitlines()


def test_an_edit_that_nobody_sees_is_none(speech: Speech, tmp_path: Path) -> None:
    """Comments, quotation marks, the order of the keys, the lines on which things stand, and who keeps them."""
    edits = {
        "# A procedure": "# Read again today.\n\n# A procedure",
        "short: Nuôi chó": 'short: "Nuôi chó"',
        "owner: home\nconfidence: high": "confidence: high\nowner: somebody",
        "how: [Tới xã khai.]": "how:\n  - Tới xã khai.",
    }

    assert said(OLD, changed(tmp_path, {DOG: {"change": edits}}), speech) == ["Người dân không thấy gì khác."]


DOG_CHANGED = "Thủ tục thay đổi: Nuôi chó (dog)"
PETS_CHANGED = "Nhóm thay đổi: Nuôi vật (pets)"


@pytest.mark.parametrize(
    ("name", "edits", "told"),
    [
        (DOG, {"fee: 8.000 đ": "fee: 0 đ"}, [DOG_CHANGED, "  lệ phí nộp tại nơi: 8.000 đ → không mất tiền"]),
        (
            DOG,
            {"3 ngày làm việc": "trong ngày"},
            [DOG_CHANGED, "  thời gian nộp tại nơi: 3 ngày làm việc → trong ngày"],
        ),
        (
            DOG,
            {"fee: 8.000 đ": "fee: [{amount: 8.000 đ, until: 2026-12-31}, {amount: 9.000 đ, from: 2027-01-01}]"},
            [
                DOG_CHANGED,
                "  lệ phí nộp tại nơi: 8.000 đ → 8.000 đ đến hết 31/12/2026",
                "  thêm lệ phí nộp tại nơi từ 01/01/2027: 9.000 đ",
            ],
        ),
        (
            DOG,
            {"  - kind: form": "  - kind: form\n  - {kind: photo, form: 2 tấm}"},
            [DOG_CHANGED, "  thêm giấy tờ: Ảnh, 2 tấm"],
        ),
        (
            DOG,
            {"exceptions: [Nuôi tạm thì không cần.]": "exceptions: [Nuôi tạm thì không cần khai.]"},
            [DOG_CHANGED, "  lưu ý: Nuôi tạm thì không cần. → Nuôi tạm thì không cần khai."],
        ),
        (
            DOG,
            {"  - muốn nuôi chó\n": "  - muốn nuôi con chó\n"},
            [DOG_CHANGED, "  bỏ cách hỏi: muốn nuôi chó", "  thêm cách hỏi: muốn nuôi con chó"],
        ),
        (
            DOG,
            {"name: {vi: Nuôi chó, en: Keep a dog}": "name: {vi: Nuôi chó, en: Keeping a dog}"},
            [DOG_CHANGED, "  tên (tiếng Anh): Keep a dog → Keeping a dog"],
        ),
        (
            DOG,
            {"result: Giấy": "answers:\n  late: |\n    Trễ thì nộp thêm.\n    Nộp tại xã.\nresult: Giấy"},
            [DOG_CHANGED, "  thêm câu trả lời “Trễ hạn”: Trễ thì nộp thêm.", "      Nộp tại xã."],
        ),
        (
            PETS,
            {"ask: Nhà có mèo không?": "ask: Nhà nuôi mèo không?"},
            [PETS_CHANGED, "  câu hỏi: Nhà có mèo không? → Nhà nuôi mèo không?"],
        ),
        (
            PETS,
            {"      - {id: mild, label: Hiền}": "      - {id: mild, label: Hiền}\n      - {id: old, label: Già}"},
            [PETS_CHANGED, "  thêm câu hỏi “Chó dữ không?”: lựa chọn: Già"],
        ),
        (
            PETS,
            {"when: {cow: yes}": "when: {cow: [yes, no]}"},
            [PETS_CHANGED, "  bước “Nuôi bò”: điều kiện: “Nhà có bò không?” Có → “Nhà có bò không?” Có / Không"],
        ),
        (
            PETS,
            {"    after: [dog]\n    optional: yes\n": ""},
            [PETS_CHANGED, "  bỏ bước “Nuôi mèo”: làm sau bước: Nuôi chó", "  bỏ bước “Nuôi mèo”: tuỳ chọn"],
        ),
        ("guides/herd-online.yaml", {"  - log-in\n": ""}, ["Hướng dẫn nộp qua mạng"]),
        ("shared/places.yaml", {"address: Thôn 1": "address: Thôn 2"}, ["Xã, phường"]),
        ("texts/vi.yaml", {"Anh/chị cần gì ạ?": "Cần gì ạ?"}, ["Câu bot tự nói"]),
        ("shared/offices.yaml", {"where: Ở xã": "where: Ở chợ"}, ["Nơi nộp"]),
        ("shared/documents/papers.yaml", {"Ảnh": "Hình"}, ["Các loại giấy tờ"]),
    ],
)
def test_an_edit_is_told_in_words(
    name: str, edits: dict[str, str], told: list[str], speech: Speech, tmp_path: Path
) -> None:
    lines = said(OLD, changed(tmp_path, {name: {"change": edits}}), speech)

    assert lines[: len(told)] == told
    assert len(lines) == max(len(told), 2)


def test_a_moved_day_off_is_told_with_its_days(speech: Speech) -> None:
    """Whoever approves a calendar sent by chat sees the days, not only the document."""
    shipped = load(TOY.parent.parent / "knowledge")[0].calendar
    moved = replace(shipped.decisions[-1].holidays[0], until=date(2027, 2, 14))
    decisions = (*shipped.decisions[:-1], replace(shipped.decisions[-1], holidays=(moved,)))

    lines = said(replace(OLD, calendar=shipped), replace(OLD, calendar=replace(shipped, decisions=decisions)), speech)

    assert lines == [
        "Ngày nghỉ, giờ nhận hồ sơ",
        "  bỏ ngày nghỉ: 02/09/2027 – 03/09/2027 (Quốc khánh 2/9)",
        "  ngày nghỉ: 04/02/2027 – 10/02/2027 (Tết Nguyên đán) → 04/02/2027 – 14/02/2027 (Tết Nguyên đán)",
    ]


def test_what_comes_and_goes_as_a_whole_is_one_line(speech: Speech, tmp_path: Path) -> None:
    """A step that goes takes its notes along, a renamed file is another procedure."""
    files: dict[str, Any] = {
        "procedures/home/pup.yaml": (TOY / DOG).read_text("utf-8").replace("Nuôi chó", "Nuôi cún"),
        DOG: {"absent": "yes"},
        PETS: {"change": {"    procedure: dog\n": "    procedure: pup\n"}},
    }

    lines = said(OLD, changed(tmp_path, files), speech)

    assert lines == [
        PETS_CHANGED,
        "  bước: Nuôi chó → Nuôi cún",
        "Bỏ thủ tục: Nuôi chó (dog)",
        "Thủ tục mới: Nuôi cún (pup)",
    ]


def test_an_order_is_told_once(speech: Speech) -> None:
    pets = OLD.groups["pets"]
    turned = replace(OLD, groups={"pets": replace(pets, steps=(pets.steps[2], *pets.steps[:2]))})

    assert said(OLD, turned, speech) == [PETS_CHANGED, "  đổi thứ tự bước: Nuôi bò; Nuôi chó; Nuôi mèo"]


def test_a_fact_is_compared_on_the_day_asked_for(speech: Speech, tmp_path: Path) -> None:
    """A fee that is over says nothing any more; one to come is told before its day."""
    fees = "fee: [{amount: 5.000 đ, until: 2025-12-31}, {amount: 8.000 đ, from: 2026-01-01}]"
    new = changed(tmp_path, {DOG: {"change": {"fee: 8.000 đ": fees}}})

    assert said(OLD, new, speech) == ["Người dân không thấy gì khác."]
    assert said(OLD, new, speech, date(2025, 6, 1)) == [
        DOG_CHANGED,
        "  lệ phí nộp tại nơi: 8.000 đ → 5.000 đ đến hết 31/12/2025",
        "  thêm lệ phí nộp tại nơi từ 01/01/2026: 8.000 đ",
    ]


def test_what_became_our_own_did_not_leave_the_national_list(speech: Speech) -> None:
    listed = {code: Listed(code, "Nuôi gì đó", "", "", {}, "", ()) for code in ("1.000001", "1.555555")}
    old = replace(OLD, procedures={}, groups={}, catalogue=listed)
    new = replace(OLD, catalogue={})

    lines = said(old, new, speech)

    assert lines[-2:] == ["Danh mục quốc gia", "  bỏ thủ tục: Nuôi gì đó"]


def things(value: object) -> list[Any]:
    """Every dataclass in *value*, itself included."""
    if isinstance(value, dict):
        return [thing for one in value.values() for thing in things(one)]
    if isinstance(value, tuple):
        return [thing for one in value for thing in things(one)]
    if not is_dataclass(value):
        return []
    seen = (getattr(value, field.name) for field in fields(value) if field.name not in UNSEEN)
    return [value, *(thing for one in seen for thing in things(one))]


def test_every_field_has_a_name(base: Base) -> None:
    """Nothing that somebody adds to the format is told in English letters to who keeps the knowledge."""
    records = (*base.procedures.values(), *base.groups.values(), *base.offices.values(), *base.places.values())
    shared = (*base.documents.values(), *base.guides.values())
    spoken_of = {type(thing) for thing in things((*records, *shared))} - {Text, At}
    names = {field.name for kind in spoken_of for field in fields(kind)} - {*UNSEEN}
    insides = {"vi", "en", "since", "until", "usual", "checking", "unit", "count", "amount", "ask", "label", "title"}
    insides |= {
        "cases",
        "kind",
        "form",
        "condition",
        "days",
        "date",
        "channel",
        "times",
        "fees",
        "procedure",
        "when",
        "do",
    }

    assert [n for n in sorted(names - insides) if f"diff.what.{n.replace('_', '-')}" not in base.texts["vi"]] == []


def test_questions_that_lead_elsewhere_are_found_worst_first(speech: Speech, tmp_path: Path) -> None:
    """The cat learns what was the dog's; both are asked the same way, with nothing else changed."""
    files = {
        DOG: {"change": {"  - muốn nuôi chó\n": "  - giữ chó trong sân\n"}},
        "procedures/home/cat.yaml": {"change": {"phrases:\n": "phrases:\n  - muốn nuôi chó\n"}},
    }
    new = changed(tmp_path, files)
    tried = [*rerouted.questions(OLD, new, tmp_path), Asked("muốn nuôi chó", frozenset({"dog"}))]

    found = rerouted.rerouted(rerouted.matcher(OLD, tried), rerouted.matcher(new, tried), tried)

    assert found[0].phrase == "muốn nuôi chó"
    assert found[0].old == Way("answer", "dog")
    assert found[0].new != found[0].old
    assert [one.harm for one in found] == sorted(one.harm for one in found)
    assert next(difflines.of_questions(found, 24, speech)) == f"Câu hỏi nay dẫn tới chỗ khác: {len(found)}/24"


@pytest.mark.parametrize(
    ("old", "new", "harm"),
    [
        (Way("answer", "dog"), Way("answer", "cat"), 0),
        (Way("unknown"), Way("answer", "cat"), 0),
        (Way("answer", "dog"), Way("unknown"), 1),
        (Way("answer", "dog"), Way("ask", "dog"), 2),
        (Way("answer", "cat"), Way("ask", "dog"), 3),
        (Way("unknown"), Way("answer", "dog"), 3),
    ],
)
def test_harm_is_what_it_does_to_who_asks(old: Way, new: Way, harm: int) -> None:
    assert Rerouted("chó", old, new, frozenset({"dog"})).harm == harm


def without_cow(folder: Path) -> Base:
    """The toy without its cow: the question, its option, the step and the procedure."""
    text = (TOY / PETS).read_text("utf-8")
    question = text[text.index("  - id: cow\n    ask") : text.index("steps:")]
    step = text[text.index("  - id: cow\n    procedure") : text.index("bundle:")]
    return changed(
        folder, {PETS: text.replace(question, "").replace(step, ""), "procedures/home/cow.yaml": {"absent": "yes"}}
    )


@pytest.mark.parametrize(
    ("session", "hows"),
    [
        (Session(), set()),
        (Session(group="pets", facts={"dog": "no", "cat": "no"}), set()),
        (Session(group="pets", asking="cow", facts={"dog": "no", "cat": "yes"}), {"question", "next"}),
        (Session(facts={"dog": "no", "cat": "yes", "cow": "yes"}), {"question", "plan"}),
        (Session(about="cow"), {"gone"}),
    ],
)
def test_talks_are_touched_where_what_they_stand_on_is_gone(session: Session, hows: set[str], tmp_path: Path) -> None:
    found = touched(OLD, without_cow(tmp_path), [session], [])

    assert {how for _, how, _ in found.hows} == hows
    assert (found.count, found.total) == (int(bool(hows)), 1)


def test_another_option_or_order_touches_a_talk(tmp_path: Path) -> None:
    pets = OLD.groups["pets"]
    talk = Session(group="pets", facts={"dog": "yes", "dog-kind": "mild", "cat": "yes", "cow": "yes"})
    kinds = changed(tmp_path, {PETS: {"change": {"id: mild": "id: calm", "dog-kind: mild": "dog-kind: calm"}}})
    turned = replace(OLD, groups={"pets": replace(pets, steps=pets.steps[::-1])})

    assert ("pets", "option", 1) in touched(OLD, kinds, [talk], []).hows
    assert touched(OLD, turned, [talk], []).hows == (("pets", "order", 1),)


def test_a_waiting_question_about_what_was_removed_is_named(speech: Speech, tmp_path: Path) -> None:
    cases = [OpenCase(1, "bò con", ("cow",)), OpenCase(2, "bao lâu\n(đang xem: Nuôi bò)"), OpenCase(3, "mèo", ("cat",))]

    found = touched(OLD, without_cow(tmp_path), [], cases)

    assert found == Touched(0, 0, (), (1, 2))
    assert list(difflines.of_talks(found, speech)) == ["Câu hỏi đang chờ cộng tác viên, về thủ tục bị bỏ: 1, 2"]


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.vn", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose knowledge had the dog for 8.000 đ, and has it for nothing; its bot runs."""
    shutil.copytree(TOY, tmp_path / "knowledge")
    config(tmp_path, "language: vi\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "-q", "-m", "a")
    git(tmp_path, "tag", "before")
    dog = tmp_path / "knowledge" / DOG
    dog.write_text(dog.read_text("utf-8").replace("8.000 đ", "0 đ"), "utf-8")
    git(tmp_path, "commit", "-q", "-a", "-m", "b")
    return tmp_path


def test_revisions_and_folders_are_compared_while_the_bot_runs(repository: Path) -> None:
    storage = Storage.open(repository / ".data" / "bot.db")
    storage.keep(Address("telegram", "1"), Session(about="dog"), datetime(2026, 11, 23, tzinfo=UTC))

    done = bot("diff", "before", "HEAD", f"--config={repository / 'config.yaml'}")
    same = bot("diff", "HEAD", str(repository / "knowledge"), f"--config={repository / 'config.yaml'}", "--json")
    storage.close()

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        DOG_CHANGED,
        "  lệ phí nộp tại nơi: 8.000 đ → không mất tiền",
        "Không câu hỏi nào dẫn tới chỗ khác (30 câu đã thử).",
        "Không chạm tới cuộc trò chuyện hay câu hỏi đang chờ nào (1 cuộc trò chuyện).",
    ]
    assert json.loads(same.stdout) == {
        "changes": [],
        "phrases": [],
        "talks": {"count": 0, "total": 1, "hows": [], "cases": []},
    }


@pytest.mark.parametrize("old", ["nowhere", "--help^{commit}", "HEAD:knowledge", "before..HEAD", ""])
def test_what_is_no_revision_ends_with_2(old: str, repository: Path) -> None:
    done = bot("diff", f"--config={repository / 'config.yaml'}", "--", old, "HEAD")

    assert (done.returncode, done.stdout) == (2, "")
    assert "git" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_repository_or_the_folder_in_it_there_is_a_line_and_2(repository: Path, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    for folder in (outside, repository / "later"):
        shutil.copytree(TOY, folder / "knowledge")
        config(folder, "language: vi\n")
        done = bot("diff", "HEAD", "HEAD", f"--config={folder / 'config.yaml'}")

        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr


def test_a_database_that_is_none_is_told(repository: Path) -> None:
    (repository / ".data").mkdir()
    (repository / ".data" / "bot.db").write_text("no database")

    done = bot("diff", "before", "HEAD", f"--config={repository / 'config.yaml'}")

    assert done.returncode == 2
    assert "bot.db" in done.stderr
    assert "Traceback" not in done.stderr
