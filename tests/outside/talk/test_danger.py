"""Somebody in danger: the numbers to call at once, and people told before all others if they wish, over real HTTP."""

from __future__ import annotations

import pytest

from ..api import Server
from ..errands import asked
from ..people import Person

pytestmark = pytest.mark.asyncio(loop_scope="package")

CRY = "toi chi muon chet cho roi"


async def test_who_is_in_danger_reads_the_numbers_and_comes_first_if_they_wish(
    server: Server, citizen: Person, collaborator: Person
):
    waiting = await asked(Person(server))
    await collaborator.expect(waiting["text"])
    before = len(collaborator.chat.events)

    citizen.say(CRY)
    await citizen.expect("113", "114", "115", "111")
    assert len(collaborator.chat.events) == before
    citizen.tap("Báo cộng tác viên")
    await citizen.expect("Em đã chuyển câu hỏi")
    card = await collaborator.expect(CRY, "KHẨN")
    collaborator.say("/queue")
    queue = (await collaborator.expect("Đang chờ trả lời"))["text"].splitlines()
    collaborator.reply_to(card, "chị Ba ở xã gọi cho anh chị ngay đây")
    await collaborator.expect("Bản nháp")
    collaborator.tap("Gửi")

    await citizen.expect("chị Ba ở xã gọi")
    assert "KHẨN" in queue[1]
    assert CRY in queue[1]
