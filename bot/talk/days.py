"""Days as citizens type them: 20/11, 20-11-2026, "ngay 20 thang 11", "hôm qua"."""

from __future__ import annotations

from datetime import date, timedelta

from bot.matching.normalise import fold

NEAR = {
    "hom nay": 0, "bua nay": 0, "nay": 0, "today": 0,
    "hom qua": -1, "bua qua": -1, "qua": -1, "yesterday": -1,
    "hom kia": -2, "bua kia": -2, "bua truoc": -2,
    "ngay mai": 1, "mai": 1, "tomorrow": 1,
    "ngay mot": 2, "mot": 2,
}  # fmt: skip
AROUND = frozenset(
    ["bua", "hom", "la", "mong", "mung", "nam", "ngay", "on", "thang", "the"]
)  # around the figures of a day
POLITE = frozenset(["a", "da", "em", "nha", "nhe", "oi", "roi", "thua"])
CENTURY = 2000  # 26 is 2026
LONGEST = 7  # words of what is meant as a day


def read_day(text: str, today: date, *, since: date | None = None) -> date | None:
    """The day that *text* names, None when it names none.

    Without a year it is the last such day up to *today*, or the first from *since* on.
    """
    words = [word for word in fold(text).split() if word not in POLITE]
    if (said := " ".join(words)) in NEAR:
        return today + timedelta(NEAR[said])
    figures = [int(word) for word in words if word.isdecimal()]
    if not all(word.isdecimal() or word in AROUND for word in words):
        return None
    match figures:
        case [day, month]:
            first = today.year if since is None else since.year
            years = range(first, first - 9, -1) if since is None else range(first, first + 9)
            days = filter(None, (_date(year, month, day) for year in years))  # 29/02 is not in every year
            return next((one for one in days if (one <= today if since is None else one >= since)), None)
        case [year, month, day] if year > 99:
            return _date(year, month, day)
        case [day, month, year]:
            return _date(year if year > 99 else CENTURY + year, month, day)
    return None


def looks_like_day(text: str) -> bool:
    """Whether *text* was probably meant as a day, though it names none."""
    words = fold(text).split()
    return len(words) <= LONGEST and any(character.isdecimal() for word in words for character in word)


def number(day: date) -> int:
    """*day* as a button carries it: 261207 is 07/12/2026."""
    return (day.year - CENTURY) * 10000 + day.month * 100 + day.day


def numbered(figures: int) -> date | None:
    """The day behind *figures*; None when there is no such day."""
    return _date(CENTURY + figures // 10000, figures // 100 % 100, figures % 100) if figures < 1000000 else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None
