"""The bare Bot API as a client sees it, so that nothing is put right on the way."""

from __future__ import annotations

from typing import Any

import aiohttp

from .api import TOKEN, Server
from .world import Json


class Client:
    """Calls methods of *server*, with a JSON body or a form."""

    def __init__(self, server: Server, session: aiohttp.ClientSession) -> None:
        self._server, self._session = server, session

    async def __call__(self, method: str, token: str = TOKEN, **params: Any) -> Json:
        async with self._session.post(f"{self._server.url}/bot{token}/{method}", json=params) as response:
            reply: Json = await response.json()
            assert response.status == reply.get("error_code", 200)
            return reply

    async def form(self, method: str, **params: Any) -> Json:
        async with self._session.post(f"{self._server.url}/bot{TOKEN}/{method}", data=params) as response:
            reply: Json = await response.json()
            return reply
