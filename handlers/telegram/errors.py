"""What can be wrong with Telegram that only an operator can put right.

- TelegramProblem
  - BadToken: the token in the configuration is not a bot's
  - TokenRevoked: it was one when we started (also `handlers.delivery.Broken`)
  - BadWebhook: Telegram will not send updates to this address
"""

from __future__ import annotations

from handlers.delivery import Broken


class TelegramProblem(Exception):
    """An operator has to act."""


class BadToken(TelegramProblem):
    """The token in the configuration is not a bot's."""

    def __init__(self) -> None:
        super().__init__("Telegram does not know this bot token: copy it again from @BotFather")


class TokenRevoked(TelegramProblem, Broken):
    """The token was accepted when the bot started, and no longer is."""

    def __init__(self) -> None:
        super().__init__("Telegram no longer accepts the bot token: was it revoked in @BotFather?")


class BadWebhook(TelegramProblem):
    """Telegram will not send updates to this address."""
