"""How well labelled questions are matched: what was answered rightly, wrongly, offered, or not known, by style."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bot.errors import ConfigError
from bot.matching.aspects import GENERAL
from bot.matching.matcher import Entry, Match, Matcher

OFFERED = 4  # candidates among which the right one counts as offered
ASPECTS = "aspects"  # the head of the second column where questions are labelled with those
HALVES = ("even", "odd")  # of the rows, the first being odd: one half to choose by, the other to judge by


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled question: the codes (`GROUP:id` for a group) it may mean; of none of ours, it is out of scope.

    Or the aspects that it may ask about.
    """

    question: str
    accepted: frozenset[str]
    style: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question."""

    style: str
    inside: bool
    kind: str  # right, wrong, offered, missed or unknown; outside: answered, offered or unknown
    belief: float
    first: bool  # whether the first candidate is the right one
    confused: tuple[str, str]
    spent: float  # microseconds


@dataclass(frozen=True, slots=True)
class Heard:
    """The aspects one question may ask about, and the one that it was taken to ask about."""

    accepted: frozenset[str]
    taken: str
    spent: float  # microseconds


@dataclass(frozen=True, slots=True)
class Table:
    """Labelled questions, and what their labels are."""

    cases: list[Case]
    aspects: bool


def read(path: Path, pairs: Path | None, half: str = "") -> Table:
    """The questions of a table with a header: the question, its codes or `aspects`, and for styles a column `style`.

    *pairs* is a file of codes that are the same, a pair a line; *half* one of HALVES, or both.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        twins = pairs.read_text(encoding="utf-8").splitlines() if pairs else []
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError("error.no-script", path=path) from error
    head = lines[0].split("\t") if lines else []
    alike = [frozenset(line.replace("|", " ").split()) for line in twins]
    rows = [line for at, line in enumerate(lines[1:], 1) if half in ("", HALVES[at % 2])]
    cases = [_case(line.split("\t"), head, alike, path.stem) for line in rows if line.count("\t")]
    return Table(cases, aspects=head[1:2] == [ASPECTS])


def _case(cells: Sequence[str], head: Sequence[str], alike: Iterable[frozenset[str]], name: str) -> Case:
    codes = frozenset(cells[1].split("|"))
    style = cells[head.index("style")] if "style" in head and len(cells) > head.index("style") else name
    return Case(cells[0], codes.union(*(pair for pair in alike if pair & codes)), style)


def outcomes(matcher: Matcher, entries: Iterable[Entry], cases: Iterable[Case]) -> list[Outcome]:
    """What becomes of each of *cases*; *entries* are our own."""
    names = {entry.id: {*entry.codes, f"GROUP:{entry.id}"} for entry in entries if entry.kind != "catalogue"}
    ours = frozenset().union(*names.values())
    return [_outcome(matcher, names, bool(case.accepted & ours), case) for case in cases]


def _outcome(matcher: Matcher, names: Mapping[str, set[str]], inside: bool, case: Case) -> Outcome:
    match, spent = _timed(matcher, case.question)
    good = [bool(names.get(one.id, {one.code}) & case.accepted) for one in match.candidates[:OFFERED]]
    why = matcher.explain(case.question)
    first = why.best is not None and bool(names[why.best.id] & case.accepted)
    taken = match.candidates[0].id if match.decision == "answer" else ""
    label = next(iter(sorted(case.accepted)))
    kind = _kind(match, good) if inside else {"answer": "answered", "ask": "offered"}.get(match.decision, "unknown")
    return Outcome(case.style, inside, kind, why.signs.right, first, (label, taken), spent)


def _kind(match: Match, good: Sequence[bool]) -> str:
    if match.decision == "answer":
        return "right" if good[0] else "wrong"
    if match.decision == "ask":
        return "offered" if any(good) else "missed"
    return "unknown"


def heard(matcher: Matcher, cases: Iterable[Case]) -> list[Heard]:
    """Which aspect each of *cases* was taken to ask about."""
    timed = ((case, *_timed(matcher, case.question)) for case in cases)
    return [Heard(case.accepted, match.aspect or GENERAL, spent) for case, match, spent in timed]


def _timed(matcher: Matcher, question: str) -> tuple[Match, float]:
    start = perf_counter()
    match = matcher.match(question)
    return match, (perf_counter() - start) * 1e6
