"""An aiogram bot that echoes and stores nothing: what the whole bot is measured against.

    python tests/bench/echo_bot.py API_URL TOKEN PORT [--polite]

With --polite it also answers the callback query, as Telegram asks of every bot; without, it has it easier.
"""

from __future__ import annotations

import sys

import uvloop
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web


def main(api_url: str, token: str, port: int, *, polite: bool) -> None:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api_url)))
    dispatcher = Dispatcher()

    @dispatcher.callback_query()
    async def tapped(query: CallbackQuery) -> None:
        if polite:
            await query.answer()
        if isinstance(query.message, Message):
            await query.message.answer(query.data or "")

    async def register(_: web.Application) -> None:
        await bot.set_webhook(f"http://127.0.0.1:{port}/hook")

    app = web.Application()
    SimpleRequestHandler(dispatcher, bot).register(app, "/hook")
    app.on_startup.append(register)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None, loop=uvloop.new_event_loop())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), polite="--polite" in sys.argv)
