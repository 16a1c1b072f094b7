"""Telegram as a channel: an Outgoing goes out as calls of the Bot API, an answer or error comes back as an Outcome."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden

from bot.attachments import Attachment, Media
from bot.markup import START
from bot.messages import Done, Moved, Outcome, Outgoing, Refused, Sent, TopicGone, Unreachable
from handlers.delivery import Unavailable, Wait
from handlers.telegram.api import call
from handlers.telegram.errors import TokenRevoked
from handlers.telegram.files import Make, kind_of, made, ref_of
from handlers.telegram.jobs import perform
from handlers.telegram.render import LINK, Call, NoTopic, render, render_file

TO_US = f"]({START}"  # in a text, the beginning of a link to the bot itself; see bot.markup
DEFAULT_LANGUAGE = "vi"  # its commands are shown to everybody whose language has none

Commands = Mapping[str, Mapping[str, str]]  # by language: command -> what it does

# The Bot API tells refusals apart by their description alone. These are not documented: seen, in small letters.
UNCHANGED = ("message is not modified",)
UNPARSABLE = ("can't parse entities",)
NO_LONGER_EDITABLE = (
    "message to edit not found", "message can't be edited", "message not found", "message_id_invalid",
    "no text in the message to edit",
)  # fmt: skip
NO_TOPIC = ("message thread not found", "topic_deleted", "topic_closed", "topic_id_invalid")
ALREADY_DELETED = ("message to delete not found", "message not found", "message_id_invalid")

log = logging.getLogger(__name__)


class TelegramChannel:
    """Sends to the chats of one bot."""

    def __init__(self, bot: Bot, make: Make) -> None:
        """*make* makes the files that go along with messages."""
        self.bot = bot
        self._make = make
        self._answers: set[asyncio.Task[None]] = set()

    async def send(self, outgoing: Outgoing) -> Outcome:
        """What became of *outgoing*; raises Wait, Unavailable or TokenRevoked.

        When the second of several messages cannot go out, a new attempt sends the first again: Telegram has no
        means against it, and twice is better than never.
        """
        outgoing = self._linked(outgoing)
        try:
            if outgoing.job is not None:
                return Done(await perform(self.bot, outgoing.to, outgoing.job))
            if outgoing.attachment is not None:
                return await self._attach(outgoing, outgoing.attachment)
            return await self._send(outgoing)
        except NoTopic:
            return TopicGone()
        except BadRequest as error:
            gone = outgoing.to.topic and outgoing.job is None and _says(error, NO_TOPIC)
            return TopicGone() if gone else Refused(error.message)
        except Forbidden:
            return Unreachable()
        except ChatMigrated as error:
            return _moved(outgoing, str(error.new_chat_id))
        except Conflict as error:  # two receivers; no reason to lose a message
            raise Unavailable(error.message) from error

    def answer_soon(self, tap: str) -> None:
        """Stop the little clock on the button of *tap*, without anybody waiting for it."""
        task = asyncio.get_running_loop().create_task(self._answer(tap))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def set_commands(self, commands: Commands) -> None:
        """Tell Telegram which *commands* to offer; a bot without that list still works."""
        for language, texts in commands.items():
            offered = [{"command": command, "description": text} for command, text in texts.items()]
            code = {} if language == DEFAULT_LANGUAGE else {"language_code": language}
            try:
                await call(self.bot, "SetMyCommands", {"commands": offered, **code})
            except (BadRequest, Wait, Unavailable) as error:
                log.warning("Telegram did not take the commands in %r: %s", language, error)

    async def aclose(self) -> None:
        """Give up the answers to taps still under way."""
        tasks = list(self._answers)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _linked(self, outgoing: Outgoing) -> Outgoing:
        """*outgoing* with the address of this bot in the links that lead to it."""
        screen = outgoing.screen
        if screen is None or TO_US not in screen.text:
            return outgoing
        address = LINK.format(name=self.bot.username, start="")
        return replace(outgoing, screen=replace(screen, text=screen.text.replace(TO_US, f"]({address}")))

    async def _send(self, outgoing: Outgoing) -> Outcome:
        try:
            return await self._do(render(outgoing, self.bot.username))
        except BadRequest as error:
            if _says(error, UNPARSABLE):
                log.exception("Telegram cannot read the markup of a message, it goes out as plain text")
                return await self._do(render(outgoing, self.bot.username, markup=False))
            if outgoing.screen is None and _says(error, ALREADY_DELETED):
                return Sent()
            if outgoing.screen and outgoing.edits is not None and _says(error, NO_LONGER_EDITABLE):
                return await self._send(replace(outgoing, edits=None))
            raise

    async def _attach(self, outgoing: Outgoing, attachment: Attachment) -> Outcome:
        """Send the file too: by the id Telegram gave it, or its bytes when that is unknown or no longer taken."""
        kind = kind_of(attachment)
        if isinstance(attachment, Media) and attachment.ref:
            try:
                return await self._do(render_file(outgoing, kind, attachment.ref, self.bot.username))
            except BadRequest as error:
                log.warning("Telegram does not know %s any more: %s", attachment.file, error)
        try:
            file = await made(self._make, attachment, self.bot.username)
        except OSError as error:
            return Refused(str(error))
        return await self._do(render_file(outgoing, kind, file, self.bot.username))

    async def _do(self, calls: list[Call]) -> Sent:
        """Make *calls*; the message that counts is the last, which has the buttons."""
        message, ref = None, ""
        for method, data in calls:
            result = await self._one(method, data)
            message, ref = _id_of(result), ref or ref_of(result)
        return Sent(message, ref)

    async def _one(self, method: str, data: dict[str, object]) -> object:
        """The result of one call: a message, or the id of the one edited."""
        edited = data.get("message_id") if method == "EditMessageText" else None
        try:
            result = await call(self.bot, method, data)
        except BadRequest as error:
            if edited is None or not _says(error, UNCHANGED):
                raise
            return edited  # it shows what it should
        return result if isinstance(result, dict) else edited

    async def _answer(self, tap: str) -> None:
        try:
            await call(self.bot, "AnswerCallbackQuery", {"callback_query_id": tap})
        except (BadRequest, Forbidden, Wait, Unavailable, TokenRevoked) as error:
            log.debug("a tap was not acknowledged: %s", error)  # its clock stops by itself


def _moved(outgoing: Outgoing, successor: str) -> Outcome:
    """The chat that became *successor*: where it goes, unless it is where the message to copy was.

    Messages have other ids in the successor, and one that nobody meant must not be copied from there.
    """
    from_group = outgoing.copies is not None and outgoing.copies.chat.chat.startswith("-")
    return Refused("the message to copy is in a group that is another by now") if from_group else Moved(successor)


def _id_of(result: object) -> int | None:
    number = result.get("message_id") if isinstance(result, dict) else result
    return number if isinstance(number, int) else None


def _says(error: BadRequest, descriptions: tuple[str, ...]) -> bool:
    said = error.message.lower()
    return any(description in said for description in descriptions)
