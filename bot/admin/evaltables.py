"""The tables of `bot eval`: every rate beside the questions it was counted on, and how sure that makes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import sqrt
from statistics import fmean, median

from bot.admin.evaluate import Heard, Outcome
from bot.matching.calibrate import Limits
from bot.talk.speech import Speech

Z = 1.96  # of the 95 % interval
ENOUGH = 300  # questions; of fewer, none answered wrongly may still be more than 1 % (see `wilson`)
BINS = (0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 1.01)  # upper ends of the beliefs that are counted together
SHOWN = 15  # confused pairs that are shown
INSIDE = ("right", "wrong", "offered", "missed", "unknown")
OUTSIDE = ("answered", "offered", "unknown")


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    if of == 0:
        return 0.0, 1.0
    share, square = hits / of, Z * Z / of
    middle = (share + square / 2) / (1 + square)
    half = Z / (1 + square) * sqrt(share * (1 - share) / of + square / (4 * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def report(found: Sequence[Outcome], limits: Limits, speech: Speech) -> Iterator[str]:
    """The tables: by style, what was confused, how well the beliefs hold, what a question costs."""
    yield speech.tell(f"eval.limits.{'tested' if limits.tested else 'first'}", answer=limits.answer, ask=limits.ask)
    for inside, kinds in ((True, INSIDE), (False, OUTSIDE)):
        asked = [one for one in found if one.inside == inside]
        yield speech.tell("eval.inside" if inside else "eval.outside")
        for style in ("", *sorted({one.style for one in asked})):
            yield from _styled([one for one in asked if style in ("", one.style)], style, kinds, speech)
        if len(asked) < ENOUGH:
            yield speech.tell("eval.few", count=len(asked), enough=ENOUGH)
    pairs = Counter(one.confused for one in found if one.kind in ("wrong", "answered"))
    yield speech.tell("eval.confused")
    yield from (f"  {count}  {label} → {taken}" for (label, taken), count in pairs.most_common(SHOWN))
    yield speech.tell("eval.beliefs")
    yield from _beliefs(found, speech)
    yield _cost([one.spent for one in found], speech)


def _styled(found: Sequence[Outcome], style: str, kinds: Sequence[str], speech: Speech) -> Iterator[str]:
    if found:
        rates = [_rate(f"eval.{kind}", sum(one.kind == kind for one in found), len(found), speech) for kind in kinds]
        yield f"  {style or speech.tell('eval.all'):12} " + "  ".join(rates)


def _rate(key: str, hits: int, of: int, speech: Speech) -> str:
    low, high = wilson(hits, of)
    return f"{speech.tell(key)} {hits}/{of} [{low:.3f}–{high:.3f}]"


def _beliefs(found: Sequence[Outcome], speech: Speech) -> Iterator[str]:
    """What was believed and what came true, and by how much they differ on the whole."""
    low, apart = 0.0, 0.0
    for high in BINS:
        together = [one for one in found if low <= one.belief < high]
        if together:
            right, believed = sum(one.first for one in together), fmean(one.belief for one in together)
            share = right / len(together)
            apart += abs(share - believed) * len(together) / len(found)
            yield f"  {low:.2f}–{min(high, 1.0):.2f}  {believed:.2f}  {right}/{len(together)} = {share:.2f}"
        low = high
    yield speech.tell("eval.apart", error=f"{apart:.3f}")


def _cost(spent: Sequence[float], speech: Speech) -> str:
    ordered = sorted(spent) or [0.0]
    most = ordered[int(0.95 * (len(ordered) - 1))]
    return speech.tell("eval.cost", median=round(median(ordered)), most=round(most), count=len(spent))


def of_aspects(found: Sequence[Heard], speech: Speech) -> Iterator[str]:
    """How often each aspect was heard rightly, what was taken for what, and the average in which each counts the same.

    A question that may ask several things asks the one it was taken for, if that is among them, else the first.
    """
    pairs = [(one.taken if one.taken in one.accepted else min(one.accepted), one.taken) for one in found]
    yield "  " + _rate("eval.right", sum(meant == taken for meant, taken in pairs), len(pairs), speech)
    scores = []
    for aspect in sorted({meant for meant, _ in pairs}):
        hits = sum(meant == taken == aspect for meant, taken in pairs)
        meant, taken = (sum(pair[side] == aspect for pair in pairs) for side in (0, 1))
        scores.append(2 * hits / (meant + taken))
        yield f"  {aspect:12} {speech.tell('eval.heard', hits=hits, meant=meant, taken=taken)}  F1 {scores[-1]:.3f}"
    yield speech.tell("eval.macro", score=f"{fmean(scores or [0.0]):.3f}")
    yield speech.tell("eval.confused-aspects")
    wrong = Counter(pair for pair in pairs if pair[0] != pair[1])
    yield from (f"  {count}  {meant} → {taken}" for (meant, taken), count in wrong.most_common(SHOWN))
    yield _cost([one.spent for one in found], speech)
