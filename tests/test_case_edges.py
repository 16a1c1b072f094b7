"""Cases where something happens late, twice, halfway, or in the middle of something else."""

from __future__ import annotations

from bot.messages import Copied
from tests.stage import CITIZEN, TEAM, VOLUNTEERS, Stage
from tests.test_cases import act, ask, reply

MINH = TEAM["minh"]


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
