"""The talks and waiting questions of the bot's database, only read: the bot may be running on it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from bot import session
from bot.admin.compare.touched import OpenCase
from bot.errors import ConfigError
from bot.learning.lessons import Lesson, Lessons
from bot.learning.opinions import Opinions
from bot.publications import Publications
from bot.session import Session


def talks(database: Path) -> tuple[list[Session], list[OpenCase]]:
    """Every chat's session and every case without an answer; a ConfigError when the file is not ours to read."""
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as db:
            sessions = [session.load(body, None) for (body,) in db.execute("select body from sessions")]
            return sessions, list(_cases(db))
    except (sqlite3.Error, ValueError, TypeError) as error:
        raise ConfigError("diff.old-database", path=database, reason=error) from error


def published(database: Path) -> tuple[Publications, list[Lesson]]:
    """What was published by chat, and the tests of what was taught so; none in a database of an older bot."""
    if not database.is_file():
        raise FileNotFoundError(database)
    db = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
    try:
        taught = Lessons(db).of("published")
    except sqlite3.OperationalError:
        taught = []
    return Publications(db), taught


def flags(database: Path) -> dict[str, date]:
    """What several people called old; nothing where there is no database yet, or one of an older bot."""
    if not database.is_file():
        return {}
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as db:
            return Opinions(db).flags()
    except sqlite3.Error:
        return {}


def _cases(db: sqlite3.Connection) -> Iterator[OpenCase]:
    rows = db.execute(
        "select cases.id, cases.text, questions.candidates from cases left join questions"
        " on questions.id = cases.question where state in ('open', 'claimed', 'merged')"
    )
    for number, text, candidates in rows:
        yield OpenCase(number, text, tuple(id for _, id, _ in json.loads(candidates or "[]")))
