"""Photos and voice messages, as answers and as questions: copied as they are, and only when somebody agreed."""

from __future__ import annotations

import pytest

from bot.actions import Consent, Human

from ..api import Call, Server
from ..errands import asked
from ..harness import COLLABORATORS
from ..people import Person
from ..world import Json

pytestmark = pytest.mark.asyncio(loop_scope="package")


def copied(server: Server, source: int, target: int) -> list[Call]:
    return server.called("copyMessage", chat_id=target, from_chat_id=source)


async def test_a_photo_a_voice_message_and_words_are_one_answer_that_leaves_when_it_is_sent(
    server: Server, citizen: Person, collaborator: Person
):
    question = await asked(citizen)
    card = await collaborator.expect(question["text"])
    parts = [collaborator.send("photo", reply_to=card)]
    await collaborator.expect("Bản nháp", "1 phần")
    parts.append(collaborator.send("voice", reply_to=card))
    await collaborator.expect("Bản nháp", "2 phần")
    collaborator.reply_to(card, "xem hình rồi nghe em nói")
    await collaborator.expect("Bản nháp", "3 phần", "xem hình")
    await citizen.expect("đã nhận câu hỏi")
    assert copied(server, COLLABORATORS, citizen.chat.id) == []
    assert not any("xem hình" in text for text in citizen.shown())

    collaborator.tap("Gửi")
    words = await citizen.expect("xem hình rồi nghe em nói")
    await citizen.expect(having=lambda message: "photo" in message)
    await citizen.expect(having=lambda message: "voice" in message)

    assert words["reply_to_message"]["message_id"] == question["message_id"]
    sent = [call.params["message_id"] for call in copied(server, COLLABORATORS, citizen.chat.id)]
    assert sent == [part["message_id"] for part in parts]


@pytest.mark.parametrize("kind", ["voice", "photo"])
async def test_what_the_bot_cannot_hear_or_see_is_a_case_with_consent(
    server: Server, citizen: Person, collaborator: Person, kind: str
):
    sent: Json = citizen.send(kind)
    await citizen.expect_button(Consent)
    assert copied(server, citizen.chat.id, COLLABORATORS) == []

    citizen.tap(Consent)
    await citizen.expect_button(Human)
    card = await collaborator.expect("tin thoại hoặc tệp", "hoặc bấm “Tôi trả lời”")
    await collaborator.expect(having=lambda message: kind in message)
    collaborator.reply_to(card, "mời anh chị ra xã")
    await collaborator.expect("Bản nháp")
    collaborator.tap("Gửi")

    got = await citizen.expect("mời anh chị ra xã")
    assert got["reply_to_message"]["message_id"] == sent["message_id"]
    (call,) = copied(server, citizen.chat.id, COLLABORATORS)
    assert call.params["message_id"] == sent["message_id"]
