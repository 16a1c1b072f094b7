"""Buttons and messages that nobody of us made, from anybody, anywhere: no exception, and nobody touches what is theirs.

Whatever a stranger sends, the cases, suggestions, members and answers of others stay as they were.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.actions import Action
from bot.base.model import Base
from bot.learning.suggestions import Suggestion
from bot.matching.matcher import Matcher
from bot.messages import Address, Incoming
from bot.team import Member
from tests.stage import ADMIN, CITIZEN, TEAM, VOLUNTEERS, Stage
from tests.test_actions import KINDS, VALUES
from tests.test_cases import BUFFALO, OTHER, ask, reply
from tests.test_cases import act as press

LAN, STRANGER = TEAM["lan"], 999
ALONE = Address("telegram", str(STRANGER))
ELSEWHERE = Address("telegram", "-777")  # a group that is not ours
OWNED = (
    *("cases", "copies", "replies", "parts", "additions", "suggestions", "members", "publications"),
    *("team_deeds", "invitations"),
)
# The cases, questions and suggestions there are have these numbers, and no others.
NUMBERS = st.integers(0, 3) | st.sampled_from([LAN, ADMIN, STRANGER, 10**18 - 1])
IDS = (
    *("", "birth", "will", "registered", "phrase", "fact", "entry", "admin", "collaborator", "fields", "places"),
    *("papers", "wrong", "old", "done", "a/b", "begun"),
    *("take", "pass", "return", "send", "discard", "ask", "recall", "show", "status", "withdraw", "more", "clear"),
)
SAID = st.sampled_from(
    [
        *("/queue", "/mine", "/suggestions", "/team", "/log", "/name X", "/leave", "/gaps", "/stale", "/problems"),
        *("/status", "/rollback 1", "/why", "/start j_2", "/start g_birth", "/start w_birth_1", "/cancel", "/helper"),
        *("/id", "/menu@x", "/", "", "1", "con bò đi lạc", "cháy nhà cứu với", "a" * 5000, "\u200b", "[x](y)"),
    ]
)


def actions() -> st.SearchStrategy[Action | None]:
    """Any button, with numbers and ids of which some exist."""
    values = {**VALUES, "int": NUMBERS, "str": st.sampled_from(IDS)}
    kinds = (st.builds(kind, **{one.name: values[str(one.type)] for one in fields(kind)}) for kind in KINDS)
    return st.one_of(st.none(), *kinds)


def incomings(*who: tuple[Address, int | None]) -> st.SearchStrategy[Incoming]:
    """What any of *who* sends or presses."""
    people, messages = st.sampled_from(who), st.none() | st.integers(1000, 1030)
    tap = st.fixed_dictionaries({"kind": st.just("tap"), "action": actions(), "message": messages})
    said = st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["message", "edited", "attachment"]),
            "text": SAID,
            "message": st.integers(1000, 1030),
            "replies_to": messages,
            "album": st.sampled_from(["", "a"]),
        }
    )
    return st.builds(_made, people, st.one_of(tap, said))


def _made(who: tuple[Address, int | None], what: dict[str, Any]) -> Incoming:
    chat, user = who
    return Incoming("", chat, user=user, group=chat.chat.startswith("-"), **what)


@pytest.fixture
def world(base: Base, matcher: Matcher) -> Iterator[Stage]:
    """A few cases in several states, a suggestion, a member, an invitation, a reminder."""
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(base, Path(folder) / "bot.db", matcher=matcher)
        first = ask(stage)
        ask(stage, BUFFALO, OTHER)
        reply(stage, first, "Báo công an xã")
        press(stage, first, "send")
        third = ask(stage, "nhà bên mở karaoke suốt đêm báo ai")
        press(stage, third, "take")
        stage.tap("R:birth::1")
        made = Suggestion(0, "phrase", "birth", "sinh em bé", "…", "", first, 1, LAN, 0, "waiting", stage.now)
        stage.storage.begin()
        stage.storage.learning.suggestions.make(made)
        stage.storage.team.put(Member("telegram", LAN, "collaborator", label="Lan"), stage.now)
        stage.storage.team.invite("1", "admin", ADMIN, stage.now)
        stage.storage.commit()
        yield stage
        stage.storage.close()


def owned(stage: Stage) -> dict[str, list[tuple[object, ...]]]:
    """Everything of others that a stranger must not change."""
    mine = "channel = 'telegram' and chat in ('999', '-777')"
    rows = {table: stage.storage._db.execute(f"select * from {table}").fetchall() for table in OWNED}
    for table in ("sessions", "questions", "timers", "waiting", "feedback", "enclosures"):
        rows[table] = stage.storage._db.execute(f"select * from {table} where not ({mine})").fetchall()
    return rows


@settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.data())
def test_nobody_makes_it_stumble(world: Stage, data: st.DataObject) -> None:
    everybody = [
        *((CITIZEN, 100), (ALONE, STRANGER), (VOLUNTEERS, LAN), (VOLUNTEERS, None), (VOLUNTEERS, STRANGER)),
        *((ELSEWHERE, STRANGER), (Address("telegram", str(LAN)), LAN), (Address("telegram", str(ADMIN)), ADMIN)),
    ]
    for incoming in data.draw(st.lists(incomings(*everybody), min_size=10, max_size=20)):
        world.feed(incoming)
    world.wait(data.draw(st.sampled_from([0, 0.1, 4, 40])))
    world.storage.purge(world.now)


@settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.data())
def test_a_stranger_changes_nothing_of_others(world: Stage, data: st.DataObject) -> None:
    before = owned(world)
    strangers = incomings((ALONE, STRANGER), (ELSEWHERE, STRANGER))
    sent = data.draw(st.lists(strangers, min_size=10, max_size=20))

    told = [one.to for incoming in sent for one in world.feed(incoming)]

    theirs = {ALONE, ELSEWHERE}
    after = owned(world)
    assert set(told) <= theirs
    assert {table: rows for table, rows in after.items() if rows != before[table]} == {}
