"""Thumbs under an answer: counted once a question, asked for a reason, heard by the owner when several say "old"."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.actions import Thumb
from bot.base.model import Base
from bot.matching.matcher import Matcher
from bot.messages import Address, Incoming
from tests.stage import ADMIN, CITIZEN, VOLUNTEERS, Stage

BOSS = Address("telegram", str(ADMIN))
ASKED = "photo cong chung bang cap 3 o xa bao nhieu 1 to"


def people(count: int, first: int = 200) -> list[Address]:
    return [Address("telegram", str(first + number)) for number in range(count)]


def ask(stage: Stage, who: Address = CITIZEN, text: str = ASKED) -> str:
    """What the answer is about."""
    stage.say(text, who)
    thumb = next(button.does for button in stage.chat(who).buttons if button.label == "👍")
    assert isinstance(thumb, Thumb)
    return thumb.subject


def call_old(stage: Stage, who: Address) -> None:
    ask(stage, who)
    stage.press("👎", who)
    stage.press("Cũ", who)


def votes(stage: Stage) -> list[tuple[str, str]]:
    return stage.storage._db.execute("select verdict, reason from feedback order by question").fetchall()


def boss_reads(stage: Stage, text: str) -> str:
    stage.feed(Incoming("", BOSS, text=text, user=ADMIN))
    return stage.chat(BOSS).text


def test_the_thumbs_share_a_row_with_the_why(stage: Stage) -> None:
    ask(stage)

    rows = [[button.label for button in row] for row in stage.chat().messages[stage.chat().latest].buttons]
    assert ["👍", "👎", "Vì sao?"] in rows


def test_the_way_back_to_the_overview_shares_a_row_with_the_way_on(stage: Stage) -> None:
    stage.say("le phi dang ky ket hon")

    rows = [[button.label for button in row] for row in stage.chat().messages[stage.chat().latest].buttons]
    assert ["« Tóm tắt", "Xem thêm »"] in rows


def test_a_thumb_up_is_thanked_for_on_the_same_screen(stage: Stage) -> None:
    ask(stage)
    before, said = len(stage.chat().messages), stage.chat().text

    stage.press("👍")

    assert len(stage.chat().messages) == before
    assert stage.chat().text == f"{said}\n\nEm cảm ơn anh/chị."
    assert not [button for button in stage.chat().buttons if button.label in {"👍", "👎"}]
    assert votes(stage) == [("good", "")]


def test_a_thumb_down_is_asked_why_and_offered_a_person(stage: Stage) -> None:
    ask(stage)

    stage.press("👎")
    assert [button.label for button in stage.chat().buttons][-6:-2] == ["Sai", "Thiếu", "Cũ", "Khó hiểu"]
    stage.press("Thiếu")

    assert votes(stage) == [("bad", "lacks")]
    stage.press("Đồng ý gửi")
    assert ASKED in stage.chat(VOLUNTEERS).text


def test_the_answer_is_one_tap_away_after_a_reason(stage: Stage) -> None:
    ask(stage)
    said = stage.chat().text
    stage.press("👎")
    stage.press("Khó hiểu")

    stage.press("«")

    assert stage.chat().text.splitlines()[0] == said.splitlines()[0]


def test_nobody_is_promised_where_there_are_no_collaborators(base: Base, matcher: Matcher, tmp_path: Path) -> None:
    stage = Stage(base, tmp_path / "bot.db", matcher=matcher, reachable=False)
    ask(stage)
    stage.press("👎")
    stage.press("Sai")

    assert "Đồng ý gửi" not in [button.label for button in stage.chat().buttons]
    assert "1022" in stage.chat().text
    stage.storage.close()


def test_who_thinks_again_counts_once(stage: Stage) -> None:
    ask(stage)
    first = stage.chat().latest
    thumb = next(button.does for button in stage.chat().buttons if button.label == "👍")
    stage.press("👎")

    stage.tap(thumb, message=first)  # type: ignore[arg-type]

    assert votes(stage) == [("good", "")]


def test_a_thumb_under_an_older_answer_changes_that_one(stage: Stage) -> None:
    ask(stage)
    first = stage.chat().latest
    thumb = next(button.does for button in stage.chat().buttons if button.label == "👍")
    stage.say("/menu")
    before = set(stage.chat().messages)
    session = stage.storage.session(CITIZEN)

    stage.tap(thumb, message=first)  # type: ignore[arg-type]

    assert set(stage.chat().messages) == before
    assert stage.storage.session(CITIZEN) == session


def test_somebody_elses_question_cannot_be_judged(stage: Stage) -> None:
    ask(stage)
    thumb = next(button.does for button in stage.chat().buttons if button.label == "👍")

    stage.tap(thumb, people(1)[0])  # type: ignore[arg-type]

    assert votes(stage) == []


def test_three_who_say_old_are_heard_by_the_owner_once(stage: Stage, base: Base) -> None:
    for who in people(2):
        call_old(stage, who)
    assert not stage.chat(BOSS).messages

    for who in people(3, first=300):
        call_old(stage, who)

    (told,) = stage.chat(BOSS).messages.values()
    subject = ask(stage)
    owner = (base.groups | base.procedures)[subject].owner  # type: ignore[operator]
    assert all(words in told.text for words in (subject, owner, "3 người"))


def test_one_person_is_one_person(stage: Stage) -> None:
    for _ in range(3):
        call_old(stage, CITIZEN)

    assert not stage.chat(BOSS).messages


def test_what_was_said_long_ago_does_not_count(stage: Stage) -> None:
    call_old(stage, people(1)[0])
    stage.wait(days=61)

    for who in people(2, first=300):
        call_old(stage, who)

    assert not stage.chat(BOSS).messages


def test_what_is_flagged_is_stale_until_it_was_checked_again(stage: Stage, base: Base, matcher: Matcher) -> None:
    for who in people(3):
        call_old(stage, who)
    subject = ask(stage)
    assert f"{subject} (" in boss_reads(stage, "/stale")
    assert "đã cũ" in boss_reads(stage, "/stale")

    stage.wait(days=1)
    found = base.procedures[subject]
    read = {**base.procedures, subject: replace(found, checked=stage.now.date())}
    stage.base = replace(base, procedures=read)
    stage.restart()

    assert "đã cũ" not in boss_reads(stage, "/stale")


def test_forgetting_leaves_the_opinion_and_not_whose(stage: Stage) -> None:
    for who in people(2):
        call_old(stage, who)
    stage.say("/forget", people(1)[0])

    call_old(stage, people(1, first=300)[0])

    chats = [chat for (chat,) in stage.storage._db.execute("select chat from feedback")]
    assert sorted(chats) == ["", "201", "300"]
    assert not stage.chat(BOSS).messages


def test_nothing_is_kept_of_a_walk_for_somebody_else(stage: Stage) -> None:
    stage.say("/helper")

    stage.say(ASKED)

    assert not [button for button in stage.chat().buttons if button.label in {"👍", "👎"}]
