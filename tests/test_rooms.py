"""Each field or place has a topic in the collaborators' group, opened when needed, and nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.base.model import Base
from bot.matching.matcher import Matcher
from bot.messages import Address, Incoming, OpenTopic, Outgoing, Screen, Standing
from bot.rooms import Rooms
from bot.topics import Topics
from tests.stage import ADMIN, CITIZEN, START, TEAM, VOLUNTEERS, Stage

FIELD, OTHER = "civil-status", "residence"
CARD = Screen("Câu hỏi số 1")


@pytest.fixture
def stage(base: Base, matcher: Matcher, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(base, tmp_path / "bot.db", matcher=matcher, topics="field")
    yield stage
    stage.storage.close()


def rooms(stage: Stage, by: str = "field", group: Address | None = VOLUNTEERS) -> Rooms:
    return Rooms(stage.storage, group, by, lambda: stage.base, lambda _, key: [Outgoing(CITIZEN, Screen(key))])


def post(stage: Stage, key: str = FIELD, card: Screen = CARD) -> None:
    to, before = rooms(stage).address(key, stage.now)
    assert to is not None
    stage.send(*before, Outgoing(to, card, case=1))


def shown(stage: Stage) -> dict[str, list[str]]:
    """The texts in each part of the group."""
    return {
        one.chat: [screen.text for screen in chat.messages.values()]
        for one, chat in stage.chats.items()
        if one.chat.startswith(VOLUNTEERS.chat) and chat.messages
    }


def told(stage: Stage) -> list[str]:
    return [screen.text for screen in stage.chat(Address("telegram", str(ADMIN))).messages.values()]


def test_a_topic_is_opened_once_with_the_name_of_its_field(stage: Stage) -> None:
    to, before = rooms(stage).address(FIELD, START)

    assert to == Address("telegram", f"{VOLUNTEERS.chat}#{FIELD}")
    assert [one.job for one in before] == [OpenTopic(stage.base.fields[FIELD].vi, FIELD)]
    assert rooms(stage).address(FIELD, START) == (to, [])  # under way already


def test_what_is_posted_meanwhile_arrives_in_the_topic_and_in_order(stage: Stage) -> None:
    for number in range(3):
        post(stage, card=Screen(str(number)))
    post(stage, OTHER)

    assert shown(stage) == {f"{VOLUNTEERS.chat}#71": ["0", "1", "2"], f"{VOLUNTEERS.chat}#72": [CARD.text]}
    assert told(stage) == []


def test_a_case_is_played_in_the_topic_of_its_field(stage: Stage) -> None:
    topic = replace(VOLUNTEERS, chat=f"{VOLUNTEERS.chat}#71")
    stage.say("dang ky ket hon can gi")
    stage.press("Gặp người hỗ trợ")
    stage.say("vợ em ở nước ngoài thì sao")
    stage.press("Đồng ý")

    card = stage.chat(topic).latest
    stage.say("Hỏi xã giúp em nhé", topic, replies_to=card, user=TEAM["lan"])
    stage.press("Gửi", topic, user=TEAM["lan"])

    assert "Hỏi xã giúp em nhé" in stage.chat().text
    assert VOLUNTEERS not in stage.chats


def test_a_deleted_topic_is_opened_anew_and_takes_what_could_not_be_posted(stage: Stage) -> None:
    post(stage, card=Screen("trước"))
    stage.closed.add("71")

    post(stage, card=Screen("sau"))
    post(stage, card=Screen("sau nữa"))

    assert shown(stage) == {f"{VOLUNTEERS.chat}#71": ["trước"], f"{VOLUNTEERS.chat}#72": ["sau", "sau nữa"]}


def test_several_messages_under_way_to_a_deleted_topic_open_one(stage: Stage) -> None:
    post(stage)
    (to, _) = rooms(stage).address(FIELD, stage.now)
    stage.closed.add("71")
    assert to is not None

    stage.send(*(Outgoing(to, Screen(str(number))) for number in range(3)))

    assert shown(stage)[f"{VOLUNTEERS.chat}#72"] == ["0", "1", "2"]


def test_where_no_topic_can_be_opened_the_group_itself_does_and_the_admins_hear_it_once(stage: Stage) -> None:
    stage.standing = Standing(speaks=True, hears=True, forum=False, opens=False)

    post(stage, card=Screen("một"))
    post(stage, OTHER, card=Screen("hai"))
    stage.wait(2)
    post(stage, card=Screen("ba"))

    assert shown(stage) == {VOLUNTEERS.chat: ["một", "hai", "ba"]}
    assert len(told(stage)) == 1
    assert "Topics" in told(stage)[0]


def test_a_bot_that_is_promoted_opens_topics_at_once(stage: Stage) -> None:
    stage.standing = Standing(speaks=True, hears=False, forum=True, opens=False)
    post(stage, card=Screen("trước"))
    stage.standing = Standing(speaks=True, hears=True, forum=True, opens=True)

    stage.feed(Incoming("", VOLUNTEERS, "promoted", user=ADMIN, group=True))
    post(stage, card=Screen("sau"))

    assert shown(stage) == {VOLUNTEERS.chat: ["trước"], f"{VOLUNTEERS.chat}#71": ["sau"]}


def test_a_topic_that_vanishes_as_soon_as_it_is_opened_is_not_opened_for_ever(stage: Stage) -> None:
    stage.closed |= {str(number) for number in range(71, 99)}

    post(stage)

    assert shown(stage) == {VOLUNTEERS.chat: [CARD.text]}
    assert len(told(stage)) == 1
    assert stage.storage.topics.losses(VOLUNTEERS, FIELD, START) == 2


def test_a_group_that_becomes_a_supergroup_while_a_topic_is_opened_loses_nothing(stage: Stage) -> None:
    to, before = rooms(stage).address(FIELD, START)
    assert to is not None
    stage.feed(Incoming("", VOLUNTEERS, "migrated", successor="-100500", group=True))

    stage.send(*(replace(one, to=Address("telegram", "-100500")) for one in before), Outgoing(to, CARD))

    assert stage.chat(Address("telegram", "-100500#71")).text == CARD.text


def test_an_answer_in_a_topic_of_another_group_that_is_gone_goes_to_that_group(stage: Stage) -> None:
    stage.closed.add("5")

    stage.feed(Incoming("", Address("telegram", "-88#5"), text="/id", group=True))

    assert "-88" in stage.chat(Address("telegram", "-88")).text


def test_without_topics_wanted_or_known_the_group_is_the_place(stage: Stage) -> None:
    assert rooms(stage, "none").address(FIELD, START) == (VOLUNTEERS, [])
    assert rooms(stage).address("no-such-field", START) == (VOLUNTEERS, [])
    assert rooms(stage).address("", START) == (VOLUNTEERS, [])
    assert rooms(stage, group=None).address(FIELD, START) == (None, [])


def test_what_decides_is_the_field_or_the_place(stage: Stage) -> None:
    place = next(iter(stage.base.places))

    keys = [rooms(stage, by).key(field=FIELD, place=place) for by in ("none", "field", "place")]
    assert keys == ["", FIELD, place]
    _, (job,) = rooms(stage, "place").address(place, START)
    assert job.job == OpenTopic(stage.base.places[place].name.vi, place)


def test_topics_are_found_by_what_they_are_about_and_by_their_number(stage: Stage) -> None:
    topics: Topics = stage.storage.topics
    topics.begin(VOLUNTEERS, FIELD, START)
    topics.opened(VOLUNTEERS, FIELD, 5, START + timedelta(seconds=3))
    topics.lost(VOLUNTEERS, 5, START)
    topics.begin(VOLUNTEERS, FIELD, START)

    again, gone = topics.about(VOLUNTEERS, FIELD), topics.behind(VOLUNTEERS, 5)

    assert again is not None
    assert again.thread is None
    assert gone is not None
    assert (gone.key, gone.since) == (FIELD, START + timedelta(seconds=3))
    assert topics.behind(CITIZEN, 5) is None
