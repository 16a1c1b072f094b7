"""How fast a question is matched, beside other searches over the same phrases and questions in the same run.

    python -m tests.bench.bench_matching [knowledge] [questions.tsv]

Three bases: our own entries alone, those with the national list, and 65,000 made phrases of 6,500 entries. Without
questions the test phrases are asked. `extractOne` stops at the first phrase whose words are all in the question (a
likeness of 100), and a keyword of one word is enough for that: the questions where it must look at everything are
compared by themselves too. bm25s and scikit-learn (`pip install -e .[bench]`) are compared where installed. Times are
those of the processor, so that other work on the machine counts little; still, trust the ratios, not the microseconds.
"""

from __future__ import annotations

import random
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import process_time, thread_time
from typing import NamedTuple

from rapidfuzz import fuzz, process

from bot.base.loader import load
from bot.base.model import Base
from bot.matching.aspects import AspectCues
from bot.matching.finder import entries
from bot.matching.lexicon import Lexicon
from bot.matching.matcher import Entry, Matcher
from bot.matching.normalise import fold
from bot.matching.shelf import texts_of
from tests.test_phrases import phrases

AIMS = {"our own": 12, "with the national list": 80}  # times as fast as the first of the other searches
READING = 10  # us to normalise a question, at the most
BUILD = "aims 4 s, 200 MB"
START = "aim 0.3 s"
MOST = 250  # questions a run; enough for a stable median
SLOW = 40  # questions of a search that takes tens of milliseconds
BIG, EACH = 6500, 10
Ask = Callable[[str], object]


def timed(ask: Ask, questions: Sequence[str]) -> list[float]:
    """Microseconds of the processor for each question."""
    spent = []
    for question in questions:
        start = thread_time()
        ask(question)
        spent.append((thread_time() - start) * 1e6)
    return spent


def read(arguments: Sequence[str]) -> list[str]:
    if not arguments:
        asked = [phrase for accepted, phrase in phrases() if accepted]
        return asked[:: max(1, len(asked) // MOST)]
    lines = Path(arguments[0]).read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t")[0] for line in lines if line.strip()][:MOST]


def plain(texts: Sequence[str]) -> Callable[[str], float]:
    """The search to be compared with first: how like *texts* a question is, up to 100."""
    return lambda q: process.extractOne(fold(q), texts, scorer=fuzz.token_set_ratio)[1]


def others(texts: Sequence[str]) -> Iterator[tuple[str, Ask]]:
    """Other searches to compare with."""
    yield "rapidfuzz WRatio", lambda q: process.extractOne(fold(q), texts)
    try:
        bm25s = import_module("bm25s")
    except ImportError:
        pass
    else:
        index = bm25s.BM25()
        index.index([text.split() for text in texts], show_progress=False)
        yield "bm25s", lambda q: index.retrieve([fold(q).split()], k=min(5, len(texts)), show_progress=False)
    try:
        vectorizer = import_module("sklearn.feature_extraction.text").TfidfVectorizer
    except ImportError:
        return
    tfidf = vectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    rows = tfidf.fit_transform(texts)
    yield "scikit-learn TF-IDF", lambda q: (rows @ tfidf.transform([fold(q)]).T).toarray().argmax()


def compare(name: str, matcher: Matcher, texts: Sequence[str], questions: Sequence[str]) -> None:
    """Print how long each search takes, as a multiple of the matcher's time over the same questions."""
    matcher.warm()
    timed(matcher.match, questions)  # words are read once, citizens use the same ones all day
    own = timed(matcher.match, questions)
    reading = median(timed(matcher.normalise, questions))
    print(f"\n{name}: {len(texts)} phrases, {len(questions)} questions")
    print(f"  {'Matcher.match':28} median {median(own):8.0f} us, p95 {quantiles(own, n=20)[-1]:8.0f} us")
    print(f"  {'the normaliser alone':28} median {reading:8.1f} us, aim {READING}")
    aim, search = f", aim x{AIMS[name]}" if name in AIMS else "", plain(texts)
    spent = timed(search, questions)
    beside("rapidfuzz token_set_ratio", spent, own, aim)
    through = [at for at, question in enumerate(questions) if search(question) < 100]
    print(f"    it stops before the end in {len(questions) - len(through)} of {len(questions)}; in the others:")
    if through:
        mine = [own[at] for at in through]
        print(f"    {'Matcher.match':26} median {median(mine):8.0f} us")
        beside("  token_set_ratio", [spent[at] for at in through], mine, aim)
    step = max(1, len(questions) // SLOW)
    for other, ask in others(texts):
        beside(other, timed(ask, questions[::step]), own[::step])


def beside(other: str, spent: Sequence[float], own: Sequence[float], aim: str = "") -> None:
    """Print how long an *other* search takes, as a multiple of our time over the same questions."""
    ratio, whole = median(spent) / median(own), sum(spent) / sum(own)
    print(f"  {other:28} median {median(spent):8.0f} us, x{ratio:.1f}, all together x{whole:.1f}{aim}")


def made(own: Sequence[Entry]) -> list[Entry]:
    """Many entries with phrases put together of words of our own."""
    chance = random.Random(7)
    words = [word for entry in own for text in texts_of(entry) for word in text.split()]
    invented = [f"{chance.choice('bcdghklmnpqrstvx')}{chance.choice('aeiou')}{number}" for number in range(BIG)]

    def phrase(number: int) -> str:
        return " ".join([*chance.choices(words, k=chance.randint(4, 9)), invented[number]])

    return [
        Entry("procedure", f"made-{n}", f"made-{n}", phrase(n), tuple(phrase(n) for _ in range(EACH - 1)))
        for n in range(BIG)
    ]


class Built(NamedTuple):
    """A matcher, what its index took beyond the lexicon, which is read with the base, and what all of it did."""

    matcher: Matcher
    index: float  # seconds
    ready: float
    index_mb: float  # at the most
    ready_mb: float


def built(base: Base, which: Sequence[Entry], cache: Path | None = None) -> Built:
    lexicon = Lexicon.from_data(base.data["lexicon"])  # type: ignore[arg-type]
    cues = AspectCues.from_data(base.data["aspects"])  # type: ignore[arg-type]
    before, start = peak(), process_time()
    matcher = Matcher(which, lexicon, cues, None, cache)
    index, grown = process_time() - start, peak() - before
    matcher.warm()
    return Built(matcher, index, process_time() - start, grown, peak() - before)


def peak() -> float:
    """The most memory that was needed so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "knowledge"
    base, _ = load(folder)
    everything = list(entries(base))
    own = [entry for entry in everything if entry.kind != "catalogue"]
    questions = read(sys.argv[2:])
    many = made(own)  # first, while nothing else has needed memory
    cold = built(base, many)
    compare("made", cold.matcher, [fold(text) for entry in many for text in texts_of(entry)], questions[:SLOW])
    print(f"  index built in {cold.index:.2f} s, {cold.index_mb:.0f} MB at the most, {BUILD}")
    print(f"  put to the test after {cold.ready:.2f} s, {cold.ready_mb:.0f} MB at the most")
    for name, which in (("our own", own), ("with the national list", everything)):
        with TemporaryDirectory() as cache:
            cold = built(base, which, Path(cache))
            warm = built(base, which, Path(cache))
        compare(name, warm.matcher, [fold(text) for entry in which for text in texts_of(entry)], questions)
        print(f"  ready in {cold.ready:.2f} s, from its cache in {warm.ready:.2f} s, {START}")


if __name__ == "__main__":
    main()
