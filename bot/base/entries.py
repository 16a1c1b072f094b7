"""Short answers, read from knowledge/entries: what people ask that is no procedure, or is asked of several."""

from __future__ import annotations

from datetime import date

from bot.base import facts, model
from bot.base.model import REVIEW_AFTER, Source, Text
from bot.base.reading import Entry
from bot.base.records import at_least

TITLE = 40  # characters: what a button in a row of its own shows
ANSWER = 600  # characters: some eight lines of a phone


def entry(entry: Entry, id: str) -> model.Entry:
    """The entry in the file knowledge/entries/*id*.yaml."""
    facts.identifier(id, entry)
    checked = facts.day(entry, "checked", required=True) or date.min
    found = model.Entry(
        id=id,
        at=entry.at,
        sources=(_source(entry.entry("source", required=True)),),
        checked=checked,
        review=facts.day(entry, "review") or min(checked, date.max - REVIEW_AFTER) + REVIEW_AFTER,
        owner=entry.word("owner", required=True),
        title=facts.required_text(entry, "title", TITLE),
        phrases=at_least(entry, "phrases", entry.words("phrases", required=True), 1),
        answer=facts.required_text(entry, "answer", ANSWER),
        see=entry.words("see"),
        span=facts.span(entry),
    )
    entry.close()
    return found


def _source(entry: Entry | None) -> Source:
    """Where the answer was read; what an officer said has no page to open."""
    if entry is None:
        return Source("", Text(""), date.min)
    link = facts.link(entry, "link") if "link" in entry else ""
    day = facts.day(entry, "date", required=True) or date.min
    found = Source(link, facts.required_text(entry, "title"), day)
    entry.close()
    return found
