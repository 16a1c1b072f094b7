"""What is learned as text of the knowledge folder: a line in a list of a file, or a new file; the rest stays as it was.

The files are edited as text, never written anew from values, so that comments, quotes and order are kept.
"""

from __future__ import annotations

import json
import re
from datetime import date

from bot.base.entries import TITLE
from bot.base.facts import ID_LENGTH
from bot.base.model import Base
from bot.learning.suggestions import Suggestion
from bot.markup import escape
from bot.matching.normalise import fold

NAMELESS = "Hỏi đáp"  # what a question of signs alone is called
_PLAIN = re.compile(r"[^\W\d_](?:[\w ,.?/()%-]*[\w.?)%])?")  # what YAML takes as it is, without quotes
_LINK = re.compile(r"https?://[^\s/]+\.[^\s]+")
_FLOW = re.compile(r"\[(?P<items>.*)\](?P<rest>\s*(?:#.*)?)")


def with_item(text: str, key: str, item: str) -> str:
    """*text* with *item* at the end of the list under *key*, a key without indentation, which is added if need be.

    An empty text when the list is written in a way that is not understood.
    """
    lines = text.splitlines(keepends=True)
    at = next((number for number, line in enumerate(lines) if re.match(rf"{re.escape(key)}:(?=\s)", line)), None)
    if at is None:
        end = "" if not text or text.endswith("\n") else "\n"
        return f"{text}{end}{key}:\n  - {scalar(item)}\n"
    behind = lines[at].partition(":")[2].strip()
    if behind and not behind.startswith("#"):
        return _into_flow(lines, at, item)
    last, dash = _last_item(lines, at)
    if not dash:
        return ""
    if not lines[last].endswith("\n"):
        lines[last] += "\n"
    lines.insert(last + 1, f"{dash}{scalar(item)}\n")
    return "".join(lines)


def _last_item(lines: list[str], at: int) -> tuple[int, str]:
    """The last line of the last item of the list under line *at*, and what stands before each item."""
    last, dash = at, ""
    for number in range(at + 1, len(lines)):
        line = lines[number]
        if line.strip() and not line.startswith((" ", "-", "#")):
            break
        if (found := re.match(r" *- +", line)) and (not dash or found[0] == dash):
            last, dash = number, found[0]
        elif dash and line.strip() and not line.lstrip().startswith("#"):
            last = number  # an item of several lines
    return last, dash


def _into_flow(lines: list[str], at: int, item: str) -> str:
    """The same for a list between brackets on one line."""
    before, colon, behind = lines[at].partition(":")
    found = _FLOW.fullmatch(behind.strip())
    if found is None:
        return ""
    items = ", ".join(filter(None, (found["items"].strip().rstrip(","), json.dumps(item, ensure_ascii=False))))
    lines[at] = f"{before}{colon} [{items}]{found['rest']}\n"
    return "".join(lines)


def scalar(text: str) -> str:
    """*text* as one line of YAML, in quotes where it needs them."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def entry(made: Suggestion, day: date, owner: str) -> str:
    """The file of a new entry; its source is in the words of who answered."""
    link = _LINK.search(made.source)
    named = made.source if link is None else made.source.replace(link[0], "").strip(" ,;:()-") or link[0]
    shown = "" if link is None else f"link: {json.dumps(link[0])}, "
    lines = [
        f"title: {scalar(title(made.text))}",
        "phrases:",
        f"  - {scalar(made.text)}",
        "answer: |",
        *(f"  {line}".rstrip() for line in _tamed(made.answer).strip().splitlines()),
        f"source: {{{shown}title: {json.dumps(_tamed(named), ensure_ascii=False)}, date: {day}}}",
        f"checked: {day}",
        f"owner: {owner}",
    ]
    return "\n".join(lines) + "\n"


def _tamed(text: str) -> str:
    """*text* of a person as a sentence of the knowledge, where nothing may look like unfinished markup."""
    return escape(re.sub(r"\*{2,}", "*", text).replace("](", "] ("))


def title(question: str) -> str:
    """*question* as it fits a button, whole words of it."""
    words = re.sub(r"[\\*\[\]]", "", question).rstrip(" ?.!").split() or [NAMELESS]
    while len(" ".join(words)) > TITLE - 1 and len(words) > 1:
        words.pop()
    short = " ".join(words)[:TITLE]
    return f"{short[:1].upper()}{short[1:]}"


def name(question: str, base: Base) -> str:
    """An id for the entry about *question* that nothing of *base* has."""
    taken = {*base.procedures, *base.groups, *base.entries}
    parts = re.findall(r"[a-z0-9]+", fold(title(question)))
    id = "-".join(parts)[: ID_LENGTH - 3].strip("-") or "hoi-dap"
    return next(one for one in (id, *(f"{id}-{number}" for number in range(2, 99))) if one not in taken)


def noisy(phrase: str) -> tuple[str, ...]:
    """*phrase* as others write it: without diacritics, with a courtesy around it. What is the same but for letters
    and marks would be no test: a matcher knows a phrase that it was taught."""
    bare = fold(phrase)
    return (f"cho em hoi {bare} voi a", f"{bare} a", f"ad oi {bare}")
