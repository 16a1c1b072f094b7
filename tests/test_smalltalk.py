"""What is answered without a search: courtesy, chit-chat, abuse, and cries for help wherever they stand."""

from __future__ import annotations

import pytest

from bot.base.model import Base
from bot.matching.matcher import Matcher
from bot.matching.smalltalk import SmallTalk

SAID = {
    "greeting": ["chào em nha", "alo co ai o do khong", "cho em hỏi chút với", "em oi", "Ad ơi", "good morning"],
    "thanks": ["chào em, cảm ơn nhé em ơi", "cảm ơn em nhiều nghe", "cam on bot nhieu", "đội ơn anh chị"],
    "praise": ["hay quá em ơi", "gioi ghe", "tuyệt vời luôn", "nhanh quá ta à"],
    "goodbye": ["thôi tạm biệt em", "bye bye nha", "chuc ngu ngon"],
    "clock": ["mấy giờ rồi em", "hom nay thu may vay", "chừ mấy giờ rồi"],
    "weather": ["thời tiết hôm nay sao em", "mai troi co mua khong"],
    "chitchat": ["kể chuyện cười đi", "an com chua", "em có người yêu chưa", "haha ok", "👍", "👎👎", "???"],
    "who": ["bot là ai vậy", "em la nguoi hay may", "bạn làm được gì"],
    "sad": ["buồn quá em ơi", "chan doi qua"],
    "human": [
        "cho gặp cán bộ",
        "giúp tôi với",
        "toi can giup",
        "nói chuyện với người thật được không",
        "gọi cho ai",
        "toi muon gap nguoi that",
        "cho xin số điện thoại với",
        "gap nhan vien di",
        "I want to talk to a human",
    ],
    "abuse": ["bot ngu quá", "do vo dung", "trả lời tào lao"],
}
CRIES = [
    "tôi không muốn sống nữa",
    "em chi muon chet",
    "chắc chết cho rồi, nợ nần quá em ơi",
    "con gái tôi định tự tử",
    "em gai toi dang doi nhay cau",
    "chồng em vừa uống thuốc sâu phải làm sao",
    "ba mới uống thuốc diệt cỏ xong giúp với",
    "I want to kill myself",
    "hàng xóm bạo hành trẻ em thì báo ai",
    "be gai gan nha bi xam hai, bao o dau",
    "cháu bị đánh đập hằng ngày, cha dượng nó ác lắm",
    "em bi chong danh hoai, lam sao chu",
    "nó cầm dao đòi chém cả nhà",
    "hắn dọa giết tôi",
    "nhà đang cháy em ơi",
    "chay lon qua cuu voi",
    "có người đang đuối nước ngoài sông",
    "mẹ em đang bất tỉnh",
    "cả nhà mắc kẹt trong nhà, nước lên cao",
    "my husband is beating me",
]
CALM = [
    "cháy nhà mất giấy tờ thì làm lại ở đâu",
    "nha chay chay luon so do",
    "khai tử cho ông nội cần gì",
    "cứ từ từ em làm cũng được",
    "tu tu roi lam",
    "ba em tự tử năm ngoái, giờ khai tử được không",
    "nguoi tu tu co duoc tien mai tang khong",
    "chờ lâu muốn chết",
    "dau lung muon chet ma con di len huyen",
    "đi làm giấy mệt muốn chết luôn em",
    "chồng chết rồi, giờ sang tên xe",
    "ông muốn để đất cho con trước khi chết",
    "chồng em uống thuốc sâu chết tháng trước, làm giấy chứng tử",
    "mua thuốc sâu có cần giấy phép không",
    "xin giấy xác nhận bị cháy nhà để vay vốn",
    "tiền hỗ trợ nhà bị cháy",
    "trẻ em bị bỏ rơi thì khai sinh thế nào",
    "trợ cấp cho trẻ em mồ côi",
    "trợ cấp xã hội cho người bị tai nạn",
    "đi cấp cứu trái tuyến có được bảo hiểm y tế không",
    "giay cap cuu co can cong chung khong",
    "cứu trợ bão lụt xã có phát không",
    "xin cứu tế đột xuất cho hộ nghèo",
    "người chết đuối thì làm khai tử ở đâu",
    "sổ đỏ bị nước cuốn trôi làm lại ở đâu",
    "bị vợ đánh mất căn cước của em",
    "danh mat so ho ngheo",
    "phạt bao nhiêu nếu đánh nhau",
    "giám hộ cho cháu có cha mẹ chết do tai nạn",
    "đăng ký kết hôn muốn chết đi được vì chờ giấy",
    "chong danh roi can cuoc lam lai",
]


ASKED = {
    "identity-card-first": [
        "chào ad, cho hỏi làm căn cước",
        "chao ad cho hoi lam can cuoc",
        "dạ em chào ad, cho em hỏi xíu, làm căn cước",
        "em ơi làm căn cước ở đâu",
    ],
    "birth-registration": ["chào em, cho chị hỏi làm giấy khai sinh cho con", "thanks em, lam giay khai sinh cho con"],
    "marriage-registration": ["cảm ơn em, còn đăng ký kết hôn thì cần gì", "cam on nghe, dang ky ket hon o dau"],
    "health-card": ["cam on em nhe, cho hoi them lam the bhyt o dau"],
    "birth": ["alo em oi con em moi sinh can lam chi"],
}


@pytest.mark.parametrize("id", ASKED)
def test_courtesy_around_a_question_leaves_it_a_question(matcher: Matcher, id: str) -> None:
    matches = {said: matcher.match(said) for said in ASKED[id]}

    assert {said: m.candidates[:1] for said, m in matches.items() if m.decision != "answer"} == {}
    assert {m.candidates[0].id for m in matches.values()} == {id}


@pytest.mark.parametrize("reply", SAID)
def test_small_talk_gets_its_reply(matcher: Matcher, reply: str) -> None:
    others = {said: found for said in SAID[reply] if (found := matcher.match(said).reply) != reply}

    assert others == {}


def test_a_cry_for_help_is_heard_anywhere_in_a_message(matcher: Matcher) -> None:
    assert [said for said in CRIES if matcher.match(said).reply != "emergency"] == []


def test_what_only_sounds_like_a_cry_is_answered_as_asked(matcher: Matcher) -> None:
    assert [said for said in CALM if matcher.match(said).reply == "emergency"] == []


def test_no_procedure_sounds_like_a_cry_or_small_talk(base: Base, matcher: Matcher) -> None:
    records = (*base.procedures.values(), *base.groups.values())
    phrases = [phrase for one in records for phrase in (one.name.vi, one.short.vi, *one.phrases)]

    talk = SmallTalk.from_data(base.data["smalltalk"])  # type: ignore[arg-type]

    assert [phrase for phrase in phrases if talk.reply(matcher.normalise(phrase).words)] == []


def test_every_reply_has_its_text(base: Base) -> None:
    assert {f"smalltalk.{reply}" for reply in SAID.keys() - {"greeting", "human"}} - base.texts["vi"].keys() == set()
