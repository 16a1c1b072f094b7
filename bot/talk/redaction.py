"""Numbers that identify somebody leave a text before it is stored or shown to others.

Covered: identity numbers of 9 and 12 digits, phone numbers, bank accounts and other long numbers, e-mail addresses,
number plates. Kept: fees, dates, decree and procedure codes, which citizens and collaborators need.
"""

from __future__ import annotations

import re

HIDDEN = "[…]"

_KEPT = re.compile(
    r"""(?<!\d[ .-])(?<!\d[ .-]{2})(?:            # never a part of a longer number
        \b[1-9]\.\d{6}\b                           # a procedure: 1.001193
      | \b\d{1,4}/\d{4}/[A-ZĐ]{2}[A-ZĐ0-9-]*       # a decree: 123/2015/NĐ-CP
      | \b\d{1,2}/\d{1,2}/\d{4}\b                  # a day: 01/03/2027
      | (?<![\d.-])\d{1,2}([.-])\d{1,2}\1(?:19|20)\d\d\b(?![ .-]?\d)
      | (?<![\d.-])(?:19|20)\d\d-[01]\d-[0-3]\d\b(?![ .-]?\d)
      | (?<![\d.-])(?:19|20)\d\d(?:[ ,–-]{1,3}(?:19|20)\d\d)+\b(?![ .-]?\d)      # years: 2021-2025
      | \b[1-9]\d{0,2}(?:[.,]\d{3})+\ ?(?:đ|đồng|vnd|vnđ|d)\b                 # money: 8.000 đ
      | \b[1-9]\d{0,10}\ ?(?:đ|đồng|vnd|vnđ|triệu|trieu|nghìn|ngàn|tỷ|m2)\b
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+ ?@ ?[\w-]+(?:\.[\w-]+)+")
_PLATE = re.compile(
    r"\b\d{2}[ -]?[A-ZĐ][A-Z0-9Đ]?[ -]?\d{3}[ .]?\d{2}\b"
    r"|\b\d{2}(?:[ -]?[A-ZĐ]{1,2}[ -]?|-?[A-ZĐ]\d-)(?!(?:19|20)\d\d\b)\d{4}\b",
    re.IGNORECASE,
)
_GAP = "[ \u00a0\u2009\u202f\u200b-\u200d\u2060\ufeff.()_–-]{0,2}"  # also the spaces and hyphens that phones put there
_NUMBER = re.compile(rf"(?<![\d/])\+?\d(?:{_GAP}\d){{7,}}(?![\d/])|\b0\d{{2,3}}(?:[,/]\d{{3}}){{2,3}}\b")


def redact(text: str) -> str:
    """*text* with identifying numbers hidden; the rest as it was written."""
    parts: list[str] = []
    end = 0
    for kept in _KEPT.finditer(text):
        parts += (_hide(text[end : kept.start()]), kept[0])
        end = kept.end()
    return "".join((*parts, _hide(text[end:])))


def _hide(text: str) -> str:
    for pattern in (_MAIL, _NUMBER, _PLATE):
        text = pattern.sub(HIDDEN, text)
    return text
