"""What is asked most can be read in English: every screen of it, the menus that lead there, and the same figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest

from bot.admin.screens import screens
from bot.base.model import Base, Duration, Group, Record, Text
from bot.messages import Address, Screen
from bot.session import Session
from bot.talk import menus
from bot.talk.cards import card
from bot.talk.speech import Speech
from bot.talk.view import View

GROUPS = ("birth", "death")
MOST_ASKED = (
    *(
        "birth-registration",
        "birth-copy",
        "death-registration",
        "marriage-registration",
        "marriage-foreign",
        "marital-status",
    ),
    *("permanent-residence", "temporary-residence", "residence-confirmation"),
    *("identity-card-change", "identity-card-reissue"),
    "certified-copy",
    *("health-card", "health-insurance-household"),
    "household-business-start",
    *("land-transfer", "land-first-certificate"),
    *("social-pension", "social-assistance", "disability-assessment"),
)
DAYS = (date(2026, 11, 23), date(2027, 3, 1))  # some fees change in between, and some files are due again
DOUBT = re.compile(r"hỏi (?:lại|khi|trước)", re.IGNORECASE)
NUMBER = re.compile(r"\d[\d./]*\d")  # of one digit many are words in English


def english(base: Base, day: date = DAYS[0]) -> View:
    return View(base, Speech("en", base.texts), Session(), day, Address("console", "me"))


def met(base: Base, id: str) -> Iterator[Record]:
    """The record *id*, and of a group what its steps and its one dossier open."""
    record = base.groups.get(id) or base.procedures[id]
    yield record
    if isinstance(record, Group):
        bundle = () if record.bundle is None else (record.bundle.procedure,)
        yield from (base.procedures[one] for one in {*(step.procedure for step in record.steps), *bundle})


def lacks(base: Base, screen: Screen) -> bool:
    return base.texts["en"]["untranslated"] in screen.text


def test_the_most_asked_are_twenty() -> None:
    assert len(set(MOST_ASKED)) == 20


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("id", [*GROUPS, *MOST_ASKED])
def test_every_screen_is_in_english(id: str, day: date, base: Base) -> None:
    view = english(base, day)

    shown = [(record.id, shot) for record in met(base, id) for shot in screens(view, record)]

    assert [(record, shot.name) for record, shot in shown if lacks(base, shot.screen)] == []


@pytest.mark.parametrize("place", ["hoa-vang", "hoa-tien", "ba-na", "hoa-khanh", "lien-chieu", "hai-van", "hoa-xuan"])
def test_every_office_is_in_english(place: str, base: Base) -> None:
    near = replace(english(base), session=Session(place=place))

    assert not lacks(base, menus.place(english(base), place))
    assert not lacks(base, card(near, base.procedures["birth-registration"], "place"))


def test_the_menus_are_in_english(base: Base) -> None:
    """Also of what has no English yet the button has: so one finds the way, and asks."""
    view = english(base)
    used = {procedure.field for procedure in base.procedures.values()}

    shown = [menus.menu(view), menus.fields(view), menus.places(view, ""), menus.contacts(view, "human.nobody")]
    shown += [menus.field(view, field, page) for field in used for page in range(4)]

    assert [screen.text for screen in shown if lacks(base, screen)] == []


@pytest.mark.parametrize("records", ["procedures", "groups", "documents", "offices"])
def test_the_english_keeps_every_figure(records: str, base: Base) -> None:
    """Amounts, days, dates, codes and numbers of laws."""
    found = getattr(base, records).values()

    lost = [(figures(text.vi) - figures(text.en), text) for record in found for text in texts(record) if text.en]

    assert [(figure, text.en) for figure, text in lost if figure] == []


@pytest.mark.parametrize("records", ["procedures", "groups", "documents", "offices", "places"])
def test_the_english_says_ask_where_the_vietnamese_does(records: str, base: Base) -> None:
    """What is not certain stays so in English."""
    found = getattr(base, records).values()

    unsure = [text.en for record in found for text in texts(record) if text.en and DOUBT.search(text.vi)]

    assert [text for text in unsure if not re.search(r"\bask\b|check|call", text, re.IGNORECASE)] == []


def test_money_and_time_are_said_the_english_way(base: Base) -> None:
    speech = Speech("en", base.texts)

    assert speech.money(1_500_000) == "1,500,000 đ"
    assert [speech.duration(Duration("working-days", count)) for count in (1, 2)] == ["1 working day", "2 working days"]


@pytest.mark.parametrize(("language", "ask"), [("vi", "hỏi"), ("en", "ask")])
def test_a_fee_nobody_knows_is_asked_once(language: str, ask: str, base: Base) -> None:
    view = replace(english(base), speech=Speech(language, base.texts))
    lines = [line for shot in screens(view, base.groups["birth"]) for line in shot.screen.text.splitlines()]
    open_fee = base.texts[language]["fee.open"]

    assert {line.count(ask) for line in lines if open_fee in line} == {1}


def texts(value: object) -> Iterator[Text]:
    """Every text inside *value*."""
    if isinstance(value, Text):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif isinstance(value, Mapping):
        yield from texts(tuple(value.values()))


def figures(sentence: str) -> set[str]:
    """The figures of *sentence*, without the dots and commas between thousands; 15 giờ is 3 pm."""
    plain = re.sub(r"(?<=\d)[.,](?=\d{3}\b)", "", sentence.replace("15 giờ", "3 pm").replace("4,5", "4.5"))
    return set(NUMBER.findall(plain))
