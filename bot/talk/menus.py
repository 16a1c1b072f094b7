"""The screens around the knowledge: menus, places, languages, help, and the ways to a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.actions import (
    Action,
    Await,
    Consent,
    Fields,
    NoneOfThese,
    OpenEntry,
    OpenField,
    OpenGroup,
    OpenProcedure,
    SetLanguage,
    SetPlace,
)
from bot.base.model import Base, Group, Hotline
from bot.groups.plan import plan
from bot.markup import escape
from bot.matching.matcher import Candidate
from bot.messages import Button, Rows, Screen
from bot.talk import national
from bot.talk.said import answers
from bot.talk.speech import shorten
from bot.talk.view import View, column, pairs

QUOTED = 300  # characters of a question shown back to who wrote it
FIELD_PAGE = 8  # procedures on one screen of a field
UNFINISHED = 3  # groups offered to go on with: more would push the menu off the screen


def menu(view: View, greeting: str = "") -> Screen:
    """The life situations, and the way to everything else."""
    lines = [greeting, "", view.say("menu.title")] if greeting else [view.say("menu.title")]
    for notice in view.base.notices:
        if notice.span.holds(view.day):
            lines += ["", f"**{view.speech.text(notice.title)}**", view.speech.text(notice.text)]
    often = sorted(view.base.groups.values(), key=lambda group: group.menu)
    groups = (Button(view.speech.text(group.short), OpenGroup(group.id)) for group in often)
    return view.screen(lines, (*column(_unfinished(view)), *column(groups), (view.button("button.fields", Fields()),)))


def _unfinished(view: View) -> Iterator[Button]:
    """The ways back to groups begun and left with a question open, the last first; the one being walked has its own."""
    last = {id: place for place, id in enumerate(view.session.facts)}
    begun: list[tuple[int, Group]] = []
    for group in view.base.groups.values():
        said = answers(group, view.session)
        if group.id == view.session.group or not any(question.id in said for question in group.questions):
            continue
        now = plan(group, said)
        if now.question is not None and now.facts:
            begun.append((max(last.get(id, 0) for id in now.facts), group))
    for _, group in sorted(begun, key=lambda one: one[0], reverse=True)[:UNFINISHED]:
        label = view.say("button.unfinished", group=view.speech.text(group.short))
        yield Button(label, OpenGroup(group.id))


def fields(view: View) -> Screen:
    """The fields that have procedures."""
    used = {procedure.field for procedure in view.base.procedures.values()}
    buttons = (Button(view.speech.text(name), OpenField(id)) for id, name in view.base.fields.items() if id in used)
    return view.screen([view.say("menu.fields")], pairs(buttons))


def field(view: View, id: str, page: int) -> Screen:
    """The procedures of one field, a page of them."""
    found = [procedure for procedure in view.base.procedures.values() if procedure.field == id]
    shown = found[page * FIELD_PAGE : (page + 1) * FIELD_PAGE] or found[:FIELD_PAGE]
    rows = column(Button(view.speech.text(one.short), OpenProcedure(one.id)) for one in shown)
    if len(found) > (page + 1) * FIELD_PAGE:
        rows = (*rows, (view.button("button.more", OpenField(id, page + 1)),))
    rows = (*rows, (view.button("button.fields", Fields()),))
    return view.screen([view.say("menu.field", field=view.speech.text(view.base.fields[id]))], rows)


def places(view: View, about: str) -> Screen:
    """The places to choose one's own from, with their names of before."""
    lines = [view.say("place.choose"), ""]
    for place in view.base.places.values():
        former = view.say("place.formerly", names=", ".join(place.formerly)) if place.formerly else ""
        lines.append(f"• {view.speech.text(place.name)}{former}")
    buttons = (Button(view.speech.text(p.name), SetPlace(p.id, about)) for p in view.base.places.values())
    return view.screen(lines, pairs(buttons), about)


def place(view: View, id: str) -> Screen:
    """The office of one place."""
    found = view.base.places[id]
    lines = [view.say("place.title", name=view.speech.text(found.name)), "", view.speech.text(found.address)]
    if found.phone:
        lines.append(view.say("place.phone", phone=found.phone))
    if found.hours is not None:
        lines.append(view.speech.text(found.hours))
    if found.unsure is not None:
        lines += ["", view.speech.text(found.unsure)]
    lines.append(f"[{view.speech.text(found.source.title)}]({found.source.link}), {view.speech.day(found.source.date)}")
    return view.screen(lines)


def languages(view: View) -> Screen:
    return view.screen(
        [view.say("language.choose")],
        (tuple(view.button(f"language.{one}", SetLanguage(one)) for one in view.base.texts),),
    )


def choices(view: View, candidates: tuple[Candidate, ...], question: int, aspect: str = "") -> Screen:
    """Which of these was meant? At most four, each with the asked *aspect* first, and none of them."""
    rows: Rows = (
        *openers(view, (one.id for one in candidates), aspect),
        (view.button("button.none", NoneOfThese(question)),),
    )
    return view.screen([view.say("ask.which")], rows)


def openers(view: View, ids: Iterable[str], aspect: str = "", said: str = "") -> Rows:
    """Buttons to what of *ids* is our own knowledge, to *aspect* of it first; *said* is the key of their label."""
    buttons = []
    for id in ids:
        if name := view.name(id):
            buttons.append(Button(view.say(said, name=name) if said else name, opens(view.base, id, aspect)))
    return column(buttons)


def opens(base: Base, id: str, aspect: str = "") -> Action:
    """What shows the group, entry or procedure with this id."""
    if id in base.groups:
        return OpenGroup(id)
    return OpenEntry(id) if id in base.entries else OpenProcedure(id, aspect)


def consent(view: View, question: int, text: str, reason: str, found: tuple[Candidate, ...] = ()) -> Screen:
    """May the redacted *text* go to the collaborators? What for, and how to withdraw, in one breath (Law 91/2025/QH15).

    What was *found* in the national list stands above.
    """
    quote = view.say("consent.quote", question=escape(shorten(text, QUOTED)))
    lines = [view.say(reason), *national.lines(view, found), "", quote, "", view.say("consent.ask")]
    buttons = (
        view.button("consent.yes", Consent(question, given=True)),
        view.button("consent.no", Consent(question, given=False)),
    )
    return view.screen(lines, (*openers(view, (one.id for one in national.beside(found))), buttons))


def awaiting(view: View, question: int) -> Rows:
    """The button by which one agrees to be told once a *question* can be answered."""
    return ((view.button("learn.button.await", Await(question)),),)


def contacts(view: View, reason: str, found: tuple[Candidate, ...] = (), rows: Rows = ()) -> Screen:
    """The people one can reach without us, below what was *found* in the national list; nothing is promised."""
    lines = [view.say(reason), *national.lines(view, found), "", view.say("contact.office")]
    rows = (*rows, *openers(view, (one.id for one in national.beside(found))))
    return view.screen([*lines, *hotlines(view, view.base.hotlines)], rows)


def hotlines(view: View, numbers: tuple[Hotline, ...]) -> list[str]:
    return [
        f"• **{hotline.number}**: {view.speech.text(hotline.name)}. {view.speech.text(hotline.when)}"
        for hotline in numbers
    ]
