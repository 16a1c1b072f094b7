"""One turn of a citizen's talk: a command, a tap or a sentence becomes a screen and what is remembered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot import actions as act
from bot.base.model import Base, Group
from bot.matching.matcher import Candidate, Match, Matcher
from bot.matching.normalise import fold
from bot.messages import Incoming, Screen
from bot.session import Session
from bot.storage import Question, Storage
from bot.talk import cards, menus, national, walk
from bot.talk.plan import Plan, plan, remaining, without_last
from bot.talk.redaction import redact
from bot.talk.view import View

FIGURES = frozenset(map(str, range(100)))  # what can only be meant as the number of an option
PARTICLES = frozenset(
    {"a", "anh", "chi", "da", "em", "nha", "nhe", "nghe", "oi", "roi", "thua"}
)  # said around an answer, not part of it
PATIENCE = 2  # failed turns in a row after which we stop guessing and name the people to call


@dataclass(frozen=True, slots=True)
class Turn:
    """What a turn shows, what it leaves behind, and the case it opens."""

    screen: Screen
    session: Session
    case: tuple[int, Question] | None = None


class Conversation:
    """Knows the base, not the channel; *reachable* says whether there are collaborators to ask."""

    def __init__(self, base: Base, matcher: Matcher, storage: Storage, *, reachable: bool) -> None:
        self._base = base
        self._matcher = matcher
        self._storage = storage
        self._reachable = reachable
        self._longest: dict[tuple[str, frozenset[tuple[str, str]]], int] = {}

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
            return self._command(view, text)
        if session.writing:
            return self._for_people(view, incoming, text, now)
        if session.asking and (chosen := self._typed(session, text)) is not None:
            return self._tap(view, chosen, now)
        return self._question(view, incoming, text, now)

    # Commands.

    def _command(self, view: View, text: str) -> Turn:
        name, _, rest = text.partition(" ")
        session = replace(view.session, writing=False)
        match name.split("@")[0].lower():
            case "/start":
                return self._start(view, rest.strip())
            case "/cancel":
                left = replace(session, group="", about="")
                return Turn(menus.menu(replace(view, session=left), view.say("cancel.done")), left)
            case "/language":
                return Turn(menus.languages(view), session)
            case "/help":
                return Turn(view.screen([view.say("help.text"), *menus.hotlines(view, self._base.hotlines)]), session)
        return Turn(menus.menu(view), session)

    def _start(self, view: View, payload: str) -> Turn:
        """The welcome, or at once what a deep link names: `g_birth`, `p_marriage`."""
        kind, _, id = payload.partition("_")
        if kind == "g" and id in self._base.groups:
            return self._open_group(view, id)
        if kind == "p" and id in self._base.procedures:
            return self._open_procedure(view, id)
        return Turn(menus.menu(view, view.say("start.welcome")), replace(view.session, writing=False))

    # Taps.

    def _tap(self, view: View, action: act.Action, now: datetime) -> Turn:
        """What a button does; one that names something gone shows where the citizen stands."""
        view = replace(view, session=replace(view.session, writing=False, failures=0, asking=""))
        match action:
            case act.Menu():
                return Turn(menus.menu(view), view.session)
            case act.Fields():
                return Turn(menus.fields(view), view.session)
            case act.OpenField(field, page) if field in self._base.fields:
                return Turn(menus.field(view, field, page), view.session)
            case act.OpenProcedure(id, aspect) if id in self._base.procedures:
                return self._open_procedure(view, id, aspect)
            case act.Human(about):
                return self._human(view, about)
            case act.Consent(question, given):
                return self._consent(view, question, given, now)
            case act.NoneOfThese(question):
                return self._none_of_these(view, question)
            case act.Places(about):
                return Turn(menus.places(view, about), view.session)
            case act.SetPlace(place, about) if place in self._base.places:
                return self._set_place(view, place, about)
            case act.SetLanguage(language) if language in self._base.texts:
                return self._set_language(view, language)
        return self._tap_in_group(view, action)

    def _tap_in_group(self, view: View, action: act.Action) -> Turn:
        group = self._base.groups.get(getattr(action, "group", ""))
        if group is None:
            return self._stand(view)
        session = replace(view.session, group=group.id, about=group.id)
        match action:
            case act.Answer(_, question, option) if _knows(group, question, option):
                session = replace(session, facts={**session.facts, question: option})
            case act.Back():
                session = replace(session, facts=without_last(group, session.facts))
            case act.Restart():
                session = session.without_facts(frozenset(question.id for question in group.questions))
            case act.Change() | act.OpenPage() | act.OpenStep():
                return self._inside(replace(view, session=session), group, action)
        return self._walk(replace(view, session=session), group)

    def _inside(self, view: View, group: Group, action: act.Action) -> Turn:
        """A screen within the walk: an earlier question, a page or a step of the plan."""
        now = plan(group, view.session.facts)
        match action:
            case act.Change(_, question) if (asked := group.question(question)) is not None:
                session = replace(view.session, asking=asked.id)
                return Turn(walk.question(view, now, asked, self._still(now)), session)
            case act.OpenPage(_, name) if now.question is None and name in walk.PAGES:
                return Turn(walk.page(view, now, name), view.session)
            case act.OpenStep(_, id) if now.question is None and (step := group.step(id)) in now.steps and step:
                return Turn(walk.step(view, now, step), view.session)
        return self._walk(view, group)

    def _walk(self, view: View, group: Group) -> Turn:
        now = plan(group, view.session.facts)
        session = replace(view.session, asking=now.question.id if now.question else "")
        return Turn(walk.show(view, now, self._still(now)), session)

    def _still(self, now: Plan) -> int:
        """The most questions that may still come; worked out once for each set of answers."""
        key = (now.group.id, frozenset(now.facts.items()))
        if key not in self._longest:
            self._longest[key] = remaining(now.group, now.facts)
        return self._longest[key]

    def _open_group(self, view: View, id: str) -> Turn:
        return self._tap_in_group(view, act.OpenGroup(id))

    def _open_procedure(self, view: View, id: str, aspect: str = "") -> Turn:
        session = replace(view.session, about=id, writing=False, asking="")
        return Turn(cards.card(replace(view, session=session), self._base.procedures[id], aspect), session)

    def _stand(self, view: View) -> Turn:
        """Where the citizen stands: the group being walked, what was looked at, or the menu."""
        session = view.session
        if session.group in self._base.groups:
            return self._open_group(view, session.group)
        if session.about in self._base.procedures:
            return self._open_procedure(view, session.about)
        return Turn(menus.menu(view), session)

    def _set_place(self, view: View, place: str, about: str) -> Turn:
        view = replace(view, session=replace(view.session, place=place))
        if about in self._base.procedures:
            return self._open_procedure(view, about, "place")
        if about in self._base.groups:
            return self._tap_in_group(view, act.OpenPage(about, "costs"))
        return Turn(menus.place(view, place), view.session)

    def _set_language(self, view: View, language: str) -> Turn:
        session = replace(view.session, language=language)
        speech = type(view.speech)(language, self._base.texts)
        view = replace(view, session=session, speech=speech)
        return Turn(menus.menu(view, view.say("language.done")), session)

    # People.

    def _human(self, view: View, about: str) -> Turn:
        if not self._reachable:
            return Turn(menus.contacts(view, "human.nobody"), view.session)
        session = replace(view.session, writing=True)
        lines = [view.say("human.write"), "", *menus.hotlines(view, self._base.hotlines)]
        return Turn(view.screen(lines, about=about), session)

    def _for_people(self, view: View, incoming: Incoming, text: str, now: datetime) -> Turn:
        """A question written for the collaborators: asked as it is, after consent."""
        asked = redact(text)
        if (shown := view.record(view.session.about)) is not None:
            asked = f"{asked}\n({view.say('case.about', name=shown.name.vi)})"
        question = self._storage.log(view.chat, incoming.message, asked, "human", None, [], now)
        view = replace(view, session=replace(view.session, writing=False))
        return Turn(menus.consent(view, question, asked, "human.ready"), view.session)

    def _consent(self, view: View, number: int, given: bool, now: datetime) -> Turn:
        question = self._storage.question(number, view.chat)
        if question is None:
            return self._stand(view)
        if not given:
            return Turn(menus.menu(view, view.say("consent.kept")), view.session)
        case = self._storage.open_case(question, now)
        if case is None:
            return Turn(view.screen([view.say("case.already")]), view.session)
        lines = [view.say("case.received", number=case), "", *menus.hotlines(view, self._base.hotlines)]
        return Turn(view.screen(lines), view.session, (case, question))

    def _none_of_these(self, view: View, number: int) -> Turn:
        question = self._storage.question(number, view.chat)
        if question is None:
            return self._stand(view)
        return self._unknown(view, question.id, question.text, self._matcher.listed(question.text))

    # Questions.

    def _typed(self, session: Session, text: str) -> act.Action | None:
        """What *text* answers to the question on the screen: an option by its number, its label or how that begins.

        A number that no option has brings the question again.
        """
        group = self._base.groups.get(session.group)
        question = group.question(session.asking) if group is not None else None
        if group is None or question is None:
            return None
        if (figure := text.rstrip(".)")) in FIGURES:
            number = int(figure)
            if not 1 <= number <= len(question.options):
                return act.Change(group.id, question.id)
            return act.Answer(group.id, question.id, question.options[number - 1].id)
        said = self._words(text)
        labels = {option.id: self._words(option.label.vi) for option in question.options}
        english = {option.id: fold(option.label.en) for option in question.options}
        found = [id for id in labels if fold(text) == english[id] or said == labels[id]]
        found = found or [id for id, label in labels.items() if said and f"{label} ".startswith(f"{said} ")]
        return act.Answer(group.id, question.id, found[0]) if len(found) == 1 else None

    def _words(self, text: str) -> str:
        """*text* in one spelling, without the particles of politeness."""
        words = (word.plain for word in self._matcher.normalise(text).words)
        return " ".join(word for word in words if word not in PARTICLES)

    def _question(self, view: View, incoming: Incoming, text: str, now: datetime) -> Turn:
        hidden = redact(text)  # before all: an identity number in a question is not about identity cards
        match = self._matcher.match(hidden)
        if match.reply is not None:
            return self._small_talk(view, match.reply)
        scores = [(one.kind, one.id, round(one.score, 3)) for one in match.candidates]
        number = self._storage.log(view.chat, incoming.message, hidden, match.decision, match.aspect, scores, now)
        if match.decision == "answer":
            return self._answer(view, match)
        if (followed := self._follow_up(view, match)) is not None:
            return followed
        if match.decision == "ask":
            return Turn(menus.choices(view, match.candidates, number), replace(view.session, failures=0))
        return self._unknown(view, number, hidden, match.candidates)

    def _answer(self, view: View, match: Match) -> Turn:
        view = replace(view, session=replace(view.session, failures=0))
        best = match.candidates[0]
        if best.id in self._base.groups:
            return self._open_group(view, best.id)
        return self._open_procedure(view, best.id, match.aspect or "")

    def _follow_up(self, view: View, match: Match) -> Turn | None:
        """A question that names only an aspect is about the procedure or plan on the screen."""
        about = view.session.about
        if match.aspect is None or not match.bare:
            return None
        if about in self._base.groups:
            page = "papers" if match.aspect == "documents" else "costs"
            return self._tap_in_group(view, act.OpenPage(about, page))
        if about in self._base.procedures:
            return self._open_procedure(view, about, match.aspect)
        aspect = view.say(f"aspect.{match.aspect}")
        return Turn(menus.menu(view, view.say("ask.of-what", aspect=aspect)), view.session)

    def _small_talk(self, view: View, reply: str) -> Turn:
        if reply == "greeting":
            return Turn(menus.menu(view, view.say("start.welcome")), view.session)
        return Turn(menus.menu(view, view.say(f"smalltalk.{reply}")), view.session)

    def _unknown(self, view: View, number: int, text: str, found: tuple[Candidate, ...]) -> Turn:
        """Say so, name what the national list has, and offer people: the collaborators if any, always the numbers."""
        certain = national.certain(found)  # then we did understand
        session = replace(view.session, failures=0 if certain else view.session.failures + 1)
        view = replace(view, session=session)
        reason = "unknown.again" if session.failures >= PATIENCE else "unknown.sorry"
        reason = "unknown.listed" if certain else reason
        if not self._reachable:
            return Turn(menus.contacts(view, reason, found), session)
        screen = menus.consent(view, number, text, reason, found)
        if session.failures >= PATIENCE:
            calls = "\n".join(menus.hotlines(view, self._base.hotlines))
            screen = replace(screen, text=f"{screen.text}\n\n{calls}")
        return Turn(screen, session)


def _knows(group: Group, question: str, option: str) -> bool:
    asked = group.question(question)
    return asked is not None and asked.option(option) is not None
