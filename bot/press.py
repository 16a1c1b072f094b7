"""Makes files of attachments: slow work, done where nobody waits for it."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from pathlib import Path

from bot.attachments import Attachment, Chart, Dates, Made, Media, Sheet
from bot.chart import drawn
from bot.dates import calendar
from bot.paper import picture
from bot.sheet import draw

TYPES = {"pdf": "application/pdf", "png": "image/png"}
UNKNOWN = "application/octet-stream"


class Press:
    """*media* is the folder of pictures and videos."""

    def __init__(self, media: Path) -> None:
        self._media = media

    def make(self, attachment: Attachment, link: Callable[[str], str]) -> Made:
        """The file that *attachment* stands for; *link* gives the address that hands a text to the bot.

        Raises OSError when a picture or video is not there any more.
        """
        match attachment:
            case Sheet(format="png"):
                return Made(f"{attachment.name}.png", picture(draw(attachment, link), flat=True), TYPES["png"])
            case Sheet():
                return Made(f"{attachment.name}.pdf", draw(attachment, link), TYPES["pdf"])
            case Dates():
                return Made(f"{attachment.name}.ics", calendar(attachment), "text/calendar")
            case Chart():
                return Made(f"{attachment.name}.png", drawn(attachment), TYPES["png"])
            case Media():
                path = self._media / attachment.file
                kind = mimetypes.guess_type(path.name)[0] or UNKNOWN
                return Made(path.name, path.read_bytes(), kind)
