"""Two procedures in one message: those of one group lead to the group, others follow one another."""

from __future__ import annotations

import pytest

from bot.matching.matcher import Matcher


@pytest.mark.parametrize(
    ("question", "group", "parts"),
    [
        ("khai tử với xóa thường trú", "death", {"death-registration", "permanent-residence-removal"}),
        ("khai tu; xoa thuong tru cho ong noi", "death", {"death-registration", "permanent-residence-removal"}),
        ("khai sinh rồi làm bhyt cho bé", "birth", {"birth-registration", "health-card"}),
        ("làm khai sinh với nhập khẩu cho con", "birth", {"birth-registration", "permanent-residence"}),
    ],
)
def test_what_begins_a_group_and_is_filed_with_it_leads_there(
    matcher: Matcher, question: str, group: str, parts: set[str]
) -> None:
    match = matcher.match(question)

    assert (match.decision, match.candidates[0].id) == ("answer", group)
    assert {one.id for one in match.parts} == parts
    assert match.also is None


@pytest.mark.parametrize(
    ("question", "group", "parts"),
    [
        ("nhập khẩu với làm bhyt", "birth", {"permanent-residence", "health-card"}),
        ("khai sinh cho con rồi đăng ký tạm trú cho con", "birth", {"birth-registration", "temporary-residence"}),
        ("trợ cấp mai táng với trợ cấp tuất hằng tháng", "death", {"funeral-insurance", "survivor-monthly"}),
    ],
)
def test_a_group_that_nobody_said_is_offered_before_the_two(
    matcher: Matcher, question: str, group: str, parts: set[str]
) -> None:
    match = matcher.match(question)

    assert match.decision == "ask"
    assert match.candidates[0].id == group
    assert {one.id for one in match.candidates[1:]} == parts


@pytest.mark.parametrize(
    "question",
    [
        "khai sinh và khai tử",  # of two groups
        "đổi bằng lái xe và làm lý lịch tư pháp",  # of none
        "con có khai sinh rồi, giờ xin thẻ bảo hiểm y tế",  # the first is done
    ],
)
def test_two_procedures_of_no_group_follow_one_another(matcher: Matcher, question: str) -> None:
    match = matcher.match(question)

    assert match.decision == "answer"
    assert match.also is not None
    assert match.parts == ()
