"""Problems for programs: JSON, and the annotations that GitHub shows beside the lines of a change."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.base.problems import Problem
from bot.talk.speech import Speech


def as_json(problems: Sequence[Problem], speech: Speech) -> str:
    rows = [
        {
            "file": problem.at.file,
            "line": problem.at.line,
            "kind": str(problem.kind),
            "severity": str(problem.severity),
            "message": speech.sentence(problem),
        }
        for problem in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def as_github(problem: Problem, speech: Speech, folder: str) -> str:
    """*problem* as a workflow command; *folder* is the base's, from the top of the repository."""
    file = _property(f"{folder}{problem.at.file}")
    place = f"file={file},line={problem.at.line},title={_property(str(problem.kind))}"
    return f"::{problem.severity} {place}::{_data(speech.sentence(problem))}"


def _data(text: str) -> str:
    """*text* as GitHub wants it after the colons, on one line."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
