"""What two groups share: said in one, offered in the other, counted there once it is confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions import OpenGroup, Restart
from bot.base.loader import load
from bot.base.model import ALWAYS, Advice, Base, Group, Option, Question, Text, When
from bot.base.problems import At
from bot.session import Session, dump
from bot.session import load as load_session
from bot.talk import said
from tests.stage import CITIZEN, Stage

AT = At("")
TOY = load(Path(__file__).parent / "toy")[0]


def asking(id: str, ask: str, *, shared: bool = False, **options: str) -> Question:
    labels = tuple(Option(id, Text(label, id), AT) for id, label in options.items())
    return Question(id, AT, Text(ask), None, ALWAYS, labels, shared)


HOME = asking("home", "Nhà của mình hay đi thuê ạ?", shared=True, own="Nhà của mình", rented="Nhà đi thuê")
MANY = asking("many", "Nhiều bò không?", yes="Có", no="Không")
RENTED = Advice(Text("Nhà thuê thì hỏi chủ nhà."), When(({"home": frozenset({"rented"})},)), AT)
OLD = TOY.groups["pets"]
PETS = replace(OLD, questions=(*OLD.questions, HOME), advice=(*OLD.advice, RENTED))
HERD = replace(OLD.steps[-1], when=When(({"many": frozenset({"yes"})},)))
FARM = replace(
    OLD, id="farm", short=Text("Trại bò"), questions=(HOME, MANY), steps=(HERD,), bundle=None, advice=(RENTED,)
)


@pytest.fixture
def stage(base: Base, tmp_path: Path) -> Iterator[Stage]:
    """A chat about the pets and the farm, in the sentences that ship."""
    shared = replace(TOY, groups={"pets": PETS, "farm": FARM}, texts=base.texts)
    stage = Stage(shared, tmp_path / "bot.db")
    yield stage
    stage.storage.close()


def at_the_offer(stage: Stage) -> None:
    """The farm was told that the home is rented; the pets come to that question."""
    stage.tap(OpenGroup("farm"))
    stage.press("Nhà đi thuê")
    stage.tap(OpenGroup("pets"))
    for answer in ("Không", "Không"):
        stage.press(answer)


def labels(stage: Stage) -> list[str]:
    return [button.label for button in stage.chat().buttons][:2]


def test_what_was_said_in_another_group_is_offered(stage: Stage) -> None:
    at_the_offer(stage)

    assert "Nhà của mình hay đi thuê ạ?" in stage.chat().text
    assert "Lần trước anh/chị nói: Nhà đi thuê. Còn đúng không?" in stage.chat().text
    assert labels(stage) == ["Vẫn đúng", "Đã khác"]
    assert "home" not in said.answers(PETS, stage.storage.session(CITIZEN))


@pytest.mark.parametrize("typed", ["Vẫn đúng", "dung roi a", "1", "1.", "nha di thue", "Rented"])
def test_it_counts_once_it_is_confirmed_and_is_not_asked_again(stage: Stage, typed: str) -> None:
    at_the_offer(stage)

    stage.say(typed)

    assert "Nhà thuê thì hỏi chủ nhà." in stage.chat().text
    stage.tap(OpenGroup("pets"))
    assert "Còn đúng không?" not in stage.chat().text


@pytest.mark.parametrize("typed", ["Đã khác", "khac roi", "2"])
def test_what_has_changed_is_asked_as_ever(stage: Stage, typed: str) -> None:
    at_the_offer(stage)

    stage.say(typed)

    assert labels(stage) == ["Nhà của mình", "Nhà đi thuê"]
    stage.restart()
    stage.tap(OpenGroup("pets"))
    assert labels(stage) == ["Nhà của mình", "Nhà đi thuê"]
    stage.say("1")
    assert "Nhà thuê thì" not in stage.chat().text
    stage.tap(OpenGroup("farm"))
    assert "Nhiều bò không?" in stage.chat().text
    assert said.answers(FARM, stage.storage.session(CITIZEN))["home"] == "rented"


def test_a_number_that_no_button_has_brings_the_offer_again(stage: Stage) -> None:
    at_the_offer(stage)

    stage.say("3")

    assert labels(stage) == ["Vẫn đúng", "Đã khác"]


def test_back_leads_to_the_offer_and_then_to_what_was_before_it(stage: Stage) -> None:
    at_the_offer(stage)
    stage.press("Đã khác")

    stage.press("« Quay lại")
    assert labels(stage) == ["Vẫn đúng", "Đã khác"]
    stage.press("« Quay lại")
    assert "Nhà có mèo không?" in stage.chat().text


def test_beginning_one_group_again_takes_nothing_from_the_other(stage: Stage) -> None:
    at_the_offer(stage)
    stage.press("Vẫn đúng")

    stage.tap(Restart("pets"))
    stage.tap(OpenGroup("farm"))

    assert "Nhiều bò không?" in stage.chat().text
    stage.tap(Restart("farm"))
    assert labels(stage) == ["Nhà của mình", "Nhà đi thuê"]


def test_the_last_to_hear_it_forgets_it_for_all(stage: Stage) -> None:
    at_the_offer(stage)

    stage.tap(Restart("farm"))

    assert stage.storage.session(CITIZEN).facts == {"dog": "no", "cat": "no"}
    stage.tap(OpenGroup("pets"))
    assert labels(stage) == ["Nhà của mình", "Nhà đi thuê"]


def test_an_option_that_is_gone_is_not_offered() -> None:
    heard = Session(facts={"home": "tent"}, confirmed={"farm": {"home": "tent"}})

    assert said.offered(PETS, HOME, heard) is None


def test_what_was_said_before_it_was_shared_still_counts() -> None:
    old = load_session('{"facts": {"home": "own", "dog": "no"}}', None)

    assert said.answers(PETS, old) == {"home": "own", "dog": "no"}
    assert said.offered(PETS, HOME, old) is None


TAPS = st.tuples(
    st.sampled_from(["own", "rented", "otherwise", "back", "restart"]),
    st.sampled_from([(PETS, FARM), (FARM, PETS)]),
)


@given(st.lists(TAPS, max_size=8))
def test_nothing_said_in_one_group_changes_what_counts_in_the_other(
    taps: list[tuple[str, tuple[Group, Group]]],
) -> None:
    session = Session()
    for tap, (here, there) in taps:
        before = said.answers(there, session)

        match tap:
            case "otherwise":
                session = said.otherwise(here, session, HOME)
            case "back":
                session = said.back(here, session, HOME)
            case "restart":
                session = said.without(here, session, ["home"])
            case option:
                session = said.answer(here, session, HOME, option)
        session = load_session(dump(session), None)

        assert said.answers(there, session) == before
        assert said.answers(here, session).get("home", "") == (tap if tap in {"own", "rented"} else "")
