"""What the channel does for the brain beside sending: it fetches files, opens topics, looks how the bot stands."""

from __future__ import annotations

from telegram import Bot

from bot.messages import Address, Fetch, Gather, Inspect, Job, Learn, Load, OpenTopic, Standing
from handlers.telegram.api import call, fetch
from handlers.telegram.render import chat_id


async def perform(bot: Bot, to: Address, job: Job) -> object:
    """What comes of *job*; raises as `call` does."""
    match job:
        case Fetch(file):
            return await fetch(bot, file.ref)
        case OpenTopic(name):
            return await _open_topic(bot, to, name)
        case Inspect():
            return await _standing(bot, to)
        case Load() | Learn() | Gather():
            raise TypeError(job)


async def _open_topic(bot: Bot, to: Address, name: str) -> int | None:
    """Its number, https://core.telegram.org/bots/api#createforumtopic"""
    topic = await _asked(bot, "CreateForumTopic", chat_id=chat_id(to), name=name)
    number = topic.get("message_thread_id")
    return number if isinstance(number, int) else None


async def _standing(bot: Bot, to: Address) -> Standing | None:
    """https://core.telegram.org/bots/features#privacy-mode; None where the bot is no member."""
    here = chat_id(to)
    me = await _asked(bot, "GetMe")
    member = await _asked(bot, "GetChatMember", chat_id=here, user_id=bot.id)
    chat = await _asked(bot, "GetChat", chat_id=here)
    status = member.get("status")
    if status not in {"administrator", "member", "restricted"}:
        return None
    admin = status == "administrator"
    return Standing(
        speaks=status != "restricted" or member.get("can_send_messages") is True,
        hears=admin or me.get("can_read_all_group_messages") is True,
        forum=chat.get("is_forum") is True,
        opens=admin and member.get("can_manage_topics") is True,
    )


async def _asked(bot: Bot, method: str, **data: object) -> dict[str, object]:
    result = await call(bot, method, data)
    return result if isinstance(result, dict) else {}
