"""How fast a question is matched, next to a plain search with rapidfuzz over the same phrases in the same run.

    python tests/bench/bench_matching.py [knowledge] [questions.tsv]

Without questions, the phrases of the base are asked without their diacritics, after a greeting.
Trust the ratio, not the microseconds.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from rapidfuzz import fuzz, process

from bot.base.loader import load
from bot.matching.finder import entries, matcher
from bot.matching.normalise import fold
from bot.matching.shelf import texts_of

MOST = 400  # questions a run; enough for a stable median


def timed(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Microseconds of each question."""
    spent = []
    for question in questions:
        start = perf_counter()
        ask(question)
        spent.append((perf_counter() - start) * 1e6)
    return spent


def read(arguments: Sequence[str], phrases: Sequence[str]) -> list[str]:
    if not arguments:
        return [f"cho em hoi {phrase}" for phrase in phrases[:: max(1, len(phrases) // MOST)]]
    lines = Path(arguments[0]).read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t")[0] for line in lines if line.strip()][:MOST]


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "knowledge"
    base, problems = load(folder)
    start = perf_counter()
    finder = matcher(base)
    built = perf_counter() - start
    phrases = [fold(text) for entry in entries(base) for text in texts_of(entry)]
    questions = read(sys.argv[2:], phrases)
    print(f"{len(phrases)} phrases, {len(questions)} questions, {len(problems)} problems, built in {built:.2f} s")
    ways: dict[str, Callable[[str], object]] = {
        "Matcher.match": finder.match,
        "rapidfuzz token_set_ratio": lambda q: process.extractOne(fold(q), phrases, scorer=fuzz.token_set_ratio),
        "rapidfuzz WRatio": lambda q: process.extractOne(fold(q), phrases),
    }
    first = 0.0
    for name, ask in ways.items():
        spent = timed(ask, questions)
        first = first or median(spent)
        slow = quantiles(spent, n=20)[-1]
        print(f"{name:28} median {median(spent):7.0f} us, p95 {slow:7.0f} us, x{median(spent) / first:.1f}")


if __name__ == "__main__":
    main()
