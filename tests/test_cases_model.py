"""Cases against a model of a few lines: no case is lost, none is answered by two, no word reaches the wrong chat.

A long run: .venv/bin/python -m pytest tests/test_cases_model.py --hypothesis-profile=long
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.actions import Handle, Own
from bot.cases.claims import LEASE, PATIENCE
from bot.messages import Address
from tests.stage import TEAM, VOLUNTEERS, Stage
from tests.test_random_walks import MEMORY, editions

CITIZENS = tuple(Address("telegram", str(number)) for number in (101, 102, 103))
MATTERS = (
    ("con bò vàng đi lạc qua rẫy", "bò vàng đi lạc qua rẫy rồi"),
    ("máy cày hư hộp số sửa ở mô", "hư hộp số máy cày sửa ở mô"),
    ("kênh mương bồi lấp trước ngõ", "trước ngõ kênh mương bồi lấp"),
)
TOKEN = re.compile(r"lời\d+")
QUICK = settings(max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))
WHO = st.sampled_from(CITIZENS)
USER = st.sampled_from(sorted(TEAM.values()))


@dataclass
class Model:
    """A case as it should be."""

    asker: Address
    matter: int
    state: str = "open"
    holder: int = 0
    into: int = 0
    lease: datetime = datetime(9999, 1, 1, tzinfo=UTC)
    draft: list[str] = field(default_factory=list)
    sent: bool = False  # something of it is in the citizen's chat
    alone: bool = False  # something was said in it since: no other joins it
    follow: bool = False


class Cases(RuleBasedStateMachine):
    """Three citizens, two collaborators, and everything they may press at any time."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None)
        served = editions()[0]
        self.stage = Stage(served.base, Path(self.folder.name) / "bot.db", matcher=served.matcher)
        self.cases: dict[int, Model] = {}
        self.allowed: dict[str, set[Address]] = {}  # who may read which word of a collaborator
        self.words = count(1)

    def teardown(self) -> None:
        if hasattr(self, "stage"):
            self.stage.storage.close()
            self.folder.cleanup()

    def pick(self, number: int) -> int:
        """A case that exists, or the first that does not."""
        return number % (len(self.cases) + 1) + 1

    def press(self, number: int, what: str, user: int) -> int:
        """Somebody presses a button of a case; the case whose answer counts."""
        number = self.pick(number)
        self.stage.tap(Handle(number, what), VOLUNTEERS, user=user)
        case = self.cases.get(number)
        return case.into if case is not None and case.into else number

    def until(self, work: timedelta) -> datetime:
        return self.stage.assistant._hours().after(self.stage.now, work)

    def claim(self, number: int, user: int) -> None:
        case = self.cases[number]
        case.state, case.holder, case.lease = "claimed", user, self.until(LEASE)

    def asked(self, number: int) -> list[Model]:
        """Who gets the answer of this case."""
        case = self.cases[number]
        states = {"merged"} if case.state == "claimed" else {"merged", "answered", "closed"}
        alike = [one for one in self.cases.values() if one.into == number and one.state in states]
        return [case] if case.follow else [case, *alike]

    @rule(who=WHO, matter=st.sampled_from(range(len(MATTERS))), wording=st.sampled_from([0, 1]))
    def ask(self, who: Address, matter: int, wording: int) -> None:
        self.stage.tap("h:", who)
        self.stage.say(MATTERS[matter][wording], who)
        self.stage.press("Đồng ý gửi", who)
        open_ones = [n for n, one in self.cases.items() if one.state in {"open", "claimed"} and one.matter == matter]
        like = max((n for n in open_ones if not self.cases[n].alone), default=0)
        group = [
            n for n, one in self.cases.items() if like and (n == like or (one.into, one.state) == (like, "merged"))
        ]
        if any(self.cases[n].asker == who for n in group):
            return
        self.cases[max(self.cases, default=0) + 1] = Model(who, matter, "merged" if like else "open", into=like)

    @rule(number=st.integers(0, 9), user=USER)
    def take(self, number: int, user: int) -> None:
        number = self.press(number, "take", user)
        if number in self.cases and self.cases[number].state == "open":
            self.claim(number, user)

    @rule(number=st.integers(0, 9), user=USER)
    def write(self, number: int, user: int) -> None:
        """A reply to the card of a case, if it has one."""
        number = self.pick(number)
        cards = [one for one in self.stage.storage.cases.copies.of(number, "card") if one.chat == VOLUNTEERS]
        if not cards:
            return
        word = f"lời{next(self.words)}"
        self.allowed[word] = set()
        self.stage.say(word, VOLUNTEERS, replies_to=cards[-1].message, user=user)
        case = self.cases[number]
        if case.state == "open":
            self.claim(number, user)
        if case.holder == user and case.state in {"claimed", "answered", "closed"}:
            case.draft.append(word)
            case.lease = self.until(LEASE) if case.state == "claimed" else case.lease

    @rule(number=st.integers(0, 9), user=USER)
    def send(self, number: int, user: int) -> None:
        number = self.press(number, "send", user)
        case = self.cases.get(number)
        if case is None or case.holder != user or case.state not in {"claimed", "answered", "closed"} or not case.draft:
            return
        for one in self.asked(number):
            for word in case.draft:
                self.allowed[word].add(one.asker)
            one.state, one.holder, one.sent = "answered", user, True
        case.draft = []

    @rule(number=st.integers(0, 9), user=USER)
    def ask_back(self, number: int, user: int) -> None:
        number = self.press(number, "ask", user)
        case = self.cases.get(number)
        if case is None or case.holder != user or case.state != "claimed" or not case.draft:
            return
        for word in case.draft:
            self.allowed[word].add(case.asker)
        case.draft, case.lease, case.alone = [], self.until(PATIENCE), True

    @rule(number=st.integers(0, 9), user=USER, what=st.sampled_from(["return", "pass", "discard"]))
    def leave(self, number: int, user: int, what: str) -> None:
        number = self.press(number, what, user)
        case = self.cases.get(number)
        if case is None or case.holder != user:
            return
        if what == "discard":
            case.draft = []
        elif case.state == "claimed":
            case.state, case.holder, case.draft = "open", 0, []

    @rule(number=st.integers(0, 9), user=USER)
    def recall(self, number: int, user: int) -> None:
        number = self.press(number, "recall", user)
        case = self.cases.get(number)
        if case is None or case.holder != user or case.state not in {"answered", "closed"}:
            return
        for one in self.cases.values():
            if one.into == number and one.state in {"answered", "closed"}:
                one.state = "merged"
        self.claim(number, user)

    @rule(number=st.integers(0, 9))
    def withdraw(self, number: int) -> None:
        number = self.pick(number)
        case = self.cases.get(number)
        self.stage.tap(Own(number, "withdraw"), case.asker if case and case.asker.chat else CITIZENS[0])
        if case is not None and case.state in {"open", "claimed", "merged"}:
            self.leaves(number)
            case.state, case.asker = "withdrawn", Address("", "")  # nobody can tell any more whose it was

    def leaves(self, number: int) -> None:
        """The next who asked alike takes the place of this one."""
        case = self.cases[number]
        heirs = [n for n, one in self.cases.items() if one.into == number and one.state == "merged"]
        if case.state == "merged" or not heirs:
            return
        heir = self.cases[heirs[0]]
        heir.state, heir.holder, heir.draft, heir.into = case.state, case.holder, case.draft, 0
        heir.lease = self.until(LEASE) if heir.state == "claimed" else heir.lease
        for other in heirs[1:]:
            self.cases[other].into = heirs[0]

    @rule(who=WHO)
    def forget(self, who: Address) -> None:
        self.stage.say("/forget", who)
        mine = sorted((n for n, one in self.cases.items() if one.asker == who), reverse=True)
        for number in mine:
            if self.cases[number].state in {"open", "claimed"}:
                self.leaves(number)
            self.cases[number].state, self.cases[number].asker = "", Address("", "")
            self.cases[number].into = 0  # its number leads nowhere any more

    @rule(number=st.integers(0, 9))
    def ask_on(self, number: int) -> None:
        """Who asked says more: before an answer it is for all who answer, after it for the holder alone."""
        number = self.pick(number)
        case = self.cases.get(number)
        if case is None or case.state not in {"open", "claimed", "merged", "answered", "closed"}:
            return
        self.stage.tap(Own(number, "more"), case.asker)
        self.stage.say("nói thêm vài lời", case.asker)
        if case.state in {"answered", "closed"}:
            for one in self.cases.values():
                one.into = 0 if one.into == number and one.state in {"answered", "closed"} else one.into
            case.into, case.follow = 0, True
            self.claim(number, case.holder)
        leader = self.cases[case.into] if case.state == "merged" else case
        leader.alone = True
        leader.lease = self.until(LEASE) if leader.state == "claimed" else leader.lease

    @rule(number=st.integers(0, 9))
    def thank(self, number: int) -> None:
        number = self.pick(number)
        case = self.cases.get(number)
        self.stage.tap(Own(number, "clear"), case.asker if case and case.asker.chat else CITIZENS[0])
        if case is not None and case.state in {"answered", "closed"}:
            case.state = "closed"

    @rule(minutes=st.sampled_from([5, 31, 31]))
    def wait(self, minutes: int) -> None:
        """Not so long that a case expires: that has its own test."""
        self.stage.wait(minutes / 24 / 60)
        for case in self.cases.values():
            if case.state == "claimed" and case.lease <= self.stage.now:
                case.state, case.holder, case.draft = "open", 0, []

    @rule()
    def restart(self) -> None:
        self.stage.restart()

    @invariant()
    def everything_stands_as_it_should(self) -> None:
        if not hasattr(self, "stage"):
            return
        for number, case in self.cases.items():
            found = self.stage.storage.cases.get(number)
            assert (found.state if found else "") == case.state
            if found is not None and case.state == "claimed":
                assert found.holder is not None
                assert found.holder.user == case.holder
                assert self.stage.storage.cases.copies.of(number, "card")
            if found is not None and case.state == "merged":
                assert self.cases[found.into].state in {"open", "claimed"}
        waiting = {number for number, case in self.cases.items() if case.state == "open"}
        assert {one.id for one in self.stage.storage.cases.queue()} == waiting
        assert all(self.stage.storage.cases.copies.of(number, "card") for number in waiting)

    @invariant()
    def no_word_is_in_the_wrong_chat(self) -> None:
        if not hasattr(self, "stage"):
            return
        for who in CITIZENS:
            shown = "\n".join(screen.text for screen in self.stage.chat(who).messages.values())
            assert all(who in self.allowed[word] for word in TOKEN.findall(shown))


def test_no_case_is_lost_or_answered_by_two_or_told_to_the_wrong_chat() -> None:
    run_state_machine_as_test(Cases, settings=None if settings.get_current_profile_name() == "long" else QUICK)
