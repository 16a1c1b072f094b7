"""Procedures and groups, read from their YAML files (the format is explained to admins in knowledge/README.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TypedDict, TypeVar

from bot.base import facts
from bot.base.model import (
    ALWAYS,
    ASPECTS,
    CHANNELS,
    REVIEW_AFTER,
    Advice,
    Bundle,
    Deadline,
    Document,
    Duration,
    Filing,
    Group,
    Option,
    Procedure,
    Question,
    Reading,
    Source,
    Step,
    Text,
    Video,
)
from bot.base.problems import At, Kind, nearest
from bot.base.reading import Entry, Sequence

T = TypeVar("T")

SHORT = 28  # characters that a button shows on a narrow phone
NAME = 70  # characters of a title in two lines
PHRASES = 6  # fewer ways of asking and the matcher guesses
KEYWORDS = 2
LAST = 99  # place in the menu of a group that names none
CONFIDENCE = ("high", "medium", "low")


class Known(TypedDict):
    """The arguments that everything with a source and a review shares."""

    id: str
    at: At
    sources: tuple[Source, ...]
    checked: date
    review: date
    owner: str


class Common(Known):
    """The arguments that procedures and groups share."""

    code: str
    aliases: tuple[str, ...]
    code_note: Text | None
    name: Text
    short: Text
    summary: Text
    phrases: tuple[str, ...]
    keywords: tuple[str, ...]
    confidence: str
    caution: Text | None


def procedure(entry: Entry, id: str, field: str) -> Procedure:
    """The procedure in the file knowledge/procedures/*field*/*id*.yaml."""
    common = _common(entry, id)
    found = Procedure(
        **common,
        field=field,
        office=entry.word("office", required=True),
        filings=_filings(entry),
        documents=tuple(_document(document) for document in entry.entries("documents", required=True)),
        result=facts.required_text(entry, "result"),
        answers=_answers(entry),
        how=facts.texts(entry, "how", required=True),
        exceptions=at_least(entry, "exceptions", facts.texts(entry, "exceptions", required=True), 1),
        related=entry.words("related"),
        legal=facts.laws(entry, "legal"),
        guide=entry.word("guide"),
        read=_readings(entry, common["checked"]),
    )
    entry.close()
    return found


def group(shared: Mapping[str, Question], entry: Entry, id: str) -> Group:
    """The group in the file knowledge/groups/*id*.yaml, which may use *shared* questions."""
    found = Group(
        **_common(entry, id, numbered=False),
        menu=facts.number(entry, "menu", default=LAST),
        intro=facts.optional_text(entry, "intro"),
        questions=tuple(_asked(question, shared) for question in entry.entries("questions", required=True)),
        steps=tuple(_step(step) for step in entry.entries("steps", required=True)),
        bundle=_bundle(entry.entry("bundle")),
        advice=_advice(entry, "advice", "text"),
        video=_video(entry.entry("video")),
    )
    entry.close()
    return found


def known(entry: Entry, id: str) -> Known:
    """Where the facts of *entry* were read, when, and who reads them again by which day."""
    facts.identifier(id, entry)
    checked = facts.day(entry, "checked", required=True) or date.min
    sources = tuple(facts.source(source) for source in entry.entries("sources", required=True))
    return Known(
        id=id,
        at=entry.at,
        sources=at_least(entry, "sources", sources, 1),
        checked=checked,
        review=facts.day(entry, "review") or min(checked, date.max - REVIEW_AFTER) + REVIEW_AFTER,
        owner=entry.word("owner", required=True),
    )


def _common(entry: Entry, id: str, *, numbered: bool = True) -> Common:
    phrases = at_least(entry, "phrases", entry.words("phrases", required=True), PHRASES)
    return Common(
        **known(entry, id),
        code=facts.code(entry.word("code", required=numbered), entry, "code"),
        aliases=tuple(facts.code(alias, entry, "aliases") for alias in entry.words("aliases")),
        code_note=facts.optional_text(entry, "code-note"),
        name=facts.required_text(entry, "name", NAME),
        short=facts.required_text(entry, "short", SHORT),
        summary=facts.required_text(entry, "summary"),
        phrases=phrases,
        keywords=at_least(entry, "keywords", entry.words("keywords", required=True), KEYWORDS),
        confidence=facts.choice(entry, "confidence", CONFIDENCE),
        caution=facts.optional_text(entry, "caution"),
    )


def at_least(entry: Entry, key: str, found: tuple[T, ...], least: int) -> tuple[T, ...]:
    """*found* under *key*; fewer than *least* are a problem."""
    if len(found) < least and isinstance(entry.node(key), Sequence):
        entry.problems.add(entry.where(key), Kind.TOO_FEW, what=key, count=len(found), least=least)
    return found


def _readings(entry: Entry, checked: date) -> tuple[Reading, ...]:
    """Who read it; that it was *checked* later than anybody read it is a problem."""
    found = at_least(entry, "read", tuple(map(facts.reading, entry.entries("read", required=True))), 1)
    last = max((one.date for one in found), default=date.max)
    if checked > last:
        entry.problems.add(entry.where("checked"), Kind.UNREAD, checked=checked, read=last)
    return found


def _filings(entry: Entry) -> dict[str, Filing]:
    ways = entry.entry("filing", required=True)
    found: dict[str, Filing] = {}
    if ways is None:
        return found
    for channel in CHANNELS:
        if (way := ways.entry(channel)) is not None:
            found[channel] = Filing(
                channel, facts.times(way, "time"), facts.fees(way, "fee"), facts.optional_text(way, "note")
            )
            way.close()
    ways.close()
    if not found:
        entry.problems.add(entry.where("filing"), Kind.TOO_FEW, what="filing", count=0, least=1)
    return found


def _document(entry: Entry) -> Document:
    found = Document(
        kind=entry.word("kind", required=True),
        at=entry.at,
        form=facts.optional_text(entry, "form"),
        condition=facts.optional_text(entry, "if"),
        when=facts.when(entry.node("when"), entry.problems),
    )
    entry.close()
    return found


def _answers(entry: Entry) -> dict[str, Text]:
    answers = entry.entry("answers")
    if answers is None:
        return {}
    found = {aspect: answer for aspect in ASPECTS if (answer := facts.optional_text(answers, aspect)) is not None}
    answers.close()
    return found


def shared_question(id: str, entry: Entry) -> Question:
    """A question of shared/questions.yaml, which the groups that use it ask under their own condition."""
    return Question(
        id=id,
        at=entry.at,
        ask=facts.required_text(entry, "ask"),
        why=facts.optional_text(entry, "why"),
        when=ALWAYS,
        options=_options(entry),
        shared=True,
    )


def _asked(entry: Entry, shared: Mapping[str, Question]) -> Question:
    """A question of a group: its own, or one it shares with others (`use`)."""
    if "use" not in entry:
        return _question(entry)
    id, when = entry.word("use"), facts.when(entry.node("when"), entry.problems)
    entry.close()
    if (found := shared.get(id)) is not None:
        return replace(found, at=entry.at, when=when)
    entry.problems.add(entry.where("use"), Kind.UNKNOWN_REFERENCE, what="question", id=id, near=nearest(id, shared))
    return Question(id, entry.at, Text(""), None, when, (), shared=True)


def _question(entry: Entry) -> Question:
    found = Question(
        id=facts.identifier(entry.word("id", required=True), entry),
        at=entry.at,
        ask=facts.required_text(entry, "ask"),
        why=facts.optional_text(entry, "why"),
        when=facts.when(entry.node("when"), entry.problems),
        options=_options(entry),
    )
    entry.close()
    return found


def _options(entry: Entry) -> tuple[Option, ...]:
    return at_least(entry, "options", tuple(_option(one) for one in entry.entries("options", required=True)), 2)


def _option(entry: Entry) -> Option:
    id = facts.identifier(entry.word("id", required=True), entry)
    found = Option(id, facts.required_text(entry, "label", SHORT), entry.at)
    entry.close()
    return found


def _step(entry: Entry) -> Step:
    found = Step(
        id=facts.identifier(entry.word("id", required=True), entry),
        at=entry.at,
        procedure=entry.word("procedure", required=True),
        when=facts.when(entry.node("when"), entry.problems),
        after=entry.words("after"),
        optional=facts.yes(entry, "optional"),
        deadline=_deadline(entry.entry("deadline")),
        title=facts.optional_text(entry, "title", SHORT),
        because=facts.optional_text(entry, "because"),
        left_out=_advice(entry, "left-out", "because"),
        notes=_advice(entry, "notes", "text"),
        documents=tuple(_document(document) for document in entry.entries("documents")),
        produces=entry.words("produces"),
        video=_video(entry.entry("video")),
    )
    entry.close()
    return found


def _deadline(entry: Entry | None) -> Deadline | None:
    if entry is None:
        return None
    found = Deadline(
        within=facts.duration(entry, "within", required=True) or Duration("appointment"),
        since=facts.required_text(entry, "from"),
        note=facts.optional_text(entry, "note"),
    )
    entry.close()
    return found


def _advice(entry: Entry, key: str, sentence: str) -> tuple[Advice, ...]:
    found = []
    for one in entry.entries(key):
        found.append(Advice(facts.required_text(one, sentence), facts.when(one.node("when"), one.problems), one.at))
        one.close()
    return tuple(found)


def _bundle(entry: Entry | None) -> Bundle | None:
    if entry is None:
        return None
    found = Bundle(
        at=entry.at,
        procedure=entry.word("procedure", required=True),
        steps=entry.words("steps", required=True),
        when=facts.when(entry.node("when"), entry.problems),
        at_least=facts.number(entry, "at-least", default=2),
        because=facts.optional_text(entry, "because"),
    )
    entry.close()
    return found


def _video(entry: Entry | None) -> Video | None:
    if entry is None:
        return None
    marks = []
    for mark in entry.entries("marks"):
        marks.append((facts.position(mark, "at"), facts.required_text(mark, "text")))
        mark.close()
    found = Video(
        at=entry.at,
        title=facts.required_text(entry, "title"),
        link=facts.link(entry, "link") if "link" in entry or "file" not in entry else "",
        file=entry.word("file"),
        marks=tuple(marks),
    )
    entry.close()
    return found
