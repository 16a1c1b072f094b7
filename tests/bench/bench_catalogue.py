"""What the national list costs: `python -m tests.bench.bench_catalogue`.

The aims: a first start within 10 s, the next ones within 2 s, at most 400 MB, about 2 ms for a question it answers.
Every start is a process of its own, on a cache folder of its own; the questions are official names, cut and unaccented.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from bot.base.loader import load
from bot.matching import finder
from bot.matching.matcher import Matcher
from bot.matching.normalise import fold

ROOT = Path(__file__).parents[2]
MOST = 500  # questions
WORDS = 7  # of a name that somebody still says


def main() -> None:
    if len(sys.argv) > 1:
        start(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as cache:
        for name in ("first start", "second start"):
            begin = perf_counter()
            told = subprocess.run(
                [sys.executable, "-m", "tests.bench.bench_catalogue", cache],
                cwd=ROOT,
                check=True,
                capture_output=True,
                text=True,
            ).stdout
            print(f"{name:12}  {perf_counter() - begin:.2f} s from nothing to the first answer, {told.strip()}")
        base, _ = load(ROOT / "knowledge")
        matcher = finder.matcher(base, Path(cache))
        matcher.warm()
        offered = [one.name for one in base.catalogue.values() if one.offered]
    print(f"{len(base.catalogue)} procedures in the list, {len(offered)} offered by name")
    names = offered[:: max(1, len(offered) // MOST)]
    report("the list was asked", matcher, [" ".join(fold(name).split()[:WORDS]) for name in names], "unknown")
    phrases = [phrase for one in base.procedures.values() for phrase in one.phrases]
    report("our own knew", matcher, [f"cho em hoi {fold(phrase)}" for phrase in phrases], "answer")


def start(cache: Path) -> None:
    """What the bot does before it serves, up to the answer to a question that only the list knows."""
    base, _ = load(ROOT / "knowledge")
    matcher = finder.matcher(base, cache)
    matcher.warm()
    matcher.match("thanh lap cong ty tnhh")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")


def report(what: str, matcher: Matcher, questions: list[str], decision: str) -> None:
    spent = []
    for question in questions:
        begin = perf_counter()
        match = matcher.match(question)
        if match.decision == decision:
            spent.append((perf_counter() - begin) * 1000)
    print(f"{what:20} {len(spent):4} questions: median {median(spent):.2f} ms, p95 {quantiles(spent, n=20)[-1]:.2f} ms")


if __name__ == "__main__":
    main()
