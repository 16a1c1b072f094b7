"""No group: collaborators join by the admin's link, and are asked and answer each in their own chat."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions import Dismiss, Invite, OpenMember

from .api import Server
from .errands import asked
from .harness import ADMIN, COLLABORATORS, BotProcess, write_config
from .people import Person
from .world import Json


@pytest.fixture
def config(server: Server, mode: str, tmp_path: Path) -> Path:
    path = write_config(tmp_path, server, mode)
    text = path.read_text(encoding="utf-8").replace(f'collaborators: "{COLLABORATORS}"', 'collaborators: ""')
    path.write_text(text, encoding="utf-8")
    return path


async def invited(admin: Person) -> str:
    """What the link of a new invitation hands to the bot."""
    admin.say("/team")
    await admin.expect_button(Invite)
    admin.tap("Mời cộng tác viên")
    message: Json = await admin.expect("dùng được một lần")
    (url,) = (entity["url"] for entity in message["entities"] if entity["type"] == "text_link")
    page, _, payload = url.partition("?start=")
    assert page == f"https://t.me/{admin.world.bot['username']}"
    assert payload.startswith("j_")
    return str(payload)


async def joined(server: Server, admin: Person) -> Person:
    """A new collaborator."""
    person, payload = Person(server), await invited(admin)
    person.say(f"/start {payload}")
    await person.expect("đã nhận làm cộng tác viên")
    await admin.expect("đã nhận lời mời", person.user["first_name"])
    return person


async def test_a_link_lets_one_person_join_who_answers_in_their_own_chat(
    server: Server, bot: BotProcess, citizen: Person
):
    admin, late = Person(server, id=ADMIN), Person(server)
    lan, payload = Person(server), await invited(admin)
    lan.say(f"/start {payload}")
    await lan.expect("đã nhận làm cộng tác viên")
    late.say(f"/start {payload}")
    await late.expect("đã dùng rồi")

    question = await asked(citizen)
    await lan.expect(question["text"])
    lan.tap("Tôi trả lời")
    await lan.expect("đang trả lời, giữ")
    lan.say("hai đều")
    await lan.expect("Bản nháp")
    assert not any("hai đều" in text for text in citizen.shown())
    lan.tap("Gửi")

    got = await citizen.expect("hai đều")
    assert got["reply_to_message"]["message_id"] == question["message_id"]
    assert not any(question["text"] in text for text in late.shown() + admin.shown())


async def test_who_is_let_go_has_no_say_at_once_and_the_case_goes_to_the_others(
    server: Server, bot: BotProcess, citizen: Person
):
    admin = Person(server, id=ADMIN)
    lan, minh = await joined(server, admin), await joined(server, admin)
    question = await asked(citizen)
    await minh.expect(question["text"])
    lan.tap("Tôi trả lời", under=await lan.expect(question["text"]))
    card = await lan.expect("đang trả lời, giữ")
    await minh.expect(f"{lan.user['first_name']} đang trả lời, giữ")
    lan.say("hai không")
    panel = await lan.expect("Bản nháp")

    admin.say("/team")
    await admin.expect_button(OpenMember)
    admin.tap(lan.user["first_name"])
    await admin.expect_button(Dismiss)
    admin.tap("Thôi giao việc")
    await admin.expect("Thôi giao việc cho")
    admin.tap("Đúng vậy")
    await admin.expect("không còn trong đội")
    await lan.expect("không còn trong đội")
    await minh.expect(question["text"], "hoặc bấm “Tôi trả lời”")
    await minh.expect("đã trả về hàng đợi", "Ai trả lời giúp")
    admin.say("/log")
    await admin.expect("thôi giao việc", lan.user["first_name"])
    lan.tap("Gửi", under=panel)
    lan.tap("Trả lại", under=card)
    minh.tap("Tôi trả lời")
    await minh.expect(f"{minh.user['first_name']} đang trả lời, giữ")
    minh.say("hai đều")
    await minh.expect("Bản nháp")
    minh.tap("Gửi")

    await citizen.expect("hai đều")
    assert not any("hai không" in text for text in citizen.shown())
    assert not any("hai đều" in text for text in lan.shown())
