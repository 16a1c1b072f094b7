"""How long a survey takes: `python -m tests.bench.bench_gaps`. The aim is a few seconds for 20,000 questions.

The questions are test phrases with words of others among them, so that most are distinct; first a fifth of them has no
answer, which is ordinary, then all of them, which is the worst. It is work of the workshop: no citizen waits for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from time import perf_counter, process_time

from bot.admin.compare.rerouted import questions
from bot.admin.gaps.asked import Asked
from bot.admin.gaps.charted import charted
from bot.admin.gaps.survey import survey
from bot.base.loader import load
from bot.chart import drawn
from bot.matching import finder
from bot.talk.speech import Speech

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
PHRASES = Path(__file__).parents[1] / "phrases"
COUNT, WEEKS = 20_000, 8
LAST = date(2026, 11, 29)
STEP = 7919  # a prime, so that each question meets another one each time


def main() -> None:
    base, problems = load(KNOWLEDGE)
    if problems:
        raise SystemExit("the base has problems: bot check")
    matcher = finder.matcher(base)
    matcher.warm()
    asked = list(islice(mixed([one.phrase for one in questions(base, base, PHRASES)]), COUNT))
    some = [one if place % 5 == 0 else replace(one, outcome="answered") for place, one in enumerate(asked)]
    for what, log in (("a fifth open", some), ("all of them open", asked)):
        start, worked = perf_counter(), process_time()
        found = survey(log, LAST, WEEKS, base, matcher)
        took = f"{perf_counter() - start:.1f} s ({process_time() - worked:.1f} s of work)"
        print(f"{len(log)} questions, {what}: {took}, {len(found.gaps) + found.more} gaps, {found.gaps[0].size} in one")
    start = perf_counter()
    picture = drawn(charted(found, Speech("vi", base.texts)))
    print(f"the chart: {perf_counter() - start:.2f} s, {len(picture) // 1024} KB")


def mixed(texts: list[str]) -> Iterator[Asked]:
    """Without end: each text in turn, with two words of another one in its middle."""
    for number in count():
        words = texts[number % len(texts)].split()
        other = texts[number * STEP % len(texts)].split()
        middle = len(words) // 2
        text = " ".join((*words[:middle], *other[:2], *words[middle:]))
        yield Asked(LAST - timedelta(days=number % (7 * WEEKS)), str(number % 4001), text, "unknown")


if __name__ == "__main__":
    main()
