"""Every combination of answers to every group: each ends in a plan that Telegram takes, and no screen is a dead end.

All screens of a walk are reached by pressing the buttons that are there; what was looked at once is not looked at
again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

import pytest

from bot import actions as act
from bot.base.model import Base, Group
from bot.groups.plan import Plan, plan
from bot.groups.walks import walks
from bot.markup import parse
from bot.messages import Address, Button, Outgoing, Screen
from bot.session import Session
from bot.talk.speech import Speech
from bot.talk.view import View
from bot.talk.walks import Walks
from handlers.telegram.render import KEYBOARD_LIMIT, ROW_LIMIT, TEXT_LIMIT, render, units
from tests.stage import KNOWLEDGE, START

GROUPS = sorted(path.stem for path in (KNOWLEDGE / "groups").glob("*.yaml"))
CITIZEN = Address("telegram", "100")
PEOPLE = (act.Human, act.Stuck)
SAME = (act.Menu, act.Back, act.Restart, *PEOPLE)  # what is under every screen, and leads nowhere new
LOOKING = (act.OpenPage, act.OpenStep, act.Change)  # what shows something of the plan and changes nothing


class Walker:
    """Somebody who presses every button of every walk through *group*."""

    def __init__(self, base: Base, group: Group, language: str) -> None:
        self.mute: list[Mapping[str, str]] = []  # the answers of plans that tell nobody what to do
        self._group = group
        self._base = base
        self._language = language
        self._walks = Walks(base.groups, str.split)
        self._seen: set[Screen] = set()
        self._changed: set[act.Action] = set()  # questions opened again: on another walk only their number differs

    def press(self, facts: Mapping[str, str], action: act.Action) -> Screen:
        """What *action* shows to who has given these answers."""
        session = Session(language=self._language, facts=facts)
        view = View(self._base, Speech(self._language, self._base.texts), session, START.date(), CITIZEN)
        turn = self._walks.tap(view, action)
        assert turn is not None
        return turn.screen

    def screens(self) -> Iterator[Screen]:
        """Every screen of every walk, each once."""
        asked: set[tuple[tuple[str, str], ...]] = set()
        for end in walks(self._group):
            ways = {tuple(islice(end.items(), answered)) for answered in range(len(end))} - asked
            asked |= ways
            for facts in ways:
                yield from self._new(self.press(dict(facts), act.OpenGroup(self._group.id)))
            yield from self._look(end)

    def _look(self, facts: Mapping[str, str]) -> Iterator[Screen]:
        """The plan of *facts*, and what one can see from there without another answer."""
        first = self.press(facts, act.OpenGroup(self._group.id))
        if not tells_what_to_do(plan(self._group, facts), first):
            self.mute.append(facts)
        waiting, met = [first], self._changed
        while waiting:
            screen = waiting.pop()
            yield from self._new(screen)
            new = {action for action in does(screen) if isinstance(action, LOOKING)} - met
            self._changed |= {action for action in new if isinstance(action, act.Change)}
            met = met | new
            waiting += (self.press(facts, action) for action in new)

    def _new(self, screen: Screen) -> Iterator[Screen]:
        if screen not in self._seen:
            self._seen.add(screen)
            yield screen


def does(screen: Screen) -> list[act.Action | str]:
    return [button.does for row in screen.buttons for button in row]


def faults(screen: Screen) -> list[str]:
    """What is wrong with *screen*, for whoever reads it and for Telegram."""
    calls = render(Outgoing(CITIZEN, screen))
    text = "".join(span.text for span in parse(screen.text))
    rows = [row for row in screen.buttons if row]
    found = {
        "more than one message": len(calls) != 1,
        "longer than a message": units(text) > TEXT_LIMIT,
        "says nothing": not text.strip(),
        "an unfilled place": "{" in text or "}" in text,
        "too many buttons": len(does(screen)) > KEYBOARD_LIMIT or max(map(len, rows), default=0) > ROW_LIMIT,
        "a button without words": any(not button.label.strip() for row in rows for button in row),
        "a button too long": any(
            len(act.encode(action).encode()) > act.LIMIT for action in does(screen) if not isinstance(action, str)
        ),
        "no way to a person": not any(isinstance(action, PEOPLE) for action in does(screen)),
        "no way on": all(isinstance(action, SAME) for action in does(screen)),
    }
    return [name for name, wrong in found.items() if wrong]


def tells_what_to_do(end: Plan, screen: Screen) -> bool:
    """Whether the plan *end* has on its first screen a step to open, or says in words what there is to do."""
    if end.steps:
        return any(isinstance(action, act.OpenStep) for action in does(screen))
    return any(advice.vi in screen.text or (advice.en and advice.en in screen.text) for advice in end.advice)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("id", GROUPS)
def test_no_walk_comes_to_a_dead_end(id: str, language: str, base: Base) -> None:
    """Every plan tells what to do, and every screen up to there has a way on, a way to people and no fault."""
    walker = Walker(base, base.groups[id], language)

    wrong = {screen.text: found for screen in walker.screens() if (found := faults(screen))}

    assert wrong == {}
    assert walker.mute == []


def test_a_dead_end_is_seen() -> None:
    long = Screen("a" * 4097, ((Button("Menu", act.Menu()),),))
    ugly = Screen("{name}", ((Button("", act.Human()), Button("x", act.OpenGroup("g" * 70))),))

    assert faults(long) == ["more than one message", "longer than a message", "no way to a person", "no way on"]
    assert faults(ugly) == ["an unfilled place", "a button without words", "a button too long"]
