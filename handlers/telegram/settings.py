"""What the operator decides about Telegram."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

API_URL = "https://api.telegram.org"


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """How to reach Telegram, and how Telegram reaches us (the last five only with a webhook)."""

    token: str = field(repr=False)  # never in a log
    api_url: str = API_URL
    mode: Literal["polling", "webhook"] = "polling"
    listen: str = "127.0.0.1"
    port: int = 8080
    path: str = "/telegram"
    url: str = ""  # the public https address of *path*
    secret: str = field(default="", repr=False)
