"""The collaborators' group becomes a supergroup, or throws the bot out: no question and no reply gets lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions import Menu, OpenGroup

from .api import Server
from .errands import asked
from .harness import ADMIN, COLLABORATORS, BotProcess, a_bot, write_config
from .people import Person
from .world import Refusal

SMALL = -77


@pytest.fixture
def admin(server: Server) -> Person:
    return Person(server, id=ADMIN)


async def test_a_bot_thrown_out_of_the_group_tells_the_admin_and_loses_nothing(
    server: Server, bot: BotProcess, citizen: Person, admin: Person
):
    collaborator = Person(server, server.world.chats[COLLABORATORS])
    question = await asked(citizen)
    await collaborator.expect(question["text"])

    collaborator.remove_bot()
    await admin.expect("cộng tác viên")
    await asked(other := Person(server))
    await server.bell.until(lambda: len(server.called("sendMessage", chat_id=COLLABORATORS)) == 2, 5)
    other.say("/menu")
    await other.expect_button(OpenGroup)

    assert server.refusals.pop() == "sendMessage: Forbidden: bot was kicked from the supergroup chat"


@pytest.mark.parametrize("told", [True, False], ids=["told", "found out"])
async def test_a_group_that_became_a_supergroup_stays_the_collaborators_group(
    server: Server, tmp_path: Path, mode: str, citizen: Person, admin: Person, told: bool
):
    group = server.world.open(SMALL, "group", "Cộng tác viên")
    collaborator = Person(server, group)
    async with a_bot(server, write_config(tmp_path, server, mode, SMALL)):
        first = await asked(citizen)
        before = await collaborator.expect(first["text"])
        new = collaborator.upgrade(told=told)

        second = await asked(other := Person(server))
        after = await collaborator.expect(second["text"])
        collaborator.reply_to(after, "hỏi Chi cục Kiểm lâm")
        await collaborator.expect("Bản nháp")
        collaborator.tap("Gửi")
        await other.expect("hỏi Chi cục Kiểm lâm")

        if told:
            await admin.expect(str(new.id))
        assert after["chat"]["id"] == new.id
        assert before["chat"]["id"] == SMALL
        assert not any(first["text"] in text for text in collaborator.shown())
        assert any(second["text"] in text for text in collaborator.shown())
        server.refusals[:] = [refusal for refusal in server.refusals if "upgraded" not in refusal]


async def test_the_admins_hear_how_the_bot_stands_in_the_group_and_what_to_do(
    server: Server, bot: BotProcess, admin: Person
):
    collaborator = Person(server, server.world.chats[COLLABORATORS])
    collaborator.remove_bot()
    await admin.expect("thêm bot lại")

    collaborator.add_bot()
    await admin.expect("đã vào nhóm", "trả lời")
    collaborator.add_bot("administrator")
    await admin.expect("quản trị viên", "ổn")
    collaborator.add_bot("member")
    await admin.expect("bớt", "trả lời")
    admin.say("/status")
    await admin.expect("Nhóm cộng tác viên", "trả lời")
    collaborator.remove_bot()
    admin.say("/status")
    await admin.expect("không ở trong nhóm")

    assert {refusal.partition(":")[0] for refusal in server.refusals} == {"getChatMember"}
    server.refusals.clear()


async def test_what_is_said_in_a_topic_is_answered_there_and_in_the_group_when_it_is_gone(
    server: Server, bot: BotProcess
):
    village = server.world.open(-1_001_000_000_088, "supergroup", "Xóm")
    thread = server.world.open_topic(village, "Giấy tờ")
    neighbour = Person(server, village, thread=thread)

    neighbour.say("/id")
    first = await neighbour.expect(str(village.id))
    server.fail("sendMessage", Refusal(400, "Bad Request: message thread not found"), chat=village.id)
    neighbour.say("/id")
    second = await neighbour.expect(str(village.id))

    assert (first["message_thread_id"], "message_thread_id" in second) == (thread, False)


async def test_a_bot_in_a_strange_group_keeps_quiet(server: Server, bot: BotProcess, citizen: Person):
    stranger = Person(server, server.world.open(-88, "group", "Xóm"))
    stranger.say("/status")
    stranger.say("con em moi sinh can lam giay to gi")
    stranger.send("photo")
    citizen.say("/menu")
    await citizen.expect_button(Menu)

    stranger.remove_bot()
    citizen.say("/menu")
    await citizen.expect_button(Menu)

    assert stranger.shown() == []
