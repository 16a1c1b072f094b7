"""Groups as a bot sees them: what it may do there, and topics, with the limits of the Bot API."""

from __future__ import annotations

from typing import Any

from .world import Chat, Json, Refusal, World

NAME = 128  # characters, https://core.telegram.org/bots/api#createforumtopic
GREEN = 0x8EEE98  # one of the colours a topic may have, same page
# https://core.telegram.org/bots/api#chatmemberadministrator
RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories", "can_send_welcome_messages", "can_manage_topics",
)  # fmt: skip


def member(world: World, status: str, **rights: bool) -> Json:
    """The bot as a member of a chat, https://core.telegram.org/bots/api#chatmember"""
    more: Json = {}
    if status == "administrator":
        more = dict.fromkeys(RIGHTS, False) | rights
    elif status == "kicked":
        more = {"until_date": 0}
    return {"status": status, "user": world.bot, **more}


def get_member(world: World, params: Json) -> Json:
    """https://core.telegram.org/bots/api#getchatmember; of the bot itself alone"""
    chat = world.reachable(params["chat_id"])
    if params["user_id"] != world.bot["id"]:
        raise Refusal(400, "Bad Request: PARTICIPANT_ID_INVALID")
    return chat.member or member(world, "member")


def get_chat(world: World, params: Json) -> Json:
    """https://core.telegram.org/bots/api#getchat"""
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    more: dict[str, Any] = {"accepted_gift_types": dict.fromkeys(gifts, False)}
    return {**world.reachable(params["chat_id"]).public(), "accent_color_id": 0, "max_reaction_count": 11, **more}


def open_topic(world: World, params: Json) -> Json:
    """https://core.telegram.org/bots/api#createforumtopic"""
    chat = world.reachable(params["chat_id"])
    if chat.topics is None:
        raise Refusal(400, "Bad Request: the chat is not a forum")
    if not chat.member.get("can_manage_topics"):
        raise Refusal(400, "Bad Request: not enough rights to create a topic")
    thread = world.open_topic(chat, params["name"])
    return {"message_thread_id": thread, "name": params["name"], "icon_color": GREEN}


def topic_of(chat: Chat, params: Json) -> Json:
    """Where in *chat* a new message goes, as it shows in the message."""
    thread = params.get("message_thread_id")
    if thread is None:
        return {}
    if thread not in (chat.topics or {}):
        raise Refusal(400, "Bad Request: message thread not found")
    return {"message_thread_id": thread, "is_topic_message": True}
