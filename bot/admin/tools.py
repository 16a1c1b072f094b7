"""The commands for who keeps the knowledge. Each prints and ends; 0, 1, 2: fine, errors found, wrong use."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from bot import commands
from bot.admin import portal, stale
from bot.admin.draft import draft
from bot.admin.schema import schema
from bot.config import Config
from bot.talk.speech import Speech


@dataclass(frozen=True, slots=True)
class Desktop:
    """What a tool works on: the configuration, a language to speak to the admin, and the day it is."""

    config: Config
    speech: Speech
    day: date


Tool = Callable[[argparse.Namespace, Desktop], int]


def register(parsers: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Add the tools to the command line; the one that was chosen is `arguments.tool`."""

    def add(name: str, tool: Tool, help: str) -> argparse.ArgumentParser:
        parser = parsers.add_parser(name, parents=[common], help=help)
        parser.set_defaults(tool=tool)
        return parser

    old = add("stale", run_stale, "what is due for review, by owner")
    old.add_argument("--days", type=int, default=45, help="look so many days ahead (45)")
    old.add_argument("--json", action="store_true", help="as JSON")
    new = add("draft", run_draft, "begin a procedure file from a record of the portal")
    new.add_argument("code", metavar="CODE", help="its national code, such as 1.001193")
    new.add_argument("--records", type=Path, required=True, help="portal records, .jsonl or .jsonl.xz")
    form = add("schema", run_schema, "print the JSON Schema of the knowledge files, for editors")
    form.add_argument("kind", choices=("procedure", "group"), help="of which files")


def run_stale(arguments: argparse.Namespace, desktop: Desktop) -> int:
    """Print what is due, by owner, soonest first."""
    base = commands.good_base(desktop.config.knowledge)
    found = stale.due(base, desktop.day, timedelta(days=min(max(arguments.days, 0), 10_000)))
    if arguments.json:
        print(json.dumps([asdict(one) for one in found], default=str, ensure_ascii=False, indent=1))
    else:
        folder = commands.shown(desktop.config.knowledge)
        print("\n".join(stale.lines(found, desktop.speech, desktop.day, folder)))
    return 0


def run_draft(arguments: argparse.Namespace, desktop: Desktop) -> int:
    """Print the beginning of a procedure file; a base with errors serves as well to name papers and offices."""
    base, _ = commands.problems_of(desktop.config.knowledge)
    print(draft(portal.record(arguments.records, arguments.code), base, desktop.speech), end="")
    return 0


def run_schema(arguments: argparse.Namespace, _: Desktop) -> int:
    """Print the schema of one kind of file."""
    print(json.dumps(schema(arguments.kind), ensure_ascii=False, indent=1))
    return 0
