"""The normaliser: one spelling for the many ways a word is typed, and hands off words that may be right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.lexicon import Lexicon
from bot.matching.normalise import Normaliser, fold
from bot.matching.words import Phrasebook, words_of

LEXICON = Lexicon.from_data(
    {
        "abbreviations": {"cccd": "căn cước công dân"},
        "chat": {"ko": "không", "đc": "được", "hk": "hộ khẩu"},
        "endings": {"hk": "không"},
        "particles": ["ạ"],
        "units": {"t": "tuổi"},
        "dialect": {"mô": "đâu"},
        "concepts": [{"say": ["sổ đỏ", "bìa đỏ"], "means": "giấy chứng nhận quyền sử dụng đất"}],
        "english": {"red book": "sổ đỏ"},
        "leave-alone": ["permit", "for", "the"],
    }
)
WORDS = ["đăng ký khai sinh kết hôn", "tách hộ khẩu", "chứng thực chữ ký", "căn cước công dân", "làm ở đâu xã"]
VOCABULARY = {word.plain: 3 for text in WORDS for word in words_of(text)}


@pytest.fixture
def normalise() -> Normaliser:
    return Normaliser(LEXICON, VOCABULARY)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Đăng Ký KHAI SINH", "dang ky khai sinh"),
        ("đăng ký\u200b khai\tsinh!!!", "dang ky khai sinh"),
        ("d9a8ng ky1 khai sinh", "dang ky khai sinh"),
        ("ddawng kys khai sinh", "dang ky khai sinh"),
        ("chuwngs thuwcj chuwx kys", "chung thuc chu ky"),
        ("cho6ng", "chong"),
        ("đăng kí, chữ kí, dang ki", "dang ky chu ky dang ky"),
        ("owr ddaau", "o dau"),
        ("táchhộkhẩu ởxã", "tach ho khau o xa"),
        ("dangkykhaisinh", "dang ky khai sinh"),
        ("đăng ký khai sihn", "dang ky khai sinh"),
        ("làm ko đc", "lam khong duoc"),
        ("tách hk ở mô", "tach ho khau o dau"),
        ("tách đc hk ạ", "tach duoc khong a"),
        ("làm cccd", "lam can cuoc cong dan"),
        ("17t làm cccd", "17 tuoi lam can cuoc cong dan"),
        ("permit for the system", "permit for the system"),
        ("rứa tru xí", "rua tru xi"),
    ],
)
def test_reads_what_was_meant(normalise: Normaliser, written: str, read: str) -> None:
    assert normalise(written).text == read


def test_adds_what_everyday_words_stand_for(normalise: Normaliser) -> None:
    said = normalise("mat so do voi cccd")

    added = {" ".join(word.plain for word in words) for words in said.added}
    assert added == {"giay chung nhan quyen su dung dat"}


def test_a_phrase_of_one_word_needs_its_diacritics() -> None:
    book = Phrasebook([("mô", "where"), ("bìa đỏ", "land")])

    assert [found.label for found in book.find(words_of("mở tiệm, bia do"))] == ["land"]


def test_the_longest_phrase_is_found_with_its_own_length() -> None:
    book = Phrasebook([("được không", "short"), ("được không thì làm thế nào", "long")])

    assert [(found.start, found.length) for found in book.find(words_of("làm được không"))] == [(1, 2)]


def test_tone_marks_may_sit_on_either_vowel() -> None:
    assert words_of("hoà") == words_of("hòa")


@pytest.mark.parametrize(
    "name", ["abbreviations", "chat", "endings", "units", "dialect", "concepts", "actions", "vetoes", "doubts"]
)
def test_every_part_of_the_lexicon_may_be_missing(name: str) -> None:
    assert getattr(Lexicon.from_data({}), name) is not None


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    said = Normaliser(LEXICON, VOCABULARY)(text)

    assert all(word.plain for word in said.words)
