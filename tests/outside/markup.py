"""What Telegram makes of HTML text: the plain text and its entities, or a refusal.

Written from https://core.telegram.org/bots/api#html-style
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

ENTITIES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
TOKEN = re.compile(r"<(?P<tag>[^>]*)(?P<end>>?)|(?P<text>&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);|[^<&]+|&)")
TAG = re.compile(r"(?P<slash>/?)(?P<name>[a-zA-Z0-9-]*)(?P<rest>.*)", re.DOTALL)
HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")
LINK = re.compile(r"(https?|tg|tel|mailto)://?\S+|mailto:\S+|tel:\S+")


class CannotParse(Exception):
    """The text is not the HTML that Telegram reads."""


def units(text: str) -> int:
    """The length of *text* as Telegram counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


@dataclass
class _Reader:
    plain: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    open: list[tuple[str, int, str]] = field(default_factory=list)  # tag, where its text starts, its link


def parse_html(text: str) -> tuple[str, list[dict[str, Any]]]:
    """The plain text of *text* and its entities, as a message carries them."""
    reader = _Reader()
    for token in TOKEN.finditer(text):
        at = len(text[: token.start()].encode())
        if token["tag"] is None:
            reader.plain += unescape(token["text"]) if token["text"].startswith("&") else token["text"]
        elif not token["end"]:
            raise CannotParse(f"Unclosed start tag at byte offset {at}")
        else:
            _tag(reader, token["tag"], at)
    if reader.open:
        raise CannotParse(f'Can\'t find end tag corresponding to start tag "{reader.open[-1][0]}"')
    return _trimmed(reader)


def _tag(reader: _Reader, tag: str, at: int) -> None:
    parts = TAG.fullmatch(tag)
    name = parts["name"].lower() if parts else ""
    if not parts or not parts["slash"]:
        _start(reader, name, parts["rest"] if parts else "", at)
    elif not reader.open:
        raise CannotParse(f"Unexpected end tag at byte offset {at}")
    elif name not in ("", reader.open[-1][0]):
        raise CannotParse(
            f'Unmatched end tag at byte offset {at}, expected "</{reader.open[-1][0]}>", found "</{name}>"'
        )
    else:
        _close(reader)


def _start(reader: _Reader, name: str, attributes: str, at: int) -> None:
    if name not in ENTITIES:
        raise CannotParse(f'Unsupported start tag "{name}" at byte offset {at}')
    if name == "span" and "tg-spoiler" not in attributes:
        raise CannotParse(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
    link = HREF.search(attributes) if name == "a" else None
    reader.open.append((name, units(reader.plain), unescape(next(filter(None, link.groups()), "")) if link else ""))


def _close(reader: _Reader) -> None:
    name, start, link = reader.open.pop()
    entity: dict[str, Any] = {"type": ENTITIES[name], "offset": start, "length": units(reader.plain) - start}
    if name == "a":
        if not LINK.fullmatch(link):
            return  # Telegram shows the text and drops a link that it cannot read
        entity["url"] = link
    reader.entities.append(entity)


def _trimmed(reader: _Reader) -> tuple[str, list[dict[str, Any]]]:
    """Without the white space at both ends, which Telegram removes after parsing."""
    lead = units(reader.plain) - units(reader.plain.lstrip())
    plain = reader.plain.strip()
    kept = []
    reader.entities.reverse()  # of two with the same text the outer one, closed later, comes first
    for entity in sorted(reader.entities, key=lambda each: (each["offset"], -each["length"])):
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] - lead + entity["length"], units(plain))
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return plain, kept
