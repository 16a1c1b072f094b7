"""Citizens who ask alike: one answer for all of them, each below their own words, over real HTTP."""

from __future__ import annotations

import pytest

from ..api import Server
from ..errands import asked, fresh
from ..people import Person
from ..world import Json

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def asked_alike(first: Person, second: Person, collaborator: Person) -> tuple[Json, Json, Json]:
    """The questions of both, and the one card that they have."""
    text = fresh()
    questions = await asked(first, text), await asked(second, f"{text} rứa")
    return *questions, await collaborator.expect(text, "2 người cùng hỏi")


async def test_one_answer_reaches_both_and_so_does_its_edit(server: Server, citizen: Person, collaborator: Person):
    other = Person(server)
    mine, theirs, card = await asked_alike(citizen, other, collaborator)

    part = collaborator.reply_to(card, "hai không")
    await collaborator.expect("Bản nháp")
    collaborator.tap("Gửi")
    got, gotten = await citizen.expect("hai không"), await other.expect("hai không")
    collaborator.edit(part, "hai đều")
    await citizen.expect("hai đều")
    await other.expect("hai đều")

    assert got["reply_to_message"]["message_id"] == mine["message_id"]
    assert gotten["reply_to_message"]["message_id"] == theirs["message_id"]
    for person in (citizen, other):
        assert not any("hai không" in text for text in person.shown())
        assert sum("hai đều" in text for text in person.shown()) == 1


async def test_who_asked_alike_is_answered_when_the_first_withdraws(
    server: Server, citizen: Person, collaborator: Person
):
    other = Person(server)
    _, theirs, card = await asked_alike(citizen, other, collaborator)
    collaborator.tap("Tôi trả lời", under=card)
    await other.expect("đã nhận câu hỏi")

    citizen.tap("Rút câu hỏi")
    await citizen.expect("Em đã rút câu hỏi")
    await collaborator.expect("câu trả lời gửi cho người đó")
    collaborator.reply_to(card, "hai đều")
    await collaborator.expect("Bản nháp")
    collaborator.tap("Gửi")

    got = await other.expect("hai đều")
    assert got["reply_to_message"]["message_id"] == theirs["message_id"]
    await collaborator.expect("Đã gửi trả lời")
    assert not any("hai đều" in text for text in citizen.shown())
