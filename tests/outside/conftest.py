"""A server for each test, and a bot in either way of receiving updates."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from .api import Server
from .client import Client
from .harness import MODES, BotProcess, a_bot, a_server, write_config
from .people import Person


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with a_server() as server:
        yield server


@pytest.fixture(params=MODES)
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def config(server: Server, mode: str, tmp_path: Path) -> Path:
    return write_config(tmp_path, server, mode)


@pytest.fixture
async def idle_bot(server: Server, config: Path) -> AsyncIterator[BotProcess]:
    """A bot that the test itself starts and stops."""
    bot = BotProcess(server, config)
    yield bot
    await bot.killed()
    assert bot.failures() == [], bot.stderr


@pytest.fixture
async def bot(server: Server, config: Path) -> AsyncIterator[BotProcess]:
    async with a_bot(server, config) as bot:
        yield bot


@pytest.fixture
def citizen(server: Server) -> Person:
    return Person(server)


@pytest.fixture
async def client(server: Server) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(server, session)
