"""The number of a house, an alley, a flat or a group of houses; road and commune stay, for the answer needs them."""

from __future__ import annotations

import re

from bot.talk.redaction.shadow import SHIELD, cover
from bot.talk.redaction.syllables import SURE

_CAPITAL = "".join(letter for letter in map(chr, range(0x1EFA)) if letter.isupper())
_UNITS = (
    "m m2 ha k tr tuổi tuoi ngày ngay tháng thang năm nam giờ gio lần lan người nguoi nhân nhan khẩu khau hộ "
    "ho con đứa dua bé be bước buoc loại loai cái cai bộ bo bản ban trang chữ chu tầng tang cửa cua nơi noi "
    "chỗ cho triệu trieu"
)
_COUNT = rf"(?!\d++(?:[.,]\d+)? ?(?:{'|'.join(_UNITS.split())})\d?\b|\d++[.,]?\d*%|\d++x)"
_SO = r"[ :,]{1,3}(?:s[ốo][ :]{1,2})?"
_NUMBER = rf"{_COUNT}(?P<it>\d{{1,4}}[a-z]{{0,2}}\d?(?:/\d{{1,4}}[a-z]?){{0,4}})(?![\w/]|[.,]\d)"
_LOT = rf"{_COUNT}(?P<it>[a-z]{{0,2}}\d{{1,4}}[a-z]?(?:[.-]\d{{1,4}})?)(?![\w/]|[.,]\d)"
_WAY = "đường|duong|phố|pho|thôn|thon|xóm|xom|quốc lộ|quoc lo|ql|tỉnh lộ|tinh lo|kiệt|kiet|hẻm|hem|ngõ|ngo|ngách|ngach"
_AREA = "thôn|thon|xóm|xom|ấp|ap|khối|khoi|khu|kp|phường|phuong|xã|xa"
_TITLE = rf"(?-i:[{_CAPITAL}](?![{_CAPITAL}]))"
_ROAD = (  # "Bờ Suối", "nguyen luong bang": roads have names in capitals, or names of persons
    rf"(?=,? (?:{_WAY})\b| (?:{_TITLE}\w++ {_TITLE}|(?:{'|'.join(sorted(SURE))}) \w))"
)

_ROWS = [
    rf"\b(?:s[ốo] nh[àa]|nh[àa](?: [ởo])? s[ốo]|ki[ệe]t|h[ẻe]m|ng[õo]|ng[áa]ch){_SO}[kh]?{_NUMBER}",
    rf"\b(?:căn hộ|can ho|lô|lô đất|lo(?= so)){_SO}{_LOT}",
    rf"\b(?:tổ|tổ dân phố|to dan pho|đội){_SO}{_NUMBER}",
    rf"\bph[òo]ng{_SO}{_NUMBER}(?=,? (?:nhà trọ|nha tro|chung cư|chung cu|khu trọ|khu tro)\b)",
    r"\b[kh](?P<it>\d{1,4}(?:/\d{1,4}[a-z]?){1,4})(?![\w/])",
    rf"\bk(?P<it>\d{{1,4}}){_ROAD}",
    rf"\b(?:địa chỉ|dia chi|[đd]/c)(?: (?:thường|tạm|thuong|tam|trú|tru|ở|o|tại|tai|là|la)\b)*{_SO}{_NUMBER}",
    rf"\bs[ốo] {_NUMBER}(?=,? (?:{_WAY})\b)",
    r"\b(?:ở|o|tại|tai|nhà|nha|trọ|tro|từ|tu|sang|qua|về|ve|(?<!mẫu )(?<!mau )(?:số|so)|sn|trú|tru|khẩu|khau|đc|dc)"
    rf"(?: (?:tôi|toi|em|mình|minh))?{_SO}{_NUMBER}{_ROAD}",
    rf"\b(?:đường|duong)(?: (?!m[ẫa]u\b)[^\W\d_]++){{1,4}} s[ốo] {_NUMBER}",
    rf"\b(?:to|doi) {_NUMBER}(?=,? (?:{_AREA})\b)",
    r"(?<![\w/.])(?<!ngày )(?<!ngay )(?<!hạng )(?<!hang )(?<!binh )"  # no date, no class of an invalid
    rf"{_COUNT}(?P<it>\d{{1,4}}(?:/\d{{1,4}}[a-z]?){{1,4}})(?= {_TITLE}\w++ {_TITLE})",
    rf"\b(?:ở|o|tại|tai)(?: nhà| nha)? s[ốo] {_NUMBER}",
]
_MAP = re.compile(  # "thua 12 to 5": a sheet of the land map, no group of houses
    r"\bth[ửu]a(?: đất| dat)?(?: s[ốo])? \d{1,5},? t[ờo](?: b[ảa]n [đd][ồo])?(?: s[ốo])? \d{1,4}\b", re.IGNORECASE
)
_PATTERNS = [re.compile(row, re.IGNORECASE) for row in _ROWS]
_DIGIT = re.compile(r"\d")


def hide(shadow: str) -> str:
    """*shadow* with the numbers of homes under blots; the words before them stay, to show what stood there."""
    if not _DIGIT.search(shadow):  # most questions; the rows cost more than all other readers
        return shadow
    shadow = cover(_MAP, shadow, SHIELD)
    for pattern in _PATTERNS:
        shadow = cover(pattern, shadow)
    return shadow
