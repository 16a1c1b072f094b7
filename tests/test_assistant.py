"""The one door takes anything: whatever comes in, one screen goes out, and nothing is stored that should not be."""

from __future__ import annotations

from copy import copy
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.actions import Action, Answer, OpenGroup, SetLanguage
from bot.base.model import Base
from bot.matching.calibrate import Limits
from bot.matching.matcher import Matcher
from bot.messages import Incoming
from tests.stage import ADMIN, CITIZEN, VOLUNTEERS, Stage

LIMIT = 4096  # characters of a message after its markup is taken away
ODD = {
    "long": "khai sinh " * 409 + "con em",
    "one long word": "x" * 4096,
    "emoji": "👨‍👩‍👧‍👦" * 1428,
    "right to left": "שלום \u202eabc\u202c مرحبا",
    "zero width": "k\u200bh\u200ba\u200bi \u200dsinh\ufeff",
    "only zero width": "\u200b\u200b",
    "nul": "khai\0sinh",
    "combining": "a" + "\u0301" * 500,
    "mathematical": "𝓴𝓱𝓪𝓲 𝓼𝓲𝓷𝓱",
    "noncharacter": "\U0010ffff\ufdd0",
    "sql": "'; drop table sessions; --",
    "html": "<b>khai</b> <script>alert(1)</script> &amp;",
    "markdown": "**khai [sinh](https://a.vn) `x` _y_ \\",
    "placeholders": "{text} {0} %s {question!r}",
    "lines": "\n\n\nkhai\r\nsinh\n",
    "blank": "   ",
    "empty": "",
    "slash": "/",
    "unknown command": "/drop khai sinh",
    "deep link to nothing": "/start g_nothing",
    "figures": "1",
    "digits of elsewhere": "١٢٣ ²",
}


def actions_of(base: Base) -> st.SearchStrategy[Any]:
    """Any action, with ids that exist, ids of something else, and ids of nothing."""
    ids = [
        *base.groups,
        *list(base.procedures)[:3],
        *list(base.fields)[:2],
        *list(base.places)[:1],
        "vi",
        "en",
        "",
        "?",
    ]
    for group in base.groups.values():
        for question in group.questions:
            ids += [question.id, *(option.id for option in question.options)]
        ids += [step.id for step in group.steps]
    known = {"str": st.sampled_from(ids), "int": st.integers(0, 30), "bool": st.booleans()}
    ones = [st.builds(kind, **{one.name: known[str(one.type)] for one in fields(kind)}) for kind in get_args(Action)]
    answers = [
        st.just(Answer(group.id, question.id, option.id))
        for group in base.groups.values()
        for question in group.questions
        for option in question.options
    ]
    return st.one_of(*ones, st.one_of(answers))


def shows_one_screen(stage: Stage, incoming: Incoming) -> None:
    answers = [one for one in stage.feed(incoming) if one.to == incoming.sender]
    assert len(answers) == 1
    screen = answers[0].screen
    assert screen is not None
    assert stage.chat().text.strip()
    assert len(stage.chat().text.encode("utf-16-le")) // 2 <= LIMIT
    for row in screen.buttons:
        assert len(row) <= 8
        assert all(button.label.strip() for button in row)
    assert sum(map(len, screen.buttons)) <= 100


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize("before", [None, "question", "writing"])
def test_odd_words_get_one_screen(text: str, before: str | None, stage: Stage) -> None:
    if before == "question":
        stage.tap("g:birth")
    if before == "writing":
        stage.tap("h:")
    shows_one_screen(stage, Incoming("", CITIZEN, text=text, message=5))


ALBUM = ((1, ""), (2, ""), (3, "con em moi sinh can lam giay to gi"), (4, ""))


@pytest.mark.parametrize("kind", ["message", "edited", "attachment"])
def test_every_kind_of_message_gets_one_screen(kind: Any, stage: Stage) -> None:
    shows_one_screen(stage, Incoming("", CITIZEN, kind, "khai sinh", message=5))


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_said_and_pressed_in_any_order_gets_one_screen(stage: Stage, data: st.DataObject) -> None:
    begin_anew(stage, reachable=data.draw(st.booleans()))
    said = st.sampled_from([*ODD.values(), "có", "2", "khai sinh", "bao nhiêu tiền", "/cancel", "/language", "/help"])
    step = st.one_of(said, st.text(max_size=30), actions_of(stage.base), st.none())
    for what in data.draw(st.lists(step, min_size=1, max_size=8)):
        if isinstance(what, str):
            shows_one_screen(stage, Incoming("", CITIZEN, text=what, message=5))
        else:
            latest = stage.chat().latest if data.draw(st.booleans()) else 1
            shows_one_screen(stage, Incoming("", CITIZEN, "tap", action=what, message=latest))


def test_a_page_that_is_no_more_is_answered_with_the_summary(stage: Stage) -> None:
    """Buttons live as long as their message, pages only as long as a version."""
    stage.tap("p:certified-copy:birth")
    asked = stage.chat().text
    stage.tap("p:certified-copy:")

    assert asked == stage.chat().text


def begin_anew(stage: Stage, *, reachable: bool) -> None:
    """Nobody has said anything yet; the matcher, which takes long to make, is kept."""
    stage.storage.close()
    stage.database.unlink()
    stage.chats.clear()
    stage.settings = replace(stage.settings, collaborators=VOLUNTEERS if reachable else None)
    stage.open()


def test_an_album_without_words_is_answered_once_and_words_in_it_as_a_question(stage: Stage) -> None:
    pictures = [Incoming("", CITIZEN, "attachment", text, album="17", message=id) for id, text in ALBUM]

    answers = [len(stage.feed(picture)) for picture in pictures]

    assert answers == [1, 0, 1, 0]
    assert "khai sinh" in stage.chat().text.lower()


def test_a_reply_to_an_unknown_message_is_ignored(stage: Stage) -> None:
    assert stage.feed(Incoming("", VOLUNTEERS, text="Tới xã hỏi", message=5, replies_to=77, group=True)) == []


def test_chatter_in_a_group_is_ignored(stage: Stage) -> None:
    for kind in ("message", "edited", "attachment", "tap"):
        assert stage.feed(Incoming("", VOLUNTEERS, kind, "khai sinh" * (kind != "tap"), message=5, group=True)) == []
    assert stage.storage.counts()["questions"] == 0


def test_a_group_may_ask_for_its_id(stage: Stage) -> None:
    answers = stage.feed(Incoming("", VOLUNTEERS, text="/id@some_bot", group=True))
    assert [VOLUNTEERS.chat in (one.screen.text if one.screen else "") for one in answers] == [True]


def test_a_group_that_asks_in_a_topic_gets_the_id_of_the_whole(stage: Stage) -> None:
    topic = replace(VOLUNTEERS, chat=f"{VOLUNTEERS.chat}#77")

    (answer,) = stage.feed(Incoming("", topic, text="/id", group=True))

    assert answer.to == topic
    assert answer.screen is not None
    assert "#" not in answer.screen.text


def test_the_status_is_for_admins_only(stage: Stage) -> None:
    stage.feed(Incoming("", CITIZEN, text="/status", user=ADMIN))
    assert stage.base.version in stage.chat().text
    stage.feed(Incoming("", CITIZEN, text="/status", user=ADMIN + 1))
    assert stage.base.version not in stage.chat().text
    stage.feed(Incoming("", CITIZEN, text="/status"))
    assert stage.base.version not in stage.chat().text


@pytest.mark.parametrize(
    ("language", "tested", "said"),
    [
        ("vi", True, ["từ 88 % là đúng việc", "từ 21 % là việc trong kho", "đã thử trên chính kho này"]),
        ("vi", False, ["từ 88 %", "từ 21 %", "mức có sẵn"]),
        ("en", True, ["from 88 % sure", "from 21 % sure", "tested on this very base"]),
        ("en", False, ["from 88 % sure", "from 21 % sure", "built-in"]),
    ],
)
def test_admins_are_told_from_which_beliefs_the_bot_answers(
    base: Base, matcher: Matcher, tmp_path: Path, language: str, tested: bool, said: list[str]
) -> None:
    ours = copy(matcher)
    ours.limits = Limits(0.88, 0.21, tested=tested)
    stage = Stage(base, tmp_path / "bot.db", matcher=ours)
    stage.tap(SetLanguage(language))

    stage.feed(Incoming("", CITIZEN, text="/version", user=ADMIN))

    assert [words for words in said if words not in stage.chat().text] == []
    stage.storage.close()


def test_an_apology_goes_to_the_citizen_and_the_error_to_the_admins(stage: Stage) -> None:
    told = stage.assistant.apologise(Incoming("u7", CITIZEN, text="chuyện riêng"), KeyError("x"))
    assert [one.to.chat for one in told] == [CITIZEN.chat, str(ADMIN)]
    assert all(one.screen is not None and "chuyện riêng" not in one.screen.text for one in told)
    assert "u7" in (told[1].screen.text if told[1].screen else "")


def test_a_bot_that_was_blocked_says_nothing(stage: Stage) -> None:
    stage.say("/start")
    assert stage.feed(Incoming("", CITIZEN, "removed")) == []


def test_a_group_that_moved_is_followed(stage: Stage) -> None:
    stage.feed(Incoming("", VOLUNTEERS, "migrated", successor="-100500", group=True))
    assert stage.storage.successor(VOLUNTEERS).chat == "-100500"


def test_the_menu_begins_with_what_happens_most_often(stage: Stage) -> None:
    stage.say("/menu")
    groups = [button.does.group for button in stage.chat().buttons if isinstance(button.does, OpenGroup)]
    assert groups == [one.id for one in sorted(stage.base.groups.values(), key=lambda group: group.menu)]
    assert groups[:3] == ["birth", "marriage", "death"]
