"""A suggestion tried before anybody is answered by it: is it understood, and does it take anything from another?

A phrase that the base knows leads where it stands, whatever else is added; so what is asked is what citizens will ask:
near phrases of others as if the base had not learned them, questions it was never taught, and lessons of before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.admin.compare import rerouted
from bot.base.model import Base
from bot.base.phrases import Asked, asked
from bot.base.problems import At, Kind, Problem
from bot.edition import Edition, Loaded, laid
from bot.learning.writing import with_item
from bot.matching.matcher import Match
from bot.matching.normalise import fold
from bot.messages import Learn

PHRASES = Path("tests", "phrases")  # beside the folder: questions that its base was not taught; they may be absent
COMMON = 2  # words that a phrase shares with one that could take its place
TURNS = 2  # of the nearest phrases of each other procedure: as many bases are tried
Read = Callable[[Mapping[str, str]], Loaded]


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it: an edition with *text* as the file, and the *test* that is understood now; or why not."""

    loaded: Loaded
    text: str = ""
    test: str = ""
    victims: tuple[str, ...] = ()  # questions that it would take from others: "question → where it leads today"


def tried(job: Learn, folder: Path, ready: Read) -> Tried:
    """What comes of *job* on the knowledge in *folder*; *ready* reads it with other texts, ready to be served."""
    text = job.text or with_item(job.over.get(job.file) or _text(folder / job.file), "phrases", job.phrase)
    if not text:
        return Tried(Loaded(None, (Problem(At(job.file), Kind.NOT_A_LIST, (("key", "phrases"),)),)))
    loaded = ready({**job.over, job.file: text})
    before, problems = laid(folder, job.over)
    if loaded.edition is None or problems:
        return Tried(Loaded(None, loaded.problems or problems), text)
    test = _test(job, loaded.edition)
    victims = tuple(_victims(job, before, loaded.edition.base, folder.parent / PHRASES)) if test else ()
    return Tried(loaded, text, test, victims)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _test(job: Learn, edition: Edition) -> str:
    """The first of the tests that is understood now, best of all answered at once; nothing when none is."""
    found = {one: edition.matcher.match(one) for one in job.tests if not _taught(edition.base, one)}
    sure = (one for one, match in found.items() if _answers(match, job.subject))
    offered = (one for one, match in found.items() if match.decision == "ask" and _offers(match, job.subject))
    return next(sure, "") or next(offered, "")


def _taught(base: Base, question: str) -> bool:
    return any(fold(question) == fold(one.phrase) for one in rerouted.taught(base))


def _answers(match: Match, subject: str) -> bool:
    return match.decision == "answer" and match.candidates[0].id == subject


def _offers(match: Match, subject: str) -> bool:
    return any(one.id == subject for one in match.candidates)


def _victims(job: Learn, old: Base, new: Base, phrases: Path) -> Iterator[str]:
    """The questions that are about something else and would be answered with the subject from now on."""
    known = {*old.groups, *old.procedures, *old.entries}
    apart = [Asked(question, frozenset({id})) for question, id in job.kept if id in known]
    apart += [one for one in asked(phrases) if not one.meant or one.meant & known]
    seen: set[str] = set()
    for left, questions in (((), apart), *_turns(job, old)):
        taken = _led(job.subject, _without(new, left), questions)
        before = set(_led(job.subject, _without(old, left), taken)) if taken else set()  # few take anything: quick
        for one in taken:
            if one not in before and one.phrase not in seen:
                seen.add(one.phrase)
                yield f"{one.phrase} → {', '.join(sorted(one.meant)) or '–'}"


def _led(subject: str, base: Base, questions: list[Asked]) -> list[Asked]:
    """Those of *questions* that are about something else and answered with *subject*."""
    matcher = rerouted.matcher(base, questions)
    return [one for one in questions if subject not in one.meant and _answers(matcher.match(one.phrase), subject)]


def _turns(job: Learn, base: Base) -> Iterator[tuple[tuple[str, ...], list[Asked]]]:
    """Near phrases of others to be left out and asked, one of each procedure at a time."""
    near: dict[frozenset[str], list[str]] = {}
    words = set(fold(job.phrase).split())
    for one in rerouted.taught(base):
        shared = len(words & set(fold(one.phrase).split()))
        if job.subject not in one.meant and shared >= COMMON:
            near.setdefault(one.meant, []).append(one.phrase)
    for those in near.values():
        those.sort(key=lambda phrase: -len(words & set(fold(phrase).split())))
    for turn in range(min(TURNS, max(map(len, near.values()), default=0))):
        out = [Asked(those[turn], meant) for meant, those in near.items() if turn < len(those)]
        yield tuple(one.phrase for one in out), out


def _without(base: Base, phrases: tuple[str, ...]) -> Base:
    gone = set(phrases)

    def left(own: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(phrase for phrase in own if phrase not in gone)

    return replace(
        base,
        procedures={id: replace(one, phrases=left(one.phrases)) for id, one in base.procedures.items()},
        groups={id: replace(one, phrases=left(one.phrases)) for id, one in base.groups.items()},
        entries={id: replace(one, phrases=left(one.phrases)) for id, one in base.entries.items()},
    )
