"""From a thumb down to a person, over real HTTP."""

from __future__ import annotations

import pytest

from bot.actions import Consent, Human, Reason, Thumb

from ..api import Server
from ..harness import ADMIN
from ..people import Person, words

pytestmark = pytest.mark.asyncio(loop_scope="package")

KNOWN = "photo cong chung bang cap 3 o xa bao nhieu 1 to"


async def test_a_thumb_down_leads_by_its_reason_to_a_person(citizen: Person, collaborator: Person):
    before = len(collaborator.chat.events)
    question = citizen.say(KNOWN)
    answer = await citizen.expect_button(Thumb)
    citizen.tap("👎")
    await citizen.expect_button(Reason)
    citizen.tap("Thiếu")
    await citizen.expect_button(Consent)
    assert [event for event in collaborator.chat.events[before:] if KNOWN in words(event.message)] == []

    citizen.tap(Consent)
    await citizen.expect_button(Human)
    card = await collaborator.expect(KNOWN)
    collaborator.reply_to(card, "ở xã ta 2.000 đồng một tờ")
    await collaborator.expect("Bản nháp")
    collaborator.tap("Gửi")

    got = await citizen.expect("2.000 đồng một tờ")
    assert got["reply_to_message"]["message_id"] == question["message_id"]
    assert got["message_id"] != answer["message_id"]


async def test_what_three_call_old_is_told_to_who_keeps_it_once(server: Server):
    admin = Person(server, id=ADMIN)
    for _ in range(4):
        reader = Person(server)
        reader.say(KNOWN)
        await reader.expect_button(Thumb)
        reader.tap("👎")
        await reader.expect_button(Reason)
        reader.tap("Cũ")
        await reader.expect_button(Consent)

    await admin.expect("3 người nói là đã cũ", "Người giữ")
    admin.say("/stale")
    await admin.expect("Người dân nói là đã cũ")
    assert sum("3 người nói là đã cũ" in text for text in admin.shown()) == 1
