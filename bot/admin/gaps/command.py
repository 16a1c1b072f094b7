"""`bot gaps`: the survey printed, and drawn if somebody wants a picture."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, tzinfo
from pathlib import Path

from bot import commands
from bot.admin.gaps import told
from bot.admin.gaps.asked import asked
from bot.admin.gaps.charted import charted
from bot.admin.gaps.survey import Survey, first_day, survey
from bot.config import Config
from bot.errors import ConfigError
from bot.matching import finder
from bot.talk.speech import Speech

MOST = 52  # weeks: of older questions the words are gone


@dataclass(frozen=True, slots=True)
class Ways:
    """How many *weeks* to look back, where to leave a picture, and for whom to print."""

    weeks: int
    png: Path | None
    as_json: bool


def run(config: Config, speech: Speech, day: date, zone: tzinfo, ways: Ways) -> None:
    """Print what the log of the bot's database tells; the bot may be running meanwhile."""
    if not config.database.is_file():
        print(speech.tell("gaps.no-database", path=config.database))
        return
    base = commands.good_base(config.knowledge)
    weeks = min(max(ways.weeks, 1), MOST)
    questions = asked(config.database, zone, first_day(day, weeks), day)
    found = survey(questions, day, weeks, base, finder.matcher(base, config.cache))
    if ways.png is not None:
        _draw(found, speech, ways.png)
    if ways.as_json:
        print(json.dumps(asdict(found), default=str, ensure_ascii=False, indent=1))
    else:
        print("\n".join(told.lines(found, speech)))


def _draw(found: Survey, speech: Speech, path: Path) -> None:
    from bot.chart import drawn  # noqa: PLC0415 what draws takes as long to import as all else to run

    try:
        path.write_bytes(drawn(charted(found, speech)))
    except OSError as error:
        raise ConfigError("error.no-page", path=path, reason=error.strerror) from error
