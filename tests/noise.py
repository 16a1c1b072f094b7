"""The ways people write on phones, made of text that is written well: each is always the same for a text."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable

from bot.matching.words import bare

TONES = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
SHAPES = {"\u0302": "", "\u0306": "w", "\u031b": "w"}  # â is typed aa, ă aw, ơ ow
CHAT = {
    "không": "k", "được": "dc", "gì": "j", "chi": "j", "vậy": "z", "rồi": "r", "với": "vs", "làm": "lm", "em": "e",
    "thế nào": "tnao", "đăng ký": "đk", "giấy tờ": "gto", "bao nhiêu": "bn", "anh": "a", "chị": "c", "mình": "mk",
    "tôi": "t", "hộ khẩu": "hk", "căn cước công dân": "cccd", "bảo hiểm y tế": "bhyt", "bảo hiểm xã hội": "bhxh",
    "mới": "ms", "thủ tục": "ttuc", "vợ": "vk", "chồng": "ck", "cũng": "cx", "người": "ng", "hồ sơ": "hs",
    "biết": "bik", "muốn": "mún",
}  # fmt: skip
SAID = re.compile("|".join(rf"\b{said}\b" for said in sorted(CHAT, key=len, reverse=True)))
ROUND, SHORTEST = 3, 4  # one word in so many is mistyped or run together; shorter ones are spared


def chat(text: str) -> str:
    return SAID.sub(lambda found: CHAT[found[0]], text.lower())


def telex(text: str) -> str:
    """Typed by the Telex way with the input method off: "ddawng kys"."""
    return re.sub(r"\w+", lambda word: _typed(word[0]), unicodedata.normalize("NFC", text.lower()))


def slips(text: str) -> str:
    """Two letters in the middle of some words change places."""
    return " ".join(_slipped(word) if _hit(text, at, word) else word for at, word in enumerate(text.split()))


def joined(text: str) -> str:
    """Some words run into the next."""
    words = text.split()
    return "".join(word + ("" if _hit(text, at, word) else " ") for at, word in enumerate(words)).strip()


NOISES: dict[str, Callable[[str], str]] = {
    "without diacritics": bare, "chat": chat, "telex": telex, "slips": slips, "joined": joined,
}  # fmt: skip


def _typed(word: str) -> str:
    letters, tone = "", ""
    for mark in unicodedata.normalize("NFD", word.replace("đ", "dd")):
        if mark in TONES:
            tone = TONES[mark]
        elif mark in SHAPES:
            letters += SHAPES[mark] or letters[-1]
        else:
            letters += mark
    return letters + tone


def _slipped(word: str) -> str:
    middle = len(word) // 2
    return word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]


def _hit(text: str, at: int, word: str) -> bool:
    lot = hashlib.sha256(f"{at} {text}".encode()).digest()[0]
    return lot % ROUND == 0 and len(word) >= SHORTEST and word.isalpha()
