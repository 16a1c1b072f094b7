"""A long text in messages that a channel takes whole, so that the id of each is known."""

from __future__ import annotations

ROOM = 3500  # UTF-16 units, as https://core.telegram.org/bots/api#sendmessage counts them; the rest is for our words


def pieces(text: str) -> list[str]:
    """*text*, cut at line ends or spaces where there are any; nothing for an empty one."""
    found = []
    while text:
        cut = _cut(text)
        found.append(text[:cut].strip("\n"))
        text = text[cut:]
    return [piece for piece in found if piece.strip()]


def _cut(text: str) -> int:
    """How much of *text* fits one message."""
    most = _fitting(text)
    if most == len(text):
        return most
    return max(text.rfind("\n", 0, most), text.rfind(" ", 0, most)) + 1 or most


def _fitting(text: str) -> int:
    room = ROOM
    for at, letter in enumerate(text):
        room -= 2 if ord(letter) > 0xFFFF else 1
        if room < 0:
            return at
    return len(text)
