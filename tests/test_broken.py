"""Every file in tests/broken is a way to break the toy base, and what an admin then reads.

- expect: the exact lines that `bot check` prints
- files: what to put into tests/toy, by name. A text is the whole new content; otherwise a mapping with one of
    change: {old text: new text}   replaced once, and the old text must be there
    bytes: "63 FF"                 the content in hexadecimal, for what is no text
    repeat: {text: x, times: 9}    the content is *text* so many times
    absent: yes                    the file is not there
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.base.checks import check
from bot.base.loader import load
from bot.base.model import Base
from bot.base.problems import Kind, Problem, Problems, Severity
from bot.base.reading import MOJIBAKE, parse, plain, read
from bot.commands import findings, good_base, problems_of
from bot.talk.speech import Speech

TOY = Path(__file__).parent / "toy"
BROKEN = Path(__file__).parent / "broken"
CASES = sorted(BROKEN.glob("*.yaml"))
GOOD = {path.relative_to(TOY).as_posix(): path.read_text("utf-8") for path in sorted(TOY.rglob("*.yaml"))}
TODAY = date(2026, 11, 23)


def build(folder: Path, files: dict[str, Any]) -> Path:
    """The toy base in *folder*, broken by *files*."""
    shutil.copytree(TOY, folder)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        match content:
            case str():
                path.write_text(content, "utf-8")
            case {"change": changes}:
                path.write_text(changed(GOOD[name], changes), "utf-8")
            case {"bytes": digits}:
                path.write_bytes(bytes.fromhex(digits))
            case {"repeat": {"text": text, "times": times}}:
                path.write_text(text * int(times), "utf-8")
            case {"absent": "yes"}:
                path.unlink()
            case _:
                raise ValueError(f"{name}: no such escape: {content}")
    return folder


def changed(text: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        assert old in text, f"the toy base has no {old!r}"
        text = text.replace(old, new, 1)
    return text


def all_problems(folder: Path) -> list[Problem]:
    """What both halves of the check find, each as if the other had found nothing; when they do not, the warnings."""
    base, problems = load(folder)
    return [*problems, *check(base)] or found_in(folder, confused=False)


def found_in(folder: Path, *, confused: bool = True) -> list[Problem]:
    """What an admin is told who asks for everything; the toy has too few sentences to draw its screens."""
    return findings(folder, Speech("vi", SHIPPED.texts), TODAY, confused=confused)[1]


def test_the_toy_base_is_good() -> None:
    assert found_in(TOY) == []


def test_a_base_with_a_warning_is_used(tmp_path: Path) -> None:
    """Nothing that comes true by waiting may keep the bot from starting."""
    changes = {"procedures/home/dog.yaml": {"change": {"checked: 2026-11-01": "checked: 2020-01-01"}}}
    folder = build(tmp_path / "base", changes)

    assert [one.severity for one in found_in(folder)] == [Severity.WARNING]
    assert good_base(folder).procedures["dog"].stale(TODAY)


@pytest.mark.parametrize(
    "good",
    [
        "“Thị xã”, giá… quá”, cá – tôm, XÃ HOÀ BẮC, XÃ\u00a0HOÀ BẮC, “PHƯỜNG, XÃ” (cũ)",
        "« Quay lại, Xem thêm », diện tích 100 m², 25 °C, câu lạc bộ José",
        "Ổ khoá, ữ, ẵ, Đ, đ, Ơ, Ư, ỹ",
    ],
)
def test_proper_text_is_no_mojibake(good: str) -> None:
    assert MOJIBAKE.search(good) is None


@given(
    st.sampled_from("ắằẳẵặăâấầẩẫậđêếềểễệôốồổỗộơớờởỡợưứừửữựáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵĐ“”’–…"),
    st.sampled_from(["cp1252", "latin-1"]),
)
def test_every_letter_read_in_the_wrong_code_is_seen(letter: str, code: str) -> None:
    try:
        spoilt = letter.encode().decode(code)
    except UnicodeDecodeError:
        return
    if letter in "àÔ’":  # Ã before a space or a quotation mark is also how a word ends in capitals
        return

    assert MOJIBAKE.search(f"gi{spoilt}y t{spoilt}")


@dataclass(frozen=True, slots=True)
class Played:
    """What a case expects, what the checker printed for it, and of which kinds that was."""

    expected: list[str]
    printed: list[str]
    kinds: frozenset[Kind]


@pytest.fixture(scope="module")
def played(base: Base, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Played]:
    """Every case of the folder, tried."""
    speech = Speech("vi", base.texts)
    return {path.name: play(path, speech, tmp_path_factory.mktemp(path.stem)) for path in CASES}


def play(path: Path, speech: Speech, folder: Path) -> Played:
    problems = Problems()
    case: Any = plain(read(path, path.name, problems))  # type: ignore[arg-type]
    assert [one for one in problems if one.kind is not Kind.PLACEHOLDER] == []
    assert case.keys() == {"expect", "files"}
    found = found_in(build(folder / "base", case["files"]))
    printed = [speech.problem(problem) for problem in found]
    return Played(case["expect"], printed, frozenset(problem.kind for problem in found))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_an_admin_reads(path: Path, played: dict[str, Played]) -> None:
    assert played[path.name].printed == played[path.name].expected
    assert len(played[path.name].expected) > 0


def test_every_file_was_used_and_every_kind_has_one(played: dict[str, Played]) -> None:
    met = {kind for one in played.values() for kind in one.kinds}

    assert sorted(played) == sorted(path.name for path in BROKEN.rglob("*") if path.is_file())
    assert sorted(kind for kind in Kind if kind not in met) == []


def test_every_kind_has_a_sentence_in_both_languages(base: Base) -> None:
    for language in ("vi", "en"):
        assert sorted(kind for kind in Kind if f"problem.{kind}" not in base.texts[language]) == []


@pytest.mark.parametrize(
    "name",
    ["shared/hotlines.yaml", "shared/lexicon.yaml", "groups/pets.yaml", "procedures/home/dog.yaml", "texts/vi.yaml"],
)
def test_billion_laughs_are_refused(name: str, tmp_path: Path) -> None:
    laughs = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 20))
    folder = build(tmp_path / "base", {name: f"l0: &l0 lol\n{laughs}"})
    problem = next(problem for problem in problems_of(folder)[1] if problem.at.file == name)
    assert (problem.kind, problem.at.line) == (Kind.NO_ALIASES, 1)


@pytest.mark.parametrize("text", ["&a", "a: 1\nb: &x [???]\n", "[" * 50, "a\n---\n- b\n", "a: 1\na: 2\n- b"])
def test_of_a_file_that_is_refused_nothing_is_read(text: str) -> None:
    """Neither what stood before the fault, nor the lesser faults in that."""
    problems = Problems()

    assert parse(text, "f", problems) is None
    assert [problem.kind for problem in problems] in ([Kind.NO_ALIASES], [Kind.NOT_YAML])


@pytest.mark.parametrize("depth", [100, 400, 900, 5000, 100_000])
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_a_text_nested_deep_is_a_problem_and_no_crash(opening: str, depth: int, tmp_path: Path) -> None:
    for name in ("texts/vi.yaml", "shared/lexicon.yaml"):
        all_problems(build(tmp_path / name, {name: opening * depth + "x"}))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("checked: 2026-11-01", "checked: 9999-12-31"),
        ("time: 3 ngày làm việc", f"time: {'9' * 5000} ngày"),
        ("fee: 8.000 đ", f"fee: 8{'.000' * 2000} đ"),
        ("fee: 8.000 đ", "fee: [{amount: 0 đ, until: 9999-12-31}, {amount: 1 đ, from: 9999-12-31}]"),
        ("fee: 8.000 đ", "fee: []"),
        ("time: 3 ngày làm việc", "time: ³ ngày"),
    ],
)
def test_figures_out_of_reach_are_no_crash(old: str, new: str, tmp_path: Path) -> None:
    all_problems(build(tmp_path / "base", {"procedures/home/dog.yaml": {"change": {old: new}}}))


def test_a_number_of_too_many_digits_is_a_problem(tmp_path: Path) -> None:
    condition = "when: {dog-kind: mild}"
    changes = {"groups/pets.yaml": {"change": {condition: f"{condition}\n  at-least: {'9' * 5000}"}}}
    assert [problem.kind for problem in all_problems(build(tmp_path / "base", changes))] == [Kind.BAD_NUMBER]


@pytest.mark.parametrize(
    ("cat", "dog"), [("{dog-kind: fierce}", "{cat: yes}"), ("{cat: yes}", "{dog: yes}"), ("{nobody: x}", "{dog: yes}")]
)
def test_conditions_in_a_circle_are_a_problem_and_no_crash(cat: str, dog: str, tmp_path: Path) -> None:
    changes = {"không?\n    when: {dog: yes}": f"không?\n    when: {dog}", "mèo không?": f"mèo không?\n    when: {cat}"}
    assert all_problems(build(tmp_path / "base", {"groups/pets.yaml": {"change": changes}}))


def survives(name: str, content: str) -> None:
    """No content of the file *name* is a crash: all of it is problems with a place and a sentence."""
    with tempfile.TemporaryDirectory() as parent:
        folder = build(Path(parent) / "base", {name: content})
        speech = Speech("vi", SHIPPED.texts)
        for problem in all_problems(folder):
            assert problem.at.file
            assert problem.at.line >= 1
            assert speech.problem(problem)


WORDS = [
    *sorted({word.strip("{}[],:-?\"'") for text in GOOD.values() for word in text.split()} - {""}),
    *("{dog: yes}", "[]", "{}", "{vi: x}", "", "[dog, cat]", "null", "~", "-", "**"),
]
SHIPPED = load(TOY.parent.parent / "knowledge")[0]
names = st.sampled_from(sorted(GOOD))
quick = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])


@given(names, st.text(st.characters(exclude_categories=["Cs"])))
@quick
def test_no_text_is_a_crash(name: str, content: str) -> None:
    survives(name, content)


@given(names, st.text(alphabet="ab-:{}[]|>&*!%@`'\"#?, \n\t012.", max_size=60))
@quick
def test_no_text_that_looks_like_yaml_is_a_crash(name: str, content: str) -> None:
    survives(name, content)


@given(names, st.data())
@quick
def test_no_cut_in_a_good_file_is_a_crash(name: str, data: st.DataObject) -> None:
    good = GOOD[name]
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, min(len(good), start + 80)))
    survives(name, good[:start] + data.draw(st.text(alphabet="ab-:{}[]|\n 0\0é", max_size=8)) + good[end:])


@given(names, st.data())
@settings(quick, max_examples=50)
def test_no_words_changed_about_are_a_crash(name: str, data: st.DataObject) -> None:
    """Words of the files take each other's places: what stays YAML but means nonsense."""
    words = data.draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=6))
    content = GOOD[name]
    for old, new in zip(words[::2], words[1::2], strict=False):
        content = content.replace(old, new, data.draw(st.integers(1, 3)))
    survives(name, content)
