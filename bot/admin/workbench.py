"""The jobs of the workshop: what takes too long for the desk, done in a thread of its own."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.admin.warnings import warnings
from bot.edition import Edition, Loaded, read
from bot.messages import Job, Load
from bot.talk.speech import Speech


class Workbench:
    """Reads the knowledge in *folder*; *serving* is what citizens are answered from until something else is loaded."""

    def __init__(self, folder: Path, cache: Path, serving: Edition, day: Callable[[], date]) -> None:
        self._folder = folder
        self._cache = cache
        self._serving = serving
        self._day = day

    def perform(self, job: Job) -> object:
        """What comes of *job*: for `Load` a `Loaded`."""
        if not isinstance(job, Load):
            raise TypeError(job)
        with unhindered():
            loaded = self._load(job)
        if loaded.edition is not None and not job.publication:
            self._serving = loaded.edition
        return loaded

    def _load(self, job: Load) -> Loaded:
        found = read(self._folder, job.over, self._cache)
        if found.edition is None:
            return found
        found.edition.matcher.warm()
        base = found.edition.base
        reminders = warnings(base, Speech("vi", base.texts), self._day())
        return replace(found, edition=replace(found.edition, reminders=tuple(reminders)))


@contextmanager
def unhindered() -> Iterator[None]:
    """No garbage is looked for meanwhile, nor ever in what is kept: with a whole base that stops everybody for 100 ms.

    What a base leaves when it goes is freed without: it has no cycles.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
