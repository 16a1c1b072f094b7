"""How much like the name of a person words look, and how much they must after what was said before.

Text without capitals (or in capitals alone) has only its syllables to go by, so there a cue must come before the name,
and what does not look like a name for certain stays: a lost word of the matter costs the citizen the answer.
"""

from __future__ import annotations

from enum import Enum, auto
from itertools import takewhile

from bot.talk.redaction.syllables import FAMILIES, GIVEN, SURE, words


class Said(Enum):
    """What the words before announce."""

    NAME = auto()  # tên, họ tên con là
    BEING = auto()  # con tôi là, mẹ:
    PERSON = auto()  # cháu, vợ em
    PLACE = auto()  # đường, ở, trường: what follows may be called like a person
    TOWARDS = auto()  # từ, nhà: a place if a number stands between
    NOTHING = auto()


LONGEST = 6  # syllables of a name
_MIDDLE = words("thị thi văn van")
_NOT_NAMES = words(  # after "tên", in capitals, yet no person: tên Công ty, tên Hòa Hợp
    "công ủy uỷ hộ xã phường thôn trường đường hợp hòa hoà việt tiếng thành tỉnh doanh cửa đại điện quận huyện phố chợ"
)
_LANDS = words(  # places that begin like a surname
    "hà|nội hà|tĩnh hà|nam hà|giang hà|đông lâm|đồng thái|bình thái|nguyên cao|bằng hồ|chí châu|đốc châu|âu "
    "châu|á châu|phi châu|mỹ châu|thành"
)
_MATTERS = words(  # syllables of names that say something else together
    "bao|hiem khai|sinh khai|tu tam|tru tam|vang thuong|tru thuong|binh ket|hon dang|ky ly|hon chung|tu "
    "chung|nhan an|sinh thị|trường thi|truong thị|xã thi|xa thị|trấn thị|thực văn|bản van|ban văn|bằng "
    "văn|phòng văn|hóa thi|công thi|hành thi|đua thi|đấu ho|gia hien|tai quoc|tich linh|tien thu|tuc thu|hoi "
    "nhan|con nhan|tien chinh|sua chinh|sach tinh|trang"
)
_CAPITALS = {Said.NAME: 2, Said.BEING: 2, Said.PERSON: 2}  # how many; without a cue, three


def may_begin(word: str, said: Said) -> bool:
    """Is *word*, after what was *said*, worth a closer look?"""
    return said is not Said.PLACE and (word.lower() in FAMILIES or (said is Said.NAME and word[0].isupper()))


def reach(near: list[str], said: Said) -> int:
    """How many of the words *near* are a name, from the first on; 0 when it begins none."""
    return _capitals(near, said) or _syllables([word.lower() for word in near], said)


def _capitals(near: list[str], said: Said) -> int:
    """Nguyễn Gia Bảo, a surname with capitals behind; after "tên" any capitals, as in A Lăng Thị Ngọc."""
    length = len(list(takewhile(_is_capital, near[:LONGEST])))
    lower = [word.lower() for word in near[:length]]
    if length < _CAPITALS.get(said, 3) or "|".join(lower[:2]) in _LANDS:
        return 0
    known = lower[0] in FAMILIES or (said is Said.NAME and lower[0] not in _NOT_NAMES)
    return length if known else 0


def _is_capital(word: str) -> bool:
    return word[0].isupper() and (len(word) == 1 or not word.isupper())


def _syllables(near: list[str], said: Said) -> int:
    """Nguyen gia bao: a surname and syllables of names; the fewer the words before tell, the more these must."""
    if near[0] not in FAMILIES:
        return 0
    sure = near[0] in SURE
    free = sure and said in {Said.NAME, Said.BEING}  # "le thi can" is a name after "ten", and "if valid" elsewhere
    length = len(list(takewhile(lambda at: _is_given(near, at, free), range(len(near[: LONGEST - 1])))))
    middle = sure and length > 2 and near[1] in _MIDDLE
    match said:
        case Said.NAME:
            enough = length > (1 if sure else 2)
        case Said.BEING:
            enough = length > 2
        case Said.PERSON:
            enough = middle
        case _:
            enough = middle and not near[0].isascii()
    return length if enough else 0


def _is_given(near: list[str], at: int, free: bool) -> bool:
    """May the word *at* belong to the name that *near* begin with? When *free*, anything may behind "thị" and "văn"."""
    if "|".join(near[at : at + 2]) in _MATTERS:
        return False
    if at == 0 or (at == 1 and near[1] in _MIDDLE):
        return True
    return near[at] in GIVEN or (free and at == 2 and near[1] in _MIDDLE)
