"""The team by chat: joining by a link that works once, choosing fields and places, leaving, being let go."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.actions import Assign, Dismiss, Invite, OpenMember
from bot.messages import Address, Incoming
from tests.stage import ADMIN, Stage

LAN, MINH = 501, 502


def chat(user: int) -> Address:
    return Address("telegram", str(user))


def say(stage: Stage, user: int, text: str, person: str = "") -> str:
    """What *user* is answered in their private chat."""
    stage.feed(Incoming("", chat(user), text=text, user=user, person=person, message=1))
    return stage.chat(chat(user)).text


def press(stage: Stage, user: int, label: str) -> str:
    found = [one.does for one in stage.chat(chat(user)).buttons if one.label.startswith(label)]
    assert found, [one.label for one in stage.chat(chat(user)).buttons]
    stage.feed(Incoming("", chat(user), "tap", action=found[0], user=user, message=stage.chat(chat(user)).latest))  # type: ignore[arg-type]
    return stage.chat(chat(user)).text


def invited(stage: Stage, role: str = "cộng tác viên") -> str:
    """What an invited person hands to the bot: the admin makes a link, and forwards it."""
    say(stage, ADMIN, "/team")
    press(stage, ADMIN, f"Mời {role}")
    found = re.search(r"\(start:(\S+)\)", stage.chat(chat(ADMIN)).text)
    assert found
    return f"/start {found[1]}"


def joined(stage: Stage, user: int, person: str, role: str = "cộng tác viên") -> str:
    return say(stage, user, invited(stage, role), person)


def test_an_invited_person_joins_and_the_admin_hears_of_it(stage: Stage) -> None:
    assert "Cảm ơn anh/chị đã nhận làm cộng tác viên" in joined(stage, LAN, "Lan  Trần")
    assert "Lan Trần (số 501) đã nhận lời mời" in stage.chat(chat(ADMIN)).text
    assert "Lan Trần: cộng tác viên, lĩnh vực: tất cả" in say(stage, ADMIN, "/team")


def test_a_link_works_once(stage: Stage) -> None:
    link = invited(stage)
    say(stage, LAN, link, "Lan")
    assert "đã dùng rồi hoặc đã hết hạn" in say(stage, MINH, link, "Minh")
    assert [one.user for one in stage.storage.team.members()] == [LAN]


def test_a_link_is_of_no_use_after_some_days(stage: Stage) -> None:
    link = invited(stage)
    stage.now += timedelta(days=3, minutes=1)
    assert "đã hết hạn" in say(stage, LAN, link, "Lan")
    assert stage.storage.team.members() == []


def test_an_invented_link_invites_to_nothing(stage: Stage) -> None:
    assert "đã hết hạn" in say(stage, LAN, "/start j_secret-1", "Lan")
    assert stage.storage.team.members() == []


def test_an_invitation_survives_a_restart_and_its_secret_is_not_kept(stage: Stage) -> None:
    link = invited(stage)
    stage.restart()
    rows = stage.storage._db.execute("select digest from invitations").fetchall()
    assert link.removeprefix("/start j_") not in str(rows)
    assert "đã nhận làm cộng tác viên" in say(stage, LAN, link, "Lan")


def test_an_invited_admin_has_the_power_at_once_and_loses_it_at_once(stage: Stage) -> None:
    assert "Anh/chị nay là người phụ trách" in joined(stage, LAN, "Lan", "người phụ trách")
    assert "Tình hình" in say(stage, LAN, "/status")
    say(stage, ADMIN, "/team")
    press(stage, ADMIN, "Lan")
    assert "Thôi giao việc cho Lan?" in press(stage, ADMIN, "Thôi giao việc")
    press(stage, ADMIN, "Đúng vậy")
    assert "Cảm ơn anh/chị đã giúp bà con" in stage.chat(chat(LAN)).text
    assert "Tình hình" not in say(stage, LAN, "/status")


def test_an_invitation_to_less_takes_nothing_away(stage: Stage) -> None:
    joined(stage, LAN, "Lan", "người phụ trách")
    joined(stage, LAN, "Lan")
    assert [one.role for one in stage.storage.team.members()] == ["admin"]


def test_a_collaborator_chooses_fields_and_places_and_whether_the_name_is_shown(stage: Stage) -> None:
    joined(stage, LAN, "Lan")
    assert "không thấy tên" in say(stage, LAN, "/team")
    press(stage, LAN, "Chọn lĩnh vực")
    press(stage, LAN, "Cư trú")
    assert "Lĩnh vực: Khai sinh, kết hôn, Cư trú\n" in press(stage, LAN, "Khai sinh")
    press(stage, LAN, "✓ Khai sinh")
    assert "Lĩnh vực: Cư trú\n" in press(stage, LAN, "Xong")
    press(stage, LAN, "Chọn nơi")
    press(stage, LAN, "Xã Hòa Tiến")
    press(stage, LAN, "Xong")
    assert "Bà con thấy tên: Lan" in press(stage, LAN, "Cho bà con thấy tên tôi")
    assert "Bà con thấy tên: chị Lan" in say(stage, LAN, "/name chị Lan")
    (lan,) = stage.storage.team.members()
    assert (lan.name, lan.fields, lan.places) == ("chị Lan", {"residence"}, {"hoa-tien"})


def test_who_leaves_is_a_citizen_again(stage: Stage) -> None:
    joined(stage, LAN, "Lan")
    assert "xin thôi thật ạ" in say(stage, LAN, "/leave")
    assert "không còn trong đội" in press(stage, LAN, "Đúng vậy")
    assert stage.storage.team.members() == []
    assert "Đội hỗ trợ" not in say(stage, LAN, "/team")


def test_nobody_decides_about_others_without_being_an_admin(stage: Stage) -> None:
    joined(stage, LAN, "Lan")
    joined(stage, MINH, "Minh")
    before = stage.storage.team.members()
    for action in (OpenMember(MINH), Assign(MINH, "fields", "residence"), Dismiss(MINH, sure=True), Invite("admin")):
        stage.feed(Incoming("", chat(LAN), "tap", action=action, user=LAN, message=1))
        assert "không có quyền" in stage.chat(chat(LAN)).text
        stage.feed(Incoming("", chat(7), "tap", action=action, user=7, message=1))
    assert stage.storage.team.members() == before


def test_what_members_do_is_on_record(stage: Stage) -> None:
    joined(stage, LAN, "Lan")
    press(stage, LAN, "Chọn nơi")
    press(stage, LAN, "Xã Hòa Tiến")
    said = say(stage, ADMIN, "/log")
    assert "23/11 09:00, số 900: mời một cộng tác viên" in said
    assert "Lan: Lan nhận lời mời" in said
    assert "Lan: đổi lĩnh vực hoặc nơi của Lan" in said


def test_the_links_of_who_left_open_nothing(stage: Stage) -> None:
    joined(stage, LAN, "Lan", "người phụ trách")
    say(stage, LAN, "/team")
    press(stage, LAN, "Mời người phụ trách")
    found = re.search(r"\(start:(\S+)\)", stage.chat(chat(LAN)).text)
    assert found
    stage.feed(Incoming("", chat(ADMIN), "tap", action=Dismiss(LAN, sure=True), user=ADMIN, message=1))

    say(stage, LAN, f"/start {found[1]}")

    assert stage.storage.team.member("telegram", LAN) is None
