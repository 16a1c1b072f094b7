"""The values of the base in the words a citizen reads, in both languages and without markup: to compare two bases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from bot.base.model import (
    Advice,
    Base,
    Deadline,
    Document,
    Duration,
    Filing,
    Group,
    Listed,
    Question,
    Source,
    Span,
    Text,
    When,
)
from bot.markup import plain
from bot.messages import Address
from bot.session import Session
from bot.talk.cards import document_line
from bot.talk.speech import Speech
from bot.talk.view import View

NOBODY = Address("console", "nobody")
OPEN = "…"  # the end of a span that has none

Atom = Text | date | When | Document | Deadline | Source | Span | Advice | Duration | Listed


class Wording:
    """Words for what is in *base* on *day*; the sentences around it are those of *speech*."""

    def __init__(self, base: Base, speech: Speech, day: date) -> None:
        speeches = (Speech(language, speech.texts) for language in ("vi", "en"))
        self._views = [View(base, one, Session(), day, NOBODY) for one in speeches]
        self._base = base
        self.day = day
        self.group: Group | None = None  # whose questions and steps are spoken of

    def of(self, value: Atom) -> Text:
        """What *value* says."""
        return self._both(lambda view: self._said(view, value))

    def word(self, name: str, word: str) -> Text:
        """The single *word* of a field; when it is the id of something, what that is called."""
        match name:
            case "office" if word in self._base.offices:
                return self._base.offices[word].name
            case "procedure" | "related" if word in self._base.procedures:
                return self._base.procedures[word].short
            case "guide" if word in self._base.guides:
                return self._base.guides[word].title
            case "produces" if word in self._base.documents:
                return self._base.documents[word].name
            case "field" if word in self._base.fields:
                return self._base.fields[word]
            case "after" | "steps" if self.group is not None and (step := self.group.step(word)) is not None:
                return step.title or self.word("procedure", step.procedure)
            case "confidence":
                return self._both(lambda view: view.say(f"confidence.{word}"))
        return Text(word, word)

    def channel(self, filing: Filing) -> Text:
        return self._both(lambda view: view.say(f"channel.{filing.channel}"))

    def from_day_on(self, filing: Filing, what: str) -> Iterator[tuple[date, Text]]:
        """The time or fee (*what*) of *filing* today, and each day from which another holds."""
        before = None
        for day in _turns([one.span for one in (filing.times if what == "time" else filing.fees)], self.day):
            said = self._both(lambda view, day=day: _on(view, filing, what, day))  # type: ignore[misc]  # bound here
            if said != before:
                yield day, said
            before = said

    def _both(self, say: Callable[[View], str]) -> Text:
        return Text(*(plain(say(view)).strip() for view in self._views))

    def _said(self, view: View, value: Atom) -> str:
        match value:
            case Text():
                return view.speech.text(value)
            case date():
                return view.speech.day(value)
            case When():
                return view.say("diff.or").join(self._case(view, case) for case in value.cases)
            case Document():
                known = value.kind in self._base.documents  # an older base need not be good any more
                return (document_line(view, value).removeprefix("• ") if known else value.kind) + self._when(
                    view, value.when
                )
            case Advice():
                return view.speech.text(value.text) + self._when(view, value.when)
            case Deadline():
                time = view.speech.duration(value.within)
                said = view.say("walk.deadline", time=time, since=view.speech.text(value.since))
                return said + view.speech.note(value.note)
            case Source():
                return f"{view.speech.text(value.title)}, {view.speech.day(value.date)}"
            case Span():
                ends = (value.since, value.until)
                return " – ".join(OPEN if end is None else view.speech.day(end) for end in ends)
            case Duration():
                return view.speech.duration(value)
            case Listed():
                return value.name

    def _when(self, view: View, when: When) -> str:
        return view.say("diff.when", when=self._said(view, when)) if when.cases else ""

    def _case(self, view: View, case: Mapping[str, frozenset[str]]) -> str:
        return view.say("diff.and").join(self._answer(view, id, wanted) for id, wanted in case.items())

    def _answer(self, view: View, id: str, wanted: frozenset[str]) -> str:
        asked: Question | None = None if self.group is None else self.group.question(id)
        if asked is None:
            return f"{id} {' / '.join(sorted(wanted))}"
        labels = (view.speech.text(one.label) for one in asked.options if one.id in wanted)
        return f"“{view.speech.text(asked.ask)}” {' / '.join(labels)}"


def _turns(spans: list[Span], day: date) -> list[date]:
    """*day*, and the later ones on which something begins or is over."""
    begins = {span.since for span in spans if span.since is not None}
    over = {span.until + timedelta(days=1) for span in spans if span.until is not None and span.until < date.max}
    return [day, *sorted(one for one in begins | over if one > day)]


def _on(view: View, filing: Filing, what: str, day: date) -> str:
    return view.speech.time(filing.time(day)) if what == "time" else view.speech.fee(filing.fee(day))
