"""Messages in a row that are one question: how they are read, logged, kept and forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.matching.matcher import Matcher
from bot.matching.together import read
from bot.messages import Incoming
from bot.session import Piece, Session, dump, load
from bot.storage import KEEP_SESSIONS
from tests.stage import CITIZEN, Stage
from tests.test_privacy import everything


def say(stage: Stage, *texts: str, seconds: float = 5) -> None:
    """Each of *texts* so many seconds behind the one before."""
    for text in texts:
        stage.wait(seconds / 86400)
        stage.say(text)


def logged(stage: Stage) -> list[tuple[str, str]]:
    return stage.storage._db.execute("select text, decision from questions order by id").fetchall()


def pieces(stage: Stage) -> tuple[Piece, ...]:
    return stage.storage.session(CITIZEN).pieces


@pytest.mark.parametrize(
    ("before", "text", "id", "joined"),
    [
        (["gia hạn"], "tạm trú", "temporary-residence-extension", 1),
        (["cap lai"], "the can cuoc", "identity-card-reissue", 1),
        (["giấy phép", "xây dựng"], "hết hạn", "building-permit-extension", 1),
        (["con bò nhà em đi lạc", "đổi"], "bằng lái", "licence-change", 1),
        (["mất bao lâu"], "đăng ký kết hôn", "marriage-registration", 1),
        (["cho em hỏi", "mất bao lâu"], "đăng ký kết hôn", "marriage-registration", 2),
        (["dạ thưa"], "đăng ký kết hôn", "marriage-registration", 0),
        (["muốn vay vốn nuôi bò"], "làm căn cước lần đầu", "identity-card-first", 0),
    ],
)
def test_what_makes_a_message_clearer_is_read_with_it(
    matcher: Matcher, before: list[str], text: str, id: str, joined: int
) -> None:
    reading = read(matcher, before, text)

    assert (reading.match.decision, reading.match.candidates[0].id) == ("answer", id)
    assert reading.joined == joined


@pytest.mark.parametrize(
    ("before", "text"), [("khai sinh", "xe máy"), ("khai sinh", "khai tử"), ("giấy phép xây dựng", "tạm trú")]
)
def test_two_open_questions_stay_two(matcher: Matcher, before: str, text: str) -> None:
    reading = read(matcher, [before], text)

    assert reading == (matcher.match(text), 0)


def test_a_full_question_behind_another_is_read_alone(matcher: Matcher) -> None:
    first, second = "thẻ bảo hiểm mua ở đâu", "thuê xe đi Huế bao nhiêu tiền"

    assert read(matcher, [first], second).joined == 0


def test_what_two_readings_contradict_is_only_offered(matcher: Matcher) -> None:
    alone, reading = matcher.match("làm hộ khẩu"), read(matcher, ["tách"], "làm hộ khẩu")

    assert (alone.decision, alone.candidates[0].id) == ("answer", "permanent-residence")
    assert reading.match.decision == "ask"
    assert {"household-split", "permanent-residence"} <= {one.id for one in reading.match.candidates}


def test_a_name_that_tells_nothing_alone_is_read_with_what_is_to_be_done(matcher: Matcher) -> None:
    alone, reading = matcher.match("hộ khẩu"), read(matcher, ["tách"], "hộ khẩu")

    assert alone.decision == "ask"
    assert (reading.match.decision, reading.match.candidates[0].id) == ("answer", "household-split")


def test_a_cry_for_help_in_two_messages_is_heard(matcher: Matcher) -> None:
    assert read(matcher, ["em"], "muốn chết").match.reply == "emergency"
    assert read(matcher, ["chờ lâu"], "muốn chết").match.reply is None


def test_courtesy_and_what_is_asked_stand_on_lines_of_their_own(matcher: Matcher) -> None:
    match = matcher.match("Chào em\nđăng ký kết hôn\nbao nhiêu tiền")

    assert (match.decision, match.candidates[0].id, match.aspect) == ("answer", "marriage-registration", "fee")
    assert matcher.explain("Chào em\nđăng ký kết hôn\nbao nhiêu tiền").exact == "name"


def test_one_question_is_logged_once(stage: Stage) -> None:
    say(stage, "gia hạn", "tạm trú")

    assert logged(stage) == [("gia hạn", "part"), ("gia hạn\ntạm trú", "answer")]
    assert stage.storage.counts()["questions"] == 1


def test_what_is_never_understood_is_logged_once(stage: Stage) -> None:
    say(stage, "con bò nhà em", "đi lạc rồi", "giờ hỏi ai")

    assert [text for text, decision in logged(stage) if decision != "part"] == ["con bò nhà em\nđi lạc rồi\ngiờ hỏi ai"]
    assert stage.storage.counts()["unknown"] == 1


def test_four_messages_are_the_most(stage: Stage) -> None:
    say(stage, "con bò", "nhà em", "đi lạc", "hôm qua", "chưa về")

    whole = [text for text, decision in logged(stage) if decision == "unknown"]
    assert whole[-1] == "nhà em\nđi lạc\nhôm qua\nchưa về"


def test_a_corrected_message_is_no_second_one(stage: Stage) -> None:
    say(stage, "con bò đi lạc")
    stage.feed(Incoming("", CITIZEN, "edited", "con bò nhà em đi lạc", message=1001))

    assert [piece.text for piece in pieces(stage)] == ["con bò nhà em đi lạc"]


@pytest.mark.parametrize(("seconds", "open"), [(60, True), (61, False)])
def test_a_message_belongs_to_the_one_before_for_a_minute(stage: Stage, seconds: float, open: bool) -> None:
    say(stage, "gia hạn", "tạm trú", seconds=seconds)

    assert ("Gia hạn tạm trú" in stage.chat().text) == open


@pytest.mark.parametrize(
    "end", ["đăng ký kết hôn", "/help", "/start", "cảm ơn em", "đồ ngu", "tôi không muốn sống nữa"]
)
def test_an_answer_a_command_and_small_talk_end_what_was_said(stage: Stage, end: str) -> None:
    say(stage, "gia hạn")
    assert pieces(stage)
    say(stage, end)
    assert pieces(stage) == ()


def test_a_follow_up_ends_what_was_said_and_a_greeting_does_not(stage: Stage) -> None:
    say(stage, "đăng ký kết hôn", "hết bao nhiêu tiền")
    assert pieces(stage) == ()
    say(stage, "gia hạn", "em ơi", "tạm trú")
    assert "Gia hạn tạm trú" in stage.chat().text


def test_only_redacted_text_is_kept_and_it_goes_with_the_chat(stage: Stage) -> None:
    say(stage, "con bò 048123456789", "đi lạc")
    assert [piece.text for piece in pieces(stage)] == ["con bò […]", "đi lạc"]

    say(stage, "/forget")

    assert "con bò" not in everything(stage)


def test_what_was_said_is_not_kept_longer_than_the_session(stage: Stage) -> None:
    say(stage, "con bò đi lạc")

    stage.storage.purge(stage.now + KEEP_SESSIONS + timedelta(seconds=1))

    assert pieces(stage) == ()


def test_what_was_said_is_remembered_as_it_was() -> None:
    session = Session(pieces=(Piece("gia hạn", 1, 7),))

    assert load(dump(session), None) == session
    assert load('{"pieces": [{"text": "gia hạn", "at": 1, "question": 7, "tomorrow": 2}]}', None) == session
