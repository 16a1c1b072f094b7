"""Filing online, walked through: every screen can be reached, left and read on a phone, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions import Action, OpenGroup, OpenGuide, OpenProcedure, Stuck
from bot.base.guides import unfold
from bot.base.loader import load
from bot.base.model import Base, Move, Procedure, Text
from bot.base.problems import At
from bot.markup import parse
from bot.messages import Address, Screen
from bot.session import Session
from bot.talk import guides
from bot.talk.speech import Speech
from bot.talk.view import View
from tests.test_broken import TOY

DAY = date(2026, 11, 23)
BUNDLED = {
    "birth-registered": "not-yet",
    "birth-sms": "none",
    "birth-foreign": "no",
    "birth-parents": "married",
    "birth-age": "within-60",
    "birth-residence": "permanent",
    "birth-home": "own",
}


def view_of(base: Base, language: str = "vi", day: date = DAY, session: Session | None = None) -> View:
    return View(base, Speech(language, base.texts), session or Session(), day, Address("console", "me"))


def guided(base: Base) -> list[Procedure]:
    return [procedure for procedure in base.procedures.values() if procedure.guide]


def actions(screen: Screen) -> list[Action | str]:
    return [button.does for row in screen.buttons for button in row]


def through(view: View, about: str, procedure: Procedure) -> Iterator[Screen]:
    """Every screen on the way from the first to the last, by the button that leads on."""
    number: int | None = 1
    while number is not None:
        screen = guides.screen(view, about, procedure, number)
        yield screen
        ahead = [one.move for one in actions(screen) if isinstance(one, OpenGuide) and one.move > number]
        number = min(ahead, default=None)


def test_ten_procedures_and_both_bundles_have_a_guide(base: Base) -> None:
    bundles = {group.bundle.procedure for group in base.groups.values() if group.bundle}

    assert len(guided(base)) == 12
    assert bundles <= {procedure.id for procedure in guided(base)}


def test_one_gets_through_every_guide_and_back(base: Base) -> None:
    view = view_of(base)
    for procedure in guided(base):
        moves = list(unfold(base.guides, base.guides[procedure.guide]))
        forth = list(through(view, procedure.id, procedure))
        text = "\n".join(screen.text for screen in forth)

        assert [f"**{number}.**" in text for number in range(1, len(moves) + 1)] == [True] * len(moves)
        backward = [min(one.move for one in actions(s) if isinstance(one, OpenGuide) and one.move) for s in forth[1:]]
        assert [guides.screen(view, procedure.id, procedure, number) for number in backward] == forth[:-1]


def test_every_screen_has_the_way_to_people_and_back_to_the_card(base: Base) -> None:
    for procedure in guided(base):
        for screen in through(view_of(base), procedure.id, procedure):
            kinds = {type(one) for one in actions(screen)}
            assert {Stuck, OpenProcedure, OpenGuide} <= kinds


@pytest.mark.parametrize(("language", "most"), [("vi", 13), ("en", 14)])
def test_no_screen_is_longer_than_a_phone(language: str, most: int, base: Base) -> None:
    for procedure in guided(base):
        for screen in through(view_of(base, language), procedure.id, procedure):
            seen = "".join(span.text for span in parse(screen.text))
            assert sum(ceil(len(line) / guides.WIDTH) for line in seen.splitlines()) <= most, seen


def test_the_guides_are_there_in_english_too(base: Base) -> None:
    for guide in base.guides.values():
        texts = [guide.title, *(text for move in unfold(base.guides, guide) for text in (move.do, move.note) if text)]
        assert [text.vi for text in texts if not text.en] == []


@given(st.integers(0, 10**17))
def test_whatever_number_a_button_has_there_is_a_screen(number: int) -> None:
    view = view_of(TOYS)
    assert guides.screen(view, "herd", TOYS.procedures["herd"], number).text


@given(st.lists(st.tuples(st.integers(1, 170), st.integers(0, 130)), min_size=1, max_size=30))
def test_every_move_is_on_exactly_one_screen_and_few_are_on_the_same(sizes: list[tuple[int, int]]) -> None:
    moves = tuple(Move(At("x"), Text("a" * do), Text("a" * note) if note else None) for do, note in sizes)

    pages = guides.turn_over(moves)

    assert [number for page in pages for number in page] == list(range(1, len(moves) + 1))
    assert {len(page) for page in pages} <= {1, 2, 3}


def test_what_is_old_says_so_on_every_screen(base: Base) -> None:
    """A button may open any of them, so none may look fresh; old is what any part is."""
    parted = replace(base, guides={**base.guides, "online-pay": replace(base.guides["online-pay"], review=DAY)})
    for known, old in ((parted, False), (parted, True)):
        view = view_of(known, day=date(2026, 11, 24) if old else DAY)
        screens = list(through(view, "birth-copy", base.procedures["birth-copy"]))

        assert {"có thể đã cũ" in screen.text for screen in screens} == {old}


def test_a_group_has_its_guide_only_while_the_answers_allow_one_dossier(base: Base) -> None:
    def filed(facts: dict[str, str]) -> Procedure | None:
        return guides.filed(view_of(base, session=Session(facts=facts)), "birth")

    whole = filed(BUNDLED)

    assert whole is not None
    assert whole.id == "birth-linked"
    assert filed({}) is None
    assert filed({**BUNDLED, "birth-parents": "father"}) is None
    assert filed({key: option for key, option in BUNDLED.items() if key != "birth-home"}) is None


def test_the_way_back_from_a_groups_guide_is_its_plan(base: Base) -> None:
    screen = guides.screen(view_of(base), "birth", base.procedures["birth-linked"], 1)

    assert OpenGroup("birth") in actions(screen)
    assert Stuck("birth", 1) in actions(screen)


def test_where_a_guide_was_read_is_told_once_for_all_its_parts(base: Base) -> None:
    text = guides.screen(view_of(base), "marriage-registration", base.procedures["marriage-registration"], 0).text

    for source in (*base.guides["marriage-online"].sources, *base.guides["portal-login"].sources):
        assert text.count(f"]({source.link})") == 1


TOYS = replace(load(TOY)[0], texts=load(TOY.parent.parent / "knowledge")[0].texts)
