"""Questions that somebody wrote down with what they are about, to see whether they lead there: not part of the base."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.base.problems import Problems
from bot.base.reading import Block, Entry, read

NOTHING = "nothing"  # stands for no id at all


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the ids of procedures or groups that are right for it; none: it is about nothing we know."""

    phrase: str
    meant: frozenset[str] = frozenset()


def asked(folder: Path) -> Iterator[Asked]:
    """The questions of the YAML files in *folder*: ids (`a | b`) to questions; no other file counts."""
    for path in sorted(folder.glob("*.yaml")):
        problems = Problems()
        node = read(path, path.name, problems)
        if not isinstance(node, Block):
            continue
        entry = Entry(node, problems)
        for ids, _ in entry.items():
            meant = frozenset(id.strip() for id in ids.split("|")) - {NOTHING}
            yield from (Asked(phrase, meant) for phrase in entry.words(ids) if phrase)
