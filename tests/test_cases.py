"""Cases between citizens and collaborators: claimed by one, sent on purpose, never lost, never to the wrong chat."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.actions import Consent, Handle, Own
from bot.markup import plain
from bot.messages import Address, Copied, Incoming, Outgoing, Screen
from bot.storage import Question
from bot.team import Member
from tests.stage import ADMIN, CITIZEN, TEAM, VOLUNTEERS, Stage

LAN, MINH = TEAM["lan"], TEAM["minh"]
OTHER, THIRD = Address("telegram", "101"), Address("telegram", "102")
COW, BUFFALO = "con bò vàng của tôi đi lạc qua rẫy thì báo ai", "con bo vang cua toi di lac qua ray bao ai"


def ask(stage: Stage, text: str = COW, who: Address = CITIZEN) -> int:
    """Somebody asks people, with consent; the number of the case."""
    stage.tap("h:", who)
    stage.say(text, who)
    stage.press("Đồng ý gửi", who)
    return max(case.id for case in stage.storage.cases.own(who))


def card(stage: Stage, number: int, chat: Address = VOLUNTEERS) -> int:
    """The id of the newest card of a case in *chat*."""
    return [one.message for one in stage.storage.cases.copies.of(number, "card") if one.chat == chat][-1]


def reply(stage: Stage, number: int, text: str, user: int = LAN) -> int:
    return stage.say(text, VOLUNTEERS, replies_to=card(stage, number), user=user)


def act(stage: Stage, number: int, what: str, user: int = LAN, chat: Address = VOLUNTEERS) -> None:
    stage.tap(Handle(number, what), chat, user=user)


def state(stage: Stage, number: int) -> str:
    case = stage.storage.cases.get(number)
    return "" if case is None else case.state


def seen(stage: Stage, who: Address = CITIZEN) -> str:
    """Everything somebody sees in their chat."""
    return "\n".join(screen.text for screen in stage.chat(who).messages.values())


def join(stage: Stage, user: int, role: str = "collaborator", **more: object) -> Address:
    """A member; their private chat."""
    member = Member("telegram", user, role, **more)  # type: ignore[arg-type]
    stage.storage.begin()
    stage.storage.team.put(member, stage.now)
    stage.storage.commit()
    return member.chat


@pytest.fixture
def members(stage: Stage) -> Stage:
    """No group: two collaborators, each in their own chat."""
    stage.settings = type(stage.settings)(collaborators=None, admins=frozenset({ADMIN}))
    stage.restart()
    for user, name in ((LAN, "Lan"), (MINH, "Minh")):
        join(stage, user, label=name)
    return stage


# Claims.


def test_of_fifty_taps_one_wins_and_the_others_are_told_who(members: Stage) -> None:
    crowd = [join(members, 1000 + number, label=f"Người {number}") for number in range(50)]
    number = ask(members)

    for chat in crowd:
        act(members, number, "take", int(chat.chat), chat)

    winner, *losers = crowd
    held = members.storage.cases.get(number)
    assert held is not None
    assert held.holder is not None
    assert held.holder.chat == winner
    assert all("Người 0 đang trả lời" in members.chat(chat).text for chat in losers)


def test_in_a_group_one_word_tells_all_who_came_too_late(stage: Stage) -> None:
    number = ask(stage)
    act(stage, number, "take", LAN)
    before = len(stage.chat(VOLUNTEERS).messages)

    for user in range(700, 750):
        act(stage, number, "take", user)

    told = list(stage.chat(VOLUNTEERS).messages.values())[before:]
    assert [screen.text for screen in told] == ["Câu hỏi số 1: Lan đang trả lời."]
    assert "Lan đang trả lời" in stage.chat(VOLUNTEERS).messages[card(stage, number)].text


def test_a_lease_is_lost_after_half_an_hour_of_silence_and_not_without_a_nudge(stage: Stage) -> None:
    number = ask(stage)
    act(stage, number, "take")

    stage.wait(21 / 24 / 60)
    assert "còn 10 phút" in stage.chat(VOLUNTEERS).text
    assert state(stage, number) == "claimed"
    stage.wait(10 / 24 / 60)

    assert state(stage, number) == "open"
    assert "Câu hỏi số 1 đã trả về hàng đợi. Lan lâu chưa trả lời được." in seen(stage, VOLUNTEERS)
    act(stage, number, "take", MINH)
    assert "Minh đang trả lời" in stage.chat(VOLUNTEERS).messages[card(stage, number)].text


def test_who_lost_a_lease_while_the_bot_was_down_is_not_told_that_time_is_left(stage: Stage) -> None:
    number = ask(stage)
    act(stage, number, "take")

    stage.now += timedelta(minutes=45)
    stage.restart()
    stage.wait(0)

    assert state(stage, number) == "open"
    assert "đã trả về hàng đợi. Lan lâu chưa trả lời được" in seen(stage, VOLUNTEERS)
    assert "phút nữa" not in seen(stage, VOLUNTEERS)


def test_whoever_goes_on_writing_keeps_the_lease(stage: Stage) -> None:
    number = ask(stage)
    act(stage, number, "take")
    for part in range(4):
        stage.wait(25 / 24 / 60)
        reply(stage, number, f"phần {part}")

    assert state(stage, number) == "claimed"


@pytest.mark.parametrize(
    ("now", "back"),
    [
        (
            datetime(2026, 11, 23, 9, 50, tzinfo=UTC),
            datetime(2026, 11, 25, 0, 51, tzinfo=UTC),
        ),  # over a night, a holiday
        (datetime(2026, 11, 27, 13, 0, tzinfo=UTC), datetime(2026, 11, 30, 1, 1, tzinfo=UTC)),  # Friday evening
    ],
)
def test_a_lease_counts_working_time_and_outlives_a_restart(stage: Stage, now: datetime, back: datetime) -> None:
    stage.now = now
    number = ask(stage)
    act(stage, number, "take")
    stage.restart()
    stage.wait((back - timedelta(minutes=2) - now) / timedelta(days=1))
    assert state(stage, number) == "claimed"

    stage.restart()
    stage.wait(2 / 24 / 60)

    assert state(stage, number) == "open"


def test_the_citizen_learns_who_has_it_by_role_or_by_name_if_they_wish(stage: Stage) -> None:
    join(stage, LAN, name="chị Lan")
    first, second = ask(stage), ask(stage, "máy cày của tôi hư hộp số thì sửa ở mô", OTHER)

    act(stage, first, "take", MINH)
    act(stage, second, "take", LAN)

    assert "Cộng tác viên đã nhận câu hỏi số 1" in stage.chat().text
    assert "Cộng tác viên chị Lan đã nhận câu hỏi số 2" in stage.chat(OTHER).text
    assert "Minh" not in seen(stage)


# Drafts and answers.


def test_nothing_reaches_the_citizen_before_it_is_sent(stage: Stage) -> None:
    number = ask(stage)
    reply(stage, number, "Báo công an xã")
    stage.say("", VOLUNTEERS, "attachment", card(stage, number), LAN)

    assert "Báo công an xã" not in seen(stage)
    assert not stage.chat().copies
    assert "2 phần" in stage.chat(VOLUNTEERS).text

    act(stage, number, "send")

    assert "Báo công an xã" in stage.chat().text
    assert len(stage.chat().copies) == 1


def test_only_the_holder_sends_and_only_once(stage: Stage) -> None:
    number = ask(stage)
    reply(stage, number, "Báo công an xã", LAN)

    act(stage, number, "send", MINH)
    assert "Báo công an xã" not in seen(stage)
    act(stage, number, "send", LAN)
    act(stage, number, "send", LAN)

    assert seen(stage).count("Báo công an xã") == 1


def test_two_cannot_answer_the_same(stage: Stage) -> None:
    number = ask(stage)
    reply(stage, number, "Lan trả lời", LAN)
    reply(stage, number, "Minh trả lời", MINH)
    act(stage, number, "send", LAN)
    reply(stage, number, "Minh nói thêm", MINH)
    act(stage, number, "send", MINH)

    assert "Lan trả lời" in seen(stage)
    assert "Minh" not in seen(stage)


def test_numbers_reach_the_citizen_and_are_kept_nowhere(stage: Stage) -> None:
    number = ask(stage)
    reply(stage, number, "Gọi anh Tám 0905 123 456")
    act(stage, number, "send")

    assert "0905 123 456" in stage.chat().text
    rows = "\n".join(stage.storage._db.iterdump())
    assert "0905 123 456" not in rows
    assert "Gọi anh Tám" in rows


@pytest.mark.parametrize("text", ["x y " * 1024, "**a [b](https://c.vn) \\ <i>" * 20, "😀" * 4000, "dòng\n" * 800])
def test_a_long_or_odd_answer_arrives_whole(stage: Stage, text: str) -> None:
    number = ask(stage)
    reply(stage, number, text)
    act(stage, number, "send")

    arrived = "".join(plain(screen.text) for screen in stage.chat().messages.values())
    wanted = "".join(text.split())
    assert wanted in "".join(
        arrived.replace("Đây là lời giúp đỡ, không phải quyết định của cơ quan nhà nước.", "").split()
    )
    assert all(len(screen.text.encode("utf-16-le")) // 2 < 8192 for screen in stage.chat().messages.values())


def test_an_edited_part_changes_the_message_of_the_citizen(stage: Stage) -> None:
    number = ask(stage)
    part = reply(stage, number, "Báo công an huyện")
    act(stage, number, "send")
    before = len(stage.chat().messages)

    stage.say("Báo công an xã", VOLUNTEERS, "edited", user=LAN, message=part)

    assert "Báo công an xã" in stage.chat().text
    assert "huyện" not in seen(stage)
    assert len(stage.chat().messages) == before
    answered = stage.storage.cases.answer_of(number)
    assert answered is not None
    assert answered.answer == "Báo công an xã"


def test_an_edit_beside_a_number_we_do_not_keep_comes_as_a_correction(stage: Stage) -> None:
    number = ask(stage)
    reply(stage, number, "Gọi 0905 123 456")
    part = reply(stage, number, "trước 9 giờ")
    act(stage, number, "send")

    stage.say("trước 8 giờ", VOLUNTEERS, "edited", user=LAN, message=part)

    assert "0905 123 456" in seen(stage)
    assert "trước 8 giờ" in stage.chat().text
    assert "sửa lại" in stage.chat().text


def test_a_recalled_answer_is_gone_and_the_case_goes_on(stage: Stage) -> None:
    number = ask(stage)
    reply(stage, number, "Khỏi báo ai hết")
    stage.say("", VOLUNTEERS, "attachment", card(stage, number), LAN)
    act(stage, number, "send")

    act(stage, number, "recall", MINH)
    assert "Khỏi báo ai" in seen(stage)
    act(stage, number, "recall", LAN)

    assert "Khỏi báo ai" not in seen(stage)
    assert not stage.chat().copies
    assert "đã thu hồi câu trả lời số 1" in stage.chat().text
    assert state(stage, number) == "claimed"
    assert stage.storage.cases.answer_of(number) is None
    reply(stage, number, "Báo công an xã")
    act(stage, number, "send")
    assert "Báo công an xã" in stage.chat().text


def test_what_is_added_after_the_answer_reaches_the_citizen_too(stage: Stage) -> None:
    number = ask(stage)
    reply(stage, number, "Báo công an xã")
    act(stage, number, "send")
    reply(stage, number, "Nhớ mang ảnh con bò")
    act(stage, number, "send")

    assert "Nhớ mang ảnh" in stage.chat().text
    assert "Báo công an xã" in seen(stage)


def test_an_album_is_one_draft_with_one_panel(stage: Stage) -> None:
    number = ask(stage)
    at = card(stage, number)
    for _ in range(4):
        stage.say("", VOLUNTEERS, "attachment", at, LAN, album="7")

    panels = [screen for screen in stage.chat(VOLUNTEERS).messages.values() if "Bản nháp" in screen.text]
    assert len(panels) == 1
    assert "4 phần" in panels[0].text
    act(stage, number, "send")
    assert len(stage.chat().copies) == 4


def test_a_draft_is_thrown_away_and_the_case_kept(stage: Stage) -> None:
    number = ask(stage)
    reply(stage, number, "Thôi kệ")
    act(stage, number, "discard")
    act(stage, number, "send")

    assert "Thôi kệ" not in seen(stage)
    assert state(stage, number) == "claimed"


# Asking back, asking on.


def test_a_question_back_and_its_reply_stay_in_the_case(stage: Stage) -> None:
    number = ask(stage)
    reply(stage, number, "Con bò màu chi?")
    act(stage, number, "ask")
    assert "Con bò màu chi?" in stage.chat().text
    assert stage.storage.cases.held(CITIZEN, stage.now) is not None

    stage.say("dạ màu vàng, gọi em 0905123456")

    assert "Em đã chuyển thêm" in stage.chat().text
    assert "màu vàng" in seen(stage, VOLUNTEERS)
    assert "0905123456" not in seen(stage, VOLUNTEERS)
    assert "Người hỏi nói thêm" in stage.chat(VOLUNTEERS).messages[card(stage, number)].text
    assert state(stage, number) == "claimed"


def test_while_a_question_back_is_open_the_bot_answers_what_it_is_sure_of(stage: Stage) -> None:
    number = ask(stage)
    reply(stage, number, "Con bò màu chi?")
    act(stage, number, "ask")

    stage.say("dang ky ket hon can giay to gi")
    assert "Đăng ký kết hôn" in stage.chat().text
    stage.say("/menu")
    assert "Anh/chị đang cần việc gì" in stage.chat().text
    stage.say("màu vàng đốm trắng")

    assert "đốm trắng" in seen(stage, VOLUNTEERS)


def test_a_photo_answers_a_question_back(stage: Stage) -> None:
    number = ask(stage)
    reply(stage, number, "Cho xem con bò")
    act(stage, number, "ask")

    photo = stage.say("", kind="attachment")

    assert list(stage.chat(VOLUNTEERS).copies.values()) == [Copied(CITIZEN, photo, wordless=True)]


def test_who_asks_on_comes_to_the_same_holder(stage: Stage) -> None:
    number = ask(stage)
    reply(stage, number, "Báo công an xã", LAN)
    act(stage, number, "send", LAN)

    stage.press("Hỏi thêm")
    stage.say("rứa có mất tiền không")

    held = stage.storage.cases.get(number)
    assert held is not None
    assert (held.state, held.holder.user if held.holder else 0) == ("claimed", LAN)
    assert "mất tiền" in seen(stage, VOLUNTEERS)
    reply(stage, number, "Không mất tiền", LAN)
    act(stage, number, "send", LAN)
    assert "Không mất tiền" in stage.chat().text
    assert stage.storage.cases.held(CITIZEN, stage.now) is not None
    stage.wait(2 / 24)
    assert stage.storage.cases.held(CITIZEN, stage.now) is None


def test_what_the_bot_does_not_know_right_after_an_answer_may_be_asked_there(stage: Stage) -> None:
    number = ask(stage)
    reply(stage, number, "Báo công an xã")
    act(stage, number, "send")

    stage.say("con bê của nó thì răng")
    stage.press("Hỏi thêm về câu số 1")
    stage.say("con bê của nó thì răng")
    assert "con bê" in seen(stage, VOLUNTEERS)

    stage.wait(1)
    stage.say("ai bán phân chuồng hoai mục")
    assert not [button for button in stage.chat().buttons if button.label.startswith("Hỏi thêm")]


def test_thanks_close_the_case(stage: Stage) -> None:
    number = ask(stage)
    reply(stage, number, "Báo công an xã")
    act(stage, number, "send")
    stage.press("Cảm ơn, đã rõ")

    assert state(stage, number) == "closed"
    assert "đã rõ" in stage.chat(VOLUNTEERS).messages[card(stage, number)].text


# Siblings.


def siblings(stage: Stage) -> tuple[int, int, int]:
    return ask(stage), ask(stage, BUFFALO, OTHER), ask(stage, COW, THIRD)


def test_one_answer_reaches_all_who_asked_each_below_their_own_words(stage: Stage) -> None:
    leader, second, third = siblings(stage)
    assert [state(stage, one) for one in (leader, second, third)] == ["open", "merged", "merged"]
    assert "3 người cùng hỏi" in stage.chat(VOLUNTEERS).messages[card(stage, leader)].text

    reply(stage, leader, "Báo công an xã")
    act(stage, leader, "send")

    for number, who in ((leader, CITIZEN), (second, OTHER), (third, THIRD)):
        case, chat = stage.storage.cases.get(number), stage.chat(who)
        assert case is not None
        assert f"câu hỏi số {number}" in chat.text
        assert "Báo công an xã" in chat.text
        assert chat.quotes[chat.latest] == case.message


def test_an_answer_edited_or_recalled_is_so_for_all(stage: Stage) -> None:
    leader, *_ = siblings(stage)
    part = reply(stage, leader, "Báo công an huyện")
    act(stage, leader, "send")

    stage.say("Báo công an xã", VOLUNTEERS, "edited", user=LAN, message=part)
    for who in (CITIZEN, OTHER, THIRD):
        assert "Báo công an xã" in stage.chat(who).text
    act(stage, leader, "recall")
    for who in (CITIZEN, OTHER, THIRD):
        assert "Báo công an" not in seen(stage, who)
    reply(stage, leader, "Báo kiểm lâm")
    act(stage, leader, "send")
    for who in (CITIZEN, OTHER, THIRD):
        assert "Báo kiểm lâm" in stage.chat(who).text


@pytest.mark.parametrize("forgets", [True, False])
def test_a_leader_who_leaves_hands_over_to_the_next(stage: Stage, forgets: bool) -> None:
    leader, second, third = siblings(stage)
    reply(stage, leader, "Báo công an xã")
    if forgets:
        stage.say("/forget")
    else:
        stage.tap(Own(leader, "withdraw"))

    assert (state(stage, second), state(stage, third)) == ("claimed", "merged")
    assert f"Câu hỏi số {second}" in stage.chat(VOLUNTEERS).messages[card(stage, second)].text
    before = seen(stage)
    act(stage, second, "send")
    assert "Báo công an xã" in stage.chat(OTHER).text
    assert "Báo công an xã" in stage.chat(THIRD).text
    assert seen(stage) == before


def test_who_asks_on_leaves_the_others_in_peace(stage: Stage) -> None:
    leader, second, _ = siblings(stage)
    reply(stage, leader, "Báo công an xã")
    act(stage, leader, "send")

    stage.press("Hỏi thêm", OTHER)
    stage.say("mất tiền không", OTHER)
    reply(stage, second, "Không mất tiền")
    act(stage, second, "send")

    assert "Không mất tiền" in stage.chat(OTHER).text
    assert "Không mất tiền" not in seen(stage) + seen(stage, THIRD)


def test_other_questions_are_not_joined(stage: Stage) -> None:
    ask(stage)
    other = ask(stage, "máy cày của tôi hư hộp số thì sửa ở mô", OTHER)

    assert state(stage, other) == "open"


def test_asking_the_same_again_shows_how_it_stands(stage: Stage) -> None:
    number = ask(stage)
    ask(stage)

    assert "là câu số 1" in stage.chat().text
    assert len(stage.storage.cases.own(CITIZEN)) == 1
    stage.say("hoi chuyen khac la lam khong ai biet ca")
    stage.press("Đã gửi tới đâu")
    assert f"Câu hỏi số {number}" in stage.chat().text


# Leaving, waiting, blocking.


def test_a_withdrawn_question_is_gone_everywhere(stage: Stage) -> None:
    number = ask(stage)
    act(stage, number, "take")
    stage.press("Rút câu hỏi")

    assert state(stage, number) == "withdrawn"
    assert "bò vàng" not in seen(stage, VOLUNTEERS)
    assert "đã rút câu hỏi số 1" in seen(stage, VOLUNTEERS)
    assert "bò vàng" not in "".join(row for row in stage.storage._db.iterdump() if 'INTO "cases"' in row)


def test_an_edited_question_changes_the_card(stage: Stage) -> None:
    stage.tap("h:")
    message = stage.say(COW)
    stage.press("Đồng ý gửi")
    stage.say("con trâu đen đi lạc, số 0905123456", kind="edited", message=message)

    shown = stage.chat(VOLUNTEERS).messages[card(stage, 1)].text
    assert "con trâu đen đi lạc" in shown
    assert "0905123456" not in shown
    assert "Em đã sửa câu hỏi số 1" in stage.chat().text


def test_a_collaborator_is_told_that_the_citizen_blocked_the_bot(stage: Stage) -> None:
    number = ask(stage)
    reply(stage, number, "Báo công an xã")
    stage.chat().blocked = True
    act(stage, number, "send")

    assert seen(stage, VOLUNTEERS).count("đã chặn bot") == 1


@pytest.mark.parametrize("part", ["answer.1", "more.1", "media.1"])
def test_a_collaborator_is_told_that_a_part_was_refused(stage: Stage, part: str) -> None:
    number = ask(stage)
    reply(stage, number, "Báo công an xã")
    act(stage, number, "send")
    lost = Outgoing(CITIZEN, Screen("…"), case=number, part=part)
    stage.feed(Incoming("", CITIZEN, "undelivered", "too odd", failed=lost))

    assert "không gửi tới người hỏi được" in stage.chat(VOLUNTEERS).text


def test_after_four_working_hours_an_apology_and_after_three_days_an_honest_end(stage: Stage) -> None:
    number = ask(stage)
    stage.wait(4.1 / 24)
    assert "Xin lỗi anh/chị, câu hỏi số 1 tới giờ chưa có ai" in stage.chat().text
    assert "1022" in stage.chat().text

    stage.wait(5)

    assert state(stage, number) == "expired"
    assert "sau 3 ngày làm việc" in stage.chat().text
    assert "không ai trả lời" in stage.chat(Address("telegram", str(ADMIN))).text
    assert seen(stage).count("tới giờ chưa có ai") == 1


def test_the_promise_is_honest_outside_hours(stage: Stage) -> None:
    ask(stage)
    assert "ngoài giờ" not in stage.chat().text
    stage.now = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # Monday evening before a holiday
    ask(stage, "máy cày của tôi hư hộp số thì sửa ở mô", OTHER)

    assert "7 giờ 30 thứ Tư 25/11" in stage.chat(OTHER).text
    assert "Còn 1 câu đứng trước" in stage.chat(OTHER).text


def test_nobody_there_is_said(stage: Stage) -> None:
    stage.settings = type(stage.settings)(collaborators=None)
    stage.restart()
    stage.tap("h:")

    assert "Hiện chưa có cộng tác viên trực" in stage.chat().text


def test_a_group_that_becomes_a_supergroup_takes_its_cases_along(stage: Stage) -> None:
    number = ask(stage)
    reply(stage, number, "Báo công an xã")
    there = Address("telegram", "-100500")
    stage.feed(Incoming("", VOLUNTEERS, "migrated", successor=there.chat, group=True))

    stage.feed(Incoming("", there, "tap", action=Handle(number, "send"), user=LAN, group=True, message=1))

    assert "Báo công an xã" in stage.chat().text
    assert {one.chat for one in stage.storage.cases.copies.of(number, "card")} == {there}


# Not sure; lists; private chats; files; danger.


def test_who_is_not_sure_passes_it_to_the_officers(stage: Stage) -> None:
    number = ask(stage)
    act(stage, number, "take")
    act(stage, number, "pass")
    officer = Address("telegram", str(ADMIN))

    assert "đang chờ cán bộ" in stage.chat(officer).text
    stage.say("/queue", VOLUNTEERS, user=MINH)
    assert "Chờ cán bộ: 1 câu" in stage.chat(VOLUNTEERS).text
    stage.press("Tôi trả lời", officer, user=ADMIN)
    assert [button.label for button in stage.chat(officer).buttons] == ["Trả lại"]
    stage.say("Ra xã gặp anh Ba", officer, user=ADMIN)
    assert "Không chắc, chuyển cán bộ" not in [button.label for button in stage.chat(officer).buttons]
    stage.press("Gửi", officer, user=ADMIN)
    assert "Ra xã gặp anh Ba" in stage.chat().text


def test_the_citizen_reads_that_an_officer_has_it_however_they_became_one(stage: Stage) -> None:
    number = ask(stage)
    act(stage, number, "pass")
    stage.press("Tôi trả lời", Address("telegram", str(ADMIN)), user=ADMIN)

    assert "Cán bộ đã nhận câu hỏi số 1" in stage.chat().text


def test_lists_are_short_urgent_first_then_oldest(stage: Stage) -> None:
    texts = ["máy cày hư hộp số", "ai bán phân chuồng", "mua giống mít ở mô", "con heo nái bỏ ăn", "gà rù chữa sao"]
    texts += ["ao cá nổi váng xanh", "cây tiêu vàng lá", "đường bê tông nứt", "đèn đường tắt", "kênh mương bồi lấp"]
    for number, text in enumerate(texts):
        ask(stage, text, Address("telegram", str(200 + number)))
        stage.wait(1 / 24 / 60)
    stage.say("toi chi muon chet cho roi")
    stage.press("Báo cộng tác viên")

    stage.say("/queue", VOLUNTEERS, user=LAN)

    lines = stage.chat(VOLUNTEERS).text.splitlines()
    assert len(lines) == 10
    assert "KHẨN" in lines[1]
    assert "máy cày" in lines[2]
    stage.press("Câu 1", VOLUNTEERS, user=LAN)
    assert "Câu hỏi số 1" in stage.chat(VOLUNTEERS).text
    act(stage, 1, "take", LAN)
    stage.say("/mine", VOLUNTEERS, user=LAN)
    assert "đang giữ 1 câu" in stage.chat(VOLUNTEERS).text


def test_a_citizen_has_no_queue(stage: Stage) -> None:
    ask(stage)
    stage.say("/queue", OTHER, user=101)
    act(stage, 1, "take", 101, OTHER)

    assert "bò vàng" not in seen(stage, OTHER)
    assert state(stage, 1) == "open"


def test_in_private_what_follows_a_claim_is_the_answer(members: Stage) -> None:
    lan, minh = Address("telegram", str(LAN)), Address("telegram", str(MINH))
    number = ask(members)
    members.press("Tôi trả lời", lan, user=LAN)
    assert "Lan đang trả lời" in members.chat(minh).messages[card(members, number, minh)].text

    members.say("Báo công an xã", lan, user=LAN)
    members.press("Gửi", lan, user=LAN)

    assert "Báo công an xã" in members.chat().text
    assert "✓ Lan đã trả lời" in members.chat(minh).messages[card(members, number, minh)].text


def test_who_leaves_the_team_leaves_the_case_to_the_others(members: Stage) -> None:
    lan, minh = Address("telegram", str(LAN)), Address("telegram", str(MINH))
    number = ask(members)
    members.press("Tôi trả lời", lan, user=LAN)
    members.say("/leave", lan, user=LAN)
    members.press("Đúng", lan, user=LAN)

    assert state(members, number) == "open"
    act(members, number, "take", LAN, lan)
    assert state(members, number) == "open"
    act(members, number, "take", MINH, minh)
    assert state(members, number) == "claimed"
    assert "Minh" not in seen(members, lan)


@pytest.mark.parametrize("how", ["silence", "return", "leave"])
def test_in_private_all_are_asked_again_when_a_case_is_free_again(members: Stage, how: str) -> None:
    lan, minh = Address("telegram", str(LAN)), Address("telegram", str(MINH))
    number = ask(members)
    act(members, number, "take", LAN, lan)
    match how:
        case "silence":
            members.wait(31 / 24 / 60)
        case "return":
            act(members, number, "return", LAN, lan)
        case "leave":
            members.say("/leave", lan, user=LAN)
            members.press("Đúng", lan, user=LAN)

    assert "Câu hỏi số 1 đã trả về hàng đợi" in members.chat(minh).text
    assert "trả lời giúp" in members.chat(minh).text
    assert ("trả lời giúp" in seen(members, lan)) == (how != "leave")


@pytest.mark.parametrize("withdrawn", [True, False])
def test_a_card_that_was_overtaken_on_its_way_is_put_right(members: Stage, withdrawn: bool) -> None:
    lan, minh = Address("telegram", str(LAN)), Address("telegram", str(MINH))
    members.slow.add(minh)
    number = ask(members)
    act(members, number, "take", LAN, lan)
    if withdrawn:
        members.tap(Own(number, "withdraw"))

    members.arrive()

    assert ("đã rút lại" if withdrawn else "Lan đang trả lời") in members.chat(minh).text
    assert "bò vàng" not in seen(members, minh) or not withdrawn


def test_when_the_last_collaborator_leaves_the_officers_have_the_case(members: Stage) -> None:
    lan, minh = Address("telegram", str(LAN)), Address("telegram", str(MINH))
    number = ask(members)
    act(members, number, "take", MINH, minh)
    for chat in (lan, minh):
        members.say("/leave", chat, user=int(chat.chat))
        members.press("Đúng", chat, user=int(chat.chat))

    officer = Address("telegram", str(ADMIN))
    assert "đang chờ cán bộ" in members.chat(officer).text
    members.tap(Own(number, "status"))
    assert "đang chờ cán bộ" in members.chat().text


def test_who_holds_several_in_private_says_which(members: Stage) -> None:
    lan = Address("telegram", str(LAN))
    first, second = ask(members), ask(members, "máy cày của tôi hư hộp số thì sửa ở mô", OTHER)
    for number in (first, second):
        act(members, number, "take", LAN, lan)

    members.say("Báo công an xã", lan, user=LAN)
    assert f"{first}, {second}" in members.chat(lan).text
    members.say("Báo công an xã", lan, user=LAN, replies_to=card(members, first, lan))
    act(members, first, "send", LAN, lan)

    assert "Báo công an xã" in members.chat().text
    assert "Báo công an xã" not in seen(members, OTHER)


def test_a_question_goes_to_whom_it_concerns(members: Stage) -> None:
    join(members, LAN, fields=frozenset({"land"}))
    join(members, MINH, fields=frozenset({"civil-status"}))
    ask(members, "sửa giấy tờ đất bị sai tên chủ cũ")

    assert members.chat(Address("telegram", str(LAN))).messages
    assert not members.chat(Address("telegram", str(MINH))).messages


def test_a_photo_becomes_a_case_with_consent(stage: Stage) -> None:
    photo = stage.say("", kind="attachment", album="9")
    second = stage.say("", kind="attachment", album="9")
    assert "đừng gửi ảnh giấy tờ cá nhân" in stage.chat().text
    assert not stage.chat(VOLUNTEERS).copies
    stage.press("Đồng ý gửi")

    assert list(stage.chat(VOLUNTEERS).copies.values()) == [
        Copied(CITIZEN, photo, wordless=True),
        Copied(CITIZEN, second, wordless=True),
    ]
    reply(stage, 1, "Giấy ni là trích lục")
    act(stage, 1, "send")
    assert "trích lục" in stage.chat().text


def test_a_photo_with_words_goes_along_with_its_question(stage: Stage) -> None:
    stage.tap("h:")
    photo = stage.say("giấy ni là giấy chi rứa", kind="attachment")
    assert "em không che được gì" in stage.chat().text
    stage.press("Đồng ý gửi")

    assert list(stage.chat(VOLUNTEERS).copies.values()) == [Copied(CITIZEN, photo, wordless=True)]


def test_who_sends_a_photo_with_a_question_unknown_to_us_hears_that_nothing_in_it_is_hidden(stage: Stage) -> None:
    stage.say(COW)
    assert "em không che được gì" not in stage.chat().text
    stage.say(COW, OTHER, kind="attachment")
    assert "em không che được gì" in stage.chat(OTHER).text


def test_who_is_in_danger_can_have_people_told_before_all_others(stage: Stage) -> None:
    ask(stage, COW, OTHER)
    stage.say("toi chi muon chet cho roi")
    assert "115" in stage.chat().text
    assert len(stage.storage.cases.queue()) == 1
    stage.press("Báo cộng tác viên")

    assert [case.urgent for case in stage.storage.cases.queue()] == [True, False]
    assert "KHẨN" in stage.chat(VOLUNTEERS).text


def test_an_answer_can_be_learned_from(stage: Stage) -> None:
    number = ask(stage)
    assert stage.storage.cases.answer_of(number) is None
    reply(stage, number, "Báo công an xã")
    act(stage, number, "send")

    answered = stage.storage.cases.answer_of(number)
    assert answered is not None
    assert (answered.question, answered.answer, answered.holder.user if answered.holder else 0) == (
        COW,
        "Báo công an xã",
        LAN,
    )
    labels = [one.label for row in stage.chat(VOLUNTEERS).messages[card(stage, number)].buttons for one in row]
    assert labels == ["Thu hồi", "Dạy bot"]


def test_what_was_added_and_never_sent_is_forgotten(stage: Stage) -> None:
    number = ask(stage)
    reply(stage, number, "Báo công an xã")
    act(stage, number, "send")
    reply(stage, number, "số anh Ba 0905 123 456")
    stage.storage.begin()
    stage.storage.purge(stage.now + timedelta(days=3))
    stage.storage.commit()

    assert "0905 123 456" not in "\n".join(stage.storage._db.iterdump())


def test_what_collaborators_did_can_be_looked_up(stage: Stage) -> None:
    number = ask(stage)
    reply(stage, number, "Báo công an huyện")
    act(stage, number, "send")
    act(stage, number, "recall")

    deeds = [(deed.who, deed.what.removeprefix("case.deed."), deed.about) for deed in stage.storage.team.deeds(9)]
    assert [what for _, what, _ in deeds] == ["claimed", "recalled", "answered", "claimed"]
    assert {about for *_, about in deeds} == {"1"}
    assert {who for who, *_ in deeds} == {LAN}


def test_what_a_citizen_reads_of_it_and_who_let_go_can_be_looked_up_too(stage: Stage) -> None:
    number = ask(stage)
    act(stage, number, "take")
    act(stage, number, "return")
    reply(stage, number, "bò mấy tuổi?")
    act(stage, number, "ask")
    part = reply(stage, number, "Báo công an huyện")
    act(stage, number, "send")
    stage.say("Báo công an xã", VOLUNTEERS, "edited", user=LAN, message=part)
    act(stage, number, "recall")
    act(stage, number, "pass")

    deeds = [(deed.who, deed.what.removeprefix("case.deed."), deed.about) for deed in stage.storage.team.deeds(20)]
    assert [what for _, what, _ in reversed(deeds)] == [
        "claimed", "returned", "claimed", "asked", "answered", "edited", "recalled", "claimed", "passed",
    ]  # fmt: skip
    assert {(who, about) for who, _, about in deeds} == {(LAN, "1")}


def test_a_file_cannot_be_edited_where_it_was_sent_to(stage: Stage) -> None:
    number = ask(stage)
    part = stage.say("", VOLUNTEERS, "attachment", card(stage, number), LAN)
    act(stage, number, "send")
    stage.say("chú thích khác", VOLUNTEERS, "edited", user=LAN, message=part)

    assert "không sửa được" in stage.chat(VOLUNTEERS).text


def test_a_month_after_its_end_nobody_can_tell_who_asked(stage: Stage) -> None:
    number = ask(stage)
    reply(stage, number, "Báo công an xã")
    act(stage, number, "send")
    stage.storage.begin()
    stage.storage.purge(stage.now + timedelta(days=32))
    stage.storage.commit()

    case = stage.storage.cases.get(number)
    assert case is not None
    assert (case.asked_by.chat, case.text) == ("", "")
    answered = stage.storage.cases.answer_of(number)
    assert answered is not None
    assert answered.answer == "Báo công an xã"


def test_nobody_touches_the_case_of_somebody_else(stage: Stage) -> None:
    number = ask(stage)
    for what in ("withdraw", "status", "more", "clear"):
        stage.tap(Own(number, what), OTHER)

    assert state(stage, number) == "open"
    assert "bò vàng" not in seen(stage, OTHER)


def test_no_consent_of_another_opens_a_case(stage: Stage) -> None:
    question = Question(1, CITIZEN, COW, 1)
    stage.tap("h:")
    stage.say(COW)
    stage.tap(Consent(question.id, given=True), OTHER)

    assert not stage.chat(VOLUNTEERS).messages
    assert Screen("") not in stage.chat(OTHER).messages.values()
