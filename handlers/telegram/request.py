"""How python-telegram-bot reaches the network: aiohttp, with JSON bodies and connections kept open.

Measured against the library's own backend: several times the updates a second, and a JSON body is a third
of a form's size for Vietnamese text.
"""

from __future__ import annotations

import json

from aiohttp import ClientError, ClientSession, ClientTimeout, FormData, TCPConnector
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_TIMEOUT, READ_TIMEOUT = 10.0, 10.0  # seconds
UPLOAD_TIMEOUT = 120.0  # seconds; the read time-out runs while a file is still going out
IDLE = 30.0  # seconds an unused connection is kept
JSON = {"Content-Type": "application/json"}

Timeout = DefaultValue[float] | DefaultValue[None] | float | None


class AiohttpRequest(BaseRequest):
    """A request backend with one session; safe to use for all methods of a bot at once."""

    def __init__(self) -> None:
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return READ_TIMEOUT

    async def initialize(self) -> None:
        if self._session is None:
            # The dispatcher bounds what is in flight; a limit here could hold an answer behind the long poll.
            self._session = ClientSession(connector=TCPConnector(limit=0, keepalive_timeout=IDLE))

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 the library decides
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        write_timeout: Timeout = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 aiohttp has no such limit
        connect_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        pool_timeout: Timeout = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 nothing waits for the pool
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NetworkError("the request backend is closed")
        body, headers = _body(request_data)
        patience = UPLOAD_TIMEOUT if isinstance(body, FormData) else _or(read_timeout, READ_TIMEOUT)
        timeout = ClientTimeout(total=None, connect=_or(connect_timeout, CONNECT_TIMEOUT), sock_read=patience)
        try:
            async with self._session.request(method, url, data=body, headers=headers, timeout=timeout) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:  # first: aiohttp's time-outs are client errors too
            raise TimedOut(f"Timed out ({type(error).__name__})") from error
        except (ClientError, OSError) as error:
            # The address holds the token, and some of aiohttp's errors print it.
            raise NetworkError(type(error).__name__) from error


def _or(timeout: Timeout, default: float) -> float | None:
    return default if isinstance(timeout, DefaultValue) else timeout


def _body(data: RequestData | None) -> tuple[bytes | FormData | None, dict[str, str]]:
    """What to send for *data*, with the headers it needs."""
    if data is None:
        return None, {}
    if not data.contains_files:
        return json.dumps(data.parameters, ensure_ascii=False).encode("utf-8", "replace"), JSON
    form = FormData(quote_fields=False)  # quoted, a Vietnamese file name arrives as %XX
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form, {}
