"""Updates by being called: for a computer with a public https address (a proxy in front ends the encryption).

Telegram gets its 200 only after the commit, and repeats what got another answer.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import re

from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest

from handlers.delivery import Desk, Sleep, Unavailable, Wait, back_off
from handlers.telegram.api import ALLOWED_UPDATES, call
from handlers.telegram.errors import BadWebhook
from handlers.telegram.incoming import Json, incoming, tap_id
from handlers.telegram.settings import TelegramSettings

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # https://core.telegram.org/bots/api#setwebhook
HEADER = "X-Telegram-Bot-Api-Secret-Token"
MAX_CONNECTIONS = 100  # the most Telegram opens, same page
BODY_LIMIT = 512 * 1024  # bytes; an update has a few thousand

log = logging.getLogger(__name__)


def application(desk: Desk, path: str, secret: str, *, name: str = "") -> web.Application:
    """The web application that receives updates at *path*."""
    expected = secret.encode()

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, expected):
            return web.Response(status=403)
        update = _read(await request.read())
        if update is None:
            return web.Response(status=400)
        return await _decide(desk, update, name)

    app = web.Application(client_max_size=BODY_LIMIT)
    app.router.add_post(path, receive)
    return app


async def serve(
    bot: Bot, desk: Desk, settings: TelegramSettings, *, name: str = "", sleep: Sleep = asyncio.sleep
) -> None:
    """Receive until cancelled. The webhook stays: Telegram keeps the updates for the next start."""
    if not SECRET.fullmatch(settings.secret):
        raise BadWebhook("the webhook needs a secret of 1 to 256 characters A-Z a-z 0-9 _ -")
    runner = web.AppRunner(application(desk, settings.path, settings.secret, name=name), access_log=None)
    await runner.setup()
    try:
        await _listen(runner, settings)
        await register(bot, settings, sleep=sleep)
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, settings: TelegramSettings) -> None:
    try:
        await web.TCPSite(runner, settings.listen, settings.port).start()
    except OSError as error:
        raise BadWebhook(f"cannot listen on {settings.listen}:{settings.port}: {error.strerror}") from error


async def register(bot: Bot, settings: TelegramSettings, *, sleep: Sleep = asyncio.sleep) -> None:
    """Tell Telegram where to send updates; raises BadWebhook when it will not."""
    wanted = {
        "url": settings.url,
        "secret_token": settings.secret,
        "allowed_updates": ALLOWED_UPDATES,
        "max_connections": MAX_CONNECTIONS,
    }
    failures = 0
    while True:
        try:
            await call(bot, "SetWebhook", wanted)
        except BadRequest as error:
            raise BadWebhook(f"Telegram does not take {settings.url} as webhook: {error.message}") from error
        except Wait as wait:
            await sleep(wait.seconds)
        except Unavailable as error:
            failures += 1
            log.warning("the webhook could not be set: %s", error)
            await sleep(back_off(failures))
        else:
            return


def _read(body: bytes) -> Json | None:
    try:
        update: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return update if isinstance(update, dict) else None


async def _decide(desk: Desk, update: Json, name: str) -> web.Response:
    said = incoming(update, name)
    try:
        if said is not None:
            await desk.submit(said)
    except Exception:
        log.exception("an update was not committed, Telegram will send it again")
        return web.Response(status=500)
    if tap := tap_id(update):  # the answer to the call may itself be a call, which saves one
        return web.json_response({"method": "answerCallbackQuery", "callback_query_id": tap})
    return web.Response()
