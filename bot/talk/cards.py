"""The card of a procedure: the asked aspect first, the others behind buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bot.actions import OpenGroup, OpenGuide, OpenProcedure, Places
from bot.base.model import CHANNELS, Document, Filing, Procedure, Record
from bot.messages import Button, Rows, Screen
from bot.talk.view import View, column, pairs

FIRST = ("documents", "fee", "time", "place", "online")  # what people ask most: under every card
REST = ("who", "late", "conditions", "result", "exceptions", "sources")  # behind one more button
PAGES = (*FIRST, *REST, "more")


def card(view: View, procedure: Procedure, aspect: str = "") -> Screen:
    """The screen of *procedure*: what it is and how it goes, or the page of one *aspect*."""
    page = aspect if aspect in available(procedure) else ""
    lines = [f"**{view.speech.text(procedure.name)}**", ""]
    lines += _PAGE.get(page, _overview)(view, procedure)
    if aspect in PAGES and not page:
        lines += ["", view.say("card.no-aspect", aspect=view.say(f"aspect.{aspect}").lower())]
    lines += warnings(view, procedure)
    return view.screen(lines, _buttons(view, procedure, page), procedure.id)


def available(procedure: Procedure) -> tuple[str, ...]:
    """The pages that have something to say about *procedure*."""
    always = {"documents", "fee", "time", "place", "result", "exceptions", "sources", "more"}
    if "online" in procedure.filings or "post" in procedure.filings:
        always.add("online")
    return tuple(page for page in PAGES if page in always or page in procedure.answers)


def warnings(view: View, record: Record) -> Iterator[str]:
    """What must be said on every screen about *record*: cautions, and that it has not been read again for long."""
    if record.caution is not None:
        yield ""
        yield view.say("card.caution", text=view.speech.text(record.caution))
    if record.stale(view.day):
        yield ""
        yield view.say("card.stale", day=view.speech.day(record.checked))


def offer(view: View, procedure: Procedure, about: str = "") -> Rows:
    """The button to the guide to filing *procedure* online, where there is one; it returns to *about*."""
    if procedure.guide not in view.base.guides:
        return ()
    return ((view.button("button.guide", OpenGuide(about or procedure.id)),),)


def filing_lines(view: View, filings: Mapping[str, Filing], fact: Callable[[Filing], str]) -> Iterator[str]:
    """One line for each way to file, or one for all when they agree."""
    said = {channel: fact(filings[channel]) for channel in CHANNELS if channel in filings}
    if len(set(said.values())) == 1 and len(said) > 1:
        names = ", ".join(view.say(f"channel.{channel}") for channel in said)
        yield _filing_line(names, next(iter(said.values())))
        return
    for channel, words in said.items():
        yield _filing_line(view.say(f"channel.{channel}"), words)


def _filing_line(ways: str, words: str) -> str:
    return f"• {ways[:1].upper()}{ways[1:]}:{'' if words.startswith(chr(10)) else ' '}{words}"


def document_line(view: View, document: Document) -> str:
    """One paper as a line of a list: its words, and what spares bringing it."""
    kind = view.base.documents[document.kind]
    spared = "document.database" if kind.database else "document.issued" if kind.issued else ""
    return f"• {document_words(view, document)}{view.say(spared) if spared else ''}"


def document_words(view: View, document: Document) -> str:
    """One paper: its name, in which form, in which case."""
    kind = view.base.documents[document.kind]
    words = f"**{view.speech.text(kind.name)}**"
    if document.form is not None:
        words += f", {view.speech.text(document.form)}"
    elif kind.explain is not None and not kind.issued:
        words += f" ({view.speech.text(kind.explain)})"
    return words if document.condition is None else f"{words}, {view.speech.text(document.condition)}"


def place_lines(view: View, office_id: str) -> Iterator[str]:
    """Where to go: the office, and where it is; its address where the citizen chose a place."""
    office = view.base.offices[office_id]
    yield f"**{view.speech.text(office.name)}**"
    yield view.speech.text(office.where)
    place = view.base.places.get(view.session.place)
    if place is not None and office_id == "commune-centre":
        yield view.say("place.address", name=view.speech.text(place.name), address=view.speech.text(place.address))
        if place.unsure is not None:
            yield view.speech.text(place.unsure)


def _overview(view: View, procedure: Procedure) -> list[str]:
    lines = [view.speech.text(procedure.summary), ""]
    return lines + [f"{number}. {view.speech.text(step)}" for number, step in enumerate(procedure.how, 1)]


def _documents(view: View, procedure: Procedure) -> list[str]:
    lines = [view.say("card.documents")]
    lines += [document_line(view, document) for document in procedure.documents]
    return lines + _answer(view, procedure, "documents")


def _fee(view: View, procedure: Procedure) -> list[str]:
    lines = [view.say("card.fee")]
    lines += filing_lines(view, procedure.filings, lambda filing: view.speech.fee(filing.fee(view.day)))
    return lines + _answer(view, procedure, "fee")


def _time(view: View, procedure: Procedure) -> list[str]:
    lines = [view.say("card.time")]
    lines += filing_lines(view, procedure.filings, lambda filing: view.speech.time(filing.time(view.day)))
    return lines + _answer(view, procedure, "time")


def _place(view: View, procedure: Procedure) -> list[str]:
    ways = ", ".join(view.say(f"channel.{channel}") for channel in CHANNELS if channel in procedure.filings)
    lines = [view.say("card.place"), *place_lines(view, procedure.office), view.say("card.ways", ways=ways)]
    return lines + _answer(view, procedure, "place")


def _online(view: View, procedure: Procedure) -> list[str]:
    lines = [view.say("card.online" if "online" in procedure.filings else "card.not-online")]
    lines += _answer(view, procedure, "online", gap=False) or [view.say("card.portal")]
    if "post" in procedure.filings:
        lines += [view.say("card.post")]
    for filing in procedure.filings.values():
        if filing.note is not None:
            lines.append(f"• {view.speech.text(filing.note)}")
    return lines


def _result(view: View, procedure: Procedure) -> list[str]:
    return [
        view.say("card.result", result=view.speech.text(procedure.result)),
        *_answer(view, procedure, "result"),
    ]


def _exceptions(view: View, procedure: Procedure) -> list[str]:
    return [view.say("card.exceptions"), *(f"• {view.speech.text(text)}" for text in procedure.exceptions)]


def _sources(view: View, procedure: Procedure) -> list[str]:
    return source_lines(view, procedure, procedure.legal)


def source_lines(view: View, record: Record, legal: tuple[str, ...] = ()) -> list[str]:
    """The code, the law and where the facts were read, when."""
    note = "" if record.code_note is None else f" ({view.speech.text(record.code_note)})"
    lines = [view.say("card.code", code=record.code, note=note)] if record.code else []
    if legal:
        lines.append(view.say("card.legal", legal=", ".join(legal)))
    for source in record.sources:
        lines.append(f"• [{view.speech.text(source.title)}]({source.link}), {view.speech.day(source.date)}")
    lines.append(view.say("card.checked", day=view.speech.day(record.checked)))
    lines.append(view.say(f"confidence.{record.confidence}"))
    return lines


def _spoken(aspect: str) -> Callable[[View, Procedure], list[str]]:
    """The page of an aspect that is only a text."""
    return lambda view, procedure: [view.say(f"card.{aspect}"), *_answer(view, procedure, aspect, gap=False)]


def _answer(view: View, procedure: Procedure, aspect: str, *, gap: bool = True) -> list[str]:
    answer = procedure.answers.get(aspect)
    if answer is None:
        return []
    return ["", view.speech.text(answer)] if gap else [view.speech.text(answer)]


_PAGE: Mapping[str, Callable[[View, Procedure], list[str]]] = {
    "documents": _documents,
    "fee": _fee,
    "time": _time,
    "place": _place,
    "online": _online,
    "who": _spoken("who"),
    "late": _spoken("late"),
    "conditions": _spoken("conditions"),
    "result": _result,
    "exceptions": _exceptions,
    "sources": _sources,
    "more": _overview,
}


def _buttons(view: View, procedure: Procedure, page: str) -> Rows:
    shown = REST if page in {*REST, "more"} else (*FIRST, "more")
    others = (one for one in available(procedure) if one in shown and one != page)
    buttons = [view.button(f"aspect.{one}", OpenProcedure(procedure.id, one)) for one in others]
    if page:  # before "more", which is last under the first pages
        buttons.insert(len(buttons) - (page in FIRST), view.button("button.overview", OpenProcedure(procedure.id)))
    rows = pairs(buttons)
    if page == "place" and procedure.office == "commune-centre":
        rows = ((view.button("button.place", Places(procedure.id)),), *rows)
    if page in {"", "online"}:
        rows = (*offer(view, procedure), *rows)
    return (*rows, *column(_groups(view, procedure)), *(column(_related(view, procedure)) if page == "more" else ()))


def _groups(view: View, procedure: Procedure) -> Iterator[Button]:
    """The interconnected groups that *procedure* is part of."""
    for group in view.base.groups.values():
        members = {step.procedure for step in group.steps} | ({group.bundle.procedure} if group.bundle else set())
        if procedure.id in members and view.session.group != group.id:
            yield Button(view.say("button.group", group=view.speech.text(group.short)), OpenGroup(group.id))


def _related(view: View, procedure: Procedure) -> Iterator[Button]:
    """What is worth looking at next."""
    for id in procedure.related[:3]:
        if (related := view.base.procedures.get(id)) is not None:
            yield Button(view.say("button.related", name=view.speech.text(related.short)), OpenProcedure(id))
