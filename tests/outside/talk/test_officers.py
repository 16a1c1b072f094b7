"""What no collaborator is sure of goes to the admins, the officers of the commune, over real HTTP."""

from __future__ import annotations

import pytest

from ..api import Server
from ..errands import asked
from ..harness import ADMIN
from ..people import Person

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_what_nobody_is_sure_of_is_answered_by_an_officer(server: Server, citizen: Person, collaborator: Person):
    officer = Person(server, id=ADMIN)
    question = await asked(citizen)
    await collaborator.expect(question["text"])
    collaborator.tap("Tôi trả lời")
    await collaborator.expect(question["text"], "đang trả lời, giữ")

    collaborator.tap("Không chắc, chuyển cán bộ")
    await collaborator.expect(question["text"], "đang chờ cán bộ")
    await officer.expect(question["text"], "đang chờ cán bộ")
    collaborator.say("/queue")
    await collaborator.expect("Chờ cán bộ: 1 câu", question["text"])
    officer.tap("Tôi trả lời")
    await officer.expect("đang trả lời, giữ")
    citizen.tap("Đã gửi tới đâu")
    await citizen.expect("Cán bộ đã nhận")
    officer.say("/mine")
    await officer.expect("đang giữ 1 câu", question["text"])
    officer.say("mời anh chị gặp cô Ba ở một cửa")
    await officer.expect("Bản nháp")
    officer.tap("Gửi")

    got = await citizen.expect("gặp cô Ba")
    assert got["reply_to_message"]["message_id"] == question["message_id"]
    await collaborator.expect(question["text"], f"{officer.user['first_name']} đã trả lời")
    officer.say("/log")
    done = (f"số {collaborator.user['id']}: chuyển câu hỏi", f"số {ADMIN}: trả lời câu hỏi")
    await officer.expect(*done)
    collaborator.say("/queue")
    assert "Chờ cán bộ" not in (await collaborator.expect(having=lambda m: "câu" in m["text"]))["text"]
