"""Another commune takes over by replacing files of knowledge/shared: the code names no place."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.admin.screens import screens
from bot.base.model import Base
from bot.commands import problems_of
from bot.markup import plain
from bot.matching.matcher import Matcher
from bot.matching.normalise import fold
from bot.messages import Address, Incoming
from bot.session import Session
from bot.talk.speech import Speech
from bot.talk.view import View
from tests.conftest import KNOWLEDGE
from tests.stage import CITIZEN, START, Stage

ROOT = KNOWLEDGE.parent
SOURCE = '{link: "https://nuicao.example.vn", title: Trang của xã, date: 2026-11-01}'
OURS = {
    "places.yaml": f"""# The places of an imagined commune.
nui-cao:
  name: {{vi: Xã Núi Cao, en: Núi Cao commune}}
  formerly: [Đồi Thấp, Suối Cạn]
  address: "thôn Trên, xã Núi Cao"
  phone: 0999 111 222
  source: {SOURCE}
""",
    "hotlines.yaml": f"""# The number of an imagined province.
- {{number: 0999 333 444, name: Tổng đài Núi Xa, when: Hỏi thủ tục., source: {SOURCE}}}
""",
    "regions.yaml": """# An imagined province.
home: Núi Xa
local: [UBND]
gone: []
provinces: {Núi Xa: [], Biển Rộng: []}
""",
}


def here(base: Base) -> list[str]:
    """What this commune, its neighbours, its city and its hotlines are called."""
    names = [name for place in base.places.values() for name in (place.name.vi.partition(" ")[2], *place.formerly)]
    return [*names, base.regions.home, "Da Nang", *(hotline.number for hotline in base.hotlines)]


def any_of(names: list[str]) -> re.Pattern[str]:
    """Finds any of *names* as a whole; a number not within a longer one, such as the code 1.001022."""
    return re.compile("|".join(rf"(?<![\w.]){re.escape(name)}(?!\w)" for name in sorted(names)))


def test_the_code_knows_no_place(base: Base) -> None:
    """Nor any province, and also not without diacritics or in other letters."""
    files = [path for room in ("bot", "handlers") for path in sorted((ROOT / room).rglob("*.py"))]
    provinces = [name for province, others in base.regions.provinces.items() for name in (province, *others)]
    as_written, folded = any_of([*here(base), *provinces]), any_of([fold(name) for name in here(base)])
    found = set()
    for path in files:
        code = path.read_text(encoding="utf-8")
        found |= {(path.name, name) for name in as_written.findall(code) + folded.findall(fold(code))}

    assert len(files) > 50
    assert found == set()


def test_the_search_finds_a_place(base: Base) -> None:
    pattern = any_of(here(base))

    assert pattern.findall("xã Bà Nà (Đà Nẵng), gọi 1022; mã 1.001022") == ["Bà Nà", "Đà Nẵng", "1022"]


def test_the_sentences_of_the_bot_name_no_place(base: Base) -> None:
    pattern = any_of(here(base))

    assert [key for texts in base.texts.values() for key, said in texts.items() if pattern.search(said)] == []


@pytest.fixture(scope="module")
def moved(base: Base, tmp_path_factory: pytest.TempPathFactory) -> Base:
    """The shipped knowledge, taken over by an imagined commune: its own places, offices, hotlines and province."""
    folder = shutil.copytree(KNOWLEDGE, tmp_path_factory.mktemp("moved") / "knowledge")
    offices = "".join(f"{id}: {{name: Nơi nhận ở Núi Cao, where: Hỏi xã Núi Cao.}}\n" for id in base.offices)
    for name, content in {**OURS, "offices.yaml": f"# The offices of an imagined commune.\n{offices}"}.items():
        (folder / "shared" / name).write_text(content, encoding="utf-8")
    found, problems = problems_of(folder)
    assert problems == []
    return found


@pytest.mark.parametrize("language", ["vi", "en"])
def test_whoever_takes_over_is_named_and_nobody_else(
    language: str, base: Base, moved: Base, matcher: Matcher, tmp_path: Path
) -> None:
    stage = Stage(moved, tmp_path / "bot.db", matcher=matcher, reachable=False)
    seen = []
    for said in (f"/language {language}", "/start", "/menu", "/help", "giá vàng hôm nay", "gặp người hỗ trợ"):
        stage.say(said)
        seen.append(stage.chat().text)
    stage.tap("p:marriage-registration:place")
    stage.press("Địa chỉ" if "Địa chỉ nơi nộp" in [button.label for button in stage.chat().buttons] else "Office")
    seen += [stage.chat().text, *(button.label for button in stage.chat().buttons)]
    apology = stage.assistant.apologise(Incoming("", CITIZEN, text="x"), ValueError())[0].screen
    seen.append(plain(apology.text) if apology else "")
    stage.storage.close()

    assert any_of(here(base)).findall("\n".join(seen)) == []
    assert "0999 333 444" in seen[-1]
    assert "Núi Cao" in "\n".join(seen)


def own_words(base: Base, id: str) -> str:
    """The file of a procedure, and that of its guide."""
    procedure = base.procedures[id]
    files = [procedure.at.file, *([base.guides[procedure.guide].at.file] if procedure.guide else [])]
    return "".join((KNOWLEDGE / file).read_text("utf-8") for file in files)


def test_a_procedure_names_the_old_place_only_where_its_own_file_does(base: Base, moved: Base) -> None:
    """Fees and rules of this city are facts of these files, which whoever takes over reads again."""
    pattern = any_of(here(base))
    view = View(moved, Speech("vi", moved.texts), Session(place="nui-cao"), START.date(), Address("console", "reader"))
    naming = {
        procedure.id
        for procedure in moved.procedures.values()
        if pattern.search("\n".join(plain(shot.screen.text) for shot in screens(view, procedure)))
    }

    assert [id for id in naming if not pattern.search(own_words(moved, id))] == []
    assert len(naming) < 40
