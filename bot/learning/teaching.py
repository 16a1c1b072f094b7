"""From an answered question to a suggestion: whoever works here says in a few taps what the bot should know of it.

It is talked over in the private chat of the one who teaches, wherever the button was pressed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from bot import actions as act
from bot.admin.chat.circle import Circle
from bot.edition import Edition
from bot.learning.answered import Answered, answered
from bot.learning.lecture import BEGUN, QUOTED, Lecture, begin, choose, known, question
from bot.learning.suggestions import Suggestion
from bot.markup import escape
from bot.messages import Address, Incoming, Outgoing, Screen
from bot.storage import Storage
from bot.talk.redaction import HIDDEN, redact
from bot.talk.speech import shorten
from bot.talk.view import View

LONGEST = 120  # characters of a way of asking; a story is no phrase
LAST = 2  # of what one taught about before


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
        said = incoming.kind == "message" and not incoming.text.startswith("/") and incoming.replies_to is None
        if incoming.group or not said or lecture is None or lecture.step == BEGUN:
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
                return [Outgoing(view.chat, begin(view, case, told))]
            case act.TeachAs(case, "entry"):
                return self._wait(view, Lecture("text", "entry", case), now)
            case act.TeachAs(case, "phrase" | "fact" as kind):
                mine = self._kept.recent(int(view.chat.chat), LAST)
                found = dict.fromkeys((*known(told), *self._near(question(told)), *mine))
                return [Outgoing(view.chat, choose(view, case, kind, list(found)))]
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
            return [Outgoing(view.chat, choose(view, lecture.case, lecture.kind, found))]
        if lecture.kind == "phrase" and (HIDDEN in text or len(text) > LONGEST):
            return [_to(view, "learn.ask-phrase", limit=LONGEST)]
        return self._suggest(view, lecture, told, text, now)

    def _suggest(self, view: View, lecture: Lecture, told: Answered, text: str, now: datetime) -> list[Outgoing]:
        """Keep it and show it to those who may approve it."""
        who = int(view.chat.chat)
        entry = lecture.kind == "entry"
        asked = question(told).replace(HIDDEN, "")
        made = Suggestion(
            id=0, kind=lecture.kind, subject=lecture.subject, text=asked if entry else text,
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


def _to(view: View, key: str, **words: object) -> Outgoing:
    said = {name: escape(str(word)) for name, word in words.items()}
    return Outgoing(view.chat, Screen(view.say(key, **said)))
