"""The sheet of a group's longest plan: for who wants to see how what citizens print will look."""

from __future__ import annotations

from pathlib import Path

from bot.base.model import Group
from bot.groups.walks import ends
from bot.press import Press
from bot.talk.view import View
from bot.talk.walk.sheet import sheet

LINK = "https://t.me/example_bot?start={start}"  # its code opens no bot: which one it is, is known when it serves


def specimen(view: View, group: Group, file: Path) -> bytes:
    """What *file* is to hold: a PDF, or with that ending a PNG."""
    longest = max(ends(group), key=lambda end: (len(end.steps), len(end.bundled)))
    drawn = sheet(view, longest, "png" if file.suffix.lower() == ".png" else "pdf")
    return Press(file.parent).make(drawn, lambda start: LINK.format(start=start)).content
