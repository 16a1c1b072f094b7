"""What the national list has to a question we cannot answer: official names and links, said to be unchecked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.base.model import ELSEWHERE, Duration, Listed, Text
from bot.markup import escape
from bot.matching.matcher import Candidate
from bot.matching.national import EXACT
from bot.talk.speech import shorten
from bot.talk.view import View

SHOWN = 3  # more is a list nobody reads on a phone
NAME = 160  # characters of an official name; some are a page long
FIELD = 60


def lines(view: View, found: Sequence[Candidate]) -> Iterator[str]:
    """What of *found* is in the national list, with a line before that says how little that means."""
    national = [one for one in found if one.id in view.base.catalogue]
    if not national:
        return
    exact = [one for one in national if one.score == EXACT]
    yield ""
    yield view.say("catalogue.exact" if exact else "catalogue.title")
    for number, one in enumerate((exact or national)[:SHOWN], 1):
        yield from _entry(view, number, view.base.catalogue[one.id])
    if beside(found):
        yield from ("", view.say("catalogue.beside"))


def certain(found: Sequence[Candidate]) -> bool:
    """Whether what was asked for is in the national list under just that code or name."""
    return any(one.kind == "catalogue" and one.score == EXACT for one in found)


def beside(found: Sequence[Candidate]) -> list[Candidate]:
    """Our own candidates that come near an official name somebody wrote; to a vaguer question they are mere guesses."""
    return [one for one in found if one.kind != "catalogue"] if certain(found) else []


def _entry(view: View, number: int, one: Listed) -> Iterator[str]:
    yield ""
    name = escape(shorten(view.speech.text(Text(one.name)), NAME))
    yield view.say("catalogue.name", number=number, name=name)
    parts = [view.say(f"level.{one.level}") if one.level else "", escape(shorten(one.field, FIELD))]
    yield view.say("catalogue.about", code=one.code, about=" · ".join(part for part in parts if part))
    yield view.say("catalogue.time", time=_time(view, one))
    if one.province:
        key = "catalogue.somewhere" if one.province == ELSEWHERE else "catalogue.other-province"
        yield view.say(key, **({} if one.province == ELSEWHERE else {"province": escape(one.province)}))
    if one.gone:
        yield view.say("catalogue.gone")
    yield view.say("catalogue.link", link=one.link)


def _time(view: View, one: Listed) -> str:
    """The times the portal names: once when every way takes as long, else for each way."""
    said = {way: _durations(view, times) for way, times in one.ways.items()}
    if len(set(said.values())) <= 1:
        return next(iter(said.values()), view.say("catalogue.no-time"))
    return "; ".join(view.say("catalogue.way", way=view.say(f"channel.{way}"), time=time) for way, time in said.items())


def _durations(view: View, times: Sequence[Duration]) -> str:
    """Several times are for several cases, which only the portal tells apart."""
    said = [view.speech.duration(time) for time in times]
    if len({time.unit for time in times}) == 1 and len(times) > 1:
        return view.say("catalogue.range", least=said[0], most=said[-1])
    return said[0] if len(said) == 1 else view.say("catalogue.no-time")
