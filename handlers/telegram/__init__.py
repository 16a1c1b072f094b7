"""The Telegram channel. `serve` is its one entry: it checks the token, opens the channel, receives until cancelled."""

from __future__ import annotations

import asyncio
import logging
import os

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from handlers.delivery import Desk, Dispatcher, Sleep, back_off
from handlers.telegram import webhook
from handlers.telegram.channel import Commands, TelegramChannel
from handlers.telegram.errors import BadToken, BadWebhook, TelegramProblem, TokenRevoked
from handlers.telegram.files import Make
from handlers.telegram.incoming import CHANNEL, INLINE
from handlers.telegram.inline import InlineChannel
from handlers.telegram.polling import Poller
from handlers.telegram.request import AiohttpRequest
from handlers.telegram.settings import TelegramSettings

__all__ = ["BadToken", "BadWebhook", "TelegramProblem", "TelegramSettings", "TokenRevoked", "serve"]

# Read by the library each time Telegram asks us to wait; without it, that gives a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "1")

log = logging.getLogger(__name__)


async def serve(  # noqa: PLR0913 each is another thing
    settings: TelegramSettings,
    desk: Desk,
    dispatcher: Dispatcher,
    commands: Commands,
    make: Make,
    *,
    sleep: Sleep = asyncio.sleep,
) -> None:
    """Serve Telegram until cancelled; raises a TelegramProblem when an operator has to act.

    *commands* are the texts of the command menu by language, *make* makes the files that go along.
    On the way out the dispatcher is closed first, so that the sends under way still have a connection.
    """
    bot = _bot(settings)
    channel = TelegramChannel(bot, make)
    try:
        await _log_in(bot, sleep)
        dispatcher.add(CHANNEL, channel)
        dispatcher.add(INLINE, InlineChannel(bot))
        await channel.set_commands(commands)
        if settings.mode == "webhook":
            await webhook.serve(bot, desk, settings, name=bot.username, sleep=sleep)
        else:
            await Poller(channel, desk, name=bot.username, sleep=sleep).run()
    finally:
        await dispatcher.aclose()
        await channel.aclose()
        await bot.shutdown()


def _bot(settings: TelegramSettings) -> Bot:
    request = AiohttpRequest()
    try:
        return Bot(
            settings.token,
            base_url=f"{settings.api_url}/bot",
            base_file_url=f"{settings.api_url}/file/bot",
            request=request,
            get_updates_request=request,
        )
    except InvalidToken as error:
        raise BadToken from error


async def _log_in(bot: Bot, sleep: Sleep) -> None:
    """Check the token; a bot that starts before the network is up waits for it."""
    failures = 0
    while True:
        try:
            await bot.initialize()
        except InvalidToken as error:
            raise BadToken from error
        except TelegramError as error:
            failures += 1
            pause = back_off(failures)
            log.warning("Telegram cannot be reached (%s), again in %g s", error, pause)
            await sleep(pause)
        else:
            log.info("serving @%s", bot.username)
            return
