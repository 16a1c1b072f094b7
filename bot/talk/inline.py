"""What fits an `@bot …` that somebody writes in any chat: short cards, the same for whoever asks.

They are sent in the asker's own name, so they say where they are from and hold no answer of anybody; nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.base.model import CHANNELS, Entry, Filing, Group, Procedure, Record
from bot.markup import START
from bot.matching.matcher import Match, Matcher
from bot.messages import Button, Found, Outgoing, Screen
from bot.talk import entries
from bot.talk.redaction import redact
from bot.talk.speech import shorten
from bot.talk.view import View

LISTED = 6  # papers or steps in one line; the rest is counted
SUMMARY = 100  # characters below a title
WAYS = "menu"  # what the button above the choices hands to the bot: nothing of ours, so it shows the menu


def answer(view: View, matcher: Matcher, query: str) -> Outgoing:
    """The choices for *query*: what it is about first; none where we would have to guess."""
    above = Screen("", ((Button(view.say("inline.ask"), START + WAYS),),))
    ids = dict.fromkeys(_ids(matcher.match(redact(query))))
    records = (view.record(id) or view.base.entries.get(id) for id in ids)
    found = tuple(_entry(view, one) if isinstance(one, Entry) else _found(view, one) for one in records if one)
    return Outgoing(view.chat, above, found=found, transient=True)


def _entry(view: View, entry: Entry) -> Found:
    """A short answer fits whole, as the bot would give it."""
    start, shown = f"e_{entry.id}", entries.card(view, entry)
    opens = Button(view.say("inline.open"), START + start)
    title, summary = view.speech.text(entry.title), shorten(view.speech.text(entry.answer), SUMMARY)
    return Found(start, title, summary, Screen(shown.text, ((opens,),)))


def _ids(match: Match) -> Iterator[str]:
    if match.decision == "unknown":
        return
    best, *others = match.candidates
    yield best.id
    yield from (one.id for one in (*([match.also] if match.also else []), *match.parts, *others))


def _found(view: View, record: Record) -> Found:
    start = f"{'g' if record.id in view.base.groups else 'p'}_{record.id}"
    text = "\n".join(card(view, record))
    opens = Button(view.say("inline.open"), START + start)
    summary = shorten(view.speech.text(record.summary), SUMMARY)
    return Found(start, view.speech.text(record.name), summary, Screen(text, ((opens,),)))


def card(view: View, record: Record) -> Iterator[str]:
    """*record* in so few lines that nobody minds them between the messages of others."""
    yield f"**{view.speech.text(record.name)}**"
    match record:
        case Procedure():
            yield from _procedure(view, record)
        case Group():
            yield view.speech.text(record.summary)
            names = [
                view.speech.text(step.title or view.base.procedures[step.procedure].short) for step in record.steps
            ]
            yield view.say("inline.steps", steps=_listed(view, names))
    if record.caution is not None:
        yield view.say("card.caution", text=view.speech.text(record.caution))
    if record.stale(view.day):
        yield view.say("inline.stale")
    source = record.sources[0]
    words = {"title": view.speech.text(source.title), "link": source.link, "day": view.speech.day(record.checked)}
    yield view.say("inline.source", **words)


def _procedure(view: View, procedure: Procedure) -> Iterator[str]:
    names = []
    for paper in procedure.documents:
        name = view.speech.text(view.base.documents[paper.kind].name)
        names.append(name if paper.condition is None else f"{name} ({view.speech.text(paper.condition)})")
    yield view.say("inline.documents", documents=_listed(view, names))
    fee, time = view.speech.fee, view.speech.time
    yield view.say("inline.fee", fee=_ways(view, procedure, lambda filing: fee(filing.fee(view.day))))
    yield view.say("inline.time", time=_ways(view, procedure, lambda filing: time(filing.time(view.day))))
    yield view.say("inline.place", place=view.speech.text(view.base.offices[procedure.office].name))


def _ways(view: View, procedure: Procedure, fact: Callable[[Filing], str]) -> str:
    """*fact* of filing oneself, online and at the counter, or once when they agree; by post it is in the bot."""
    own = {channel: one for channel, one in procedure.filings.items() if channel != "post"} or procedure.filings
    said = {channel: fact(own[channel]) for channel in CHANNELS if channel in own}
    if len(set(said.values())) == 1:
        return next(iter(said.values()))
    return "; ".join(f"{view.say(f'channel.{channel}')}: {words}" for channel, words in said.items())


def _listed(view: View, names: list[str]) -> str:
    rest = len(names) - LISTED
    more = [view.say("inline.more", count=rest)] if rest > 0 else []
    return "; ".join([*names[:LISTED], *more])
