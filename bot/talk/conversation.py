"""One turn of a citizen's talk: a command, a tap or a sentence becomes a screen and what is remembered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot import actions as act
from bot.base.model import Base
from bot.matching.matcher import Match, Matcher
from bot.matching.smalltalk import EMERGENCY
from bot.messages import Incoming, Screen
from bot.storage import Question, Storage
from bot.talk import cards, entries, guides, menus, why
from bot.talk.hearing import Hearing
from bot.talk.people import Cases, People
from bot.talk.turn import Turn
from bot.talk.view import View
from bot.talk.walks import Walks
from bot.talk.wishes import unwished

CALM = 3600  # seconds in which abuse is answered once


class Conversation:
    """Knows the base, not the channel; *cases* passes on what is for people."""

    def __init__(self, base: Base, matcher: Matcher, storage: Storage, cases: Cases) -> None:
        self._base = base
        self._matcher = matcher
        self._storage = storage
        self._people = People(storage, cases)
        self._hearing = Hearing(matcher, storage)
        self._walks = Walks(base.groups, lambda text: [word.plain for word in matcher.normalise(text).words])

    def turn(self, view: View, incoming: Incoming, now: datetime) -> Turn:
        """The answer to *incoming* in a private chat."""
        session = view.session
        match incoming:
            case Incoming(kind="tap", action=None):
                return self._stand(view)
            case Incoming(kind="tap", action=action) if action is not None:
                return self._tap(view, action, now)
            case Incoming(kind="attachment", text=""):
                return Turn(view.screen([view.say("attachment.sorry")], about=session.about), session)
        text = incoming.text.strip()
        if text.startswith("/"):
            return self._command(view, *incoming.command)
        if session.writing and self._matcher.match(text).reply != EMERGENCY:
            return self._people.ask(view, incoming, text, now)
        if session.writes and (told := self._written(view, text)) is not None:
            return told
        if session.asking and (chosen := self._walks.typed(view, text)) is not None:
            return self._tap(view, chosen, now)
        return self._question(view, incoming, text, now)

    # Commands.

    def _command(self, view: View, name: str, rest: str) -> Turn:
        session = replace(view.session, writing=False, writes="", teaching="", adding=0, pieces=())
        view = replace(view, session=session)
        match name:
            case "/start":
                return self._start(view, rest)
            case "/cancel":
                return self._cancel(view)
            case "/language":
                return Turn(menus.languages(view), session)
            case "/why":
                asked = self._storage.question(session.asked, view.chat)
                return self._why(view, asked)
            case "/help":
                return Turn(view.screen([view.say("help.text"), *menus.hotlines(view, self._base.hotlines)]), session)
        return Turn(menus.menu(view), session)

    def _start(self, view: View, payload: str) -> Turn:
        """The welcome, or what a deep link names: `g_birth`, `p_will`, `e_hours`, `w_birth_102_4f3a` (see links)."""
        kind, _, id = payload.partition("_")
        if kind == "w" and (turn := self._walks.reopen(view, id)) is not None:
            return turn
        if kind == "g" and id in self._base.groups:
            return self._open_group(view, id)
        if kind == "p" and id in self._base.procedures:
            return self._open_procedure(view, id)
        if kind == "e" and id in self._base.entries:
            return self._open_entry(view, id)
        return Turn(menus.menu(view, view.say("start.welcome")), view.session)

    def _cancel(self, view: View) -> Turn:
        """What is being done is left, and nobody is reminded of it any more."""
        left = replace(unwished(view.session, view.session.group), group="", about="")
        said = view.say("cancel.done" if left.wishes == view.session.wishes else "cancel.unwished")
        return Turn(menus.menu(replace(view, session=left), said), left)

    # Taps.

    def _tap(self, view: View, action: act.Action, now: datetime) -> Turn:
        """What a button does; one that names something gone shows where the citizen stands."""
        session = replace(
            view.session, writing=False, failures=0, asking="", writes="", teaching="", adding=0, pieces=()
        )
        view = replace(view, session=session)
        match action:
            case act.Menu():
                return Turn(menus.menu(view), view.session)
            case act.Fields():
                return Turn(menus.fields(view), view.session)
            case act.OpenField(field, page) if field in self._base.fields:
                return Turn(menus.field(view, field, page), view.session)
            case act.OpenProcedure(id, aspect) if id in self._base.procedures:
                return self._open_procedure(view, id, aspect)
            case act.OpenEntry(id) if id in self._base.entries:
                return self._open_entry(view, id)
            case act.OpenGuide(about, move):
                return self._guide(view, about, move)
            case act.Stuck(about, move) if there := guides.back(view, about, move):
                view = replace(view, session=replace(view.session, about=about))
                return self._people.human(view, about, there, "guide.stuck")
            case act.Stuck(about):
                return self._people.human(view, about)
            case act.Human(about):
                return self._people.human(view, about)
            case act.Consent(number, given) if (asked := self._storage.question(number, view.chat)) is not None:
                return self._people.consent(view, asked, given, now)
            case act.NoneOfThese(number) if (asked := self._storage.question(number, view.chat)) is not None:
                self._storage.deny(asked, now)
                return self._people.unknown(view, asked.id, asked.text, self._matcher.listed(asked.text), now)
            case act.Why(number) if (asked := self._storage.question(number, view.chat)) is not None:
                return self._why(view, asked)
            case act.Places(about):
                return Turn(menus.places(view, about), view.session)
            case act.SetPlace(place, about) if place in self._base.places:
                return self._set_place(view, place, about)
            case act.SetLanguage(language) if language in self._base.texts:
                return self._set_language(view, language)
        return self._walks.tap(view, action) or self._stand(view)

    def _written(self, view: View, text: str) -> Turn | None:
        """What *text* tells about a step, where that was to be typed; who is in danger is heard first."""
        return None if self._matcher.match(text).reply == EMERGENCY else self._walks.written(view, text)

    def _in_group(self, view: View, action: act.Action) -> Turn:
        view = replace(view, session=replace(view.session, pieces=()))
        return self._walks.tap(view, action) or Turn(menus.menu(view), view.session)

    def _open_group(self, view: View, id: str) -> Turn:
        return self._in_group(view, act.OpenGroup(id))

    def _open_procedure(self, view: View, id: str, aspect: str = "") -> Turn:
        session = replace(view.session, about=id, writing=False, asking="", pieces=())
        return Turn(cards.card(replace(view, session=session), self._base.procedures[id], aspect), session)

    def _open_entry(self, view: View, id: str) -> Turn:
        session = replace(view.session, about=id, writing=False, asking="", pieces=())
        return Turn(entries.card(replace(view, session=session), self._base.entries[id]), session)

    def _guide(self, view: View, about: str, move: int) -> Turn:
        """Filing online; when it cannot be done so (any more), what is true now of what the button named."""
        procedure = guides.filed(view, about)
        if procedure is None and about in self._base.procedures:
            return self._open_procedure(view, about, "online")
        if procedure is None:
            return self._walks.tap(view, act.OpenGroup(about)) or self._stand(view)
        group = about if about in self._base.groups else view.session.group
        session = replace(view.session, about=about, group=group)
        shown = guides.screen(replace(view, session=session), about, procedure, move)
        return Turn(shown, session, attachment=guides.picture(view, procedure, move))

    def _stand(self, view: View) -> Turn:
        """Where the citizen stands: the group being walked, what was looked at, or the menu."""
        session = view.session
        if session.group in self._base.groups:
            return self._open_group(view, session.group)
        if session.about in self._base.procedures:
            return self._open_procedure(view, session.about)
        if session.about in self._base.entries:
            return self._open_entry(view, session.about)
        return Turn(menus.menu(view), session)

    def _set_place(self, view: View, place: str, about: str) -> Turn:
        view = replace(view, session=replace(view.session, place=place))
        if about in self._base.procedures:
            return self._open_procedure(view, about, "place")
        if about in self._base.groups:
            return self._in_group(view, act.OpenPage(about, "costs"))
        return Turn(menus.place(view, place), view.session)

    def _set_language(self, view: View, language: str) -> Turn:
        session = replace(view.session, language=language)
        speech = type(view.speech)(language, self._base.texts)
        view = replace(view, session=session, speech=speech)
        return Turn(menus.menu(view, view.say("language.done")), session)

    # Questions.

    def _question(self, view: View, incoming: Incoming, text: str, now: datetime) -> Turn:
        view, match = self._hearing.hear(view, incoming, text, now)
        if match.reply is not None:
            return self._small_talk(view, incoming, match, now)
        number = view.session.asked
        if match.decision == "answer":
            return why.explained(view, number, match.candidates[0].id, self._answered(view, match))
        if (followed := self._follow_up(view, match)) is not None:
            return why.explained(view, number, view.session.about, followed)
        if match.decision == "ask":
            screen = menus.choices(view, match.candidates, number, match.aspect or "")
            return Turn(screen, replace(view.session, failures=0))
        return self._people.unknown(view, number, match.question, match.candidates, now)

    def again(self, view: View, asked: Question, subject: str) -> Turn:
        """What *asked* was answered with, and is today, without thumbs; it was about *subject*."""
        view = replace(view, session=replace(view.session, about=subject))
        match = self._matcher.match(asked.text)
        if match.decision == "answer" and match.candidates[0].id == subject:
            return self._answered(view, match)
        return self._follow_up(view, match) or self.open(view, subject)

    def doubted(self, view: View, asked: Question, subject: str) -> Screen:
        """People to ask instead, as the answer about *subject* to *asked* was no good."""
        return self._people.doubted(view, asked, menus.openers(view, [subject], said="feedback.back"))

    def _answered(self, view: View, match: Match) -> Turn:
        """The answer, with the ways to what else was asked in one breath."""
        view = replace(view, session=replace(view.session, failures=0))
        return self._with_second(view, match, self.open(view, match.candidates[0].id, match.aspect or ""))

    def open(self, view: View, id: str, aspect: str = "") -> Turn:
        """The group, entry or procedure with this id, *aspect* of it first; where one stands when it is gone."""
        if id in self._base.groups:
            return self._open_group(view, id)
        if id in self._base.entries:
            return self._open_entry(view, id)
        return self._open_procedure(view, id, aspect) if id in self._base.procedures else self._stand(view)

    def _with_second(self, view: View, match: Match, turn: Turn) -> Turn:
        """*turn* with the way to the second matter of a double question, or from its group to each of the two."""
        *rows, footer = turn.screen.buttons
        also = match.also_aspect or ""
        second = menus.openers(view, [match.also.id] if match.also else [], also, "ask.also")
        parts = menus.openers(view, (one.id for one in match.parts), match.aspect or "", "ask.part")
        return replace(turn, screen=replace(turn.screen, buttons=(*second, *rows, *parts, footer)))

    def _follow_up(self, view: View, match: Match) -> Turn | None:
        """A question that names only an aspect is about the procedure or plan on the screen."""
        about = view.session.about
        if match.aspect is None or not match.bare:
            return None
        if about in self._base.groups:
            page = "papers" if match.aspect == "documents" else "costs"
            return self._in_group(view, act.OpenPage(about, page))
        if about in self._base.procedures:
            return self._open_procedure(view, about, match.aspect)
        aspect = view.say(f"aspect.{match.aspect}")
        return Turn(menus.menu(view, view.say("ask.of-what", aspect=aspect)), view.session)

    def _why(self, view: View, asked: Question | None) -> Turn:
        """What spoke for the answer to a question, as far as the knowledge of today tells."""
        if asked is None:
            return Turn(menus.menu(view, view.say("why.unasked")), view.session)
        match, told = self._matcher.match(asked.text), self._matcher.explain(asked.text)
        return Turn(why.screen(view, asked, match, told), view.session)

    def _small_talk(self, view: View, incoming: Incoming, match: Match, now: datetime) -> Turn:
        match match.reply:
            case "abuse":  # one calm answer, and no quarrel
                at = int(now.timestamp())
                shown = menus.menu(view, view.say("smalltalk.abuse"))
                return Turn(shown, replace(view.session, calmed=at), silent=at - view.session.calmed < CALM)
            case "greeting":
                return Turn(menus.menu(view, view.say("start.welcome")), view.session)
            case "human":
                return self._people.human(view, view.session.about)
            case "emergency":
                return self._people.emergency(view, incoming, match.question, now)
            case "sad":  # nothing beside it but the way to a person
                return Turn(view.screen([view.say("smalltalk.sad")]), replace(view.session, writing=False))
        return Turn(menus.menu(view, view.say(f"smalltalk.{match.reply}")), view.session)
