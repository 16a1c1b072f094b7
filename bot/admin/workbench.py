"""The jobs of the workshop: what takes too long for the desk, done in a thread of its own."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.admin.compare import difflines, rerouted
from bot.admin.compare.diff import changes
from bot.admin.gaps.asked import Asked
from bot.admin.gaps.survey import Survey, first_day, survey
from bot.admin.warnings import warnings
from bot.edition import Edition, Loaded, read
from bot.learning.trial import tried
from bot.messages import Gather, Job, Learn, Load
from bot.talk.speech import Speech

PHRASES = Path(__file__).parents[2] / "tests" / "phrases"  # ways of asking that no base was taught; they may be absent
Questions = Callable[[date, date], Sequence[Asked]]
TURN = 0.0005  # seconds of work before another thread that waits gets its turn


class Workbench:
    """Reads the knowledge in *folder*; *serving* is what citizens are answered from until something else is loaded.

    *questions* reads what they asked from one day to another, beside the desk.
    """

    def __init__(
        self, folder: Path, cache: Path, serving: Edition, day: Callable[[], date], questions: Questions
    ) -> None:
        self._folder = folder
        self._cache = cache
        self._questions = questions
        self._serving = serving
        self._day = day

    def perform(self, job: Job) -> object:
        """What comes of *job*: for `Load` a `Loaded`, for `Learn` a `Tried`, for `Gather` a `Survey`."""
        if isinstance(job, Learn):
            with unhindered():
                return tried(job, self._folder, self._warmed)
        with unhindered():
            match job:
                case Load():
                    return self._loaded(job)
                case Gather():
                    return self._survey(job)
        raise TypeError(job)

    def _loaded(self, job: Load) -> Loaded:
        loaded = self._load(job)
        if loaded.edition is not None and not job.publication:
            self._serving = loaded.edition
        return loaded

    def _survey(self, job: Gather) -> Survey:
        asked = self._questions(first_day(job.last, job.weeks), job.last)
        return survey(asked, job.last, job.weeks, self._serving.base, self._serving.matcher)

    def _load(self, job: Load) -> Loaded:
        found = self._warmed(job.over)
        if found.edition is None:
            return found
        base = found.edition.base
        speech, day = Speech("vi", base.texts), self._day()
        edition = replace(found.edition, reminders=tuple(warnings(base, speech, day)))
        return replace(found, edition=edition, changes=tuple(self._changes(edition, speech, day)))

    def _warmed(self, over: Mapping[str, str]) -> Loaded:
        """The knowledge with the texts of *over*, its matcher ready; nobody looked for warnings yet."""
        found = read(self._folder, over, self._cache)
        if found.edition is None:
            return found
        found.edition.matcher.warm()
        return replace(found, edition=replace(found.edition, reminders=self._serving.reminders))

    def _changes(self, edition: Edition, speech: Speech, day: date) -> Iterator[str]:
        """What citizens will meet otherwise than now: facts and sentences, and questions that lead elsewhere."""
        old = self._serving
        if found := changes(old.base, edition.base, speech, day):
            yield from difflines.lines(found, speech)
        asked = list(rerouted.questions(old.base, edition.base, PHRASES))
        if elsewhere := rerouted.rerouted(old.matcher, edition.matcher, asked):
            yield from difflines.of_questions(elsewhere, len(asked), speech)


@contextmanager
def unhindered() -> Iterator[None]:
    """The desk gets its turn soon, and no garbage is looked for, now or ever, in what is kept.

    A thread gives way to another only every 5 ms unless told otherwise, and a look through a whole base for garbage
    stops everybody for 100 ms. What a base leaves when it goes is freed without: it has no cycles.
    """
    turn = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
        sys.setswitchinterval(turn)
