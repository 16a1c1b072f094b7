"""What goes along with a screen, as Telegram takes it: a photo, a video or a document; and how it knows it again."""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import Callable

from telegram import InputFile

from bot.attachments import Attachment, Chart, Made, Media, Sheet
from handlers.telegram.render import LINK, FileKind

Make = Callable[[Attachment, Callable[[str], str]], Made]
"""Makes the file of an attachment; its second argument turns what a link hands to the bot into an address."""


def kind_of(attachment: Attachment) -> FileKind:
    """As what Telegram shows *attachment*."""
    match attachment:
        case Sheet(format="png") | Chart():
            return "photo"
        case Media(file=file):
            kind = (mimetypes.guess_type(file)[0] or "").partition("/")[0]
            return "photo" if kind == "image" else "video" if kind == "video" else "document"
    return "document"


async def made(make: Make, attachment: Attachment, name: str) -> InputFile:
    """The file of *attachment* for the bot called *name*; made in a thread, so that nobody waits behind it."""
    file = await asyncio.get_running_loop().run_in_executor(
        None, make, attachment, lambda start: LINK.format(name=name, start=start)
    )
    found = InputFile(file.content, filename=file.name)
    found.mimetype = file.mime  # the library only guesses
    return found


def ref_of(result: object) -> str:
    """How Telegram knows the file in the message *result* from now on; empty when there is none."""
    if not isinstance(result, dict):
        return ""
    sizes = result.get("photo") or [{}]  # a photo has several sizes, the largest last
    file = result.get("video") or result.get("document") or result.get("animation") or sizes[-1]
    return str(file.get("file_id", "")) if isinstance(file, dict) else ""
