"""Cases come in the topic of their field: opened when needed, made anew when deleted, also after a kill."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions import Consent, Human, OpenProcedure

from .api import Server
from .groups import member
from .harness import COLLABORATORS, BotProcess, write_config
from .people import Person
from .world import Chat, Json

KNOWN = ("message thread not found", "message to edit not found", "message is not modified")  # deleted; after a kill


@pytest.fixture
def config(server: Server, mode: str, tmp_path: Path) -> Path:
    path = write_config(tmp_path, server, mode)
    path.write_text(path.read_text(encoding="utf-8") + "  topics: field\n", encoding="utf-8")
    return path


@pytest.fixture
def forum(server: Server) -> Chat:
    chat = server.world.chats[COLLABORATORS]
    chat.topics = {}
    chat.member = member(server.world, "administrator", can_manage_topics=True)
    return chat


async def about_marriage(citizen: Person, text: str) -> None:
    """*citizen* looks at a procedure and asks people about it."""
    citizen.say("dang ky ket hon can gi")
    await citizen.expect_button(OpenProcedure)
    citizen.tap(Human)
    await citizen.expect("Anh/chị gõ câu hỏi")
    citizen.say(text)
    await citizen.expect_button(Consent)
    citizen.tap(Consent)


async def test_a_case_is_answered_in_its_topic_and_one_that_was_deleted_is_made_anew(
    server: Server, idle_bot: BotProcess, citizen: Person, forum: Chat
):
    lan = Person(server, forum)
    server.on_call = lambda call: idle_bot.kill() if call.method == "createforumtopic" else None
    await idle_bot.start()
    await about_marriage(citizen, "vợ em ở xa ký thay được không")
    await server.bell.until(lambda: not idle_bot.running, 20)
    await idle_bot.killed()
    server.on_call = lambda _: None

    await idle_bot.start()
    card: Json = await lan.expect("ký thay", within=20)
    thread = card["message_thread_id"]
    lan.thread = thread
    lan.reply_to(card, "Không ký thay được đâu")
    lan.tap("Gửi", under=await lan.expect("Bản nháp"))
    await citizen.expect("Không ký thay được đâu")

    server.world.delete_topic(forum, thread)
    lan.thread = None
    await about_marriage(other := Person(server), "chồng em mất giấy độc thân thì làm sao")
    again = await lan.expect("độc thân")
    assert again["message_thread_id"] not in (None, thread)
    assert other.chat.messages
    assert await idle_bot.stop() == 0
    assert [refusal for refusal in server.refusals if not any(known in refusal for known in KNOWN)] == []
