"""The national list made from records of the portal: compact facts, and whose each procedure is.

National procedures and those of our own province may be offered; another province's, and those of ministries that are
no more, are kept to be named when somebody has their code. `knowledge/shared/regions.yaml` tells them apart.
"""

from __future__ import annotations

import json
import lzma
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.base.catalogue import pack, unpack
from bot.base.facts import CODE
from bot.base.model import ELSEWHERE, Duration, Listed, Regions, Unit
from bot.errors import ConfigError
from bot.talk.speech import Speech

Record = Mapping[str, Any]

LEVELS = {"Cấp Xã": "commune", "Cấp Tỉnh": "province", "Cấp Bộ/Trung ương": "ministry"}
WAYS = {"ONLINE": "online", "DIRECT": "counter", "POSTAL": "post"}
UNITS: dict[str, Unit] = {"WORKING_DAY": "working-days", "ngày": "days", "HOUR": "hours", "MONTH": "months"}
COUNTS = ("records", "offered", "elsewhere", "gone", "malformed", "deleted", "twice")
MOST = 1_000_000_000  # bytes of records: more is no file of records
RESULT = 120  # characters of what one gets
LAWS = 6  # legal numbers kept
TOLD = (("agency", "authority"), ("address",), ("name", "result"))  # where a province is named, the surest first

_TIME = re.compile(r"([1-9][0-9]{0,3}) (WORKING_DAY|ngày|HOUR|MONTH)")  # "1 OTHER" is no time: it says "see there"
_LAW = re.compile(r"\d{1,4}/(?:\d{4}/)?[A-ZĐ]+[0-9]*(?:-[A-ZĐ0-9]+)*")
_BODY = re.compile(r"[A-ZĐ]{2}")
_DELETED = re.compile(r"x[oó]a|delete", re.IGNORECASE)


def records(path: Path) -> list[Record]:
    """The records in the file at *path*, one JSON object a line, compressed or not."""
    line = 0
    found: list[Record] = []
    try:
        for line, row in enumerate(unpack(path.read_bytes(), MOST).splitlines(), 1):  # noqa: B007 said when it is broken
            record = json.loads(row)
            if not isinstance(record, dict):
                raise ValueError(record)  # noqa: TRY004 no more wrong than a row that is no JSON
            found.append(record)
    except (OSError, lzma.LZMAError, ValueError, RecursionError) as error:
        raise ConfigError("error.no-records", path=path, line=line) from error
    return found


def build(found: Iterable[Record], regions: Regions) -> tuple[list[Listed], Counter[str]]:
    """The list of *found*, and how many there were of each of COUNTS."""
    counts: Counter[str] = Counter()
    good: dict[str, Record] = {}
    for record in found:
        counts["records"] += 1
        code = _text(record, "code")
        if not CODE.fullmatch(code):
            counts["deleted" if _DELETED.search(code) else "malformed"] += 1
        elif code in good or not _text(record, "name"):
            counts["twice" if code in good else "malformed"] += 1
        else:
            good[code] = record
    whose = Whose(good.values(), regions)
    listed = [_listed(record, whose) for record in good.values()]
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
    listed, counts = build(records(source), regions)
    write(out, listed)
    numbers = {name: counts[name] for name in COUNTS}
    print(speech.tell("catalogue.built", path=out, size=out.stat().st_size, kept=len(listed), **numbers))
    return 0


class Whose:
    """Tells whose a procedure is from the decision that announced it and the offices it names."""

    def __init__(self, found: Iterable[Record], regions: Regions) -> None:
        self._home = regions.home
        self._gone = frozenset(regions.gone)
        self._local = re.compile("|".join(rf"{re.escape(one)}(?!\w)" for one in regions.local) or "(?!)", re.IGNORECASE)
        names = {name: province for province, others in regions.provinces.items() for name in (province, *others)}
        self._names = names
        self._named = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names) or "(?!)")
        self._central: set[str] = set()
        self._told: dict[str, set[str]] = defaultdict(set)
        for record in found:
            decision = _text(record, "decision")
            if _text(record, "level") == "Cấp Bộ/Trung ương":
                self._central.add(decision)
            if province := self._own(record):
                self._told[decision].add(province)

    def province(self, record: Record) -> str:
        """The other province that *record* belongs to; empty for national procedures and our own."""
        decision = _text(record, "decision")
        if not self._is_local(decision):
            return ""
        others = self._told[decision]
        province = self._own(record) or (next(iter(others)) if len(others) == 1 else ELSEWHERE)
        return "" if province == self._home else province

    def gone(self, record: Record) -> bool:
        return not self._gone.isdisjoint(re.split(r"[^\w]+|_", _text(record, "decision")))

    def _is_local(self, decision: str) -> bool:
        """By the body in its number; a bare number is a ministry's if it announced anything for one."""
        if not _BODY.search(decision.upper()):
            return decision not in self._central
        return self._local.search(decision) is not None

    def _own(self, record: Record) -> str:
        """The one province that *record* itself names."""
        for keys in TOLD:
            text = " ".join(_text(record, key) for key in keys)
            found = {self._names[name] for name in self._named.findall(text)}
            if len(found) == 1:
                return found.pop()
        return ""


def _listed(record: Record, whose: Whose) -> Listed:
    return Listed(
        code=_text(record, "code"),
        name=_text(record, "name"),
        field=_text(record, "field"),
        level=LEVELS.get(_text(record, "level"), ""),
        ways=_ways(record),
        result=_short(_text(record, "result")),
        legal=_laws(record),
        province=whose.province(record),
        gone=whose.gone(record),
    )


def _ways(record: Record) -> dict[str, tuple[Duration, ...]]:
    ways: dict[str, dict[Duration, None]] = {}
    for channel in _items(record, "channels"):
        way = WAYS.get(_text(channel, "how")) if isinstance(channel, dict) else None
        if way is None:
            continue
        times = ways.setdefault(way, {})
        if (time := _TIME.fullmatch(_text(channel, "time"))) is not None:
            times[Duration(UNITS[time[2]], int(time[1]))] = None
    return {way: tuple(sorted(ways[way], key=lambda time: (time.unit, time.count))) for way in sorted(ways)}


def _laws(record: Record) -> tuple[str, ...]:
    found = (number for law in _items(record, "legal") for number in _LAW.findall(str(law)))
    return tuple(dict.fromkeys(found))[:LAWS]


def _short(text: str) -> str:
    """The first statement of *text*, cut at a word."""
    first = re.split(r"[;.](?:\s|$)", text.lstrip("-+*• "), maxsplit=1)[0]
    return first if len(first) <= RESULT else f"{first[:RESULT].rsplit(' ', 1)[0]} …"


def _items(record: Record, key: str) -> Iterator[Any]:
    value = record.get(key)
    yield from value if isinstance(value, list) else ()


def _text(record: Record, key: str) -> str:
    """The text under *key*, in one line and one spelling of its letters."""
    value = record.get(key)
    return " ".join(unicodedata.normalize("NFC", value).split()) if isinstance(value, str) else ""
