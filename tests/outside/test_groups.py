"""The collaborators' group becomes a supergroup, or throws the bot out: no question and no reply gets lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions import Menu, OpenGroup

from .api import Server
from .errands import asked
from .harness import ADMIN, COLLABORATORS, BotProcess, a_bot, write_config
from .people import Person

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
    server: Server, tmp_path: Path, mode: str, citizen: Person, told: bool
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

        assert after["chat"]["id"] == new.id
        assert before["chat"]["id"] == SMALL
        assert not any(first["text"] in text for text in collaborator.shown())
        assert any(second["text"] in text for text in collaborator.shown())
        server.refusals[:] = [refusal for refusal in server.refusals if "upgraded" not in refusal]


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
