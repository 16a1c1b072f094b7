"""The national list on disk: a line of JSON for each procedure, compressed; `bot catalogue build` makes it.

Nobody edits it, so a fault in it is one problem: build it again.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast, get_args

from bot.base.facts import CODE
from bot.base.model import CHANNELS, LEVELS, Duration, Listed, Unit
from bot.base.problems import At, Kind, Problems

FILE = "catalogue.jsonl.xz"
MOST = 50_000_000  # bytes unpacked: ten times the national list; more is no list
MEMORY = 100_000_000  # bytes the unpacking may take
TEXTS = ("code", "name", "field", "level", "result", "province")
KEYS = frozenset({*TEXTS, "ways", "legal", "gone"})
UNITS = frozenset(get_args(Unit))


def load(path: Path, problems: Problems) -> dict[str, Listed]:
    """The list in the file at *path*, by code; empty when there is no such file, or (a problem) when it is broken."""
    if not path.is_file():
        return {}
    line = 1
    found: dict[str, Listed] = {}
    try:
        for line, row in enumerate(unpack(path.read_bytes()).splitlines(), 1):  # noqa: B007 said when it is broken
            one = _listed(json.loads(row))
            if one.code in found:
                raise ValueError(one.code)
            found[one.code] = one
    except (lzma.LZMAError, ValueError, KeyError, RecursionError, OSError):
        problems.add(At(FILE, line), Kind.BAD_CATALOGUE)
        return {}
    return found


def pack(listed: Iterable[Listed]) -> bytes:
    """*listed* as the file holds them: the same list always gives the same bytes."""
    rows = (json.dumps(_row(one), ensure_ascii=False, sort_keys=True) for one in sorted(listed, key=lambda x: x.code))
    return lzma.compress("".join(f"{row}\n" for row in rows).encode())


def unpack(data: bytes, most: int = MOST) -> bytes:
    """The text in *data*, which may be packed or not; ValueError when it is longer than *most*."""
    if not data.startswith(b"\xfd7zXZ"):
        return data
    xz = lzma.LZMADecompressor(memlimit=MEMORY)
    text = xz.decompress(data, max_length=most)
    if not xz.eof:
        raise ValueError(most)
    return text


def _row(one: Listed) -> dict[str, object]:
    row = {key: getattr(one, key) for key in TEXTS}
    ways = {way: [f"{time.count} {time.unit}" for time in times] for way, times in one.ways.items()}
    row |= {"ways": ways, "legal": list(one.legal), "gone": one.gone}
    return {key: value for key, value in row.items() if value}


def _listed(row: Any) -> Listed:
    if not isinstance(row, dict) or row.keys() - KEYS or not CODE.fullmatch(row["code"]) or not row["name"]:
        raise ValueError(row)
    texts = {key: row.get(key, "") for key in TEXTS}
    ways, legal, gone = row.get("ways", {}), row.get("legal", []), row.get("gone", False)
    if texts["level"] not in {"", *LEVELS} or not isinstance(ways, dict) or ways.keys() - set(CHANNELS):
        raise ValueError(row)
    if not isinstance(gone, bool) or not all(map(_texts, (list(texts.values()), legal, *ways.values()))):
        raise ValueError(row)
    return Listed(
        **texts, ways={way: tuple(map(_time, times)) for way, times in ways.items()}, legal=tuple(legal), gone=gone
    )


def _texts(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(text, str) for text in found)


def _time(text: str) -> Duration:
    count, _, unit = text.partition(" ")
    if unit not in UNITS:
        raise ValueError(text)
    return Duration(cast("Unit", unit), int(count))
