"""What collaborators see of a case: the card with the question, and the draft of its answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, tzinfo

from bot.actions import Handle
from bot.cases.collaborators import Collaborators
from bot.cases.values import Case, Holder, Part
from bot.markup import escape
from bot.messages import Button, Rows, Screen
from bot.storage import Storage
from bot.talk.speech import shorten
from bot.talk.view import View, pairs

LONGEST = 3000  # characters of a text: with our own words it stays one message of a channel
OVER = ("withdrawn", "expired")
Extra = Callable[[View, Case], tuple[Button, ...]]


def nothing(_view: View, _case: Case) -> tuple[Button, ...]:
    """No further buttons under an answered card."""
    return ()


class Cards:
    """*extra* gives further buttons under the card of an answered case."""

    def __init__(self, storage: Storage, team: Collaborators, zone: tzinfo, extra: Extra = nothing) -> None:
        self._book = storage.cases
        self._team = team
        self._zone = zone
        self._extra = extra

    def card(self, view: View, case: Case) -> Screen:
        """The question, what it may be about, how it stands, and what can be done."""
        if case.state in OVER:
            return Screen(view.say(f"case.card.{case.state}", number=case.id))
        urgent = view.say("case.card.urgent") if case.urgent else ""
        lines = [view.say("case.card.title", number=case.id, urgent=urgent)]
        lines += [escape(shorten(case.text, LONGEST)), *self._added(view, case), *self._guess(view, case)]
        lines += ["", self._standing(view, case)]
        return Screen("\n".join(lines), self._buttons(view, case))

    def panel(self, view: View, case: Case, parts: Sequence[Part]) -> Screen:
        """The draft as it would be sent, and what can be done with it."""
        text = "\n".join(part.text for part in parts if part.text)
        files = sum(not part.text for part in parts)
        lines = [view.say("case.panel.title", number=case.id, count=len(parts))]
        lines += [escape(shorten(text, LONGEST))] if text else []
        lines += [view.say("case.panel.files", count=files)] if files else []
        lines += ["", view.say("case.panel.unsent")]
        rows: list[tuple[str, ...]] = [("send", "discard")]
        if case.state == "claimed":
            rows += [("ask", "return")] if case.officers else [("ask", "return"), ("pass",)]
        return Screen("\n".join(lines), tuple(tuple(self._button(view, case, one) for one in row) for row in rows))

    def sent(self, view: View, case: Case) -> Screen:
        """The draft, once it is an answer."""
        text = view.say("case.sent", number=case.id)
        return Screen(text, ((self._button(view, case, "recall"),),))

    def who(self, view: View, holder: Holder | None) -> str:
        """*holder* as other collaborators know them."""
        member = self._team.member(holder)
        name = (member.label or member.name if member else "") or (holder.name if holder else "")
        return escape(name) or view.say("case.somebody")

    def role(self, view: View, holder: Holder | None) -> str:
        """*holder* as citizens know them: the role, and the name if they wish it."""
        member = self._team.member(holder)
        officer = holder is not None and self._team.is_officer(holder)
        role = view.say("case.officer" if officer else "case.collaborator")
        return f"{role} {escape(member.name)}" if member and member.name else role

    def _added(self, view: View, case: Case) -> Iterator[str]:
        for text in self._book.files.additions(case.id):
            yield view.say("case.card.added", text=escape(shorten(text, LONGEST // 4)))

    def _guess(self, view: View, case: Case) -> Iterator[str]:
        procedure, place = view.base.procedures.get(case.sense.best), view.base.places.get(case.place)
        known = []
        if case.sense.title:
            known.append(view.say("case.card.about", name=escape(case.sense.title)))
        if procedure is not None:
            known.append(view.speech.text(view.base.fields[procedure.field]))
        if place is not None:
            known.append(view.speech.text(place.name))
        if others := len(self._book.siblings(case.id)):
            known.append(view.say("case.card.others", count=others + 1))
        if known:
            yield " · ".join(known)

    def _standing(self, view: View, case: Case) -> str:
        who = self.who(view, case.holder)
        match case.state:
            case "claimed" if case.lease is not None:
                key = "case.card.asked" if case.asked else "case.card.claimed"
                return view.say(key, who=who, until=self._clock(view, case.lease))
            case "answered":
                return view.say("case.card.answered", who=who)
            case "closed":
                return view.say("case.card.closed", who=who)
        return view.say("case.card.officers" if case.officers else "case.card.open")

    def _clock(self, view: View, moment: datetime) -> str:
        local = moment.astimezone(self._zone)
        hour = view.speech.hour(local.time())
        return hour if local.date() == view.day else f"{hour} {view.said_day(local.date())}"

    def _buttons(self, view: View, case: Case) -> Rows:
        match case.state:
            case "open":
                names = ("take",) if case.officers else ("take", "pass")
            case "claimed":
                names = ("return",) if case.officers else ("pass", "return")
            case _ if not case.asked_by.chat:
                return ()
            case _:
                return pairs((self._button(view, case, "recall"), *self._extra(view, case)))
        return (tuple(self._button(view, case, name) for name in names),)

    def _button(self, view: View, case: Case, what: str) -> Button:
        return Button(view.say(f"case.do.{what}"), Handle(case.id, what))
