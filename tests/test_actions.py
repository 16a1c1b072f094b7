"""Buttons: what is written on them is read back, and nothing written by others is mistaken for one."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import actions as act
from bot.actions import LIMIT, Action, decode, encode
from bot.base.checks import buttons_fit
from bot.base.model import Base

KINDS: tuple[type[Any], ...] = get_args(Action)
IDS = st.from_regex(r"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
VALUES = {"str": IDS | st.just(""), "int": st.integers(0, 10**18 - 1), "bool": st.booleans()}


def every_action() -> st.SearchStrategy[Any]:
    return st.one_of(
        st.builds(kind, **{one.name: VALUES[str(one.type)] for one in fields(kind)}) for kind in KINDS
    )  # fmt: skip


@given(every_action())
def test_what_is_encoded_is_decoded(action: Action) -> None:
    assert decode(encode(action)) == action


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_has_a_letter_of_its_own(kind: type[Any]) -> None:
    action = kind(**{one.name: {"str": "a", "int": 1, "bool": True}[str(one.type)] for one in fields(kind)})
    assert type(decode(encode(action))) is kind


@given(st.text())
def test_no_text_is_an_error(data: str) -> None:
    action = decode(data)
    assert action is None or encode(action)


@given(st.text(alphabet="abcdfghklmnpqrstuvw:019-é²٣", max_size=20))
def test_no_text_that_looks_like_a_button_is_an_error(data: str) -> None:
    action = decode(data)
    assert action is None or decode(encode(action)) == action


@pytest.mark.parametrize(
    "data",
    [
        "",
        ":",
        "m:",
        "a:birth",
        "a:birth:x:y:z",
        "x",
        "c:1",
        "c:x:1",
        "c:-1:1",
        "c:²:1",
        "c:٣:1",
        f"c:{'9' * 19}:1",
        "d:f:",
    ],
)
def test_a_button_of_another_version_is_none(data: str) -> None:
    assert decode(data) is None


def test_old_buttons_keep_their_meaning() -> None:
    """What lies in people's chats is pressed for months: these texts must not change."""
    assert encode(act.Menu()) == "m"
    assert encode(act.Answer("birth", "birth-age", "under-6")) == "a:birth:birth-age:under-6"
    assert encode(act.Consent(12, given=True)) == "c:12:1"
    assert encode(act.OpenProcedure("marriage", "fee")) == "p:marriage:fee"
    assert encode(act.OpenField("land", 2)) == "d:land:2"
    assert encode(act.OpenGuide("birth", 5)) == "u:birth:5"
    assert encode(act.Stuck("birth", 5)) == "k:birth:5"
    assert encode(act.Why(12)) == "y:12"


def test_every_shipped_button_fits_into_telegram(base: Base) -> None:
    assert list(buttons_fit(base)) == []
    assert LIMIT == 64
