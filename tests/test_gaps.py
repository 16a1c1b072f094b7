"""What was asked and not answered: counted, sorted into gaps, told to the admins when they ask and on Mondays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import outbox
from bot.admin.gaps.asked import Asked, Best, Outcome, asked
from bot.admin.gaps.charted import charted
from bot.admin.gaps.survey import MOST, Share, Survey, survey, trend
from bot.admin.gaps.told import TOLD, lines, told
from bot.admin.gaps.typical import typical
from bot.assistant import ZONE
from bot.attachments import Chart
from bot.base.model import Base
from bot.matching.matcher import Matcher
from bot.messages import Address, Gather, Incoming, Outgoing
from bot.talk.speech import Speech
from tests.stage import ADMIN, Stage
from tests.test_privacy import everything

LAST = date(2026, 11, 29)
ADMIN_CHAT = Address("telegram", str(ADMIN))
SWIFTS = ("nuôi chim yến có phải xin phép không", "nha em muon nuoi chim yen thi xin phep o dau", "xin phép nuôi yến")
BIRTH = Best("procedure", "birth-registration", 0.9)


def question(text: str, day: int = 0, chat: str = "1", outcome: Outcome = "unknown", best: Best | None = None) -> Asked:
    """A question asked so many days before the last."""
    return Asked(LAST - timedelta(days=day), chat, text, outcome, best)


@pytest.fixture(scope="module")
def speech(base: Base) -> Speech:
    return Speech("vi", base.texts)


def surveyed(questions: Sequence[Asked], base: Base, matcher: Matcher, weeks: int = 4) -> Survey:
    return survey(questions, LAST, weeks, base, matcher)


def test_every_question_is_counted_in_its_week(base: Base, matcher: Matcher) -> None:
    asked = [
        question("a", 0),
        question("b", 6, outcome="answered"),
        question("c", 7, outcome="denied"),
        question("d", 8, outcome="offered"),
        question("e", 27, outcome="human"),
    ]

    found = surveyed(asked, base, matcher)

    assert [week.first for week in found.weeks] == [LAST - timedelta(days=7 * n - 1) for n in (4, 3, 2, 1)]
    assert [week.share for week in found.weeks] == [Share(1, 1), Share(0, 0), Share(1, 2), Share(1, 2)]
    assert (found.weeks[-1].answered, found.weeks[-2].offered) == (1, 1)
    assert (found.share, found.last) == (Share(3, 5), LAST)


def test_a_question_is_of_the_field_of_what_it_was_taken_for(base: Base, matcher: Matcher) -> None:
    listed = next(one for one in base.catalogue.values() if one.field == "Đất đai")
    asked = [
        question("a", 0, outcome="answered", best=BIRTH),
        question("b", 9, outcome="denied", best=BIRTH),
        question("c", 0, outcome="answered", best=Best("group", "birth", 0.4)),
        question("d", 0, best=Best("catalogue", listed.code, 0.7)),
        question("e", 0, best=Best("procedure", "birth-registration", 0.2)),
        question("f", 0, outcome="answered", best=Best("procedure", "removed-since", 1.0)),
    ]

    found = surveyed(asked, base, matcher, weeks=2)

    assert {field.name.vi: field.share for field in found.fields} == {
        "Khai sinh, kết hôn": Share(1, 3),
        "Đất đai, sổ đỏ": Share(1, 1),
        "": Share(1, 2),
    }
    assert [field.weeks for field in found.fields if field.name.vi.startswith("Khai sinh")] == [
        (Share(1, 1), Share(0, 2))
    ]


def test_what_most_people_asked_comes_first(base: Base, matcher: Matcher) -> None:
    """One who asks again and again is still one."""
    often = [question("làm hộ chiếu mất mấy ngày", chat="7") for _ in range(9)]
    asked = [*often, *(question(text, chat=str(n)) for n, text in enumerate(SWIFTS))]

    found = surveyed(asked, base, matcher).gaps

    assert [(gap.people, gap.size) for gap in found] == [(3, 3), (1, 9)]
    assert set(found[0].examples) == set(SWIFTS)
    assert found[1].examples == ("làm hộ chiếu mất mấy ngày",)


def test_what_the_bot_answers_by_now_comes_last(base: Base, matcher: Matcher) -> None:
    """As long as it was not understood; what somebody turned down is as open as before."""
    asked = [
        *(question("đăng ký kết hôn cần giấy tờ gì", chat=str(n)) for n in range(5)),
        *(question("mất căn cước làm lại ở đâu", chat=str(n), outcome="denied") for n in range(3)),
        question("nuôi chim yến có phải xin phép không"),
    ]

    found = surveyed(asked, base, matcher).gaps

    assert [gap.answered for gap in found] == [False, False, True]
    assert "căn cước" in found[0].near.lower()
    assert found[-1].near == "Đăng ký kết hôn"


def test_answered_questions_are_no_gaps_and_only_so_many_gaps_are_told(base: Base, matcher: Matcher) -> None:
    words = [f"{one}{other}" for one in "bcdghklmnt" for other in ("ac", "en", "it", "op", "um")]
    asked = [*(question(f"{word}x {word}q") for word in words), question("khai sinh", outcome="answered")]

    found = surveyed(asked, base, matcher)

    assert (len(found.gaps), found.more) == (MOST, len(words) - MOST)
    assert surveyed([question("khai sinh", outcome="answered")], base, matcher).gaps == ()


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        ((3,), "same"),
        ((0, 0, 1), "new"),
        ((4, 4, 4), "same"),
        ((4, 4, 6), "same"),
        ((4, 4, 7), "more"),
        ((4, 4, 1), "less"),
        ((0, 1, 1), "same"),
    ],
)
def test_a_trend_is_more_than_chance(weeks: tuple[int, ...], expected: str) -> None:
    assert trend(weeks) == expected


def test_a_young_bot_has_no_weeks_before(base: Base, matcher: Matcher) -> None:
    """Weeks in which nobody asked anything yet make nothing new and nothing rise."""
    young = surveyed([question(SWIFTS[0], chat=str(n)) for n in range(5)], base, matcher).gaps
    older = [question("khai sinh", 20, outcome="answered"), *(question(SWIFTS[0], chat=str(n)) for n in range(5))]

    assert [gap.trend for gap in young] == ["same"]
    assert [gap.trend for gap in surveyed(older, base, matcher).gaps] == ["new"]


def test_the_typical_has_what_most_have_and_its_marks() -> None:
    texts = ["xin phep nuoi yen", "xin phép nuôi yến", "hàng xóm nuôi yến ồn quá trời đất ơi", "xin phep nuoi yen ha"]

    assert typical(texts, str.split, 2) == ("xin phép nuôi yến", "xin phep nuoi yen ha")


def test_a_screen_has_ten_lines_and_the_command_line_has_everything(
    base: Base, matcher: Matcher, speech: Speech
) -> None:
    words = [f"{one}{other}" for one in "bcdgh" for other in ("ac", "en", "it")]
    before = question("khai sinh", 9, outcome="answered")
    found = surveyed([before, *(question(f"{word}x [{word}]*") for word in words)], base, matcher)

    short, whole = list(told(found, speech)), list(lines(found, speech))

    assert len(short) == 10
    assert short[-1] == f"… và {len(words) - TOLD} nhóm câu khác."
    assert sum("nuôi" in line or "1 người, 1 câu" in line for line in whole) == len(words)
    assert "15/15 câu (100 %)" in short[1]
    assert "0/1 câu (0 %)" in short[2]


# In the bot that runs.


def ask(stage: Stage, text: str, chat: str = "100") -> None:
    stage.say(text, Address("telegram", chat))


def gaps(stage: Stage) -> str:
    """What an admin is sent for /gaps."""
    stage.feed(Incoming("", ADMIN_CHAT, text="/gaps", user=ADMIN))
    return stage.chat(ADMIN_CHAT).text


def logged(stage: Stage) -> list[tuple[str, str]]:
    day = stage.now.date()
    return [(one.text, one.outcome) for one in asked(stage.database, ZoneInfo(ZONE), day, day)]


def test_the_log_tells_what_became_of_each_question(stage: Stage) -> None:
    """What names an aspect alone is answered from the screen; what is none of the choices was not answered."""
    ask(stage, "đăng ký kết hôn")
    ask(stage, "hết bao nhiêu tiền")
    ask(stage, "sua giay to dat")
    stage.press("Không phải các việc này")
    ask(stage, "nuôi chim yến có phải xin phép không")

    assert logged(stage) == [
        ("đăng ký kết hôn", "answered"),
        ("sua giay to dat", "denied"),
        ("nuôi chim yến có phải xin phép không", "unknown"),
    ]


def test_a_question_for_people_is_about_what_was_on_the_screen(stage: Stage) -> None:
    ask(stage, "đăng ký kết hôn")
    stage.press("Gặp người hỗ trợ")
    ask(stage, "nhà em ở xa quá thì sao")

    day = stage.now.date()
    found = asked(stage.database, ZoneInfo(ZONE), day, day)

    assert (found[-1].outcome, found[-1].best) == ("human", Best("procedure", "marriage-registration", 1.0))


def test_an_admin_is_sent_the_gaps_and_a_chart(stage: Stage) -> None:
    for number, text in enumerate(SWIFTS):
        ask(stage, text, str(100 + number))

    said = gaps(stage)

    assert "Câu hỏi bot chưa trả lời được" in said
    assert "3/3 câu (100 %)" in said
    assert "3 người, 3 câu, tuần qua 3" in said
    (chart,) = stage.chat(ADMIN_CHAT).handed
    assert isinstance(chart, Chart)
    assert chart.columns[-1].note == "3/3"


def test_the_outbox_keeps_the_job_and_no_words_of_citizens(stage: Stage) -> None:
    """A kill in between loses no survey; and who has the bot forget them is not remembered in what admins were sent."""
    ask(stage, SWIFTS[0])
    gathering = Outgoing(Address("workshop", ""), job=Gather(8, LAST, ADMIN), transient=True)

    gaps(stage)
    stage.say("/forget")

    assert outbox.load("workshop", "", outbox.dump(gathering)) == gathering
    assert "yến" in stage.chat(ADMIN_CHAT).text
    assert "yến" not in everything(stage)


def test_a_citizen_is_not(stage: Stage) -> None:
    stage.say("/gaps")

    assert stage.chat().handed == []
    assert "chưa trả lời được" not in stage.chat().text


def test_where_nobody_asked_an_admin_is_told_so(stage: Stage) -> None:
    assert "chưa có ai hỏi gì" in gaps(stage)
    assert stage.chat(ADMIN_CHAT).handed == []


def test_a_survey_that_fails_is_told_to_who_asked(stage: Stage) -> None:
    ask(stage, SWIFTS[0])
    done = stage.feed(Incoming("", ADMIN_CHAT, text="/gaps", user=ADMIN))
    job = next(one.job for one in done if one.job is not None)

    stage.feed(Incoming("job-failed", Address("workshop", ""), "done", job=job, result=None))

    assert "lỗi trên máy chủ" in stage.chat(ADMIN_CHAT).text


def test_every_monday_the_admins_hear_of_the_week_before(stage: Stage) -> None:
    """START is a Monday; so the first message comes a week later, and the talks of that morning are not in it."""
    stage.assistant.begin(stage.now)
    ask(stage, SWIFTS[0])

    stage.now = local(30, 7, 29)
    ask(stage, SWIFTS[1], "101")
    assert messages(stage) == 0
    stage.wait(2 / 24 / 60)

    assert "1/1 câu (100 %)" in stage.chat(ADMIN_CHAT).text
    assert "Tuần 23/11–29/11" in stage.chat(ADMIN_CHAT).text
    assert len(stage.chat(ADMIN_CHAT).handed) == 1


def test_monday_comes_once_a_week_whatever_restarts(stage: Stage) -> None:
    stage.assistant.begin(stage.now)
    ask(stage, SWIFTS[0])
    stage.wait(6.9)
    stage.restart()
    stage.assistant.begin(stage.now)

    stage.now = local(30, 7, 31)
    stage.restart()
    stage.assistant.begin(stage.now)  # a minute late, and not yet told
    stage.wait(0)
    stage.restart()
    stage.assistant.begin(stage.now)
    ask(stage, SWIFTS[1])
    stage.wait(6.9)
    assert messages(stage) == 1

    stage.wait(0.1)
    assert messages(stage) == 2

    stage.wait(7)  # in which nobody asks anything
    assert messages(stage) == 2


def test_a_bot_that_nobody_asks_has_nothing_to_say_on_mondays(stage: Stage) -> None:
    stage.assistant.begin(stage.now)

    stage.wait(21)

    assert messages(stage) == 0
    assert stage.storage.timers.next() == datetime(2026, 12, 21, 0, 30, tzinfo=UTC)


def messages(stage: Stage) -> int:
    return len(stage.chat(ADMIN_CHAT).messages)


def local(day: int, hour: int, minute: int) -> datetime:
    """That time of November in Da Nang."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


def test_the_chart_has_room_for_all_it_says(base: Base, matcher: Matcher, speech: Speech) -> None:
    asked = [question(f"{text} {n}", day=n, chat=str(n)) for n in range(28) for text in SWIFTS]

    chart = charted(surveyed(asked, base, matcher), speech)

    assert [column.parts for column in chart.columns] == [(21, 0, 0)] * 4
    assert [column.label for column in chart.columns] == ["02/11", "09/11", "16/11", "23/11"]
    assert [len(one.bars) <= 8 for one in chart.lists] == [True, True]
