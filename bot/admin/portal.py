"""Records of the national portal: one JSON object a line, plain or compressed; read only to start a draft from."""

from __future__ import annotations

import json
import lzma
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from bot.errors import ConfigError

Row = Mapping[str, Any]

CHANNELS = {"ONLINE": "online", "DIRECT": "counter", "POSTAL": "post"}
UNITS = {"WORKING_DAY": "ngày làm việc", "ngày": "ngày", "HOUR": "giờ"}
MONEY = re.compile(r"([0-9]{1,12}) VNĐ \((.*)\)", re.DOTALL)
LEGAL = re.compile(r"\(([0-9][^()\s]*/[^()\s]+)\)\s*$")


def record(path: Path, code: str) -> Row:
    """The record of *code* in the file at *path*; a ConfigError when there is none."""
    try:
        with _opened(path) as lines:
            for row in _rows(lines):
                if row.get("code") == code:
                    return row
    except (OSError, ValueError, EOFError, lzma.LZMAError) as error:
        raise ConfigError("error.no-portal", path=path, reason=error) from error
    raise ConfigError("error.no-record", path=path, code=code)


def _opened(path: Path) -> TextIO:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _rows(lines: TextIO) -> Iterator[Row]:
    for line in lines:
        row = json.loads(line) if line.strip() else {}
        if isinstance(row, dict):
            yield row


def text(row: Row, key: str) -> str:
    """What *row* says under *key*, in letters that YAML takes; empty when it is nothing to read."""
    value = row.get(key, "")
    return _clean(value).strip() if isinstance(value, str) else ""


def _clean(said: str) -> str:
    """*said* without control characters, each letter and its accents in one piece."""
    said = said.replace("\r", "\n")
    return unicodedata.normalize("NFC", "".join(one if one.isprintable() or one == "\n" else " " for one in said))


def rows(row: Row, key: str) -> list[Row]:
    found = row.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def time(said: str) -> str:
    """*said* as our files write it, such as "3 ngày làm việc"; empty when somebody must read it first."""
    number, _, unit = said.partition(" ")
    if not number.isascii() or not number.isdigit() or len(number) > 4 or unit not in UNITS:
        return ""
    return f"{int(number)} {UNITS[unit]}"


def fee(said: str) -> str:
    """*said* as our files write it, such as "8.000 đ"; empty when somebody must read it first.

    A zero is no statement: the portal also writes it where another office sets the fee.
    """
    found = MONEY.fullmatch(said)
    if found is None or " VNĐ" in found[2] or int(found[1]) == 0:
        return ""
    return f"{int(found[1]):,} đ".replace(",", ".")


def form(row: Row) -> str:
    """How many originals and copies of a paper."""
    counts = [(row.get("originals"), "bản chính"), (row.get("copies"), "bản sao")]
    return ", ".join(f"{count} {what}" for count, what in counts if isinstance(count, int) and 0 < count < 100)


def legal(row: Row) -> list[str]:
    """The numbers of the laws that *row* names, each once."""
    said = row.get("legal")
    found = (LEGAL.search(one) for one in (said if isinstance(said, list) else ()) if isinstance(one, str))
    return list(dict.fromkeys(_clean(one[1]) for one in found if one is not None))
