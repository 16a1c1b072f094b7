"""From an answered question to a suggestion: whoever works here says in a few taps what the bot should know of it.

It is talked over in the private chat of the one who teaches, wherever the button was pressed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot import actions as act
from bot.admin.chat.circle import Circle, note
from bot.base.model import Base
from bot.cases.values import Case
from bot.edition import Edition
from bot.learning.answered import Answered, answered
from bot.learning.suggestions import Kind, Suggestion
from bot.markup import escape
from bot.messages import Address, Button, Incoming, Outgoing, Rows, Screen
from bot.storage import Storage
from bot.talk.redaction import HIDDEN, redact
from bot.talk.speech import shorten
from bot.talk.view import View

LONGEST = 120  # characters of a way of asking; a story is no phrase
OFFERED = 5  # things to choose from
LAST = 2  # of what one taught about before
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


class Teaching:
    """*works* says whether somebody works here, *serving* what citizens are answered from."""

    def __init__(
        self,
        storage: Storage,
        circle: Circle,
        serving: Callable[[], Edition],
        works: Callable[[Incoming], bool],
    ) -> None:
        self._storage = storage
        self._kept = storage.learning.suggestions
        self._circle = circle
        self._serving = serving
        self._works = works

    def respond(self, view: View, incoming: Incoming, now: datetime) -> list[Outgoing] | None:
        """What somebody who teaches sets off; None when *incoming* is nothing of the kind."""
        user, action, lecture = incoming.user, incoming.action, Lecture.of(view.session.teaching)
        if user is None or not (_goes_on(lecture, action) or self._works(incoming)):
            return None
        alone = self._circle.look(Address(incoming.sender.channel, str(user)), now)
        if isinstance(action, act.Teach | act.TeachAs | act.TeachAbout):
            case = answered(self._storage, action.case)
            return [_to(alone, "learn.gone")] if case is None else self._tap(alone, action, case, now)
        if incoming.group or incoming.kind != "message" or incoming.text.startswith("/"):
            return None
        if lecture is None or lecture.step == BEGUN:
            return None
        case = answered(self._storage, lecture.case)
        if case is None:
            return [_to(alone, "learn.gone")]
        return self._written(alone, lecture, case, " ".join(redact(incoming.text).split()), now)

    def _tap(
        self, view: View, action: act.Teach | act.TeachAs | act.TeachAbout, told: Answered, now: datetime
    ) -> list[Outgoing]:
        self._begin(view, action.case, now)
        match action:
            case act.Teach(case):
                return [Outgoing(view.chat, _begin(view, case, told))]
            case act.TeachAs(case, "entry"):
                return self._wait(view, Lecture("text", "entry", case), now)
            case act.TeachAs(case, "phrase" | "fact" as kind):
                mine = self._kept.recent(int(view.chat.chat), LAST)
                found = dict.fromkeys((*_known(told), *self._near(question(told)), *mine))
                return [Outgoing(view.chat, _choose(view, case, kind, list(found)))]
            case act.TeachAbout(case, "phrase" | "fact" as kind, ""):
                return self._wait(view, Lecture("name", kind, case), now)
            case act.TeachAbout(case, "phrase", subject) if view.name(subject):
                asked = question(told)
                if HIDDEN in asked or len(asked) > LONGEST:
                    return self._wait(view, Lecture("text", "phrase", case, subject), now)
                return self._suggest(view, Lecture("text", "phrase", case, subject), told, asked, now)
            case act.TeachAbout(case, "fact", subject) if view.name(subject):
                return self._wait(view, Lecture("text", "fact", case, subject), now)
        return [_to(view, "learn.gone")]

    def _written(self, view: View, lecture: Lecture, told: Answered, text: str, now: datetime) -> list[Outgoing]:
        """What was typed after all taps."""
        if lecture.step == "name":
            found = list(dict.fromkeys(self._near(text)))
            if not found:
                return [_to(view, "learn.no-such")]
            self._begin(view, lecture.case, now)
            return [Outgoing(view.chat, _choose(view, lecture.case, lecture.kind, found))]
        if lecture.kind == "phrase" and (HIDDEN in text or len(text) > LONGEST):
            return [_to(view, "learn.ask-phrase", limit=LONGEST)]
        return self._suggest(view, lecture, told, text, now)

    def _suggest(self, view: View, lecture: Lecture, told: Answered, text: str, now: datetime) -> list[Outgoing]:
        """Keep it and show it to those who may approve it."""
        who = int(view.chat.chat)
        entry = lecture.kind == "entry"
        made = Suggestion(
            id=0, kind=lecture.kind, subject=lecture.subject, text=question(told) if entry else text,
            answer=told.answer, source=text if entry else "", case=lecture.case, asked=told.asked,
            author=who, approver=0, state="waiting", made=now,
        )  # fmt: skip
        self._keep(view, "", now)
        if self._kept.same(made):
            return [_to(view, "learn.already")]
        number = self._kept.make(made)
        self._storage.team.deed(who, "learn.deed.suggested", f"{number}", now)
        others = sorted(self._circle.ids - {who})
        if not others:
            return [_to(view, "learn.alone", number=number)]
        news = []
        for id in others:
            look = self._circle.view(id, now).button("learn.button.open", act.OpenSuggestion(number))
            news.append(self._circle.tell(id, now, "learn.new", (), look, text=shorten(text, QUOTED)))
        return [_to(view, "learn.kept", number=number), *news]

    def _begin(self, view: View, case: int, now: datetime) -> None:
        """The next text is nothing of ours, and the taps go on."""
        self._keep(view, str(Lecture(BEGUN, "phrase", case)), now)

    def _wait(self, view: View, lecture: Lecture, now: datetime) -> list[Outgoing]:
        """Take the next text for what *lecture* lacks, and say so."""
        self._keep(view, str(lecture), now)
        key = "name" if lecture.step == "name" else lecture.kind
        return [_to(view, f"learn.ask-{key}", limit=LONGEST)]

    def _keep(self, view: View, teaching: str, now: datetime) -> None:
        self._storage.keep(view.chat, replace(view.session, teaching=teaching, screen=None), now)

    def _near(self, text: str) -> Iterator[str]:
        """What of ours *text* may be about, best first."""
        matcher = self._serving().matcher
        best = matcher.explain(text)
        for one in (*matcher.match(text).candidates, best.best, best.next):
            if one is not None and one.kind != "catalogue":
                yield one.id


def _goes_on(lecture: Lecture | None, action: act.Action | None) -> bool:
    """Whether somebody may go on who began where collaborators work: with that case, and no other."""
    match action:
        case act.Teach(case) | act.TeachAs(case, _) | act.TeachAbout(case, _, _):
            return lecture is not None and lecture.case == case
    return lecture is not None


def button(view: View, case: Case) -> Rows:
    """The way to it, under the card of an answered case."""
    return ((view.button("learn.button.teach", act.Teach(case.id)),),)


def question(told: Answered) -> str:
    """What was asked, in one line, without what we added below it."""
    lines = [line for line in told.question.splitlines() if not (line.startswith("(") and line.endswith(")"))]
    return " ".join(" ".join(lines or [told.question]).split())


def home(base: Base, id: str) -> str:
    """What questions about *id* lead to: of the procedure of a bundle its group."""
    bundles = {group.bundle.procedure: group.id for group in base.groups.values() if group.bundle}
    return bundles.get(id, id)


def _known(told: Answered) -> Iterator[str]:
    return (id for kind, id, _ in told.candidates if kind != "catalogue")


def _begin(view: View, case: int, told: Answered) -> Screen:
    words = {"question": shorten(question(told), QUOTED), "answer": shorten(told.answer, QUOTED)}
    buttons = (view.button(f"learn.button.{kind}", act.TeachAs(case, kind)) for kind in KINDS)
    return note(view.speech, "learn.begin", (), *buttons, number=case, **words)


def _choose(view: View, case: int, kind: Kind, found: list[str]) -> Screen:
    """What is it about? What the question may mean, and the way to name another."""
    ids = dict.fromkeys(home(view.base, id) for id in found) if kind == "phrase" else dict.fromkeys(found)
    named = [(id, view.name(id)) for id in ids]
    buttons = [Button(name, act.TeachAbout(case, kind, id)) for id, name in named if name][:OFFERED]
    other = view.button("learn.button.other", act.TeachAbout(case, kind, ""))
    return note(view.speech, f"learn.about-{kind}", (), *buttons, other)


def _to(view: View, key: str, **words: object) -> Outgoing:
    said = {name: escape(str(word)) for name, word in words.items()}
    return Outgoing(view.chat, Screen(view.say(key, **said)))
