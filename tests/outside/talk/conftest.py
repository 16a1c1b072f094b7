"""The bot that serves all the talks here, in either mode, and the people."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from ..api import Server
from ..harness import COLLABORATORS, MODES, BotProcess, a_bot, a_server, write_config
from ..people import Person


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def server() -> AsyncIterator[Server]:
    async with a_server() as server:
        yield server


@pytest_asyncio.fixture(scope="package", loop_scope="package", params=MODES, autouse=True)
async def bot(
    server: Server, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> AsyncIterator[BotProcess]:
    config = write_config(tmp_path_factory.mktemp("bot"), server, request.param)
    await server.updates.set_webhook({})
    async with a_bot(server, config) as bot:
        yield bot


@pytest.fixture
def citizen(server: Server) -> Person:
    return Person(server)


@pytest.fixture
def collaborator(server: Server) -> Person:
    return Person(server, server.world.chats[COLLABORATORS])
