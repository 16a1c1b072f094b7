"""What the READMEs tell people is true: commands, keys, packages, and the files an admin is invited to copy."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.base.problems import Problems
from bot.base.reading import Block, Node, Sequence, parse, plain
from bot.commands import problems_of

ROOT = Path(__file__).parent.parent
KNOWLEDGE = ROOT / "knowledge"
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (KNOWLEDGE / "README.md").read_text(encoding="utf-8")
NOTICES = (KNOWLEDGE / "shared" / "notices.yaml").read_text(encoding="utf-8")

# Every example of the guide says in its first line which file it is: "# groups/birth.yaml: ..."
EXAMPLES = {found["file"]: found[0] for found in re.finditer(r"(?<=```yaml\n)# (?P<file>\S+): (?s:.*?)(?=```)", GUIDE)}


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A copy of the shipped knowledge, to write into."""
    return shutil.copytree(KNOWLEDGE, tmp_path / "knowledge")


def helped(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    with pytest.raises(SystemExit) as stopped:
        main([*command, "--help"])
    assert stopped.value.code == 0
    return capsys.readouterr().out


def keys(node: Node, prefix: str = "") -> Iterator[str]:
    """The keys under *node* that hold no further keys, joined by dots."""
    match node:
        case Block(items=items):
            for key, value in items.items():
                yield from keys(value, f"{prefix}.{key}" if prefix else key)
        case _:
            yield prefix


def words_of(node: Node) -> set[str]:
    """The keys an admin writes anywhere under *node*; those of conditions are ids, not words of the format."""
    match node:
        case Block(items=items):
            return set(items).union(*(words_of(value) for key, value in items.items() if key != "when"))
        case Sequence(items=items):
            return set[str]().union(*(words_of(item) for item in items))
    return set()


def node_of(text: str) -> Node:
    found = parse(text, "example.yaml", Problems())
    assert found is not None
    return found


def test_every_command_and_option_is_in_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    commands = re.findall(r"^ {4}(\w+)  ", helped(capsys), re.MULTILINE)
    options = {option for command in commands for option in re.findall(r"--\w+", helped(capsys, command))}

    assert len(commands) >= 5
    assert [command for command in commands if f"`bot {command}" not in README] == []
    assert sorted(option for option in options if option not in README) == []


def test_every_command_can_be_tried_on_another_day(capsys: pytest.CaptureFixture[str]) -> None:
    commands = re.findall(r"^ {4}(\w+)  ", helped(capsys), re.MULTILINE)

    assert [command for command in commands if "--as-of DATE" not in helped(capsys, command)] == []


def test_the_readme_explains_exactly_the_keys_of_the_configuration() -> None:
    shipped = set(keys(node_of((ROOT / "config.yaml").read_text(encoding="utf-8"))))
    table = README[README.index("| key of config.yaml") : README.index("## The command line")]

    assert set(re.findall(r"^\| `([\w.]+)`", table, re.MULTILINE)) == shipped


def test_the_readme_says_what_every_dependency_is_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    section = README[README.index("## Dependencies") : README.index("## How to run the benchmarks")]

    assert [name for one in wanted if (name := re.split(r"[<>=;\s]", one)[0]) not in section] == []


def test_the_rooms_of_the_readme_exist() -> None:
    rooms = README[README.index("## The rooms") : README.index("Imports point one way")]
    above, paths = "", []
    for indent, name in re.findall(r"^( +)(\w+(?:/|\.py)) ", rooms, re.MULTILINE):
        above = name if len(indent) == 4 else above
        paths.append(name if len(indent) == 4 else above + name)

    assert len(paths) > 5
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_benchmarks_of_the_readme_exist() -> None:
    section = README[README.index("## How to run the benchmarks") : README.index("## Not there yet")]
    named = re.findall(r"-m tests\.bench\.(\w+)", section)

    assert named
    assert [name for name in named if not (ROOT / "tests" / "bench" / f"{name}.py").is_file()] == []


def test_the_continuous_check_finds_the_test_command() -> None:
    """.ci/run takes the command from the README, so that the two cannot drift apart."""
    command = re.findall(r"^    (python3 -m venv .* -m pytest)$", README, re.MULTILINE)

    assert command == ["python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/python -m pytest"]


def test_the_guide_has_an_example_of_every_kind_of_file() -> None:
    kinds = {file.rsplit("/", 1)[0] for file in EXAMPLES}

    assert {"procedures/certification", "groups", "guides", "entries", "shared/documents", "shared"} == kinds


def test_the_examples_of_the_guide_have_no_problems(knowledge: Path) -> None:
    for file, text in EXAMPLES.items():
        (knowledge / file).parent.mkdir(exist_ok=True)
        (knowledge / file).write_text(text, encoding="utf-8")

    assert problems_of(knowledge)[1] == []


@pytest.mark.parametrize("folder", ["procedures", "groups", "guides"])
def test_the_example_shows_every_key_that_is_in_use(folder: str) -> None:
    shown = set[str]().union(*(words_of(node_of(text)) for text in EXAMPLES.values()))
    used = {path: words_of(node_of(path.read_text(encoding="utf-8"))) for path in (KNOWLEDGE / folder).rglob("*.yaml")}

    assert {path.name: words - shown for path, words in used.items() if words - shown} == {}


def test_the_messages_the_guide_explains_are_said_like_that() -> None:
    texts = node_of((KNOWLEDGE / "texts" / "vi.yaml").read_text(encoding="utf-8"))
    assert isinstance(texts, Block)
    problems = texts.items["problem"]
    assert isinstance(problems, Block)
    said = [re.sub(r"\\\{.*?\\\}", ".*", re.escape(str(plain(node)))) for node in problems.items.values()]
    table = GUIDE[GUIDE.index("| bot báo") :].partition("\n\n")[0]
    rows = re.findall(r"^\| (.*?) \|", table, re.MULTILINE)[1:]

    assert len(rows) > 10
    assert [row for row in rows if not any(re.fullmatch(pattern, row) for pattern in said)] == []


def test_notices_are_shipped_as_examples_only(knowledge: Path) -> None:
    base, _ = problems_of(knowledge)
    examples = re.sub(r"^##.*\n|^\[\]\n|^# ", "", NOTICES, flags=re.MULTILINE)
    (knowledge / "shared" / "notices.yaml").write_text(examples, encoding="utf-8")

    filled, problems = problems_of(knowledge)

    assert base.notices == ()
    assert problems == []
    assert [one.id for one in filled.notices if "xã điền" not in one.title.vi] == []
    assert len(filled.notices) == 6


def test_the_pictures_of_the_readme_exist() -> None:
    named = re.findall(r"\]\((\.github/[^)]+)\)", README)

    assert named
    assert [path for path in named if not (ROOT / path).is_file()] == []
