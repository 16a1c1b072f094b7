"""The screen of an entry: a short answer with where and when it was read, and the ways on."""

from __future__ import annotations

from collections.abc import Iterator

from bot.base.model import Entry
from bot.messages import Screen
from bot.talk import menus
from bot.talk.view import View


def card(view: View, entry: Entry) -> Screen:
    """What *entry* answers; outside its days only that it does not hold, as an old answer is worse than none."""
    lines = [f"**{view.speech.text(entry.title)}**", ""]
    if entry.span.holds(view.day):
        lines += [view.speech.text(entry.answer), "", *_sources(view, entry)]
    else:
        lines += [view.say("entry.other-days")]
    return view.screen(lines, menus.openers(view, entry.see), entry.id)


def _sources(view: View, entry: Entry) -> Iterator[str]:
    for source in entry.sources:
        title = view.speech.text(source.title)
        named = f"[{title}]({source.link})" if source.link else title
        yield view.say("entry.source", source=named, day=view.speech.day(entry.checked))
    if entry.stale(view.day):
        yield view.say("card.stale", day=view.speech.day(entry.checked))
