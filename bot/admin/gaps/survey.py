"""What a number of weeks looked like: how many questions were left open, about what, and what they had in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import Literal, NamedTuple

from bot.admin.gaps.asked import Asked
from bot.admin.gaps.typical import typical
from bot.base.model import Base, Text
from bot.matching.clusters import clusters
from bot.matching.matcher import Matcher

Trend = Literal["new", "more", "same", "less"]

WEEK = 7
MOST = 30  # gaps that are told; of some thousand most are one question of one person
SHOWN = 3  # examples of each
NEAR = 0.5  # score from which what was not understood has to do with what it is most like; most below is by chance
OTHER = Text("")  # the field of what is like nothing


class Share(NamedTuple):
    """So many questions were left open, of so many."""

    open: int
    all: int


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from *first* on, and what became of the questions in them."""

    first: date
    answered: int
    offered: int
    open: int

    @property
    def share(self) -> Share:
        return Share(self.open, self.answered + self.offered + self.open)


@dataclass(frozen=True, slots=True)
class Field:
    """What of a field was left open, week by week."""

    name: Text
    weeks: tuple[Share, ...]

    @property
    def share(self) -> Share:
        return Share(sum(week.open for week in self.weeks), sum(week.all for week in self.weeks))


@dataclass(frozen=True, slots=True)
class Gap:
    """Open questions that are much alike: how many *people* asked, how often by week, and some of their words."""

    people: int
    weeks: tuple[int, ...]
    trend: Trend
    examples: tuple[str, ...]  # the most typical first
    near: str = ""  # what of ours or of the national list comes nearest, by its name
    answered: bool = False  # today's knowledge has an answer

    @property
    def size(self) -> int:
        return sum(self.weeks)


@dataclass(frozen=True, slots=True)
class Survey:
    """The *weeks*, the last of them up to now; the *gaps*, what most people asked for first, and how many more."""

    weeks: tuple[Week, ...]
    fields: tuple[Field, ...]
    gaps: tuple[Gap, ...]
    more: int = 0

    @property
    def last(self) -> date:
        return self.weeks[-1].first + timedelta(days=WEEK - 1)

    @property
    def share(self) -> Share:
        """Of all weeks together."""
        return Share(sum(week.open for week in self.weeks), sum(week.share.all for week in self.weeks))


def first_day(last: date, weeks: int) -> date:
    """Where so many weeks begin that end with the day *last*."""
    return last - timedelta(days=WEEK * weeks - 1)


def survey(asked: Sequence[Asked], last: date, weeks: int, base: Base, matcher: Matcher) -> Survey:
    """What becomes of the questions *asked* in the *weeks* up to the day *last*, in the light of *base*."""
    first = first_day(last, weeks)
    found = _alike([one for one in asked if one.open], matcher)
    since = min((_week(one, first) for one in asked), default=0)  # before, nobody knew the bot
    gaps = [_gap(mine, [_week(one, first) for one in mine], (since, weeks), matcher) for mine in found[:MOST]]
    return Survey(
        weeks=tuple(_weeks(asked, first, weeks)),
        fields=tuple(_fields(asked, first, weeks, base)),
        gaps=tuple(sorted(gaps, key=lambda gap: gap.answered)),
        more=len(found) - len(gaps),
    )


def _weeks(asked: Sequence[Asked], first: date, weeks: int) -> Iterator[Week]:
    counts = Counter((_week(one, first), "open" if one.open else one.outcome) for one in asked)
    for week in range(weeks):
        numbers = (counts[week, outcome] for outcome in ("answered", "offered", "open"))
        yield Week(first + timedelta(days=WEEK * week), *numbers)


def _fields(asked: Sequence[Asked], first: date, weeks: int, base: Base) -> list[Field]:
    """Every field that was asked about, the one with most open questions first."""
    alike = {part.strip().lower(): name for name in base.fields.values() for part in name.vi.split(",")}
    counts: dict[Text, list[Share]] = {}
    for one in asked:
        shares = counts.setdefault(_field(one, base, alike), [Share(0, 0)] * weeks)
        before = shares[_week(one, first)]
        shares[_week(one, first)] = Share(before.open + one.open, before.all + 1)
    fields = (Field(name, tuple(shares)) for name, shares in counts.items())
    return sorted(fields, key=lambda field: (-field.share.open, -field.share.all, field.name.vi))


def _field(one: Asked, base: Base, alike: dict[str, Text]) -> Text:
    """The field of what *one* was taken for; one of the national list is ours if it has a name in common."""
    best = one.best
    if best is None or (one.outcome == "unknown" and best.score < NEAR):
        return OTHER
    if best.kind == "catalogue":
        listed = base.catalogue.get(best.id)
        return OTHER if listed is None else alike.get(listed.field.lower(), Text(listed.field))
    group = base.groups.get(best.id)
    procedure = base.procedures.get(group.steps[0].procedure if group is not None else best.id)
    return OTHER if procedure is None else base.fields[procedure.field]


def _alike(asked: Sequence[Asked], matcher: Matcher) -> list[list[Asked]]:
    """*asked* sorted into what is much alike; what most people asked comes first, then what was asked most often."""
    found = [[asked[at] for at in places] for places in clusters([matcher.gist(one.text) for one in asked])]
    return sorted(found, key=lambda mine: (-_people(mine), -len(mine), min(one.text for one in mine)))


def _gap(mine: Sequence[Asked], in_weeks: Sequence[int], span: tuple[int, int], matcher: Matcher) -> Gap:
    """*mine* as a gap, in the weeks of *span* as far as its trend goes; today's matcher says what is near."""
    since, weeks = span
    counts = Counter(in_weeks)
    by_week = tuple(counts[week] for week in range(weeks))
    examples = typical([one.text for one in mine], matcher.gist, SHOWN)
    match = matcher.match(examples[0])
    near = match.candidates[0] if match.candidates and match.candidates[0].score >= NEAR else None
    answered = match.decision == "answer" and all(one.outcome == "unknown" for one in mine)
    return Gap(_people(mine), by_week, trend(by_week[since:]), examples, near.title if near else "", answered=answered)


def _people(asked: Iterable[Asked]) -> int:
    return len({one.chat for one in asked})


def trend(weeks: Sequence[int]) -> Trend:
    """The last of *weeks* beside the mean of those before: as chance has it, a count strays by about its root."""
    *before, now = weeks
    if before and not any(before):
        return "new"
    mean = sum(before) / len(before) if before else now
    if abs(now - mean) <= sqrt(max(mean, 1.0)):
        return "same"
    return "more" if now > mean else "less"


def _week(one: Asked, first: date) -> int:
    return (one.day - first).days // WEEK
