"""The commands that print and end: check, match, graph. Exit 0, 1, 2: fine, problems found, wrong use."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from bot.admin import reports
from bot.admin.confusions import confusions
from bot.admin.warnings import warnings
from bot.base import loader
from bot.base.checks import check
from bot.base.model import Base, Regions
from bot.base.problems import Problem, Severity
from bot.config import Config
from bot.errors import ConfigError, KnowledgeError
from bot.graph import mermaid
from bot.graph.words import Words
from bot.matching import finder
from bot.matching.matcher import Match, Matcher
from bot.talk.speech import Speech


def problems_of(folder: Path) -> tuple[Base, list[Problem]]:
    """The base in *folder* and all its problems; those of a whole base only when every file can be read."""
    base, problems = loader.load(folder)
    return base, sorted(problems or check(base))


def shown(folder: Path) -> str:
    """*folder* as it is written before a file's name, so that editors find the file from where one is."""
    return f"{os.path.relpath(folder)}/"


def good_base(folder: Path) -> Base:
    """The base in *folder*; KnowledgeError when it has problems."""
    base, problems = problems_of(folder)
    if problems:
        raise KnowledgeError("error.knowledge", problems, shown(folder), count=len(problems))
    return base


def good_regions(folder: Path) -> Regions:
    """Whose a procedure is, by the base in *folder*; without that, other provinces' would be taken for everybody's."""
    base, problems = loader.load(folder)
    if problems := [problem for problem in problems if problem.at.file == loader.REGIONS]:
        raise KnowledgeError("error.knowledge", problems, shown(folder), count=len(problems))
    if not base.regions.home:
        raise ConfigError("error.no-regions", path=folder / loader.REGIONS)
    return base.regions


def findings(folder: Path, speech: Speech, day: date, *, confused: bool) -> tuple[Base, list[Problem]]:
    """The base in *folder* with its errors, or, when it has none, its warnings on *day*."""
    base, errors = problems_of(folder)
    if errors:
        return base, errors
    return base, sorted([*warnings(base, speech, day), *(confusions(base) if confused else ())])


def run_check(config: Config, speech: Speech, day: date, form: str, *, confused: bool) -> int:
    """Print every problem of the knowledge base on *day*; 1 when there is an error among them."""
    base, found = findings(config.knowledge, speech, day, confused=confused)
    errors = sum(problem.severity is Severity.ERROR for problem in found)
    match form:
        case "json":
            print(reports.as_json(found, speech))
        case "github":
            for problem in found:
                print(reports.as_github(problem, speech, shown(config.knowledge)))
        case _:
            for problem in found:
                print(speech.problem(problem, shown(config.knowledge)))
            print("\n".join(_verdict(config, speech, base, errors, len(found) - errors)))
    return 1 if errors else 0


def _verdict(config: Config, speech: Speech, base: Base, errors: int, reminders: int) -> Iterator[str]:
    if errors:
        yield speech.tell("check.count", count=errors)
    else:
        yield speech.tell("check.fine", procedures=len(base.procedures), groups=len(base.groups))
    if reminders:
        yield speech.tell("check.warnings", count=reminders)
    if not config.telegram.collaborators:
        yield speech.tell("check.no-collaborators")


def run_match(config: Config, questions: Iterable[str], speech: Speech, day: date, *, pretty: bool) -> int:
    """Print what each of *questions* means, one JSON object a line; or, *pretty*, for people on that *day*."""
    base = good_base(config.knowledge)
    matcher = finder.matcher(base, config.cache)
    for question in questions:
        match, ms = _timed(matcher, question)
        if pretty:
            print("\n".join(_for_people(match, base, speech, day)))
        else:
            print(json.dumps(_match(match, ms), ensure_ascii=False), flush=True)
    return 0


def run_explain(config: Config, question: str, speech: Speech) -> int:
    """Print what *question* is taken for, and why."""
    base = good_base(config.knowledge)
    matcher = finder.matcher(base, config.cache)
    match, why = matcher.match(question), matcher.explain(question)
    print(match.decision, match.aspect or "–")
    for key, value in {
        "read": why.read,
        "added": ", ".join(why.added) or "–",
        "phrase": why.phrase or "–",
        "best": why.best.id if why.best else "–",
        "next": why.next.id if why.next else "–",
        **{name: f"{number:.3f}" for name, number in asdict(why.signs).items()},
        "ours": f"{why.signs.ours:.3f} (≥ {why.ask})",
        "right": f"{why.signs.right:.3f} (≥ {why.answer})",
        "limits": speech.tell("why.tested" if matcher.limits.tested else "why.first"),
        "version": base.version,
    }.items():
        print(f"  {speech.tell(f'why.{key}')}: {value}")
    return 0


def run_graph(config: Config, speech: Speech, group: str | None, picture: Path | None) -> int:
    """Print *group*, or all groups, as Mermaid; or draw them into the file *picture*."""
    base = good_base(config.knowledge)
    if group is not None and group not in base.groups:
        raise ConfigError("error.no-group", group=group, known=", ".join(base.groups))
    words = Words(base, speech)
    if picture is None:
        print(mermaid.everything(words) if group is None else mermaid.one(words, base.groups[group]))
        return 0
    try:
        picture.write_bytes(_drawn(words, group))
    except OSError as error:
        raise ConfigError("error.no-page", path=picture, reason=error.strerror) from error
    return 0


def _drawn(words: Words, group: str | None) -> bytes:
    from bot.graph import overview, picture  # noqa: PLC0415 what draws takes as long to import as all else to run

    return overview.draw(words) if group is None else picture.draw(words, words.base.groups[group])


def _timed(matcher: Matcher, question: str) -> tuple[Match, float]:
    start = perf_counter()
    match = matcher.match(question)
    return match, (perf_counter() - start) * 1000


def _match(match: Match, ms: float) -> dict[str, Any]:
    return {
        "question": match.question,
        "decision": match.decision,
        "aspect": match.aspect,
        "candidates": [
            {"kind": one.kind, "id": one.id, "code": one.code, "title": one.title, "score": round(one.score, 3)}
            for one in match.candidates
        ],
        "ms": round(ms, 3),
    }


def _for_people(match: Match, base: Base, speech: Speech, day: date) -> Iterator[str]:
    yield f"{match.decision}  {match.aspect or '–'}"
    for one in match.candidates:
        record = base.groups.get(one.id) or base.procedures.get(one.id)
        old = record is not None and record.stale(day)
        due = speech.tell("match.stale", day=speech.day(record.review)) if record is not None and old else ""
        yield f"  {one.score:.3f}  {one.kind:9}  {one.code}  {one.title}  ({one.id}){due}"
