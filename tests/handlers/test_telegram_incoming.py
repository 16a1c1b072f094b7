"""What Telegram reports becomes what every channel can report, whatever it looks like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions import Menu
from bot.messages import Address, File, Incoming, Kind
from handlers.telegram.incoming import ATTACHMENTS, incoming, tap_id

Json = dict[str, object]

LAN: Json = {"id": 5, "is_bot": False, "first_name": "Lan", "language_code": "vi"}
PRIVATE: Json = {"id": 5, "type": "private"}
GROUP: Json = {"id": -9, "type": "group"}
FORUM: Json = {"id": -1009, "type": "supergroup", "is_forum": True}
HERE = Address("telegram", "5")


def message(**parts: object) -> Json:
    return {"message_id": 3, "date": 1, "chat": PRIVATE, "from": LAN} | parts


def update(**parts: object) -> Json:
    return {"update_id": 70} | parts


def said(text: str = "", kind: str = "message", **parts: object) -> Incoming:
    given: Json = {"message": 3, "user": 5, "person": "Lan", "language": "vi"} | parts
    return Incoming("70", HERE, kind, text, **given)  # type: ignore[arg-type]


def became(before: str, after: str, chat: Json = GROUP) -> Json:
    was, now = {"status": before}, {"status": after}
    return update(my_chat_member={"chat": chat, "from": LAN, "old_chat_member": was, "new_chat_member": now})


def member(kind: Kind) -> Incoming:
    return Incoming("70", Address("telegram", "-9"), kind, user=5, group=True)


CASES = {
    "text": (update(message=message(text="Xin chào")), said("Xin chào")),
    "reply": (update(message=message(text="vâng", reply_to_message={"message_id": 2})), said("vâng", replies_to=2)),
    "group": (
        update(message=message(text="a", chat=GROUP)),
        Incoming(
            "70", Address("telegram", "-9"), "message", "a", message=3, user=5, person="Lan", language="vi", group=True
        ),
    ),
    "command": (update(message=message(text="/help@Thu_Tuc_Bot khai sinh")), said("/help khai sinh")),
    "other bot's command": (update(message=message(text="/help@other_bot")), None),
    "edited": (update(edited_message=message(text="sửa")), said("sửa", "edited")),
    "edited caption": (update(edited_message=message(photo=[{}], caption="sửa")), said("sửa", "edited")),
    "moving location": (update(edited_message=message(location={"latitude": 1})), None),
    "caption": (update(message=message(photo=[{}], caption="giấy này")), said("giấy này", "attachment")),
    "album, first": (
        update(message=message(photo=[{}], caption="giấy", media_group_id="8")),
        said("giấy", "attachment", album="8"),
    ),
    "album, rest": (update(message=message(photo=[{}], media_group_id="8")), said("", "attachment", album="8")),
    "in a topic": (
        update(message=message(text="a", chat=FORUM, message_thread_id=77, is_topic_message=True)),
        Incoming(
            "70",
            Address("telegram", "-1009#77"),
            "message",
            "a",
            message=3,
            user=5,
            person="Lan",
            language="vi",
            group=True,
        ),
    ),
    "in the general topic": (
        update(message=message(text="a", chat=FORUM)),
        Incoming(
            "70",
            Address("telegram", "-1009"),
            "message",
            "a",
            message=3,
            user=5,
            person="Lan",
            language="vi",
            group=True,
        ),
    ),
    "a thread of replies": (
        update(message=message(text="a", chat=FORUM, message_thread_id=77)),
        Incoming(
            "70",
            Address("telegram", "-1009"),
            "message",
            "a",
            message=3,
            user=5,
            person="Lan",
            language="vi",
            group=True,
        ),
    ),
    "a topic of one's own": (update(message=message(text="a", message_thread_id=77, is_topic_message=True)), said("a")),
    "tap in a topic": (
        update(
            callback_query={
                "id": "4",
                "from": LAN,
                "data": "m",
                "message": message(
                    message_id=9,
                    chat=FORUM,
                    message_thread_id=77,
                    is_topic_message=True,
                ),
            }
        ),
        Incoming(
            "70",
            Address("telegram", "-1009#77"),
            "tap",
            action=Menu(),
            message=9,
            user=5,
            person="Lan",
            language="vi",
            group=True,
        ),
    ),
    "no language": (update(message=message(text="a", **{"from": {"id": 5}})), said("a", language=None, person="")),
    "half a character": (update(message=message(text="a\ud83d")), said("a?")),
    "somebody joined": (update(message=message(new_chat_members=[LAN])), None),
    "a bot": (update(message=message(text="a", **{"from": LAN | {"is_bot": True}})), None),
    "channel post": (update(channel_post=message(text="a")), None),
    "tied channel": (update(message=message(text="a", sender_chat={"id": -1, "type": "channel"})), None),
    "nobody": (update(message={"message_id": 3, "chat": PRIVATE, "text": "a"}), None),
    "tap": (
        update(callback_query={"id": "4", "from": LAN, "data": "m", "message": {"message_id": 9, "chat": PRIVATE}}),
        Incoming("70", HERE, "tap", action=Menu(), message=9, user=5, person="Lan", language="vi"),
    ),
    "old tap": (
        update(callback_query={"id": "4", "from": LAN, "data": "?", "message": {"message_id": 9, "chat": GROUP}}),
        Incoming("70", Address("telegram", "-9"), "tap", message=9, user=5, person="Lan", language="vi", group=True),
    ),
    "tap on nothing": (update(callback_query={"id": "4", "from": LAN, "data": "m"}), None),
    "blocked": (became("member", "kicked", PRIVATE), Incoming("70", HERE, "removed", user=5)),
    "unblocked": (became("kicked", "member", PRIVATE), None),
    "left a group": (became("member", "left"), member("removed")),
    "thrown out of a group": (became("administrator", "kicked"), member("removed")),
    "left a channel": (became("administrator", "left", {"id": -2, "type": "channel"}), None),
    "came into a group": (became("left", "member"), member("joined")),
    "came back as administrator": (became("kicked", "administrator"), member("joined")),
    "made administrator": (became("member", "administrator"), member("promoted")),
    "given another right": (became("administrator", "administrator"), member("promoted")),
    "no more administrator": (became("administrator", "member"), member("demoted")),
    "restricted": (became("member", "restricted"), member("demoted")),
    "allowed again": (became("restricted", "member"), None),
    "nothing": (update(my_chat_member={"chat": GROUP}), None),
    "migrated": (
        update(message=message(chat=GROUP, migrate_to_chat_id=-1009)),
        Incoming("70", Address("telegram", "-9"), "migrated", group=True, successor="-1009"),
    ),
    "no id": ({"message": message(text="a")}, None),
    "inline query": (
        update(inline_query={"id": "1", "query": "khai sinh", "from": LAN, "offset": ""}),
        Incoming("70", Address("telegram-inline", "1"), "inline", "khai sinh"),
    ),
    "inline query of nothing": (update(inline_query={"query": "a"}), None),
}


@pytest.mark.parametrize(("reported", "expected"), CASES.values(), ids=CASES.keys())
def test_an_update_becomes_an_incoming(reported: Json, expected: Incoming | None) -> None:
    assert incoming(reported, "thu_tuc_bot") == expected


def test_a_document_is_a_file_that_can_be_fetched() -> None:
    document = {"file_id": "BQ", "file_name": "birth.yaml", "file_size": 812}

    found = incoming(update(message=message(document=document, caption="vì luật mới")))

    assert found is not None
    assert (found.kind, found.text, found.file) == ("attachment", "vì luật mới", File("BQ", "birth.yaml", 812))


@pytest.mark.parametrize("kind", [kind for kind in ATTACHMENTS if kind != "document"])
def test_whatever_is_not_text_is_an_attachment(kind: str) -> None:
    assert incoming(update(message=message(**{kind: {"file_id": "x"}}))) == said("", "attachment")


def test_only_a_tap_is_to_be_acknowledged() -> None:
    assert tap_id(update(callback_query={"id": "4"})) == "4"
    assert tap_id(update(message=message(text="a"))) is None


KEYS = (
    "update_id", "message", "edited_message", "callback_query", "inline_query", "my_chat_member", "chat", "from", "id",
    "type", "text", "query", "data", "caption", "photo", "migrate_to_chat_id", "old_chat_member", "new_chat_member",
    "status", "reply_to_message", "message_id", "media_group_id", "message_thread_id", "is_topic_message",
    "sender_chat", "language_code",
)  # fmt: skip
WORDS = st.sampled_from(["kicked", "member", "administrator", "group", "supergroup", "m", "/a@b"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | WORDS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=8),
    max_leaves=25,
)


@given(VALUES, st.dictionaries(st.sampled_from(KEYS), VALUES))
def test_no_json_can_make_it_fail(number: object, anything: Json) -> None:
    found = incoming({"update_id": number} | anything)

    assert found is None or found.update
    assert tap_id(anything) != ""


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_every_text_arrives_in_a_form_that_can_be_stored(text: str) -> None:
    found = incoming(update(message=message(text=text)))

    assert found is None or found.text.encode()
