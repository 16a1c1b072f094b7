"""How far somebody is who teaches, and the screens they choose on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot import actions as act
from bot.admin.chat.circle import note
from bot.base.model import Base
from bot.cases.values import Case
from bot.learning.answered import Answered
from bot.learning.suggestions import Kind
from bot.messages import Button, Screen
from bot.talk.speech import shorten
from bot.talk.view import View

OFFERED = 5  # things to choose from
QUOTED = 300  # characters of a text shown again
BEGUN = "begun"
KINDS: tuple[Kind, ...] = ("phrase", "fact", "entry")


@dataclass(frozen=True, slots=True)
class Lecture:
    """What the next text of who teaches is: the *name* of what it is about, or the *text* that is still missing.

    With the step `begun`, none yet: it remembers that somebody began where collaborators work, and may go on alone.
    """

    step: str
    kind: Kind
    case: int
    subject: str = ""

    def __str__(self) -> str:
        return f"{self.step}/{self.kind}/{self.case}/{self.subject}"

    @classmethod
    def of(cls, kept: str) -> Lecture | None:
        """The one behind the text kept in a session."""
        match kept.split("/"):
            case [step, "phrase" | "fact" | "entry" as kind, case, subject] if case.isdecimal():
                return cls(step, kind, int(case), subject)
        return None


def button(view: View, case: Case) -> tuple[Button, ...]:
    """The way to it, under the card of an answered case."""
    return (view.button("learn.button.teach", act.Teach(case.id)),)


def question(told: Answered) -> str:
    """What was asked, in one line, without what we added below it."""
    lines = [line for line in told.question.splitlines() if not (line.startswith("(") and line.endswith(")"))]
    return " ".join(" ".join(lines or [told.question]).split())


def home(base: Base, id: str) -> str:
    """What questions about *id* lead to: of the procedure of a bundle its group."""
    bundles = {group.bundle.procedure: group.id for group in base.groups.values() if group.bundle}
    return bundles.get(id, id)


def known(told: Answered) -> Iterator[str]:
    return (id for kind, id, _ in told.candidates if kind != "catalogue")


def begin(view: View, case: int, told: Answered) -> Screen:
    words = {"question": shorten(question(told), QUOTED), "answer": shorten(told.answer, QUOTED)}
    buttons = (view.button(f"learn.button.{kind}", act.TeachAs(case, kind)) for kind in KINDS)
    return note(view.speech, "learn.begin", (), *buttons, number=case, **words)


def choose(view: View, case: int, kind: Kind, found: list[str]) -> Screen:
    """What is it about? What the question may mean, and the way to name another."""
    ids = dict.fromkeys(home(view.base, id) for id in found) if kind == "phrase" else dict.fromkeys(found)
    named = [(id, view.name(id)) for id in ids]
    buttons = [Button(name, act.TeachAbout(case, kind, id)) for id, name in named if name][:OFFERED]
    other = view.button("learn.button.other", act.TeachAbout(case, kind, ""))
    return note(view.speech, f"learn.about-{kind}", (), *buttons, other)
