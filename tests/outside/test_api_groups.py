"""The server of these tests copies, opens topics and takes choices as Telegram does; seen through plain HTTP."""

from __future__ import annotations

import pytest

from .api import Server
from .client import Client
from .groups import member
from .people import Person
from .world import Chat, Json

FORUM = -1_001_700_000_009
ARTICLE = {"type": "article", "id": "a", "title": "Khai sinh", "input_message_content": {"message_text": "x"}}


@pytest.fixture
def forum(server: Server) -> Chat:
    chat = server.world.open(FORUM, "supergroup", "Cộng tác viên")
    chat.topics = {}
    chat.member = member(server.world, "administrator", can_manage_topics=True)
    return chat


async def test_a_copy_holds_what_was_sent_and_has_an_id_of_its_own(client: Client, server: Server, citizen: Person):
    other = Person(server)
    photo = citizen.send("photo", caption="giấy này")
    question = other.say("giấy gì")

    source = {"from_chat_id": citizen.chat.id, "message_id": photo["message_id"]}
    quoted = {"reply_parameters": {"message_id": question["message_id"]}}
    reply = await client("copyMessage", chat_id=other.chat.id, **source, **quoted)

    copied = other.chat.messages[reply["result"]["message_id"]]
    assert (copied["photo"], copied["caption"]) == (photo["photo"], "giấy này")
    assert copied["from"]["is_bot"]
    assert copied["reply_to_message"]["text"] == "giấy gì"


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"message_id": 404}, "message to copy not found"),
        ({"from_chat_id": 404}, "chat not found"),
        ({"message_thread_id": 5}, "message thread not found"),
    ],
)
async def test_what_cannot_be_copied_is_refused(client: Client, citizen: Person, params: Json, complaint: str):
    said = citizen.say("a")
    whole = {"chat_id": citizen.chat.id, "from_chat_id": citizen.chat.id, "message_id": said["message_id"]}

    reply = await client("copyMessage", **(whole | params))

    assert reply["description"] == f"Bad Request: {complaint}"


async def test_a_topic_holds_its_messages_until_it_is_deleted(client: Client, server: Server, forum: Chat):
    opened = await client("createForumTopic", chat_id=FORUM, name="Khai sinh")
    thread = opened["result"]["message_thread_id"]
    there = {"chat_id": FORUM, "message_thread_id": thread, "text": "a"}

    sent = await client("sendMessage", **there)
    server.world.delete_topic(forum, thread)
    late = await client("sendMessage", **there)

    assert (sent["result"]["message_thread_id"], sent["result"]["is_topic_message"]) == (thread, True)
    assert late["description"] == "Bad Request: message thread not found"
    assert forum.messages == {}


@pytest.mark.parametrize(
    ("topics", "status", "rights", "name", "complaint"),
    [
        (None, "administrator", {"can_manage_topics": True}, "a", "the chat is not a forum"),
        ({}, "administrator", {}, "a", "not enough rights to create a topic"),
        ({}, "member", {}, "a", "not enough rights to create a topic"),
        ({}, "administrator", {"can_manage_topics": True}, "a" * 129, "TOPIC_TITLE_INVALID"),
    ],
)
async def test_topics_are_for_forums_and_for_who_may_manage_them(
    client: Client, server: Server, forum: Chat, topics: Json, status: str, rights: dict[str, bool], name: str,
    complaint: str,
):  # fmt: skip
    forum.topics, forum.member = topics, member(server.world, status, **rights)

    reply = await client("createForumTopic", chat_id=FORUM, name=name)

    assert reply["description"] == f"Bad Request: {complaint}"


async def test_the_bot_may_ask_how_it_stands(client: Client, server: Server, forum: Chat):
    me = await client("getChatMember", chat_id=FORUM, user_id=server.world.bot["id"])
    chat = await client("getChat", chat_id=FORUM)

    assert (me["result"]["status"], me["result"]["can_manage_topics"]) == ("administrator", True)
    assert chat["result"]["is_forum"] is True


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"inline_query_id": "404"}, "query is too old and response timeout expired or query ID is invalid"),
        ({"results": [ARTICLE] * 2}, "RESULT_ID_DUPLICATE"),
        ({"results": [ARTICLE | {"id": str(one)} for one in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [ARTICLE | {"id": "a" * 65}]}, "RESULT_ID_INVALID"),
        ({"results": [ARTICLE | {"input_message_content": {"message_text": "x" * 4097}}]}, "message is too long"),
        ({"button": {"text": "Hỏi", "start_parameter": "không"}}, "START_PARAM_INVALID"),
    ],
)
async def test_choices_beyond_the_limits_are_refused(client: Client, citizen: Person, params: Json, complaint: str):
    whole = {"inline_query_id": citizen.write("khai sinh"), "results": [ARTICLE]}

    reply = await client("answerInlineQuery", **(whole | params))

    assert reply["description"] == f"Bad Request: {complaint}"


async def test_choices_are_taken_once(client: Client, citizen: Person):
    query = citizen.write("khai sinh")

    replies = [await client("answerInlineQuery", inline_query_id=query, results=[ARTICLE]) for _ in range(2)]

    assert [reply["ok"] for reply in replies] == [True, False]
    assert citizen.choose((await citizen.offered(query))["results"][0])["text"] == "x"
