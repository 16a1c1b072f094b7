"""What was published by chat, for who keeps the folder: a list, and its way into the files as an ordinary edit."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from bot.base.phrases import asked
from bot.edition import digest, digest_of
from bot.learning.lessons import Lesson
from bot.learning.writing import with_item
from bot.publications import Publication, Publications
from bot.talk.speech import Speech

LEARNED = "learned"  # among the questions that are tried on the whole base
HEAD = "# Questions of citizens that the bot was taught, in other words than those it was taught in.\n"


def lines(kept: Publications, speech: Speech) -> Iterator[str]:
    """Every publication with what was done to it, newest first."""
    all_ = kept.all()
    if not all_:
        yield speech.tell("learned.none")
    for one in all_:
        yield speech.tell("learned.row", number=one.id, state=one.state, file=one.file)
        for deed in kept.deeds(one.id):
            day = f"{deed.by.at:%Y-%m-%d %H:%M}"
            yield speech.tell("learned.deed", day=day, state=deed.state, who=deed.by.who, why=deed.by.why).rstrip()


def export(kept: Publications, taught: list[Lesson], folder: Path, speech: Speech) -> tuple[list[str], bool]:
    """Write what is published into *folder*, as it was sent; what to tell, and whether every file could be written.

    A file that was edited there since is left alone: what differs is told instead. What was taught comes with its
    tests, beside the folder.
    """
    told: list[str] = []
    published, left = kept.published(), set()
    for one in {one.file: one for one in published}.values():
        path = folder / one.file
        below = digest_of(path)
        if below == digest(one.text.encode()):
            told.append(speech.tell("learned.same", file=one.file))
        elif below == one.under:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(one.text, encoding="utf-8")
            told.append(speech.tell("learned.written", file=one.file))
        else:
            told += [speech.tell("learned.edited", file=one.file), *_difference(path, one)]
            left.add(one.file)
    there = {one.id for one in published if one.file not in left}
    tests = [lesson for lesson in taught if lesson.publication in there]
    told += _tests(tests, folder.parent / "tests" / "phrases", speech)
    return told or [speech.tell("learned.nothing")], not left


def _tests(taught: list[Lesson], folder: Path, speech: Speech) -> Iterator[str]:
    """Each lesson as a question that must lead where it was taught, in a file of its own among those that are tried."""
    path = folder / f"{LEARNED}.yaml"
    if not taught or not folder.is_dir():
        return
    before = path.read_text(encoding="utf-8") if path.is_file() else HEAD
    text = before
    there = {one.phrase for one in asked(folder)}
    for lesson in taught:
        if lesson.question not in there:
            text = with_item(text, lesson.subject, lesson.question)
    if text != before:
        path.write_text(text, encoding="utf-8")
        yield speech.tell("learned.tested", file=path.name)


def _difference(path: Path, one: Publication) -> Iterator[str]:
    there = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    return unified_diff(there.splitlines(), one.text.splitlines(), one.file, f"{one.file} ({one.id})", lineterm="")
