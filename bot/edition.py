"""An edition: a knowledge base read, checked and made ready, so that it can be served from one update to the next."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.base import loader
from bot.base.checks import check
from bot.base.model import Base
from bot.base.problems import Problem
from bot.matching import finder
from bot.matching.matcher import Matcher


@dataclass(frozen=True, slots=True)
class Edition:
    """A base without errors, and what finds things in it."""

    base: Base
    matcher: Matcher
    reminders: tuple[Problem, ...] = ()  # warnings
    under: Mapping[str, str] = field(default_factory=dict)  # published file → digest of the file it lies over


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of reading the knowledge: an edition, or the problems that forbid one."""

    edition: Edition | None
    problems: tuple[Problem, ...] = ()
    changes: tuple[str, ...] = ()  # what citizens will see differently, one thing a line


def read(folder: Path, over: Mapping[str, str], cache: Path | None = None) -> Loaded:
    """The knowledge in *folder*, with the texts of *over* (file name → text) in place of its own files."""
    base, problems = laid(folder, over)
    if problems:
        return Loaded(None, problems)
    under = {name: digest_of(folder / name) for name in over}
    return Loaded(Edition(base, finder.matcher(base, cache), under=under))


def laid(folder: Path, over: Mapping[str, str]) -> tuple[Base, tuple[Problem, ...]]:
    """The base in *folder* with the texts of *over*, and what is wrong with it."""
    with tempfile.TemporaryDirectory(prefix="published-") as above:
        for name, text in over.items():
            path = Path(above, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        base, problems = loader.load(folder, *([Path(above)] if over else []))
    return base, tuple(sorted(problems or check(base)))


def digest_of(path: Path) -> str:
    """A digest of the file at *path*; empty when there is none."""
    return digest(path.read_bytes()) if path.is_file() else ""


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
