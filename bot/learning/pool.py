"""All that was suggested, like things together, and what is to be tried of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.edition import Edition
from bot.learning import writing
from bot.learning.opinions import known
from bot.learning.suggestions import Cluster, Suggestion, clustered
from bot.messages import Learn
from bot.storage import Storage

NOBODY = "hoi-dap"  # keeps what no field does


class Pool:
    """*serving* tells what citizens are answered from: its spelling says what is alike."""

    def __init__(self, storage: Storage, serving: Callable[[], Edition]) -> None:
        self._storage = storage
        self._kept = storage.learning.suggestions
        self._serving = serving

    def order(self, found: Cluster, day: date) -> Learn:
        """The job of trying what *found* teaches; a new entry was read on that *day*."""
        base, first = self._serving().base, found.first
        record = known(base, first.subject)
        file, subject, text = ("" if record is None else record.at.file), first.subject, ""
        if first.kind == "entry":
            subject = writing.name(first.text, base)
            text = writing.entry(first, day, self._keeper(first))
            file = f"entries/{subject}.yaml"
        lessons = self._storage.learning.lessons.of("published", "exported")
        return Learn(
            first.id, subject, file, first.text, text,
            tests=(*found.wordings[1:], *writing.noisy(first.text)),
            kept=tuple((one.question, one.subject) for one in lessons),
            over=self._storage.publications.over(),
        )  # fmt: skip

    def _keeper(self, made: Suggestion) -> str:
        """Who keeps a new entry: whoever keeps what the question is most like."""
        best = self._serving().matcher.explain(made.text).best
        found = None if best is None else known(self._serving().base, best.id)
        return NOBODY if found is None else found.owner

    def clusters(self, state: str) -> list[Cluster]:
        spell = self._serving().matcher.normalise

        def words(text: str) -> frozenset[str]:
            return frozenset(word.plain for word in spell(text).words)

        return clustered(self._current(state), words)

    def _current(self, state: str) -> list[Suggestion]:
        """Those in *state*; a fact that was read again since somebody accepted to mend it is mended."""
        base, found = self._serving().base, self._kept.in_state(state)
        if state != "accepted":
            return found
        records = {one.id: known(base, one.subject) for one in found}
        return [one for one in found if (kept := records[one.id]) is None or kept.checked <= one.made.date()]

    def cluster(self, number: int, *states: str) -> Cluster | None:
        """The cluster in one of *states* that this suggestion is in."""
        clusters = (one for state in states for one in self.clusters(state))
        return next((one for one in clusters if number in {member.id for member in one.members}), None)
