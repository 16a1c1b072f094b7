"""How well labelled questions are matched: what was answered rightly, wrongly, offered, or not known, by style."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from statistics import median
from time import perf_counter

from bot.errors import ConfigError
from bot.matching.matcher import Entry, Match, Matcher
from bot.talk.speech import Speech

Z = 1.96  # of the 95 % interval
OFFERED = 4  # candidates among which the right one counts as offered
BINS = (0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 1.01)  # upper ends of the beliefs that are counted together
SHOWN = 15  # confused pairs that are shown


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled question: the codes (`GROUP:id` for a group) it may mean; of none of ours, it is out of scope."""

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


def read(path: Path, pairs: Path | None) -> list[Case]:
    """The questions of a table with a header: the question, its codes, and for styles a column `style`."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        twins = pairs.read_text(encoding="utf-8").splitlines() if pairs else []
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError("error.no-script", path=path) from error
    head = lines[0].split("\t") if lines else []
    alike = [frozenset(line.replace("|", " ").split()) for line in twins]
    return [_case(line.split("\t"), head, alike, path.stem) for line in lines[1:] if line.count("\t")]


def _case(cells: Sequence[str], head: Sequence[str], alike: Iterable[frozenset[str]], name: str) -> Case:
    codes = frozenset(cells[1].split("|"))
    style = cells[head.index("style")] if "style" in head and len(cells) > head.index("style") else name
    return Case(cells[0], codes.union(*(pair for pair in alike if pair & codes)), style)


def outcomes(matcher: Matcher, entries: Iterable[Entry], cases: Iterable[Case]) -> list[Outcome]:
    """What becomes of each of *cases*; *entries* are our own."""
    names = {entry.id: {*entry.codes, f"GROUP:{entry.id}"} for entry in entries if entry.kind != "catalogue"}
    ours = frozenset().union(*names.values())
    matcher.warm()
    return [_outcome(matcher, names, bool(case.accepted & ours), case) for case in cases]


def _outcome(matcher: Matcher, names: Mapping[str, set[str]], inside: bool, case: Case) -> Outcome:
    start = perf_counter()
    match = matcher.match(case.question)
    spent = (perf_counter() - start) * 1e6
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


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    if of == 0:
        return 0.0, 1.0
    share, square = hits / of, Z * Z / of
    middle = (share + square / 2) / (1 + square)
    half = Z / (1 + square) * sqrt(share * (1 - share) / of + square / (4 * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def report(found: Sequence[Outcome], speech: Speech) -> Iterator[str]:
    """The tables: by style, what was confused, how well the beliefs hold, what a question costs."""
    yield speech.tell("eval.inside")
    for style in ("", *sorted({one.style for one in found})):
        yield from _styled([one for one in found if one.inside and style in ("", one.style)], style, INSIDE, speech)
    yield speech.tell("eval.outside")
    for style in ("", *sorted({one.style for one in found})):
        yield from _styled(
            [one for one in found if not one.inside and style in ("", one.style)], style, OUTSIDE, speech
        )
    pairs = Counter(one.confused for one in found if one.kind in ("wrong", "answered"))
    yield speech.tell("eval.confused")
    yield from (f"  {count}  {label} → {taken}" for (label, taken), count in pairs.most_common(SHOWN))
    yield speech.tell("eval.beliefs")
    yield from _beliefs(found)
    yield speech.tell("eval.cost", median=round(median([one.spent for one in found] or [0.0])), count=len(found))


INSIDE = ("right", "wrong", "offered", "missed", "unknown")
OUTSIDE = ("answered", "offered", "unknown")


def _styled(found: Sequence[Outcome], style: str, kinds: Sequence[str], speech: Speech) -> Iterator[str]:
    if not found:
        return
    cells = []
    for kind in kinds:
        hits = sum(one.kind == kind for one in found)
        low, high = wilson(hits, len(found))
        cells.append(f"{speech.tell(f'eval.{kind}')} {hits}/{len(found)} [{low:.3f}–{high:.3f}]")
    yield f"  {style or speech.tell('eval.all'):12} " + "  ".join(cells)


def _beliefs(found: Sequence[Outcome]) -> Iterator[str]:
    low = 0.0
    for high in BINS:
        inside = [one for one in found if low <= one.belief < high]
        if inside:
            right = sum(one.first for one in inside)
            yield f"  {low:.2f}–{min(high, 1.0):.2f}  {right}/{len(inside)} = {right / len(inside):.2f}"
        low = high
