"""A case goes on: edited, handed back, asked on in and closed by who asked, over real HTTP."""

from __future__ import annotations

import pytest

from bot.actions import OpenGroup

from ..api import Server
from ..errands import asked, fresh
from ..harness import COLLABORATORS
from ..people import Person
from ..world import Json

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def answered(citizen: Person, collaborator: Person, text: str) -> Json:
    """The card of a case that *collaborator* answered."""
    question = await asked(citizen)
    card = await collaborator.expect(question["text"])
    await replied(collaborator, card, text)
    await citizen.expect(text)
    return await collaborator.expect(question["text"], "đã trả lời")


async def replied(collaborator: Person, card: Json, text: str) -> None:
    collaborator.reply_to(card, text)
    await collaborator.expect("Bản nháp", text)
    collaborator.tap("Gửi")


async def test_an_edited_question_is_put_otherwise_on_the_card_and_to_the_holder(citizen: Person, collaborator: Person):
    question = await asked(citizen)
    card = await collaborator.expect(question["text"])
    better = f"{fresh()}, số 0905 123 456"

    citizen.edit(question, better)
    await citizen.expect("Em đã sửa câu hỏi")
    changed = await collaborator.expect(better.partition(",")[0], "hoặc bấm “Tôi trả lời”")
    collaborator.tap("Tôi trả lời", under=changed)
    await collaborator.expect("đang trả lời, giữ")
    citizen.edit(question, last := fresh())
    told = await collaborator.expect("vừa sửa câu hỏi", last)

    assert changed["message_id"] == card["message_id"]
    assert question["text"] not in changed["text"]
    assert "0905" not in changed["text"]
    assert told["message_id"] != card["message_id"]


async def test_what_one_hands_back_another_answers(server: Server, citizen: Person, collaborator: Person):
    minh = Person(server, server.world.chats[COLLABORATORS])
    question = await asked(citizen)
    card = await collaborator.expect(question["text"])
    collaborator.reply_to(card, "hai không")
    await collaborator.expect("Bản nháp", "hai không")

    collaborator.tap("Trả lại")
    await minh.expect(question["text"], "hoặc bấm “Tôi trả lời”")
    await minh.expect("đã trả về hàng đợi", "Ai trả lời giúp")
    await replied(minh, card, "hai đều")

    got = await citizen.expect("hai đều")
    assert got["reply_to_message"]["message_id"] == question["message_id"]
    assert not any("hai không" in text for text in citizen.shown())


async def test_a_draft_thrown_away_reaches_nobody(citizen: Person, collaborator: Person):
    question = await asked(citizen)
    card = await collaborator.expect(question["text"])
    collaborator.reply_to(card, "hai không")
    await collaborator.expect("Bản nháp", "hai không")

    collaborator.tap("Bỏ nháp")
    await collaborator.expect("Đã bỏ bản nháp")
    await replied(collaborator, card, "hai đều")

    await citizen.expect("hai đều")
    assert not any("hai không" in text for text in citizen.shown())


async def test_who_asks_on_is_answered_in_the_same_case(citizen: Person, collaborator: Person):
    card = await answered(citizen, collaborator, "hai đều")

    citizen.tap("Hỏi thêm")
    await citizen.expect("Anh/chị gõ tiếp vào đây")
    more = citizen.say("rứa hiệp hai thì răng")
    await citizen.expect("Em đã chuyển thêm")
    await collaborator.expect("nói thêm", more["text"])
    await replied(collaborator, card, "hiệp hai không ai ghi bàn")

    await citizen.expect("hiệp hai không ai ghi bàn")
    assert sum("hai đều" in text for text in citizen.shown()) == 1


async def test_thanks_close_the_case(citizen: Person, collaborator: Person):
    card = await answered(citizen, collaborator, "hai đều")

    citizen.tap("Cảm ơn, đã rõ")
    await citizen.expect("cảm ơn anh/chị", having=lambda m: "hai đều" not in m["text"])
    closed = await collaborator.expect("người hỏi nói đã rõ")
    citizen.say("/menu")
    await citizen.expect_button(OpenGroup)

    assert closed["message_id"] == card["message_id"]
    assert any("hai đều" in text for text in citizen.shown())
