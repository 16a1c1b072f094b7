"""The matcher on a toy base: answers only when sure, asks when sisters compete, stays silent on foreign matters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.aspects import AspectCues
from bot.matching.lexicon import Lexicon
from bot.matching.matcher import Entry, Matcher
from bot.matching.smalltalk import SmallTalk


def procedure(id: str, code: str, title: str, *phrases: str, codes: tuple[str, ...] = ()) -> Entry:
    return Entry("procedure", id, code, title, phrases, (), codes)


TOY = [
    procedure(
        "birth-registration", "1.001193", "Đăng ký khai sinh",
        "làm giấy khai sinh cho con", "đi khai sinh cho cháu", "khai sinh trễ hạn cho bé",
    ),
    procedure(
        "permit-extension", "1.013227", "Gia hạn giấy phép xây dựng",
        "gia hạn phép xây nhà", "giấy phép xây dựng sắp hết hạn", codes=("1.000111",),
    ),
    procedure(
        "permit-again", "1.013228", "Cấp lại giấy phép xây dựng",
        "mất giấy phép xây nhà", "làm lại phép xây dựng bị mất",
    ),
    procedure("marriage", "1.000894", "Đăng ký kết hôn", "làm giấy kết hôn", "hai đứa em muốn cưới nhau"),
    procedure("split", "1.010038", "Tách hộ", "tách hộ khẩu ra riêng", "tách khẩu cho con trai"),
    procedure("birth-linked", "3.000722", "Liên thông khai sinh, thường trú, bảo hiểm y tế"),
    Entry(
        "group", "birth", "3.000722", "Liên thông cho em bé mới sinh",
        ("mới sinh em bé cần làm những gì", "vợ mới đẻ phải làm giấy tờ gì cho bé"),
    ),
    Entry("catalogue", "1.004444", "1.004444", "Cấp giấy phép mở phòng khám chuyên khoa răng hàm mặt", ()),
]  # fmt: skip
LEXICON = Lexicon.from_data(
    {
        "actions": {"extend": ["gia hạn", "hết hạn"], "again": ["cấp lại", "làm lại"]},
        "vetoes": ["kiện ra tòa"],
        "doubts": ["bồi thường"],
        "chat": {"ko": "không"},
        "english": {"get married": "đăng ký kết hôn"},
        "leave-alone": ["where", "please", "we"],
    }
)
CUES = AspectCues.from_data(
    {
        "place": ["where", "ở đâu", "ở xã được không"],
        "fee": ["bao nhiêu tiền", "miễn phí"],
        "conditions": ["được không"],
        "general": ["cần làm gì"],
        "asking": ["where", "đâu", "bao"],
    }
)
TALK = SmallTalk.from_data({"greeting": ["chào", "xin chào"], "thanks": ["cảm ơn"], "fillers": ["em", "ạ", "nhiều"]})


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(TOY, LEXICON, CUES, TALK)


@pytest.mark.parametrize(
    ("question", "id"),
    [
        ("làm giấy khai sinh cho con ở đâu", "birth-registration"),
        ("lam giay khai sinh cho con o dau", "birth-registration"),
        ("mới sinh em bé cần làm gì", "birth"),
        ("gia hạn giấy phép xây dựng", "permit-extension"),
        ("tách khẩu cho con trai", "split"),
        ("dangkykethon", "marriage"),
    ],
)
def test_answers_what_is_clear(matcher: Matcher, question: str, id: str) -> None:
    match = matcher.match(question)

    assert (match.decision, match.candidates[0].id) == ("answer", id)


@pytest.mark.parametrize("question", ["1.013227", "Thủ tục 1.013227 ạ?", "mã cũ 1.000111 là gì"])
def test_a_code_answers_straight_and_old_codes_too(matcher: Matcher, question: str) -> None:
    match = matcher.match(question)

    assert (match.decision, match.candidates[0].id) == ("answer", "permit-extension")


def test_a_code_we_do_not_have_is_not_guessed_at(matcher: Matcher) -> None:
    assert matcher.match("đăng ký kết hôn 1.999999").decision == "unknown"


def test_under_one_code_the_group_comes_before_its_procedure(matcher: Matcher) -> None:
    match = matcher.match("3.000722")

    assert [(c.kind, c.id) for c in match.candidates] == [("group", "birth")]


def test_asks_when_sisters_differ_in_an_action_nobody_named(matcher: Matcher) -> None:
    match = matcher.match("giấy phép xây dựng")

    assert match.decision == "ask"
    assert {c.id for c in match.candidates} >= {"permit-extension", "permit-again"}


@pytest.mark.parametrize(
    "question", ["hàng xóm lấn đất tôi kiện ra tòa làm giấy khai sinh", "thời tiết hôm nay", "", "???", "0000", "مرحبا"]
)
def test_foreign_matters_are_unknown(matcher: Matcher, question: str) -> None:
    assert matcher.match(question).decision == "unknown"


def test_the_national_list_is_only_offered_under_unknown(matcher: Matcher) -> None:
    match = matcher.match("mở phòng khám chuyên khoa răng hàm mặt")

    assert match.decision == "unknown"
    assert ("catalogue", "1.004444") in {(c.kind, c.id) for c in match.candidates}


@pytest.mark.parametrize(("said", "reply"), [("Xin chào ạ", "greeting"), ("cam on em nhieu", "thanks")])
def test_courtesy_gets_a_reply_and_no_candidates(matcher: Matcher, said: str, reply: str) -> None:
    match = matcher.match(said)

    assert (match.decision, match.reply, match.candidates) == ("unknown", reply, ())


def test_courtesy_before_a_question_is_no_small_talk(matcher: Matcher) -> None:
    assert matcher.match("chào em, làm giấy khai sinh cho con").reply is None


@pytest.mark.parametrize(
    ("question", "aspect"),
    [
        ("tách hộ ở đâu", "place"),
        ("tách hộ ở xã được không", "place"),
        ("tách hộ có được không, bao nhiêu tiền", "fee"),
        ("tách hộ cần làm gì", None),
        ("tách hộ", None),
    ],
)
def test_the_most_specific_cue_decides_the_aspect(matcher: Matcher, question: str, aspect: str | None) -> None:
    assert matcher.match(question).aspect == aspect


def test_english_is_read_through_the_lexicon(matcher: Matcher) -> None:
    match = matcher.match("Where can we get married please?")

    assert (match.decision, match.candidates[0].id, match.aspect) == ("answer", "marriage", "place")


def test_an_action_the_best_entry_knows_nothing_of_is_not_answered(matcher: Matcher) -> None:
    assert matcher.match("cấp lại giấy khai sinh cho con").decision == "ask"


@pytest.mark.parametrize(
    "question",
    [
        "tách khẩu cho con trai rồi gia hạn giấy phép xây dựng ở đâu",
        "tach khau cho con trai voi gia han giay phep xay dung o dau",
        "tách khẩu cho con trai? và gia hạn giấy phép xây dựng ở đâu",
        "tach khau cho con trai; gia han giay phep xay dung o dau?",
        "tách khẩu cho con trai\ngia hạn giấy phép xây dựng ở đâu",
    ],
)
def test_two_matters_in_one_message_are_both_carried(matcher: Matcher, question: str) -> None:
    match = matcher.match(question)

    assert (match.decision, match.aspect, match.also_aspect) == ("answer", "place", "place")
    assert match.also is not None
    assert {match.candidates[0].id, match.also.id} == {"split", "permit-extension"}


@pytest.mark.parametrize(
    "question",
    [
        "tách hộ khẩu ra riêng với gì gì đó",
        "tách hộ khẩu ra riêng? gì gì đó",
        "tách hộ khẩu ra riêng cần làm gì? bao nhiêu tiền?",
        "gia hạn giấy phép xây dựng; sắp hết hạn rồi",
    ],
)
def test_half_a_question_that_says_nothing_is_no_second_matter(matcher: Matcher, question: str) -> None:
    assert matcher.match(question).also is None


def test_two_matters_beside_one_that_is_not_ours_are_not_answered(matcher: Matcher) -> None:
    match = matcher.match("kiện ra tòa; tách khẩu cho con trai; gia hạn giấy phép xây dựng")

    assert match.decision == "unknown"


@pytest.mark.parametrize(
    "question", ["tách khẩu cho con trai thì ai bồi thường", "tach khau cho con trai co boi thuong"]
)
def test_what_often_means_another_matter_is_only_offered(matcher: Matcher, question: str) -> None:
    match = matcher.match(question)

    assert (match.decision, match.candidates[0].id) == ("ask", "split")


def test_another_matter_in_a_letter_does_not_hide_the_one_it_surely_means(matcher: Matcher) -> None:
    letter = "Năm ngoái hai nhà kiện ra tòa chuyện khác. Nay tôi muốn tách hộ khẩu ra riêng cho con trai thì làm gì?"

    match = matcher.match(letter)

    assert (match.decision, match.candidates[0].id) == ("ask", "split")


@pytest.mark.parametrize("letter", ["Tôi muốn kiện ra tòa. Nộp đơn ở đâu?", "Kiện ra tòa tách khẩu cho con trai."])
def test_a_letter_that_means_another_matter_is_unknown(matcher: Matcher, letter: str) -> None:
    assert matcher.match(letter).decision == "unknown"


def test_a_question_inside_a_letter_is_found(matcher: Matcher) -> None:
    letter = (
        "Kính chào quý cơ quan. Năm ngoái hai vợ chồng tôi vay mượn anh em cất căn nhà cấp bốn trên đất của cha mẹ. "
        "Giữa chừng hết tiền nên phải dừng lại chờ bán lứa heo. Giờ giấy phép xây dựng sắp hết hạn thì gia hạn ở đâu?"
    )

    match = matcher.match(letter)

    assert (match.decision, match.candidates[0].id) == ("answer", "permit-extension")


def test_a_base_without_entries_knows_nothing() -> None:
    assert Matcher([], LEXICON, CUES).match("khai sinh").decision == "unknown"


@given(st.text())
def test_any_text_is_matched(text: str) -> None:
    match = Matcher(TOY[:2], LEXICON, CUES, TALK).match(text)

    assert len(match.candidates) <= 5


def test_the_matcher_tells_why(matcher: Matcher) -> None:
    why = matcher.explain("gia hạn phép xây nhà ở đâu")

    assert why.phrase == "gia hạn phép xây nhà"
    assert why.best is not None
    assert why.best.id == "permit-extension"
    assert 0 < why.signs.margin <= why.signs.score <= 1
    assert matcher.explain("مرحبا").phrase == ""
