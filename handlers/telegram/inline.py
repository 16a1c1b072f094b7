"""Answers while somebody still writes `@bot …` in any chat: https://core.telegram.org/bots/api#inline-mode

An answer that is late is of no use to anybody: it is tried once, and nothing waits for it.
"""

from __future__ import annotations

import logging

from telegram import Bot
from telegram.error import BadRequest, Conflict, Forbidden

from bot.markup import START
from bot.messages import Found, Outcome, Outgoing, Sent
from handlers.delivery import Unavailable, Wait
from handlers.telegram.api import call
from handlers.telegram.render import Call, bodies_of

MOST = 10  # choices; Telegram takes 50, nobody reads them
KEPT = 300  # seconds for which Telegram may show the same to whoever asks the same

log = logging.getLogger(__name__)


class InlineChannel:
    """Answers the inline queries of one bot; the chat of an address is the id of a query."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, outgoing: Outgoing) -> Outcome:
        """Sent, also when nobody waits for it any more; raises TokenRevoked."""
        method, data = render_found(outgoing, self._bot.username)
        try:
            await call(self._bot, method, data)
        except BadRequest as error:
            if "query is too old" not in error.message.lower():
                log.error("the choices for a query were refused: %s", error.message)  # noqa: TRY400 it says all
        except (Forbidden, Conflict, Wait, Unavailable) as error:
            log.warning("a query was not answered: %s", error)
        return Sent()


def render_found(outgoing: Outgoing, name: str) -> Call:
    """The call that shows the choices of *outgoing*, https://core.telegram.org/bots/api#answerinlinequery"""
    data: dict[str, object] = {
        "inline_query_id": outgoing.to.chat,
        "results": [_article(one, name) for one in outgoing.found[:MOST]],
        "cache_time": KEPT,
        "is_personal": False,
    }
    for row in outgoing.screen.buttons if outgoing.screen else ():
        for button in row:
            if isinstance(button.does, str):
                data["button"] = {"text": button.label, "start_parameter": button.does.removeprefix(START)}
    return Call("AnswerInlineQuery", data)


def _article(found: Found, name: str) -> dict[str, object]:
    """https://core.telegram.org/bots/api#inlinequeryresultarticle"""
    said, *_ = bodies_of(found.screen, name)
    keyboard = said.pop("reply_markup", None)
    article: dict[str, object] = {
        "type": "article",
        "id": found.id,
        "title": found.title,
        "description": found.summary,
        "input_message_content": {"message_text": said.pop("text"), **said},
    }
    return {**article, "reply_markup": keyboard} if keyboard else article
