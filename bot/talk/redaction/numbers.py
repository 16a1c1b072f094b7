"""Numbers that identify: of a person, a phone, an account, a card, a vehicle; and mail addresses, which read alike."""

from __future__ import annotations

import re

from bot.talk.redaction.shadow import SHIELD, cover

_GAP = "[ \u00a0\u2009\u202f\u200b-\u200d\u2060\ufeff.()_–-]{0,2}"  # also the spaces and hyphens that phones put there
_WIDE = r"(?:\ ?[.\n_–-]\ ?|\ )?"  # 0905 - 123 - 456, or over two lines
_DOT = r"(?:\ ?[.,]\ ?|\ ?[\[(]dot[\])]\ ?|\ ch[ấa]m\ |\ dot\ )"
_TLD = r"(?:com|vn|net|org|edu|gov|info)\b"
_HOSTS = "gmail|yahoo|hotmail|outlook|icloud"
_MONEY = "đồng|dong|vnd|vnđ|đ"

_BIRTH = re.compile(  # the day alone: month and year tell whether a registration is late
    r"""(?: (?<!khai\ )(?<!chứng\ )(?<!chung\ )\b(?:sinh|sn|ns)
        (?:\ (?:con|bé|be|cháu|chau|ngày|ngay|mùng|mung|vào|vao|là|la))*
      | \bng(?:à|a)y\ (?:th(?:á|a)ng\ n(?:ă|a)m\ )?sinh(?:\ (?:của|cua)\ \w+(?:\ \w+)?)?(?:\ (?:là|la))?
    )[ :.]{0,3}
    (?P<it>\d{1,2})(?= \ ?([/.-])\ ?\d{1,2}\ ?\2\ ?(?:\d\d){1,2}\b
      | \ (?:th(?:á|a)ng|thg)\ ?\d{1,2},?(?:\ n(?:ă|a)m)?\ ?\d{4}\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_KEPT = re.compile(
    rf"""(?<!\d[ .-])(?<!\d[ .-]{{2}})(?:           # never a part of a longer number
        \b[1-9]\.\d{{6}}\b                           # a procedure: 1.001193
      | \b\d{{1,4}}/\d{{4}}/[A-ZĐ]{{2}}[A-ZĐ0-9-]*+  # a decree: 123/2015/NĐ-CP
      | \b\d{{1,2}}/\d{{1,2}}/\d{{4}}\b              # a day: 01/03/2027
      | (?<![\d.-])\d{{1,2}}([.-])\d{{1,2}}\1(?:19|20)\d\d\b(?![ .-]?\d)
      | (?<![\d.-])(?:19|20)\d\d-[01]\d-[0-3]\d\b(?![ .-]?\d)
      | (?<![\d.-])(?:19|20)\d\d(?:[ ,–-]{{1,3}}(?:19|20)\d\d)+\b(?![ .-]?\d)       # years: 2021-2025
      | \b1[89]00(?:[ .]?\d\d){{2,3}}\b(?![ .-]?\d)                                 # a hotline: 1900 9095
      | \b[1-9]\d{{0,2}}(?:[.,]\d{{3}})+\ ?(?:{_MONEY}|d)\b                         # money: 8.000 đ
      | \b[1-9]\d{{0,2}}(?:\ \d{{3}})+\ ?(?:{_MONEY})\b(?!\ ý)
      | (?<!/)\b[1-9]\d{{0,10}}\ ?(?:{_MONEY}|triệu|trieu|nghìn|ngàn|tỷ|m2)\b(?!\ ý)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_MAIL = re.compile(
    rf"""(?<![\w.+-])[\w.+-]++
    (?: @(?:{_HOSTS})\b(?:{_DOT}{_TLD})*
      | (?<=\d)\ (?:{_HOSTS})[ .]com\b
      | \ ?(?:@|[\[(]at[\])]|\ba\ c[òo]ng\b)\ ?[\w-]++(?: (?:\.[\w-]++)++ | (?:{_DOT}{_TLD})+ ))""",
    re.VERBOSE | re.IGNORECASE,
)
_CARD = re.compile(  # health insurance: GD4 97 97 1234 56789; passport: C1234567
    rf"(?<![^\W\d_])(?:[a-z]{{2}}[ -]?\d(?:{_GAP}\d){{12}}|[bceknp] ?\d{{7,8}})(?!\d)", re.IGNORECASE
)
_PLATE = re.compile(
    r"""(?<!\d)\d\d\ ?[ .–-]?\ ?(?:
        [A-ZĐ]{1,2}[ .–-]?\d{3}[ .]?\d\d                          # 43A-123.45
      | [A-ZĐ]{1,2}\d(?:\ ?[.–-]\ ?|[ \n])?\d{3}[ .]?\d\d         # 43-B1 123.45
      | [A-ZĐ]{1,2}[ .-]?(?!(?:19|20)\d\d\b)\d{4}                 # 43H-1234
      | [A-ZĐ]\d[ .-](?!(?:19|20)\d\d\b)\d{4}                     # 43-H9 1234
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_LONG = re.compile(
    rf"""(?<![\d/])\+?\d(?:{_GAP}\d){{7,}}(?![\d/])
      | 0\d{{7,}}+ | \d{{9,}}+
      | (?<![\d/.,-])0\d\d(?:{_WIDE}\d){{6,}}                       # in Vietnam a zero leads a phone and a person
      | \b0\d{{2,3}}(?:[,/]\d{{3}}){{2,3}}\b""",
    re.VERBOSE,
)


def hide(shadow: str) -> str:
    """*shadow* with what identifies under blots, and with shields on what only looks like it."""
    shadow = cover(_KEPT, cover(_BIRTH, shadow), SHIELD)
    for pattern in (_MAIL, _CARD, _PLATE, _LONG):
        shadow = cover(pattern, shadow)
    return shadow
