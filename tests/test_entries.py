"""Short answers that are no procedure: asked for like one, shown with their source, silent outside their days."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.actions import OpenEntry, OpenProcedure
from bot.admin.compare.diff import changes
from bot.admin.screens import screens
from bot.base.checks import check
from bot.base.loader import load
from bot.base.model import Base, Entry, Span
from bot.matching import finder
from bot.messages import Address
from bot.session import Session
from bot.talk import inline
from bot.talk.speech import Speech
from bot.talk.view import View
from tests.stage import Stage
from tests.test_broken import TOY

DAY = date(2026, 11, 23)


MARKET = """\
title: {vi: Ngày phiên chợ, en: Market days}
phrases:
  - hôm nào có phiên chợ
  - chợ họp ngày mấy
answer: {vi: Chợ họp ngày 5 và ngày 10 âm lịch., en: The market is on the 5th and the 10th of the lunar month.}
see: [cow]
source: {title: Quy chế chợ của xã, date: 2026-07-01}
checked: 2026-11-01
owner: home
"""


@pytest.fixture
def toy(tmp_path: Path, base: Base) -> Base:
    """The toy base with an entry, speaking like the shipped one."""
    folder = tmp_path / "knowledge"
    shutil.copytree(TOY, folder)
    (folder / "entries").mkdir()
    (folder / "entries" / "market.yaml").write_text(MARKET, encoding="utf-8")
    toy, problems = load(folder)
    assert [*problems, *check(toy)] == []
    return replace(toy, texts=base.texts)


@pytest.fixture
def stage(toy: Base, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(toy, tmp_path / "bot.db")
    yield stage
    stage.storage.close()


def with_span(base: Base, span: Span) -> Base:
    return replace(base, entries={id: replace(one, span=span) for id, one in base.entries.items()})


def test_a_question_is_answered_with_the_source_and_the_way_on(stage: Stage) -> None:
    stage.say("hom nao co phien cho vay em")

    seen = stage.chat().text
    assert "Chợ họp ngày 5 và ngày 10 âm lịch." in seen
    assert "Nguồn: Quy chế chợ của xã, đã xem ngày 01/11/2026." in seen
    assert OpenProcedure("cow") in [button.does for button in stage.chat().buttons]


def test_a_screen_of_an_entry_fits_a_phone(stage: Stage) -> None:
    stage.tap(OpenEntry("market"))

    assert len([line for line in stage.chat().text.splitlines() if line]) <= 10


def test_outside_its_days_an_old_answer_is_not_said(toy: Base, tmp_path: Path) -> None:
    stage = Stage(with_span(toy, Span(until=DAY - timedelta(days=1))), tmp_path / "bot.db")

    stage.say("chợ họp ngày mấy")

    assert "âm lịch" not in stage.chat().text
    assert "không đúng cho hôm nay" in stage.chat().text
    stage.storage.close()


def test_one_that_nobody_has_read_again_says_so(toy: Base, tmp_path: Path) -> None:
    old: dict[str, Entry] = {id: replace(one, review=DAY - timedelta(days=1)) for id, one in toy.entries.items()}
    stage = Stage(replace(toy, entries=old), tmp_path / "bot.db")

    stage.say("chợ họp ngày mấy")

    assert "có thể đã cũ" in stage.chat().text or "chưa đọc lại" in stage.chat().text
    stage.storage.close()


def test_a_link_opens_it(stage: Stage) -> None:
    stage.say("/start e_market")

    assert "phiên chợ" in stage.chat().text


def test_a_button_of_one_that_is_gone_shows_where_one_stands(stage: Stage) -> None:
    stage.tap(OpenEntry("gone"))

    assert stage.chat().text


def test_what_became_of_it_is_told_in_a_comparison(toy: Base) -> None:
    found = changes(replace(toy, entries={}), toy, Speech("vi", toy.texts), DAY)

    assert [section.kind for section in found.sections] == ["entries"]


def test_it_is_among_what_can_be_asked_for(toy: Base) -> None:
    kinds = {entry.id: entry.kind for entry in finder.entries(toy)}

    assert kinds["market"] == "entry"


def test_it_is_previewed_like_everything_else(toy: Base) -> None:
    view = View(toy, Speech("vi", toy.texts), Session(), DAY, Address("console", "me"))

    (shot,) = screens(view, toy.entries["market"])

    assert "âm lịch" in shot.screen.text


def test_it_is_offered_in_any_chat(toy: Base) -> None:
    view = View(toy, Speech("vi", toy.texts), Session(), DAY, Address("telegram-inline", "1"))

    (found, *_) = inline.answer(view, finder.matcher(toy), "hôm nào có phiên chợ").found

    assert (found.id, found.title) == ("e_market", "Ngày phiên chợ")
    assert "Nguồn: Quy chế chợ của xã" in found.screen.text
