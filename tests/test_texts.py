"""Every sentence that the code says is in knowledge/texts."""

from __future__ import annotations

import re
from pathlib import Path

from bot.base.model import ASPECTS, Base
from bot.talk.cards import PAGES

ROOT = Path(__file__).parent.parent
CODE = [*ROOT.glob("bot/**/*.py"), *ROOT.glob("handlers/**/*.py")]
SAID = re.compile(
    r"""\b(?:say|tell|button)\(\s*"([a-z][a-z.-]+)"|"((?:error|case|admin|publish|reload|problems|version|learned)\.[a-z.-]+)\""""
)


def test_every_sentence_the_code_says_exists(base: Base) -> None:
    said = {key for path in CODE for found in SAID.findall(path.read_text(encoding="utf-8")) for key in found if key}

    assert len(said) > 80
    assert said - base.texts["vi"].keys() == set()


def test_every_aspect_and_page_has_a_name(base: Base) -> None:
    assert {f"aspect.{page}" for page in (*ASPECTS, *PAGES)} - base.texts["vi"].keys() == set()
