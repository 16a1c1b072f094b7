"""The rooms and their doors, as tables: who may import what. The tables are the documentation.

A rule names what is imported (a module with everything below it) and the only places that may; places are files or
folders. Whoever is not named is refused, so a new file starts with nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "handlers")

ONLY = {
    # the arrows: __main__ wires everything, handlers translate, the brain knows no messenger
    "bot.__main__": (),
    "handlers": ("bot/__main__.py", "handlers/"),
    "bot.assistant": ("bot/__main__.py",),
    "bot.desk": ("bot/__main__.py",),
    # everything below the desk is synchronous
    "asyncio": ("bot/__main__.py", "bot/desk.py", "handlers/"),
    "uvloop": ("bot/__main__.py",),
    # one third-party library, one module
    "telegram": ("handlers/telegram/",),
    "aiohttp": ("handlers/telegram/",),
    "yaml": ("bot/base/nodes.py",),
    "sqlite_utils": ("bot/schema.py",),
    "fpdf": ("bot/paper.py",),
    "pypdfium2": ("bot/paper.py",),
    "fontpkg": ("bot/paper.py",),
    "PIL": ("bot/paper.py",),
    "segno": ("bot/sheet.py",),
    "icalendar": ("bot/dates.py",),
    "sqlite3": (
        "bot/storage.py",
        "bot/limits.py",
        "bot/publications.py",
        "bot/cases/",
        "bot/team.py",
        "bot/timers.py",
        "bot/topics.py",
        "bot/schema.py",
        "bot/learning/",
        "bot/admin/compare/live.py",
        "bot/admin/gaps/asked.py",
    ),
    "rapidfuzz": ("bot/matching/fuzzy.py",),
    "numpy": ("bot/matching/",),
    "holidays": ("bot/groups/calendar.py",),
    # the knowledge is read in one place; a talk reads values, never files
    "bot.base.reading": ("bot/base/", "bot/config.py"),
    "bot.base.loader": ("bot/__main__.py", "bot/commands.py", "bot/edition.py"),
    # what helps admins is no part of the talk
    "bot.admin": ("bot/__main__.py", "bot/assistant.py", "bot/commands.py", "bot/admin/", "bot/learning/"),
    # no clock below the door (see CLOCKS too), no chance, no network of our own, no pickles
    "time": ("bot/__main__.py", "bot/commands.py", "bot/admin/evaluate.py"),
    "random": (),
    "pickle": (),
    "socket": (),
    "subprocess": ("bot/admin/compare/revisions.py",),  # git, for an older base
}

NEVER = {
    # what stands first → what must not be imported there
    "bot/base/": ("bot.groups", "bot.talk", "bot.matching", "bot.storage", "bot.assistant"),
    "bot/groups/": ("bot.talk", "bot.matching", "bot.storage", "bot.messages"),
    "bot/matching/": ("bot.talk", "bot.storage", "bot.messages"),
    "bot/talk/": ("bot.desk", "bot.assistant", "bot.schema", "bot.config", "bot.cases"),
    "bot/cases/": ("bot.desk", "bot.assistant", "bot.schema", "bot.config", "bot.admin"),
    "handlers/": ("bot.base", "bot.talk", "bot.matching", "bot.storage", "bot.schema", "bot.config"),
}

EXCEPT = {
    # The checks ask of a whole base what only the talk and the matcher know: does every walk end well, does every
    # button fit, are two phrases the same once folded? They are in bot/base because they are about the base.
    ("bot/base/checks.py", "bot.talk.cards"),
    ("bot/base/checks.py", "bot.groups.walks"),
    ("bot/base/checks.py", "bot.talk.walk"),
    ("bot/base/checks.py", "bot.matching.normalise"),
    ("bot/base/group_checks.py", "bot.matching.normalise"),
}

CLOCKS = {"now", "utcnow", "today"}

TOP = {"bot", "handlers", "knowledge", "tests", "config.yaml", "pyproject.toml", "README.md"}


def imports(code: str, file: str) -> Iterator[str]:
    """Every module that *code*, standing in *file*, imports; for `from a import b` also a.b, as b may be a module."""
    package = Path(file).parts[:-1]
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                above = package[: len(package) - level + 1] if level else ()
                origin = ".".join((*above, module) if module else above)
                yield from (origin, *(f"{origin}.{name.name}" for name in names))


def sources() -> dict[str, str]:
    files = (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files}


SOURCES = sources()
IMPORTS = {file: set(imports(code, file)) for file, code in SOURCES.items()}


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def uses(file: str, module: str) -> bool:
    return any(within(one, module) for one in IMPORTS[file])


def stands_in(file: str, place: str) -> bool:
    return file == place or (place.endswith("/") and file.startswith(place))


@pytest.mark.parametrize(("module", "places"), ONLY.items(), ids=list(ONLY))
def test_a_module_is_imported_only_where_the_table_says(module: str, places: tuple[str, ...]) -> None:
    users = [file for file in IMPORTS if uses(file, module)]

    assert [file for file in users if not any(stands_in(file, place) for place in places)] == []


@pytest.mark.parametrize(("place", "modules"), NEVER.items(), ids=list(NEVER))
def test_a_room_does_not_reach_into_another(place: str, modules: tuple[str, ...]) -> None:
    reached = {
        (file, one)
        for file, used in IMPORTS.items()
        if stands_in(file, place)
        for one in used
        if any(within(one, module) for module in modules) and not excepted(file, one)
    }

    assert reached == set()


def excepted(file: str, module: str) -> bool:
    return any(file == there and within(module, what) for there, what in EXCEPT)


def test_every_exception_is_still_needed() -> None:
    assert [one for one in EXCEPT if not uses(*one)] == []


def test_every_permission_is_used() -> None:
    """A permission that nobody needs any more is taken back."""
    granted = [(module, place) for module, places in ONLY.items() for place in places]

    assert [one for one in granted if not any(uses(file, one[0]) for file in IMPORTS if stands_in(file, one[1]))] == []


def test_every_room_in_the_tables_exists() -> None:
    assert [place for place in NEVER if not (ROOT / place).is_dir()] == []


def test_there_is_no_python_among_the_knowledge() -> None:
    """What admins edit cannot run."""
    assert [path.name for path in (ROOT / "knowledge").rglob("*.py*")] == []


def test_the_top_level_holds_what_was_agreed_and_nothing_else() -> None:
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}

    assert found == TOP


def test_the_rules_see_every_way_to_import() -> None:
    """The tables are worth what the reader sees: inside functions, relative, under another name."""
    code = "def f():\n    import telegram.error as e\nfrom . import walk\nfrom ..desk import Desk\n"

    found = set(imports(code, "bot/talk/imagined.py"))

    assert found == {"telegram.error", "bot.talk", "bot.talk.walk", "bot.desk", "bot.desk.Desk"}


def test_only_the_command_line_reads_the_clock() -> None:
    """Below it, now and today are arguments; a timer that must not follow the wall clock is the event loop's."""
    readers = {
        file
        for file, code in SOURCES.items()
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
    }

    assert readers == {"bot/__main__.py"}
