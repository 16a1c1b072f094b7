"""Cases where something happens late, twice, halfway, or in the middle of something else."""

from __future__ import annotations

from datetime import timedelta

from bot.actions import Handle, Own, Teach
from bot.messages import Copied, Incoming, Outgoing, Screen, Sent
from tests.stage import ADMIN, CITIZEN, TEAM, VOLUNTEERS, Stage
from tests.test_cases import BUFFALO, COW, OTHER, act, ask, card, join, reply, seen, state

LAN, MINH = TEAM["lan"], TEAM["minh"]


def answered(stage: Stage, text: str = "Báo công an xã") -> int:
    """A case with its answer."""
    number = ask(stage)
    reply(stage, number, text)
    act(stage, number, "send")
    return number


def purge(stage: Stage) -> None:
    stage.storage.begin()
    stage.storage.purge(stage.now)
    stage.storage.commit()


def everything(stage: Stage) -> list[str]:
    """All rows that are kept."""
    return list(stage.storage._db.iterdump())


# What is said is not lost.


def test_all_pictures_of_an_album_answer_a_question_back(stage: Stage) -> None:
    number = ask(stage)
    reply(stage, number, "Cho xem giấy tờ con bò")
    act(stage, number, "ask")

    photos = [stage.say("", kind="attachment", album="a7") for _ in range(3)]

    copied = [one.message for one in stage.chat(VOLUNTEERS).copies.values()]
    assert copied == photos
    assert list(stage.chat().messages.values())[-1] is stage.chat().messages[stage.chat().latest]
    assert sum("đã chuyển thêm" in one.text for one in stage.chat().messages.values()) == 1


def test_pictures_that_came_later_are_shown_to_who_takes_the_case_over(stage: Stage) -> None:
    number = ask(stage)
    reply(stage, number, "Cho xem con bò")
    act(stage, number, "ask")
    photo = stage.say("", kind="attachment")
    act(stage, number, "return")
    before = len(stage.chat(VOLUNTEERS).copies)

    act(stage, number, "show", MINH)

    assert [one.message for one in stage.chat(VOLUNTEERS).copies.values()][before:] == [photo]


def test_the_words_of_a_photo_reach_collaborators_only_redacted(stage: Stage) -> None:
    stage.tap("h:")
    photo = stage.say("con bò của tôi, gọi 0905123456", kind="attachment")
    stage.press("Đồng ý gửi")

    assert list(stage.chat(VOLUNTEERS).copies.values()) == [Copied(CITIZEN, photo, wordless=True)]


# What was withdrawn is gone.


def test_nothing_of_a_withdrawn_question_is_left_on_record(stage: Stage) -> None:
    number = ask(stage)
    act(stage, number, "take")
    stage.tap(Own(number, "more"))
    stage.say("con bò có đốm trắng")
    stage.tap(Own(number, "withdraw"))

    own = f"'{CITIZEN.channel}','{CITIZEN.chat}',"  # what they themselves read
    left = "\n".join(row for row in everything(stage) if 'INTO "outbox"' not in row or own not in row)
    assert "bò vàng" not in left
    assert "đốm trắng" not in left


def test_what_somebody_added_to_the_case_of_another_is_forgotten_with_them(stage: Stage) -> None:
    first = ask(stage)
    second = ask(stage, BUFFALO, OTHER)
    assert state(stage, second) == "merged"
    stage.tap(Own(second, "more"), OTHER)
    stage.say("trâu nhà em có đốm trắng", OTHER)
    assert "đốm trắng" in stage.chat(VOLUNTEERS).messages[card(stage, first)].text

    stage.say("/forget", OTHER)

    assert "đốm trắng" not in "".join(everything(stage))
    assert "đốm trắng" not in seen(stage, VOLUNTEERS)


def test_a_card_that_arrives_after_its_case_was_forgotten_is_taken_back(stage: Stage) -> None:
    number = ask(stage)
    late = stage.storage.enqueue(Outgoing(VOLUNTEERS, Screen(COW), case=number), stage.now)
    stage.say("/forget")

    back = stage.storage.settle(late, Sent(77), stage.now)

    assert back == [Outgoing(VOLUNTEERS, None, edits=77)]


def test_a_card_that_arrives_after_its_case_was_withdrawn_is_taken_back(stage: Stage) -> None:
    number = ask(stage)
    late = stage.storage.enqueue(Outgoing(VOLUNTEERS, Screen(COW), case=number), stage.now)
    stage.tap(Own(number, "withdraw"))

    assert stage.storage.settle(late, Sent(77), stage.now) == [Outgoing(VOLUNTEERS, None, edits=77)]


def test_an_answer_that_arrives_after_it_was_recalled_is_taken_back(stage: Stage) -> None:
    number = ask(stage)
    reply(stage, number, "Báo công an xã")
    act(stage, number, "send")
    late = stage.storage.enqueue(
        Outgoing(CITIZEN, Screen("…"), case=number, part="answer.1", transient=True), stage.now
    )
    act(stage, number, "recall")

    assert stage.storage.settle(late, Sent(77), stage.now) == [Outgoing(CITIZEN, None, edits=77)]


# Somebody asks on.


def test_who_asks_on_late_and_hears_nothing_is_told_so_in_the_end(stage: Stage) -> None:
    number = answered(stage)
    stage.wait(5)
    stage.tap(Own(number, "more"))
    stage.say("rứa có mất tiền không")
    stage.wait(3)
    assert "tới giờ chưa có ai trả lời" in seen(stage)

    stage.wait(7)

    assert state(stage, number) == "expired"
    assert "không để anh/chị chờ thêm" in stage.chat().text


def test_who_asks_on_is_not_told_of_days_that_were_none(stage: Stage) -> None:
    number = answered(stage)
    stage.wait(3.9)
    assert state(stage, number) == "answered"
    stage.tap(Own(number, "more"))
    stage.say("rứa có mất tiền không")
    act(stage, number, "return")
    stage.wait(1)

    assert state(stage, number) == "open"


def test_a_recalled_answer_that_nobody_replaces_is_not_forgotten(stage: Stage) -> None:
    number = answered(stage)
    stage.wait(10)
    act(stage, number, "recall")
    stage.wait(10)

    assert state(stage, number) == "expired"
    assert "không để anh/chị chờ thêm" in stage.chat().text


def test_a_case_that_goes_on_after_a_month_is_kept(stage: Stage) -> None:
    number = answered(stage)
    stage.press("Cảm ơn, đã rõ")
    stage.now += timedelta(days=30)
    stage.tap(Own(number, "more"))
    stage.say("rứa có mất tiền không")
    stage.now += timedelta(days=2)
    purge(stage)

    case = stage.storage.cases.get(number)
    assert case is not None
    assert case.asked_by == CITIZEN
    assert "mất tiền" in "".join(stage.storage.cases.files.additions(number))


def test_buttons_of_a_case_from_long_ago_do_nothing(stage: Stage) -> None:
    number = answered(stage)
    stage.now += timedelta(days=32)
    purge(stage)

    for what in ("recall", "take", "pass", "return", "send", "discard", "ask", "show"):
        tapped = Incoming("", VOLUNTEERS, "tap", action=Handle(number, what), message=5, user=LAN, group=True)
        assert all(one.to.chat for one in stage.feed(tapped))

    assert state(stage, number) == "answered"


# Danger, and other matters, in a question that is edited.


def test_who_edits_a_question_into_a_cry_for_help_is_heard(stage: Stage) -> None:
    stage.tap("h:")
    message = stage.say(COW)
    stage.press("Đồng ý gửi")

    stage.say("cháy nhà cứu với", kind="edited", message=message)

    assert "114" in stage.chat().text


def test_a_question_edited_away_from_its_like_stands_for_itself(stage: Stage) -> None:
    first = ask(stage)
    stage.tap("h:", OTHER)
    message = stage.say(BUFFALO, OTHER)
    stage.press("Đồng ý gửi", OTHER)
    second = max(case.id for case in stage.storage.cases.own(OTHER))
    assert state(stage, second) == "merged"

    stage.say("chó nhà bên sủa suốt đêm không ngủ được", OTHER, kind="edited", message=message)

    assert state(stage, second) == "open"
    assert "sủa suốt đêm" in stage.chat(VOLUNTEERS).messages[card(stage, second)].text
    reply(stage, first, "Báo công an xã")
    act(stage, first, "send")
    assert "công an xã" not in seen(stage, OTHER)


def test_who_asked_like_a_question_that_is_edited_is_answered_what_they_asked(stage: Stage) -> None:
    stage.tap("h:")
    message = stage.say(COW)
    stage.press("Đồng ý gửi")
    first = max(case.id for case in stage.storage.cases.own(CITIZEN))
    second = ask(stage, BUFFALO, OTHER)
    act(stage, first, "take")

    stage.say("chó nhà bên sủa suốt đêm không ngủ được", kind="edited", message=message)

    assert (state(stage, first), state(stage, second)) == ("open", "claimed")
    assert "vẫn hỏi như cũ" in seen(stage, VOLUNTEERS)
    reply(stage, second, "Báo công an xã")
    act(stage, second, "send")
    assert "công an xã" in stage.chat(OTHER).text
    assert "công an xã" not in seen(stage)


def test_an_old_yes_to_people_who_are_no_more_promises_nothing(stage: Stage) -> None:
    stage.tap("h:")
    stage.say(COW)
    yes = next(one.does for one in stage.chat().buttons if one.label.startswith("Đồng ý"))
    stage.settings = type(stage.settings)(collaborators=None, admins=frozenset({ADMIN}))
    stage.restart()

    stage.tap(yes)  # type: ignore[arg-type]

    assert "Em đã chuyển câu hỏi" not in seen(stage)
    assert "1022" in stage.chat().text


def test_who_left_reads_no_case_by_a_button_of_theirs(stage: Stage) -> None:
    lan = join(stage, LAN)
    first = answered(stage)
    stage.tap(Teach(first), lan, user=LAN)
    second = ask(stage, "nhà bên mở karaoke suốt đêm báo ai")
    reply(stage, second, "Gọi công an xã để nhắc nhở")
    act(stage, second, "send")
    stage.storage.begin()
    stage.storage.team.remove("telegram", LAN)
    stage.storage.commit()

    stage.tap(Teach(second), lan, user=LAN)

    assert "karaoke" not in seen(stage, lan)


# Edits of answers.


def test_an_edit_of_a_recalled_part_claims_nothing(stage: Stage) -> None:
    number = ask(stage)
    part = reply(stage, number, "Báo công an xã")
    act(stage, number, "send")
    act(stage, number, "recall")
    before = len(stage.chat(VOLUNTEERS).messages)

    stage.say("Báo công an phường", VOLUNTEERS, kind="edited", message=part, user=LAN)

    assert len(stage.chat(VOLUNTEERS).messages) == before
    assert "công an phường" not in seen(stage)


def test_an_edit_of_an_answer_that_is_still_under_way_follows_it(stage: Stage) -> None:
    number = ask(stage)
    part = reply(stage, number, "Báo công an xã")
    act(stage, number, "send")
    for copy in stage.storage.cases.copies.of(number, "answer."):
        stage.storage.cases.copies.drop(copy)  # no word of the channel yet

    stage.say("Báo công an phường", VOLUNTEERS, kind="edited", message=part, user=LAN)

    assert "Báo công an phường" in stage.chat().text
