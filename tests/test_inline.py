"""Cards for `@bot …` in any chat: reviewed facts with their source, the same for everybody, and no trace."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.base.model import Base
from bot.markup import parse, plain
from bot.messages import Address, Incoming, Outgoing
from bot.session import Session
from bot.storage import Storage
from bot.talk import inline
from bot.talk.speech import Speech
from bot.talk.view import View
from tests.stage import CITIZEN, START, Stage

QUERY = Address("telegram-inline", "4711")
LINES, LETTERS = 10, 2000  # a message longer than this is in the way of others


def ask(stage: Stage, text: str) -> Outgoing:
    (answer,) = stage.feed(Incoming("", QUERY, "inline", text))
    return answer


def titles(answer: Outgoing) -> list[str]:
    return [one.title for one in answer.found]


def test_what_is_surely_meant_comes_first_with_the_way_into_the_bot(stage: Stage) -> None:
    answer = ask(stage, "dang ky ket hon can gi")

    first = answer.found[0]
    assert first.id == "p_marriage-registration"
    ((button,),) = first.screen.buttons
    assert button.does == "start:p_marriage-registration"
    stage.say(f"/start {first.id}")
    assert first.title in stage.chat().text


def test_a_group_opens_as_a_group(stage: Stage) -> None:
    first = ask(stage, "con em moi sinh can lam giay to gi").found[0]

    assert first.id == "g_birth"
    stage.say(f"/start {first.id}")
    assert stage.storage.session(CITIZEN).group == "birth"


def test_where_several_may_be_meant_all_of_them_are_offered_once(stage: Stage) -> None:
    question = "lam giay chung tu"
    meant = stage.matcher.match(question)

    answer = ask(stage, question)

    assert len(answer.found) > 1
    assert len({one.id for one in answer.found}) == len(answer.found)
    assert {one.id.partition("_")[2] for one in answer.found} >= {one.id for one in meant.candidates}


@pytest.mark.parametrize("text", ["", "ti so tran bong toi qua la bao nhieu", "xin chào", "cứu tôi với", "?" * 256])
def test_where_nothing_is_meant_nothing_is_guessed_but_the_bot_can_be_asked(text: str, stage: Stage) -> None:
    answer = ask(stage, text)

    assert titles(answer) == []
    assert answer.screen is not None
    assert [button.does for row in answer.screen.buttons for button in row] == ["start:menu"]


def test_nothing_is_kept_of_who_asks_what(stage: Stage) -> None:
    before = stage.storage.counts()

    answer = ask(stage, "dang ky ket hon can gi, so 079123456789")

    assert stage.storage.counts() == before
    assert stage.storage.session(QUERY) == Session()
    assert answer.transient
    assert "079123456789" not in repr(answer)


def test_whoever_asks_is_told_the_same(stage: Stage) -> None:
    before = ask(stage, "dang ky ket hon")
    stage.say("/language")
    stage.press("English")

    assert ask(stage, "dang ky ket hon") == before


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_card_is_short_and_says_what_it_rests_on(language: str, base: Base) -> None:
    view = View(base, Speech(language, base.texts), Session(), START.date(), QUERY)

    for record in (*base.procedures.values(), *base.groups.values()):
        text = "\n".join(inline.card(view, record))
        assert len(text.splitlines()) <= LINES, record.id
        assert len(plain(text)) <= LETTERS, record.id
        assert f"{record.checked:%d/%m/%Y}" in text
        assert record.sources[0].link in {span.link for span in parse(text)}


def test_a_card_past_its_review_says_so(base: Base) -> None:
    view = View(base, Speech("vi", base.texts), Session(), START.date(), QUERY)
    record = base.procedures["marriage-registration"]
    late = replace(view, day=record.review + timedelta(days=1))

    assert "⚠" not in "\n".join(inline.card(replace(view, day=record.review), record))
    assert "⚠" in "\n".join(inline.card(late, record))


def test_choices_are_found_again_after_a_kill(stage: Stage) -> None:
    answer = ask(stage, "dang ky ket hon can gi")
    storage: Storage = stage.storage

    sent = storage.enqueue(answer, stage.now)

    assert storage.waiting() == [sent]
