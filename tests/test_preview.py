"""A preview shows what a citizen sees: every screen, each once, and nothing that a browser would fetch or run."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.admin.preview import about, as_html, as_text
from bot.admin.screens import Shot, screens
from bot.base.loader import load
from bot.base.model import Base
from bot.groups.plan import plan
from bot.groups.walks import ends, walks
from bot.messages import Address, Button, Screen
from bot.session import Session
from bot.talk.cards import available, card
from bot.talk.speech import Speech
from bot.talk.view import View
from bot.talk.walk import pages, steps, summary, why
from tests.stage import START, Stage
from tests.test_broken import TOY
from tests.test_cli import bot


@pytest.fixture
def view(base: Base) -> View:
    return View(base, Speech("vi", base.texts), Session(), date(2026, 11, 23), Address("console", "me"))


def test_every_page_of_every_procedure_is_there(view: View) -> None:
    for procedure in view.base.procedures.values():
        shown = [shot.screen for shot in screens(view, procedure) if not shot.name.startswith("guide ")]

        assert shown == [card(view, procedure, page) for page in ("", *available(procedure))]


@pytest.mark.parametrize("group", ["birth", "death"])
def test_a_group_shows_each_question_and_the_plan_of_each_walk_once(group: str, view: View) -> None:
    found = view.base.groups[group]
    shots = list(screens(view, found))

    assert max(Counter(shot.said for shot in shots).values()) == 1
    asked = [shot.name for shot in shots if shot.name.startswith("question")]
    assert sorted(asked) == sorted(f"question {question.id}" for question in found.questions)
    plans = {summary.summary(view, plan(found, facts)).text for facts in walks(found)}
    assert {shot.screen.text for shot in shots if shot.summary} == plans


@pytest.mark.parametrize("group", ["birth", "death"])
def test_no_page_of_any_plan_is_missing(group: str, view: View) -> None:
    """But for the answers: those of one walk to a plan are enough."""
    said = {shot.said for shot in screens(view, view.base.groups[group])}

    for end in ends(view.base.groups[group]):
        for name in set(pages.pages_of(end)) - {"answers"}:
            assert pages.page(view, end, name).text in said
        for step in end.steps:
            assert steps.step(view, end, step).text.partition("\n")[2] in said
            assert why.why(view, end, step).text in said


def test_the_first_screens_are_those_of_the_talk(base: Base, stage: Stage) -> None:
    """What is previewed is what is said: the same screens, word for word."""
    day = START.date()
    view = View(base, Speech("vi", base.texts), Session(), day, Address("telegram", "100"))
    stage.say("/start g_birth")

    first = next(iter(screens(view, base.groups["birth"])))

    assert stage.chat().messages[stage.chat().latest].text == first.screen.text


def test_a_screen_is_said_to_lack_english_only_where_it_does(base: Base) -> None:
    toys = replace(load(TOY)[0], groups={})
    view = View(toys, Speech("en", base.texts), Session(), START.date(), Address("console", "me"))
    lacking = base.texts["en"]["untranslated"]

    shown = {shot.name: lacking in shot.screen.text for shot in screens(view, toys.procedures["dog"])}

    assert (shown["card"], shown["fee"]) == (True, False)


def test_the_text_has_the_words_and_a_line_for_each_row() -> None:
    screen = Screen(
        "**Đậm** và [trang](https://example.org)", ((Button("Một", "https://x.y"), Button("Hai", "https://x.y")),)
    )

    assert list(as_text([Shot("card", screen)])) == [
        "── card ──",
        "Đậm và trang (https://example.org)",
        "  [Một] [Hai]",
        "",
    ]


class Tags(HTMLParser):
    """The tags of a page, and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attributes)))


def test_a_page_cannot_be_broken_by_what_an_admin_wrote() -> None:
    evil = '<script>alert(1)</script>"&\' [x](https://e.org/"onclick="a)'
    tags = Tags()

    shot = Shot(evil, Screen(evil, ((Button(evil, "https://x.y"),),)), evil, evil)
    tags.feed(as_html(evil, "vi", [shot], [evil]))

    assert {tag for tag, _ in tags.seen} <= {
        *("html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "h3", "main", "section"),
        *("p", "b", "a", "div", "span"),
    }
    attributes = {name for _, found in tags.seen for name in found}
    assert attributes <= {"href", "class", "lang", "charset", "name", "content"}


def test_a_page_loads_nothing(view: View) -> None:
    page = as_html("x", "vi", screens(view, view.base.groups["birth"]))

    assert re.findall(r"src=|url\(|@import|<link|<script", page) == []


def test_where_the_facts_are_from_stands_above_the_screens(view: View) -> None:
    page = as_html("x", "vi", [], about(view, view.base.procedures["birth-registration"]))

    assert "1.001193" in page
    assert "dichvucong.gov.vn" in page
    assert "23/11/2026" in page


def test_a_plan_stands_under_the_answers_that_lead_to_it(view: View) -> None:
    parts = dict.fromkeys(shot.part for shot in screens(view, view.base.groups["birth"]))
    first, *ways, guide = parts

    assert first == "Các câu hỏi"
    assert ways[0] == (
        "Cách 1: Chưa có · Chưa thấy tin nào · Không · Đã đăng ký kết hôn · Trong 60 ngày · Có thường trú"
        " · Nhà của cha hoặc mẹ"
    )
    assert all(way.startswith("Cách ") for way in ways)
    assert guide == view.base.guides["birth-linked-online"].title.vi


def test_the_day_and_the_language_can_be_chosen(tmp_path: Path) -> None:
    page = tmp_path / "page.html"

    old = bot("preview", "birth-registration", "--as-of", "2027-03-01")
    english = bot("preview", "birth-registration", "--language", "en", "--html", str(page))

    assert (old.returncode, english.returncode, english.stdout) == (0, 0, ""), old.stderr + english.stderr
    assert "có thể đã cũ" in old.stdout
    assert "Birth registration" in page.read_text("utf-8")


def test_pictures_are_written_into_a_folder(tmp_path: Path) -> None:
    done = bot("preview", "birth-registration", "--png", str(tmp_path / "new"))

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    found = sorted((tmp_path / "new").iterdir())
    assert [path.name for path in found] == [f"birth-registration-0{n}.png" for n in range(1, len(found) + 1)]
    assert {path.read_bytes()[:8] for path in found} == {b"\x89PNG\r\n\x1a\n"}


@pytest.mark.parametrize(("name", "begins"), [("sheet.png", b"\x89PNG\r\n\x1a\n"), ("sheet.pdf", b"%PDF-1.")])
def test_the_sheet_of_a_group_is_written(tmp_path: Path, name: str, begins: bytes) -> None:
    done = bot("preview", "birth", "--sheet", str(tmp_path / name))

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.parametrize(
    "words",
    [
        ["birth-registration", "--sheet", "sheet.pdf"],
        ["birth", "--sheet", "/nowhere/at/all.pdf"],
        ["birht"],
        ["birth", "--html", "/nowhere/at/all.html"],
        ["birth", "--png", "/dev/null/birth"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_shown_ends_with_2(words: list[str]) -> None:
    done = bot("preview", *words)

    assert (done.returncode, done.stdout) == (2, "")
    assert "birth" in done.stderr or "nowhere" in done.stderr
    assert "Traceback" not in done.stderr
