"""The commands for who keeps the knowledge. Each prints and ends; 0, 1, 2: fine, errors found, wrong use."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta, tzinfo
from difflib import get_close_matches
from pathlib import Path

from bot import commands
from bot.admin import evaltables, evaluate, learned, portal, preview, sample, stale
from bot.admin.compare import difflines, live, rerouted, revisions
from bot.admin.compare.diff import changes
from bot.admin.compare.touched import touched
from bot.admin.draft import draft
from bot.admin.gaps import command as gaps
from bot.admin.schema import schema
from bot.admin.screens import Shot, screens
from bot.base.model import Base, Entry, Group
from bot.config import Config
from bot.errors import ConfigError
from bot.learning.opinions import flagged
from bot.matching import finder
from bot.messages import Address
from bot.session import Session
from bot.talk.speech import Speech
from bot.talk.view import View


@dataclass(frozen=True, slots=True)
class Desktop:
    """What a tool works on: the configuration, a language to speak to the admin, the day it is and in which zone."""

    config: Config
    speech: Speech
    day: date
    zone: tzinfo


Tool = Callable[[argparse.Namespace, Desktop], int]


def register(parsers: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Add the tools to the command line; the one that was chosen is `arguments.tool`."""

    def add(name: str, tool: Tool, help: str) -> argparse.ArgumentParser:
        parser = parsers.add_parser(name, parents=[common], help=help)
        parser.set_defaults(tool=tool)
        return parser

    old = add("stale", run_stale, "what is due for review, and the pictures that are missing, by owner")
    old.add_argument("--days", type=int, default=45, help="look so many days ahead (45)")
    old.add_argument("--json", action="store_true", help="as JSON")
    open_ones = add("gaps", run_gaps, "what citizens asked and got no answer to: by week, by field, and what is alike")
    open_ones.add_argument("--weeks", type=int, default=8, help="look back so many weeks (8)")
    open_ones.add_argument("--json", action="store_true", help="as JSON")
    open_ones.add_argument("--png", type=Path, metavar="FILE", help="also draw it into this file")
    new = add("draft", run_draft, "begin a procedure file from a record of the portal")
    new.add_argument("code", metavar="CODE", help="its national code, such as 1.001193")
    new.add_argument("--records", type=Path, required=True, help="portal records, .jsonl or .jsonl.xz")
    compare = add("diff", run_diff, "what changes for citizens between two git revisions or folders")
    compare.add_argument("old", metavar="OLD", help="a git revision such as HEAD~1, or a knowledge folder")
    compare.add_argument("new", metavar="NEW", help="the same")
    compare.add_argument("--phrases", type=Path, metavar="FOLDER", help="more questions to try (tests/phrases)")
    compare.add_argument("--json", action="store_true", help="as JSON")
    chat = add("learned", run_learned, "what was published by chat; `export` writes it into the knowledge folder")
    chat.add_argument("action", nargs="?", choices=["export"], help="write it, as an ordinary edit")
    lot = add("sample", run_sample, "procedures drawn by lot beside their portal records, to be read by a person")
    lot.add_argument("ids", metavar="ID", nargs="*", help="these procedures instead of a draw")
    lot.add_argument("--records", type=Path, required=True, help="portal records, .jsonl or .jsonl.xz")
    lot.add_argument("--count", type=int, default=10, help="draw so many (10)")
    lot.add_argument("--seed", type=int, help="the same number draws the same procedures (the day, as 20261123)")
    judge = add("eval", run_eval, "how well labelled questions are matched")
    judge.add_argument("questions", type=Path, metavar="FILE", help="a table: question, codes (or aspects), style")
    judge.add_argument("--pairs", type=Path, metavar="FILE", help="codes that are one and the same, a pair a line")
    judge.add_argument("--half", choices=evaluate.HALVES, default="", help="every second row only")
    form = add("schema", run_schema, "print the JSON Schema of the knowledge files, for editors")
    form.add_argument("kind", choices=("procedure", "group", "guide", "entry"), help="of which files")
    look = add("preview", run_preview, "every screen of a procedure or a group, as a citizen sees it")
    look.add_argument("id", metavar="ID", help="its id, such as birth-registration or birth")
    look.add_argument("--language", choices=("vi", "en"), default="", help="in this language")
    where = look.add_mutually_exclusive_group()
    where.add_argument("--html", type=Path, metavar="FILE", help="write one page for a browser instead")
    where.add_argument("--png", type=Path, metavar="FOLDER", help="write pictures, several screens on each, instead")
    where.add_argument("--sheet", type=Path, metavar="FILE", help="write the sheet to print of a group, .pdf or .png")


def run_stale(arguments: argparse.Namespace, desktop: Desktop) -> int:
    """Print what is due, by owner, soonest first; then where guides wait for pictures."""
    base = commands.good_base(desktop.config.knowledge)
    found = stale.due(base, desktop.day, timedelta(days=min(max(arguments.days, 0), 10_000)))
    waiting = stale.slots(base)
    old = list(flagged(base, live.flags(desktop.config.database)))
    if arguments.json:
        both = {
            "due": [asdict(one) for one in found],
            "pictures": [asdict(one) for one in waiting],
            "called-old": [one.id for one in old],
        }
        print(json.dumps(both, default=str, ensure_ascii=False, indent=1))
    else:
        folder = commands.shown(desktop.config.knowledge)
        print("\n".join(stale.lines(found, desktop.speech, desktop.day, folder)))
        print(*stale.slot_lines(waiting, desktop.speech, folder), sep="\n", end="\n" if waiting else "")
        print(*stale.old_lines(old, desktop.speech, folder), sep="\n", end="\n" if old else "")
    return 0


def run_gaps(arguments: argparse.Namespace, desktop: Desktop) -> int:
    """Print what was asked and not answered in the weeks up to the day of the desktop."""
    ways = gaps.Ways(arguments.weeks, arguments.png, as_json=arguments.json)
    gaps.run(desktop.config, desktop.speech, desktop.day, desktop.zone, ways)
    return 0


def run_draft(arguments: argparse.Namespace, desktop: Desktop) -> int:
    """Print the beginning of a procedure file; a base with errors serves as well to name papers and offices."""
    base, _ = commands.problems_of(desktop.config.knowledge)
    print(draft(portal.record(arguments.records, arguments.code), base, desktop.speech), end="")
    return 0


def run_diff(arguments: argparse.Namespace, desktop: Desktop) -> int:
    """Print what changes for citizens, which questions lead elsewhere, and which talks that touches."""
    old, new = (_base(name, desktop) for name in (arguments.old, arguments.new))
    found = changes(old, new, desktop.speech, desktop.day)
    asked = list(
        rerouted.questions(old, new, arguments.phrases or desktop.config.knowledge.parent / "tests" / "phrases")
    )
    elsewhere = rerouted.rerouted(rerouted.matcher(old, asked), rerouted.matcher(new, asked), asked)
    database = desktop.config.database
    met = touched(old, new, *live.talks(database)) if database.is_file() else None
    if arguments.json:
        print(json.dumps(difflines.as_data(found, elsewhere, met), ensure_ascii=False, indent=1))
        return 0
    print("\n".join(difflines.lines(found, desktop.speech)))
    print("\n".join(difflines.of_questions(elsewhere, len(asked), desktop.speech)))
    if met is None:
        print(desktop.speech.tell("diff.no-database", path=database))
    else:
        print("\n".join(difflines.of_talks(met, desktop.speech)))
    return 0


def _base(name: str, desktop: Desktop) -> Base:
    """The base called *name*; one with errors is compared as far as it can be read, and that is said."""
    with revisions.knowledge(name, desktop.config.knowledge) as folder:
        base, problems = commands.problems_of(folder)
    if problems:
        print(desktop.speech.tell("diff.not-good", side=name, count=len(problems)), file=sys.stderr)
    return base


def run_sample(arguments: argparse.Namespace, desktop: Desktop) -> int:
    """Print procedures beside their records: those that are named, or some drawn by lot."""
    base = commands.good_base(desktop.config.knowledge)
    for unknown in [id for id in arguments.ids if id not in base.procedures]:
        raise ConfigError("error.no-record-here", id=unknown, near=_near(unknown, base.procedures))
    seed = int(f"{desktop.day:%Y%m%d}") if arguments.seed is None else arguments.seed
    ids = arguments.ids or sample.draw(base.procedures, arguments.count, seed)
    rows = sample.by_id(base.procedures.values(), portal.records(arguments.records))
    if not arguments.ids:
        print(desktop.speech.tell("sample.drawn", count=len(ids), all=len(base.procedures), seed=seed))
    for id in ids:
        print("\n".join(sample.lines(base.procedures[id], rows.get(id), base, desktop.speech)), end="\n\n")
    return 0


def run_eval(arguments: argparse.Namespace, desktop: Desktop) -> int:
    """Print the tables of what becomes of labelled questions, answered as citizens' are."""
    table = evaluate.read(arguments.questions, arguments.pairs, arguments.half)
    base = commands.good_base(desktop.config.knowledge)
    matcher = finder.matcher(base, desktop.config.cache)
    matcher.warm()
    if table.aspects:
        lines = evaltables.of_aspects(evaluate.heard(matcher, table.cases), desktop.speech)
    else:
        found = evaluate.outcomes(matcher, finder.entries(base), table.cases)
        lines = evaltables.report(found, matcher.limits, desktop.speech)
    print("\n".join(lines))
    return 0


def run_schema(arguments: argparse.Namespace, _: Desktop) -> int:
    """Print the schema of one kind of file."""
    print(json.dumps(schema(arguments.kind), ensure_ascii=False, indent=1))
    return 0


def run_learned(arguments: argparse.Namespace, desktop: Desktop) -> int:
    """Print what was published by chat, or write it into the folder; 1 when a file there was edited since."""
    config, speech = desktop.config, desktop.speech
    try:
        kept, taught = live.published(config.database)
    except FileNotFoundError:
        print(speech.tell("learned.none"))
        return 0
    if arguments.action is None:
        print("\n".join(learned.lines(kept, speech)))
        return 0
    told, whole = learned.export(kept, taught, config.knowledge, speech)
    print("\n".join(told))
    return 0 if whole else 1


def run_preview(arguments: argparse.Namespace, desktop: Desktop) -> int:
    """Print or write every screen of one procedure or group, on the day of the desktop."""
    base = commands.good_base(desktop.config.knowledge)
    language = arguments.language or desktop.config.language
    session = Session(place=desktop.config.place)
    view = View(base, Speech(language, desktop.speech.texts), session, desktop.day, Address("console", "preview"))
    record = view.record(arguments.id) or base.entries.get(arguments.id)
    if record is None:
        raise ConfigError(
            "error.no-record-here",
            id=arguments.id,
            near=_near(arguments.id, (*base.groups, *base.procedures, *base.entries)),
        )
    if arguments.sheet is not None:
        return _write_sheet(arguments, view, base.groups.get(record.id))
    shots = screens(view, record)
    name = record.title if isinstance(record, Entry) else record.name
    title, above = view.speech.text(name), preview.about(view, record)
    try:
        if arguments.html is not None:
            arguments.html.write_text(preview.as_html(title, language, shots, above), encoding="utf-8")
        elif arguments.png is not None:
            _write_pictures(arguments.png, arguments.id, title, above, shots)
        else:
            print("\n".join(preview.as_text(shots)))
    except OSError as error:
        raise ConfigError("error.no-page", path=arguments.html or arguments.png, reason=error.strerror) from error
    return 0


def _write_sheet(arguments: argparse.Namespace, view: View, group: Group | None) -> int:
    from bot.admin.specimen import specimen  # noqa: PLC0415 as long to import as all else to run

    if group is None:
        raise ConfigError("error.no-sheet", id=arguments.id)
    file: Path = arguments.sheet
    try:
        file.write_bytes(specimen(view, group, file))
    except OSError as error:
        raise ConfigError("error.no-page", path=file, reason=error.strerror) from error
    return 0


def _write_pictures(folder: Path, id: str, title: str, above: list[str], shots: Iterable[Shot]) -> None:
    from bot.admin.pictures import album  # noqa: PLC0415 what draws takes as long to import as all else to run

    folder.mkdir(parents=True, exist_ok=True)
    for number, picture in enumerate(album(title, above, shots), 1):
        (folder / f"{id}-{number:02}.png").write_bytes(picture)


def _near(word: str, known: Iterable[str]) -> str:
    """The ids most like *word*, to be said beside "there is none"."""
    return ", ".join(get_close_matches(word, list(known))) or "–"
