"""What tells who somebody is leaves a text before it is stored or shown to others.

Hidden: numbers of persons, phones, accounts, cards and vehicles, e-mail addresses, house numbers, the day of a birth,
and names of persons where the words around or the name itself show that it is one. Kept: the matter, fees, dates,
codes of decrees and procedures, roads and communes, which citizens and collaborators need.

What is private is looked for in a shadow of the text (shadow.py) by one reader after another.
"""

from __future__ import annotations

import unicodedata

from bot.talk.redaction import names, numbers, places
from bot.talk.redaction.shadow import HIDDEN, cast, show

__all__ = ["HIDDEN", "redact"]


def redact(text: str) -> str:
    """*text* (in composed letters) with what is private hidden; the rest as it was written.

    Hiding twice hides no more.
    """
    while (hidden := _hide(text)) != text:  # what is hidden may uncover its neighbour
        text = hidden
    return text


def _hide(text: str) -> str:
    text = unicodedata.normalize("NFC", text)  # some keyboards send letters and their marks apart
    shadow = cast(text)
    for reader in (numbers, places, names):
        shadow = reader.hide(shadow)
    return show(text, shadow)
