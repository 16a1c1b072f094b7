"""Reminders through the one door: what edits, nights, helpers and people who are gone do to them."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.actions import Hand, OpenGroup, OpenStep, Remind
from bot.attachments import Dates
from bot.base.model import Duration, Time
from bot.desk import Desk
from bot.edition import Edition, Loaded
from bot.messages import Address, Delivery, Incoming, Load
from tests.stage import CITIZEN, Stage
from tests.test_cases import act, ask, reply

ANSWERS = (
    "Chưa có",
    "Chưa thấy tin nào",
    "Không",
    "Đã đăng ký kết hôn",
    "Trong 60 ngày",
    "Có thường trú",
    "Nhà của cha",
)
WORKSHOP = Address("workshop", "")


def filed(stage: Stage) -> None:
    """The birth group filed on Monday 7 December at nine, with reminders: the result is due on the 10th."""
    stage.wait(14)
    stage.say("/start g_birth")
    for answer in ANSWERS:
        stage.press(answer)
    stage.press("🔔")
    stage.press("Bước 1")
    stage.press("Tôi đã nộp")
    stage.press("Hôm nay")
    stage.say("/menu")


def heard(stage: Stage) -> list[str]:
    return [screen.text for screen in stage.chat().messages.values() if screen.text.startswith("🔔")]


def timers(stage: Stage) -> int:
    return len(stage.storage.timers.due(stage.now + timedelta(days=4000)))


def serve(stage: Stage, base: object) -> None:
    stage.feed(Incoming("", WORKSHOP, "done", job=Load(), result=Loaded(Edition(base, stage.matcher))))  # type: ignore[arg-type]


def test_a_timer_is_set_only_for_who_asked_and_there_is_one(stage: Stage) -> None:
    stage.say("/start g_birth")
    for answer in ANSWERS:
        stage.press(answer)
    assert timers(stage) == 0
    stage.press("🔔")
    for _ in range(3):
        stage.press("Bước 1")
        stage.press("« Các bước")
    assert timers(stage) == 1
    stage.press("🔕")
    assert timers(stage) == 0


@pytest.mark.parametrize("days", [0.5, 1.9, 2.2, 2.9])
def test_it_comes_in_the_morning_even_when_the_bot_was_down_then(stage: Stage, days: float) -> None:
    """Down over night, or over the whole day before: it is said when the bot is back, by day, and only once."""
    filed(stage)
    stage.now += timedelta(days=days)  # nobody looks at the timers
    stage.restart()
    stage.wait(3.2 - days)

    assert len(heard(stage)) == 1
    assert ("ngày mai" if days < 2.5 else "hôm nay") in heard(stage)[0]


def test_an_edit_that_moves_the_day_moves_the_reminder(stage: Stage) -> None:
    filed(stage)
    stage.wait(0.5)
    bundle = stage.base.groups["birth"].bundle
    assert bundle is not None
    procedure = stage.base.procedures[bundle.procedure]
    longer = (Time(Duration("working-days", 5)),)
    filings = {way: replace(filing, times=longer) for way, filing in procedure.filings.items()}
    edited = {**stage.base.procedures, procedure.id: replace(procedure, filings=filings)}
    serve(stage, replace(stage.base, procedures=edited))
    stage.wait(2.5)
    assert heard(stage) == []
    stage.wait(1)
    assert len(heard(stage)) == 1
    assert "thứ Hai 14/12" in heard(stage)[0]


def test_a_group_that_is_gone_leaves_no_timer(stage: Stage) -> None:
    filed(stage)
    serve(stage, replace(stage.base, groups={}))
    stage.wait(30)

    assert heard(stage) == []
    assert timers(stage) == 0


def test_who_cannot_be_reached_is_left_alone(stage: Stage) -> None:
    filed(stage)
    stage.chat().blocked = True
    stage.wait(60)
    assert heard(stage) == []
    assert timers(stage) == 0
    stage.chat().blocked = False
    stage.say("/menu")
    stage.wait(60)
    assert timers(stage) == 0


def test_who_removes_the_bot_leaves_no_timer(stage: Stage) -> None:
    filed(stage)
    stage.feed(Incoming("", CITIZEN, "removed"))

    assert timers(stage) == 0


def test_forgetting_leaves_no_timer(stage: Stage) -> None:
    filed(stage)
    stage.say("/forget")

    assert timers(stage) == 0


def test_a_session_is_kept_as_long_as_something_is_ahead(stage: Stage) -> None:
    filed(stage)
    stage.storage.purge(stage.now + timedelta(days=200))
    assert stage.storage.session(CITIZEN).wishes
    stage.wait(60)
    stage.storage.purge(stage.now + timedelta(days=200))
    assert not stage.storage.session(CITIZEN).wishes


def test_a_reminder_does_not_make_somebody_come_back(stage: Stage) -> None:
    """How long they are idle counts from what they did."""
    filed(stage)
    stage.wait(3)
    assert heard(stage)
    stage.storage.timers.clear("reminder", CITIZEN)
    stage.storage.purge(stage.now + timedelta(days=178))

    assert not stage.storage.session(CITIZEN).facts


def test_who_helps_somebody_else_is_offered_none(stage: Stage) -> None:
    stage.say("/helper")
    stage.say("/start g_birth")
    for answer in ANSWERS:
        stage.press(answer)
    stage.tap(Remind("birth", "", on=True))
    assert [button for button in stage.chat().buttons if "🔔" in button.label] == []
    assert timers(stage) == 0


def test_a_tap_under_an_older_screen_after_a_reminder_is_a_new_message(stage: Stage) -> None:
    filed(stage)
    menu = stage.chat().latest
    stage.wait(2.5)
    assert len(heard(stage)) == 1
    stage.tap(OpenGroup("birth"), message=menu)

    assert not stage.chat().edited
    assert len(heard(stage)) == 1


def test_a_reminder_is_a_broadcast_and_tells_nothing_of_a_person(stage: Stage) -> None:
    filed(stage)
    stage.say("/start g_birth")
    stage.press("Bước 1")
    stage.press("Ghi mã hồ sơ")
    stage.say("H17.29-261207-0012")
    number, timer = stage.storage.timers.due(stage.now + timedelta(days=2))[0]
    stage.storage.timers.take(number)
    stage.now += timedelta(days=2)
    (sent,) = stage.feed(Incoming("", CITIZEN, "due", timer=timer))

    assert sent.slow
    assert sent.screen is not None
    assert "H17" not in sent.screen.text


def test_a_reminder_is_said_in_their_language(stage: Stage) -> None:
    stage.say("/language")
    stage.press("English")
    lost_in_english(stage)
    stage.wait(20)

    assert any("has been open for long" in text for text in heard(stage))


def lost_in_english(stage: Stage) -> None:
    """Everything is lost: the first option of each question."""
    stage.say("/start g_lost-papers")
    for _ in stage.base.groups["lost-papers"].questions:
        if stage.storage.session(CITIZEN).asking:
            stage.tap(stage.chat().messages[stage.chat().latest].buttons[0][0].does)
    stage.press("🔔")


def test_while_a_person_has_the_word_reminders_wait(stage: Stage) -> None:
    filed(stage)
    stage.wait(1.93)  # 7:19 in the morning of the day before
    number = ask(stage)
    reply(stage, number, "Con bò màu chi?")
    act(stage, number, "ask")
    stage.wait(0.5 / 24)
    assert heard(stage) == []
    reply(stage, number, "Báo công an xã")
    act(stage, number, "send")
    stage.wait(2 / 24)

    assert len(heard(stage)) == 1
    assert "ngày mai" in heard(stage)[0]


def test_the_days_of_a_plan_go_into_a_calendar(stage: Stage) -> None:
    """A day that moves keeps its id: the phone corrects its entry."""
    filed(stage)
    stage.tap(Hand("birth", "dates"))
    before = stage.chat().handed[-1]
    stage.tap(OpenStep("birth", stage.base.groups["birth"].steps[0].id))
    stage.press("Ngày trên giấy hẹn")
    stage.say("11/12")
    stage.tap(Hand("birth", "dates"))
    after = stage.chat().handed[-1]

    assert isinstance(before, Dates)
    assert isinstance(after, Dates)
    assert [(one.id, f"{one.day}") for one in before.events] == [("birth/birth/result", "2026-12-10")]
    assert [(one.id, f"{one.day}") for one in after.events] == [("birth/birth/result", "2026-12-11")]
    assert "bước 1–4" in after.events[0].title


def test_nothing_known_is_no_calendar(stage: Stage) -> None:
    stage.say("/start g_birth")
    for answer in ANSWERS:
        stage.press(answer)
    stage.tap(Hand("birth", "dates"))

    assert stage.chat().handed == []
    assert "4 bước" in stage.chat().text


async def test_the_desk_says_it_when_its_clock_comes_there(stage: Stage) -> None:
    """The real desk with a clock that is put forward; the same again after a restart says nothing twice."""
    filed(stage)
    sent: list[Delivery] = []
    for _ in range(2):
        stage.restart()
        desk = Desk(stage.storage, stage.assistant, sent.extend, lambda: stage.now)
        stage.now += timedelta(days=2)
        work = asyncio.create_task(desk.run())
        await desk.submit(Incoming("later", Address("telegram", "5"), text="/menu"))
        await desk.drain()
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work

    said = [one.outgoing.screen.text for one in sent if one.outgoing.to == CITIZEN and one.outgoing.screen is not None]
    assert len({one.row for one in sent if one.outgoing.to == CITIZEN}) == len(set(said)) == 1
    assert "ngày mai (thứ Năm 10/12)" in said[0]
