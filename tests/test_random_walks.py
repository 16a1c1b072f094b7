"""Whatever people do, in whatever order, while the knowledge is edited under them: always a screen that makes sense.

The quick run is part of the tests. A long one, for an evening:

    .venv/bin/python -m pytest tests/test_random_walks.py --hypothesis-profile=long
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from bot import actions as act
from bot.base.loader import load
from bot.base.model import Base, Group
from bot.edition import Edition, Loaded
from bot.groups.plan import plan
from bot.matching import finder
from bot.messages import Address, Incoming, Load, Screen
from bot.session import Session
from bot.talk import said
from bot.talk.walk.pages import PAGES
from tests.edits import with_other_options, without_groups, without_question, without_step
from tests.stage import CITIZEN, KNOWLEDGE, Stage
from tests.test_broken import TOY
from tests.test_walks import does, faults

AGAIN = Address("telegram", "200")  # who gives the same answers, one after the other
WORKSHOP = Address("workshop", "")
ELSEWHERE = ("no way on", "an unfilled place")  # outside a walk the menu is the way on, and people are quoted
EDITIONS = 11
MARKS = ("file", "counter", "slip", "code", "event", "return", "done", "all", "back", "nothing")
MEMORY = Path("/dev/shm")  # nothing is to be kept, so nothing need wait for a disk
QUICK = settings(max_examples=80, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))

SAID = st.sampled_from(
    [
        *("1", "2.", "9", "0", "Có", "khong", "chưa rõ", "có rồi", "chua co", "Hiền", "cảm ơn em", "chao", "**", "<b>"),
        *("/start", "/start g_birth", "/start g_pets", "/start w_birth_1", "/menu", "/cancel", "/why", "/help", "/ 1"),
        *("/language", "/forget", "/restart", "nhà nuôi vật", "con em moi sinh can giay chi", "bao nhieu tien"),
        *("o dau", "hôm nay trời đẹp quá", "gặp người", "🙂", "a" * 5000, "[x](y)", "{name}", "\u200b", ""),
        *("20/11/2026", "hôm qua", "H17-261120-0001"),
    ]
)


@cache
def editions() -> tuple[Edition, ...]:
    """Bases that come to be served one after the other, in any order."""
    toy, shipped = load(TOY)[0], load(KNOWLEDGE)[0]
    toys, ours = _ready(toy, toy, shipped), _ready(shipped, toy, shipped)
    fewer = without_groups(ours, 2)
    edited_toys = (toys, without_question(toys, 0), with_other_options(toys), without_step(toys, 1))
    edited = (*(without_question(ours, place) for place in (0, 1, -1)), with_other_options(ours), without_step(ours, 0))
    return (*_editions(ours, *edited), *_editions(fewer), *_editions(*edited_toys))


def _editions(first: Base, *others: Base) -> Iterator[Edition]:
    """Bases in which the same things are found."""
    matcher = finder.matcher(first)
    yield from (Edition(base, matcher) for base in (first, *others))


def _ready(base: Base, toy: Base, shipped: Base) -> Base:
    """*base* as it can be served at once: all sentences of the bot, but few phrases and the word lists of the toy."""
    data = {**toy.data, "smalltalk": shipped.data["smalltalk"]}
    procedures = {id: replace(one, phrases=one.phrases[:2]) for id, one in base.procedures.items()}
    return replace(base, texts=shipped.texts, data=data, catalogue={}, procedures=procedures)


@cache
def meant() -> tuple[act.Action, ...]:
    """What buttons of any edition do in a group."""
    return tuple(dict.fromkeys(action for edition in editions() for action in _in_groups(edition.base)))


def _in_groups(base: Base) -> Iterator[act.Action]:
    for group in base.groups.values():
        yield from (act.OpenGroup(group.id), act.Back(group.id), act.Restart(group.id), act.Anew(group.id))
        yield from (act.Remind(group.id, "", on) for on in (True, False))
        yield from (act.OpenGuide(group.id, 2), act.Hand(group.id, "sheet"))
        yield from (act.OpenPage(group.id, page) for page in (*PAGES, "nothing"))
        for step in group.steps:
            yield from (act.OpenStep(group.id, step.id), act.WhyStep(group.id, step.id))
            yield from (act.Mark(group.id, step.id, to) for to in MARKS)
            yield from (act.Remind(group.id, step.id, on) for on in (True, False))
            yield act.Happened(group.id, step.id, 261101)
        for question in group.questions:
            yield from (act.Change(group.id, question.id), act.Differ(group.id, question.id))
            yield from (act.Answer(group.id, question.id, option.id) for option in question.options)


def buttons(screen: Screen) -> list[act.Action]:
    return [action for action in does(screen) if not isinstance(action, str)]


class RandomWalks(RuleBasedStateMachine):
    """A citizen, and admins who edit meanwhile."""

    @initialize(edition=st.sampled_from([0, 7]))
    def begin(self, edition: int) -> None:
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None)
        served = editions()[edition]
        self.stage = Stage(served.base, Path(self.folder.name) / "bot.db", matcher=served.matcher)
        self.updates = count()
        self.do(text="/start")

    def teardown(self) -> None:
        if hasattr(self, "stage"):
            self.stage.storage.close()
            self.folder.cleanup()

    def do(self, sender: Address = CITIZEN, **what: Any) -> Screen:
        """Whatever somebody does, one screen answers it, in place of the latest one or as a new message."""
        chat = self.stage.chat(sender)
        latest = chat.latest
        incoming = Incoming(f"walk-{next(self.updates)}", sender, **what)
        shown = [one for one in self.stage.feed(incoming) if one.to == sender and one.screen is not None]
        assert len(shown) == 1
        assert shown[0].edits in {None, latest}
        assert self.stage.feed(incoming) == []  # the network brings it again
        screen = chat.messages[chat.latest]
        assert [fault for fault in faults(screen) if fault not in ELSEWHERE] == []
        return screen

    def tap(self, action: act.Action | None, message: int | None = None) -> Screen:
        return self.do(kind="tap", action=action, message=message or self.stage.chat().latest)

    def asking(self) -> str:
        return self.stage.storage.session(CITIZEN).asking

    @rule(data=st.data())
    def press(self, data: st.DataObject) -> None:
        """A button of the screen that is there."""
        chat = self.stage.chat()
        self.tap(data.draw(st.sampled_from(buttons(chat.messages[chat.latest]))))

    @rule(data=st.data())
    def press_an_old_one(self, data: st.DataObject) -> None:
        """Under any message that is still there, perhaps of a base that is no more."""
        chat = self.stage.chat()
        message = data.draw(st.sampled_from(sorted(chat.messages)))
        self.tap(data.draw(st.sampled_from(buttons(chat.messages[message]))), message)

    @rule(data=st.data())
    def press_twice(self, data: st.DataObject) -> None:
        """A finger that shakes: both taps come from the same screen."""
        chat = self.stage.chat()
        message, action = chat.latest, data.draw(st.sampled_from(buttons(chat.messages[chat.latest])))
        self.tap(action, message)
        self.tap(action, message)

    @precondition(asking)
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        """The question that is open, with an option of today or of another day."""
        question = self.asking()
        found = [action for action in meant() if isinstance(action, act.Answer) and action.question == question]
        self.tap(data.draw(st.sampled_from(found)))

    @rule(data=st.data())
    def walk(self, data: st.DataObject) -> None:
        """Through a group to its end."""
        group = data.draw(st.sampled_from(list(self.stage.base.groups.values())))
        self.tap(act.OpenGroup(group.id))
        for _ in group.questions:
            if (question := group.question(self.asking())) is not None:
                self.tap(act.Answer(group.id, question.id, data.draw(st.sampled_from(question.options)).id))
        assert self.asking() == ""

    @rule(action=st.deferred(lambda: st.sampled_from(meant())))
    def press_whatever(self, action: act.Action) -> None:
        """Back, change, restart, an answer, a step: of a group of any edition, at any time."""
        self.tap(action)

    @rule()
    def press_what_nobody_made(self) -> None:
        self.tap(None)

    @rule(text=SAID)
    def say(self, text: str) -> None:
        self.do(text=text, message=10_000)

    @rule()
    def send_a_picture(self) -> None:
        self.do(kind="attachment", message=10_000)

    @rule(edition=st.sampled_from(range(EDITIONS)))
    def edit(self, edition: int) -> None:
        """Another base is served, from this update to the next."""
        served = editions()[edition]
        self.stage.base, self.stage.matcher = served.base, served.matcher  # for a restart
        self.stage.feed(Incoming("", WORKSHOP, "done", job=Load(), result=Loaded(served)))
        self.replay()

    @rule(days=st.sampled_from([0, 40, 200]))
    def restart(self, days: int) -> None:
        self.stage.restart()
        self.stage.wait(days)

    @rule()
    def replay(self) -> None:
        """Who gives the answers that count, one after the other, comes to the same screen."""
        before = self.stage.storage.session(CITIZEN)
        group = self.stage.base.groups.get(before.group)
        if group is None or said.OTHERWISE in before.confirmed.get(group.id, {}).values():
            return
        shown = self.stand(CITIZEN, group)
        self.forget(group, before)
        for question, option in plan(group, said.answers(group, before)).facts.items():
            self.do(AGAIN, kind="tap", action=act.Answer(group.id, question, option))
        assert self.stand(AGAIN, group) == shown

    def stand(self, who: Address, group: Group) -> Screen:
        """Where *who* stands; at the second look there is no news."""
        self.do(who, kind="tap", action=act.OpenGroup(group.id))
        return self.do(who, kind="tap", action=act.OpenGroup(group.id))

    def forget(self, group: Group, session: Session) -> None:
        """The other chat becomes one with this *session*, but for what was answered in *group*."""
        anew = said.without(group, replace(session, shown={}), (question.id for question in group.questions))
        self.stage.storage.begin()
        self.stage.storage.keep(AGAIN, replace(anew, screen=None), self.stage.now)
        self.stage.storage.commit()


def test_whatever_people_do_there_is_a_screen_that_makes_sense() -> None:
    assert len(editions()) == EDITIONS

    run_state_machine_as_test(RandomWalks, settings=None if settings.get_current_profile_name() == "long" else QUICK)
