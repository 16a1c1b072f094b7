"""Which open case asks the same: then one answer serves both, each in their own words."""

from __future__ import annotations

from bot.cases.book import Book
from bot.cases.values import Case, Sense
from bot.matching.likeness import alike
from bot.matching.matcher import Matcher

GUESS = 0.4  # score from which a candidate is worth telling the collaborators; below it, most are about something else


class Likeness:
    """Reads with one matcher."""

    def __init__(self, book: Book, matcher: Matcher) -> None:
        self._book = book
        self._matcher = matcher

    def sense(self, text: str) -> Sense:
        """What a question seems to be about."""
        match = self._matcher.match(text)
        found = tuple((one.kind, one.id, round(one.score, 3)) for one in match.candidates)
        best = next((one for one in match.candidates[:1] if one.score >= GUESS), None)
        return Sense(best.id if best else "", best.title if best else "", match.aspect or "", found)

    def like(self, text: str, sense: Sense) -> Case | None:
        """The open case that asks the same as *text*; one with files, or in which something was said since, is none."""
        for case in self._book.working():
            if case.urgent or case.follow or case.asked or not self.same(text, sense, case):
                continue
            if not self._book.files.enclosures(case.id) and not self._book.files.additions(case.id):
                return case
        return None

    def same(self, text: str, sense: Sense, case: Case) -> bool:
        """Whether *text*, which makes *sense*, asks what *case* asks."""
        matter = bool(sense.best) and (sense.best, sense.aspect) == (case.sense.best, case.sense.aspect)
        return alike(self._words(text), self._words(case.text), same_matter=matter)

    def _words(self, text: str) -> frozenset[str]:
        return frozenset(word.plain for word in self._matcher.normalise(text).words)
