"""Names of persons: told by the words before them, by capitals, or by the syllables that names are made of.

The words are read once, from left to right; what was just said decides how much like a name the next words must be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from bot.talk.redaction.shadow import BLOT
from bot.talk.redaction.shapes import LONGEST, Said, may_begin, reach
from bot.talk.redaction.syllables import words

_WORD = re.compile(r"[^\W\d_]++(?:['’][^\W\d_]++)*+")
_HOUSE = re.compile(r"(?<!\d)\d{1,3} $")  # 168 Nguyễn Sinh Sắc is a road
_NAME = words("tên ten")
_IS = words("là la")
_FILLER = words(
    "của cua là la tôi toi em mình minh tui tớ anh chị chi con cháu chau bé be vợ vo chồng chong mẹ me má cha "
    "bố bo ba ông ong bà cậu cô cũ mới đầy day đủ du thật that khai sinh nội noi ngoại ngoai trai gái gai nhỏ "
    "nho út dâu rể nhà nha"
)
_PERSON = words(
    "tôi toi tui em mình minh con cháu chau bé be vợ vo chồng chong mẹ me má cha bố bo ba ông ong bà anh chị chi "
    "cô chú chu cậu dì hộ ho mất chết e"
)
_PLACE = words(
    "đường duong phố pho trường truong học hoc viện vien chợ cầu xã xa phường phuong thôn thon làng lang quận "
    "quan huyện huyen tỉnh tinh kiệt kiet hẻm hem ngõ ngo ngách ở o tại tai về ve chỉ trú tru khẩu khau trang "
    "đài tướng tịch trưởng thư sư k h c đc dc"
)
_TOWARDS = words("từ tu sang qua nhà nha trọ tro")
_FILLERS = {  # words between what announces a name and the name
    Said.NAME: _FILLER | words("và va với voi trong trên tren sổ đỏ so do giấy giay cccd căn cước can cuoc"),
    Said.BEING: words("và va với voi"),
    Said.TOWARDS: words("số so tôi toi em mình minh"),
    Said.PLACE: words("số so"),
}
_KINDS = ((_PLACE, Said.PLACE), (_TOWARDS, Said.TOWARDS), (_PERSON, Said.PERSON))


def hide(shadow: str) -> str:
    """*shadow* with names of persons under blots."""
    parts: list[str] = []
    end = 0
    for start, stop in _names(shadow):
        parts += (shadow[end:start], BLOT * (stop - start))
        end = stop
    return "".join((*parts, shadow[end:]))


def _names(shadow: str) -> Iterator[tuple[int, int]]:
    """Where each name begins and ends."""
    found = list(_WORD.finditer(shadow))
    ends = [0, *(word.end() for word in found)]
    gaps = [shadow[end : word.start()] for end, word in zip(ends, found, strict=False)]  # before each word
    said, at = Said.NOTHING, 0
    while at < len(found):
        said = said if gaps[at] == " " else _after(gaps[at], said)
        length = 0
        if may_begin(found[at][0], said):
            near = sum(1 for _ in takewhile(" ".__eq__, gaps[at + 1 : at + 1 + LONGEST]))
            length = reach([word[0] for word in found[at : at + 1 + near]], said)
        if length:
            yield found[at].start(), found[at + length - 1].end()
        else:
            said = _next(found[at][0].lower(), said)
        at += length or 1


def _after(gap: str, said: Said) -> Said:
    """What is still announced behind *gap*."""
    match said, gap.replace(BLOT, "").strip(" \"'“”"):
        case Said.TOWARDS, "" if BLOT in gap:
            return Said.PLACE
        case _, "":
            return said
        case _ if _HOUSE.search(gap):
            return Said.PLACE
        case ((Said.NAME | Said.PLACE), (":" | "=")):
            return said
        case Said.PERSON, (":" | "="):
            return Said.BEING
        case _:
            return Said.NOTHING


def _next(word: str, said: Said) -> Said:
    """What is announced once *word* is said too."""
    if word in _NAME:
        return said if said is Said.PLACE else Said.NAME
    if word in _FILLERS.get(said, ()):
        return said
    if said is Said.PERSON and word in _IS:
        return Said.BEING
    kind = next((kind for table, kind in _KINDS if word in table), Said.NOTHING)
    return Said.PERSON if kind is Said.NOTHING and said is Said.PERSON and word in _FILLER else kind
