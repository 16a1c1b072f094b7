"""A claim, a draft and a lease are rows: a bot that was killed between two of them goes on where it was."""

from __future__ import annotations

from .api import Server
from .errands import asked
from .harness import COLLABORATORS, BotProcess
from .people import Person


async def test_a_kill_between_claim_draft_and_sending_loses_nothing(
    server: Server, idle_bot: BotProcess, citizen: Person
):
    lan, minh = (Person(server, server.world.chats[COLLABORATORS]) for _ in range(2))
    await idle_bot.start()
    question = await asked(citizen)
    await lan.expect(question["text"])
    lan.tap("Tôi trả lời")
    card = await lan.expect("đang trả lời, giữ")
    await idle_bot.killed()

    await idle_bot.start()
    minh.tap("Tôi trả lời" if "Tôi trả lời" in str(card["reply_markup"]) else "Trả lại", under=card)
    lan.reply_to(card, "hai đều")
    panel = await lan.expect("Bản nháp")
    await idle_bot.killed()

    await idle_bot.start()
    lan.tap("Gửi", under=panel)
    got = await citizen.expect("hai đều")

    assert got["reply_to_message"]["message_id"] == question["message_id"]
    assert sum("hai đều" in text for text in citizen.shown()) == 1
    assert any(f"{lan.user['first_name']} đang trả lời." in text for text in lan.shown())
