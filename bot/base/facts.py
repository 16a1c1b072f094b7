"""The small facts of the knowledge base, read from YAML: texts, days, times, fees, conditions, sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeVar

from bot.base.model import ALWAYS, Duration, Fee, Reading, Source, Span, Text, Time, Unit, When
from bot.base.problems import Kind, Problems
from bot.base.reading import Block, Entry, Node, Scalar, Sequence
from bot.markup import parse

T = TypeVar("T", Time, Fee)

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
ID_LENGTH = 30
CODE = re.compile(r"[0-9]\.[0-9]{6}(\.[A-Z0-9.]+)?")
MONEY = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3}){0,4}) ?đ")
DURATION = re.compile(r"([0-9]{1,4}) (ngày làm việc|ngày|giờ|tháng)")
POSITION = re.compile(r"([0-9]{1,2}:)?[0-9]{1,2}:[0-9]{2}")
NUMBER = re.compile(r"[0-9]{1,9}")
LEGAL = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,2})?/(?:[0-9]{4}/)?[A-ZĐ]{2,}[0-9]*(?:-[A-ZĐ0-9]+g?)*")
UNITS: dict[str, Unit] = {"ngày làm việc": "working-days", "ngày": "days", "giờ": "hours", "tháng": "months"}


def text(node: Node | None, problems: Problems) -> Text | None:
    """A sentence: a plain one is Vietnamese, a mapping has `vi` and perhaps `en`."""
    if node is None:
        return None
    if isinstance(node, Block):
        entry = Entry(node, problems)
        both = Text(_sentence(entry.node("vi", required=True), problems), _sentence(entry.node("en"), problems))
        entry.close()
        return both
    return Text(_sentence(node, problems))


def required_text(entry: Entry, key: str, limit: int | None = None) -> Text:
    """The sentence under *key*, at most *limit* characters long in each language."""
    return _within(limit, text(entry.node(key, required=True), entry.problems) or Text(""), entry, key)


def optional_text(entry: Entry, key: str, limit: int | None = None) -> Text | None:
    found = text(entry.node(key), entry.problems)
    return None if found is None else _within(limit, found, entry, key)


def texts(entry: Entry, key: str, *, required: bool = False) -> tuple[Text, ...]:
    found = (text(node, entry.problems) for node in entry.nodes(key, required=required))
    return tuple(one for one in found if one is not None)


def identifier(word: str, entry: Entry, key: str = "id") -> str:
    """*word*, if it can be an id: it travels in buttons, so it is short ASCII."""
    if word and not (ID.fullmatch(word) and len(word) <= ID_LENGTH):
        entry.problems.add(entry.where(key), Kind.BAD_ID, id=word, limit=ID_LENGTH)
    return word


def code(word: str, entry: Entry, key: str) -> str:
    if word and not CODE.fullmatch(word):
        entry.problems.add(entry.where(key), Kind.BAD_CODE, code=word)
    return word


def choice(entry: Entry, key: str, known: Iterable[str], *, default: str = "") -> str:
    """One of *known* words under *key*; required unless there is a *default*."""
    known = list(known)
    word = entry.word(key, required=not default) or default
    if word and word not in known:
        entry.problems.add(entry.where(key), Kind.BAD_CHOICE, word=word, known=", ".join(known))
        return default
    return word


def yes(entry: Entry, key: str) -> bool:
    return choice(entry, key, ("yes", "no"), default="no") == "yes"


def number(entry: Entry, key: str, *, default: int | None = None) -> int:
    word = entry.word(key, required=default is None)
    if not word:
        return default or 0
    if not NUMBER.fullmatch(word):
        entry.problems.add(entry.where(key), Kind.BAD_NUMBER, word=word)
        return default or 0
    return int(word)


def day(entry: Entry, key: str, *, required: bool = False) -> date | None:
    """The date under *key*, written 2026-12-31."""
    word = entry.word(key, required=required)
    if not word:
        return None
    try:
        return date.fromisoformat(word)
    except ValueError:
        entry.problems.add(entry.where(key), Kind.BAD_DATE, word=word)
        return None


def span(entry: Entry) -> Span:
    return Span(day(entry, "from"), day(entry, "until"))


def link(entry: Entry, key: str) -> str:
    word = entry.word(key, required=True)
    if word and not re.fullmatch(r"https?://[^\s/]+\.[^\s]+", word):
        entry.problems.add(entry.where(key), Kind.BAD_LINK, link=word)
    return word


def position(entry: Entry, key: str) -> str:
    """A place in a video, written 2:10 or 1:02:10."""
    word = entry.word(key, required=True)
    if word and not POSITION.fullmatch(word):
        entry.problems.add(entry.where(key), Kind.BAD_POSITION, word=word)
        return "0:00"
    return word


def source(entry: Entry) -> Source:
    found = Source(link(entry, "link"), required_text(entry, "title"), day(entry, "date", required=True) or date.min)
    entry.close()
    return found


def reading(entry: Entry) -> Reading:
    found = Reading(
        by=entry.word("by", required=True),
        date=day(entry, "date", required=True) or date.min,
        differs=entry.word("differs", required=True),
    )
    entry.close()
    return found


def laws(entry: Entry, key: str) -> tuple[str, ...]:
    """The numbers of laws under *key*, such as 60/2014/QH13."""
    found = [(node.at, entry.scalar(node)) for node in entry.nodes(key)]
    for at, word in found:
        if word and not LEGAL.fullmatch(word):
            entry.problems.add(at, Kind.BAD_LEGAL, word=word)
    return tuple(word for _, word in found)


def times(entry: Entry, key: str) -> tuple[Time, ...]:
    return _dated(entry, key, _time)


def fees(entry: Entry, key: str) -> tuple[Fee, ...]:
    return _dated(entry, key, _fee)


def when(node: Node | None, problems: Problems) -> When:
    """A condition: a mapping question → option(s), all of which must hold; or a list of mappings, any of them."""
    if node is None:
        return ALWAYS
    cases = node.items if isinstance(node, Sequence) else (node,)
    return When(tuple(_case(Entry(case, problems)) for case in cases), node.at)


def _within(limit: int | None, found: Text, entry: Entry, key: str) -> Text:
    longest = max(len(found.vi), len(found.en))
    if limit is not None and longest > limit:
        entry.problems.add(entry.where(key), Kind.TOO_LONG, what=key, length=longest, limit=limit)
    return found


def _case(entry: Entry) -> dict[str, frozenset[str]]:
    case: dict[str, frozenset[str]] = {}
    for question, wanted in entry.items():
        options = wanted.items if isinstance(wanted, Sequence) else (wanted,)
        case[question] = frozenset(entry.scalar(option) for option in options)
    return case


def _sentence(node: Node | None, problems: Problems) -> str:
    if node is None:
        return ""
    if not isinstance(node, Scalar):
        problems.add(node.at, Kind.NOT_A_TEXT, what="text")
        return ""
    sentence = node.text.strip()
    if not sentence:
        problems.add(node.at, Kind.EMPTY, what="text")
    if any("**" in run.text or "](" in run.text for run in parse(sentence)):
        problems.add(node.at, Kind.BAD_MARKUP, text=sentence.splitlines()[0])
    return sentence


def _dated(entry: Entry, key: str, make: Callable[[Entry], T]) -> tuple[T, ...]:
    """The facts under *key*: one, or several of which exactly one holds on any day."""
    node = entry.node(key, required=True)
    if node is None:
        return ()
    nodes = node.items if isinstance(node, Sequence) else (node,)
    if not nodes:
        entry.problems.add(node.at, Kind.TOO_FEW, what=key, count=0, least=1)
    facts = tuple(make(Entry(_as_block(one, make), entry.problems)) for one in nodes)
    _check_spans([fact.span for fact in facts], entry, key)
    return facts


def _as_block(node: Node, make: Callable[[Entry], T]) -> Node:
    """A bare scalar stands for a mapping with only its main key."""
    if not isinstance(node, Scalar):
        return node
    key = "usual" if make is _time else "amount"
    return Block(node.at, {key: node}, {key: node.at})


def _check_spans(spans: list[Span], entry: Entry, key: str) -> None:
    ordered = sorted(spans, key=lambda one: one.since or date.min)
    for earlier, later in pairwise(ordered):
        if earlier.until is None or (later.since or date.min) <= earlier.until:
            entry.problems.add(entry.where(key), Kind.FACT_OVERLAP, what=key)
        elif later.since is not None and later.since - earlier.until > timedelta(days=1):
            entry.problems.add(entry.where(key), Kind.FACT_GAP, what=key)


def _time(entry: Entry) -> Time:
    usual = duration(entry, "usual", required=True) or Duration("appointment")
    found = Time(
        usual,
        duration(entry, "checking"),
        optional_text(entry, "unsure"),
        optional_text(entry, "note"),
        span(entry),
        entry.at,
    )
    entry.close()
    return found


def duration(entry: Entry, key: str, *, required: bool = False) -> Duration | None:
    """The length of time under *key*, as people write it."""
    word = entry.word(key, required=required)
    match word:
        case "":
            return None
        case "trong ngày":
            return Duration("same-day")
        case "theo giấy hẹn":
            return Duration("appointment")
    if (found := DURATION.fullmatch(word)) is None:
        entry.problems.add(entry.where(key), Kind.BAD_TIME, word=word)
        return None
    return Duration(UNITS[found[2]], int(found[1]))


def _fee(entry: Entry) -> Fee:
    found = Fee(
        _amount(entry),
        optional_text(entry, "unsure"),
        optional_text(entry, "note"),
        span(entry),
        entry.at,
    )
    entry.close()
    return found


def _amount(entry: Entry) -> int | None:
    word = entry.word("amount", required=True)
    if word in {"theo quy định", ""}:
        return None
    if (found := MONEY.fullmatch(word)) is None:
        entry.problems.add(entry.where("amount"), Kind.BAD_FEE, word=word)
        return None
    return int(found[1].replace(".", ""))
