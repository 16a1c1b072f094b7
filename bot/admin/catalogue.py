"""The national list made from records of the portal: compact facts, and whose each procedure is.

National procedures and those of our own province may be offered; another province's, and those of ministries that are
no more, are kept to be named when somebody has their code. `knowledge/shared/regions.yaml` tells them apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from bot.admin import portal
from bot.admin.portal import Row, line
from bot.base.catalogue import pack
from bot.base.facts import CODE
from bot.base.model import ELSEWHERE, Duration, Listed, Regions
from bot.errors import ConfigError
from bot.talk.speech import Speech

LEVELS = {"Cấp Xã": "commune", "Cấp Tỉnh": "province", "Cấp Bộ/Trung ương": "ministry"}
COUNTS = ("records", "offered", "elsewhere", "gone", "malformed", "deleted", "twice")
RESULT = 120  # characters of what one gets
LAWS = 6  # legal numbers kept
TOLD = (("agency", "authority"), ("address",), ("name", "result"))  # where a province is named, the surest first

_BODY = re.compile(r"[A-ZĐ]{2}")
_DELETED = re.compile(r"x[oó]a|delete", re.IGNORECASE)


def build(found: Iterable[Row], regions: Regions) -> tuple[list[Listed], Counter[str]]:
    """The list of the records *found*, and how many there were of each of COUNTS."""
    counts: Counter[str] = Counter()
    good: dict[str, Row] = {}
    for row in found:
        counts["records"] += 1
        code = line(row, "code")
        if not CODE.fullmatch(code):
            counts["deleted" if _DELETED.search(code) else "malformed"] += 1
        elif code in good or not line(row, "name"):
            counts["twice" if code in good else "malformed"] += 1
        else:
            good[code] = row
    whose = Whose(good.values(), regions)
    listed = [_listed(row, whose) for row in good.values()]
    counts.update("elsewhere" if one.province else "gone" if one.gone else "offered" for one in listed)
    return sorted(listed, key=lambda one: one.code), counts


def write(path: Path, listed: Iterable[Listed]) -> None:
    """Put the list where the bot finds it, whole or not at all."""
    new = path.with_name(f"{path.name}.new")
    try:
        new.write_bytes(pack(listed))
        new.replace(path)
    except OSError as error:
        raise ConfigError("error.no-out", path=path) from error


def run_build(source: Path, out: Path, regions: Regions, speech: Speech) -> int:
    """Make the list of the records in *source*, and say what became of them."""
    listed, counts = build(portal.records(source), regions)
    write(out, listed)
    numbers = {name: counts[name] for name in COUNTS}
    print(speech.tell("catalogue.built", path=out, size=out.stat().st_size, kept=len(listed), **numbers))
    return 0


class Whose:
    """Tells whose a procedure is from the decision that announced it and the offices it names."""

    def __init__(self, found: Iterable[Row], regions: Regions) -> None:
        self._home = regions.home
        self._gone = frozenset(regions.gone)
        self._local = re.compile("|".join(rf"{re.escape(one)}(?!\w)" for one in regions.local) or "(?!)", re.IGNORECASE)
        names = {name: province for province, others in regions.provinces.items() for name in (province, *others)}
        self._names = names
        self._named = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names) or "(?!)")
        self._central: set[str] = set()
        self._told: dict[str, set[str]] = defaultdict(set)
        for row in found:
            decision = line(row, "decision")
            if line(row, "level") == "Cấp Bộ/Trung ương":
                self._central.add(decision)
            if province := self._own(row):
                self._told[decision].add(province)

    def province(self, row: Row) -> str:
        """The other province that *row* belongs to; empty for national procedures and our own."""
        decision = line(row, "decision")
        if not self._is_local(decision):
            return ""
        others = self._told[decision]
        province = self._own(row) or (next(iter(others)) if len(others) == 1 else ELSEWHERE)
        return "" if province == self._home else province

    def gone(self, row: Row) -> bool:
        return not self._gone.isdisjoint(re.split(r"[^\w]+|_", line(row, "decision")))

    def _is_local(self, decision: str) -> bool:
        """By the body in its number; a bare number is a ministry's if it announced anything for one."""
        if not _BODY.search(decision.upper()):
            return decision not in self._central
        return self._local.search(decision) is not None

    def _own(self, row: Row) -> str:
        """The one province that *row* itself names."""
        for keys in TOLD:
            text = " ".join(line(row, key) for key in keys)
            found = {self._names[name] for name in self._named.findall(text)}
            if len(found) == 1:
                return found.pop()
        return ""


def _listed(row: Row, whose: Whose) -> Listed:
    return Listed(
        code=line(row, "code"),
        name=line(row, "name"),
        field=line(row, "field"),
        level=LEVELS.get(line(row, "level"), ""),
        ways=_ways(row),
        result=_short(line(row, "result")),
        legal=portal.legal(row)[:LAWS],
        province=whose.province(row),
        gone=whose.gone(row),
    )


def _ways(row: Row) -> dict[str, tuple[Duration, ...]]:
    ways: dict[str, set[Duration]] = {}
    for channel in portal.rows(row, "channels"):
        if (way := portal.CHANNELS.get(portal.line(channel, "how"))) is not None:
            times = ways.setdefault(way, set())
            if (time := portal.duration(portal.line(channel, "time"))) is not None:
                times.add(time)
    return {way: tuple(sorted(ways[way], key=lambda time: (time.unit, time.count))) for way in sorted(ways)}


def _short(text: str) -> str:
    """The first statement of *text*, cut at a word."""
    first = re.split(r"[;.](?:\s|$)", text.lstrip("-+*• "), maxsplit=1)[0]
    return first if len(first) <= RESULT else f"{first[:RESULT].rsplit(' ', 1)[0]} …"
