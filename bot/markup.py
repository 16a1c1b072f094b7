"""The small markup of every sentence: `**bold**`, `[label](https://…)`, a backslash before a character meant as such.

`[label](start:…)` is a link to the bot itself that hands it what follows; a channel knows how to say that.

Knowledge and texts are written in it, channels render it; what a citizen wrote passes `escape` first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

START = "start:"
_TOKEN = re.compile(
    r"\\(?P<plain>.)|\*\*(?P<bold>.+?)\*\*|\[(?P<label>[^\]\n]+)\]\((?P<link>(?:https?://|start:)[^\s)]+)\)", re.DOTALL
)
_SPECIAL = re.compile(r"([\\*\[\]])")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text that looks the same throughout."""

    text: str
    bold: bool = False
    link: str = ""


def escape(text: str) -> str:
    """*text* such that `parse` gives it back as it is."""
    return _SPECIAL.sub(r"\\\1", text)


def parse(text: str) -> tuple[Span, ...]:
    """The spans of *text*, in order; plain neighbours are one span."""
    spans: list[Span] = []
    plain: list[str] = []
    end = 0
    for token in _TOKEN.finditer(text):
        plain.append(text[end : token.start()])
        end = token.end()
        if token["plain"] is not None:
            plain.append(token["plain"])
            continue
        spans += _joined(plain)
        plain = []
        spans.append(_marked(token))
    plain.append(text[end:])
    return (*spans, *_joined(plain))


def plain(text: str) -> str:
    """*text* without its markup; a link keeps its address."""
    return "".join(f"{span.text} ({span.link})" if span.link else span.text for span in parse(text))


def _joined(parts: list[str]) -> list[Span]:
    text = "".join(parts)
    return [Span(text)] if text else []


def _marked(token: re.Match[str]) -> Span:
    if token["bold"] is not None:
        return Span(_unescape(token["bold"]), bold=True)
    return Span(_unescape(token["label"]), link=token["link"])


def _unescape(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL) if "\\" in text else text  # nearly never: save the search
