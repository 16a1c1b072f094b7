"""Records of the national portal, one JSON object a line, plain or compressed: read by the tools, never by a talk."""

from __future__ import annotations

import itertools
import json
import lzma
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.base.catalogue import unpack
from bot.base.facts import LEGAL, UNITS
from bot.base.model import Duration, Unit
from bot.errors import ConfigError

Row = Mapping[str, Any]

MOST = 1_000_000_000  # bytes of records: more is no file of records
CHANNELS = {"ONLINE": "online", "DIRECT": "counter", "POSTAL": "post"}
TIME = re.compile(r"([0-9]{1,4}) (WORKING_DAY|ngày|HOUR|MONTH)")  # "1 OTHER" is no time: it says "see there"
TIME_UNITS: dict[str, Unit] = {"WORKING_DAY": "working-days", "ngày": "days", "HOUR": "hours", "MONTH": "months"}
MONEY = re.compile(r"([0-9]{1,12}) VNĐ \((.*)\)", re.DOTALL)
AMOUNT = re.compile(r"([0-9]{1,12}) VNĐ")


def records(path: Path) -> Iterator[Row]:
    """The records in the file at *path*; a ConfigError names the line that is none."""
    line = 0
    try:
        for line, row in enumerate(unpack(path.read_bytes(), MOST).splitlines(), 1):  # noqa: B007 said when it is broken
            if row.strip():
                yield _object(row)
    except (OSError, lzma.LZMAError, ValueError, RecursionError) as error:
        raise ConfigError("error.no-records", path=path, line=line) from error


def record(path: Path, code: str) -> Row:
    """The record of *code* in the file at *path*; a ConfigError when there is none."""
    for row in records(path):
        if row.get("code") == code:
            return row
    raise ConfigError("error.no-record", path=path, code=code)


def _object(row: bytes) -> Row:
    found = json.loads(row)
    if not isinstance(found, dict):
        raise ValueError(row)  # noqa: TRY004 no more wrong than a row that is no JSON
    return found


def text(row: Row, key: str) -> str:
    """What *row* says under *key*, in letters that YAML takes; empty when it is nothing to read."""
    value = row.get(key, "")
    return _clean(value).strip() if isinstance(value, str) else ""


def line(row: Row, key: str) -> str:
    """The same in one line."""
    return " ".join(text(row, key).split())


def _clean(said: str) -> str:
    """*said* without control characters, each letter and its accents in one piece."""
    said = said.replace("\r", "\n")
    return unicodedata.normalize("NFC", "".join(one if one.isprintable() or one == "\n" else " " for one in said))


def rows(row: Row, key: str) -> list[Row]:
    found = row.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def duration(said: str) -> Duration | None:
    """The time in *said*; None when somebody must read it first."""
    found = TIME.fullmatch(said)
    return None if found is None or int(found[1]) == 0 else Duration(TIME_UNITS[found[2]], int(found[1]))


def time(said: str) -> str:
    """*said* as our files write it, such as "3 ngày làm việc"; empty when somebody must read it first."""
    found = duration(said)
    words = {unit: word for word, unit in UNITS.items()}
    return f"{found.count} {words[found.unit]}" if found is not None and found.unit in words else ""


def fee(said: str) -> str:
    """*said* as our files write it, such as "8.000 đ"; empty when somebody must read it first.

    A zero is no statement: the portal also writes it where another office sets the fee.
    """
    found = MONEY.fullmatch(said)
    if found is None or " VNĐ" in found[2] or int(found[1]) == 0:
        return ""
    return f"{int(found[1]):,} đ".replace(",", ".")


def amounts(said: str) -> set[int]:
    """Every sum of đồng in *said* that the portal writes as one."""
    return {int(found) for found in AMOUNT.findall(said)}


def form(row: Row) -> str:
    """How many originals and copies of a paper."""
    counts = [(row.get("originals"), "bản chính"), (row.get("copies"), "bản sao")]
    return ", ".join(f"{count} {what}" for count, what in counts if isinstance(count, int) and 0 < count < 100)


def legal(row: Row) -> tuple[str, ...]:
    """The numbers of the laws that *row* names, each once; not of those that they amend."""
    said = row.get("legal")
    names = [_clean(one) for one in said if isinstance(one, str)] if isinstance(said, list) else []
    found = (LEGAL.findall(name.rpartition("(")[2]) or LEGAL.findall(name) for name in names)
    return tuple(dict.fromkeys(itertools.chain.from_iterable(found)))
