"""A survey in words: a few lines of markup for a chat, all of it as it is for the command line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bot.admin.gaps.survey import WEEK, Field, Gap, Share, Survey, Week
from bot.markup import escape
from bot.talk.speech import Speech, shorten

TOLD = 5  # gaps told by chat: a screen has some ten lines, the picture has more
QUOTED = 90  # characters of a question
EXAMPLE = 300  # and of one on the command line


def told(survey: Survey, speech: Speech) -> Iterator[str]:
    """The last week beside those before, and what most people asked for; the first line is the title."""
    yield speech.say("gaps.title")
    yield said_of_week(survey.weeks[-1], speech)
    if (before := _before(survey)).all:
        yield speech.say("gaps.before", weeks=len(survey.weeks) - 1, share=said(before, speech))
    if not survey.gaps:
        yield speech.say("gaps.nothing")
        return
    yield speech.say("gaps.asked", weeks=len(survey.weeks))
    for number, gap in enumerate(survey.gaps[:TOLD], 1):
        yield speech.say("gaps.gap", number=number, text=escape(quoted(gap)), counts=counted(gap, speech))
    if more := survey.more + len(survey.gaps[TOLD:]):
        yield speech.say("gaps.more", count=more)


def lines(survey: Survey, speech: Speech) -> Iterator[str]:
    """Everything, for the command line."""
    yield from (said_of_week(week, speech, all_of_it=True) for week in survey.weeks)
    yield speech.tell("gaps.fields")
    yield from (_field(field, speech) for field in survey.fields)
    yield speech.tell("gaps.gaps") if survey.gaps else speech.tell("gaps.nothing")
    for number, gap in enumerate(survey.gaps, 1):
        first, *others = (" ".join(shorten(text, EXAMPLE).split()) for text in gap.examples)
        yield speech.tell("gaps.gap", number=number, text=first, counts=counted(gap, speech))
        yield from (f"     “{other}”" for other in others)
        if gap.near:
            yield f"     {near(gap, speech)}"
    if survey.more:
        yield speech.tell("gaps.more", count=survey.more)


def said_of_week(week: Week, speech: Speech, *, all_of_it: bool = False) -> str:
    last = week.first + timedelta(days=WEEK - 1)
    words = {"first": short(week.first), "last": short(last), "share": said(week.share, speech)}
    if not all_of_it:
        return speech.say("gaps.week", **words)
    return speech.tell("gaps.whole-week", **words, answered=week.answered, offered=week.offered)


def _before(survey: Survey) -> Share:
    """All weeks but the last."""
    share, last = survey.share, survey.weeks[-1].share
    return Share(share.open - last.open, share.all - last.all)


def _field(field: Field, speech: Speech) -> str:
    weeks = "  ".join(f"{week.open}/{week.all}" for week in field.weeks)
    return speech.tell("gaps.field", field=named(field, speech), share=said(field.share, speech), weeks=weeks)


def named(field: Field, speech: Speech) -> str:
    return speech.text(field.name) if field.name.vi else speech.tell("gaps.other")


def said(share: Share, speech: Speech) -> str:
    """How many of how many; a rate only where there are any."""
    return speech.tell("gaps.share", open=share.open, all=share.all, rate=rate(share))


def rate(share: Share) -> str:
    return f"{round(100 * share.open / share.all)} %" if share.all else "–"


def counted(gap: Gap, speech: Speech, between: str = ", ") -> str:
    """How many asked how often, and whether they become more."""
    trend = "" if gap.trend == "same" else speech.tell(f"gaps.trend.{gap.trend}")
    all_of_it = speech.tell("gaps.counts", people=gap.people, size=gap.size)
    return f"{all_of_it}{between}{speech.tell('gaps.now', now=gap.weeks[-1])}{trend}"


def near(gap: Gap, speech: Speech) -> str:
    """What of our knowledge comes nearest, if anything does."""
    return speech.tell("gaps.answered" if gap.answered else "gaps.near", name=gap.near) if gap.near else ""


def quoted(gap: Gap) -> str:
    """Its most typical question, in one line."""
    return shorten(" ".join(gap.examples[0].split()), QUOTED)


def short(day: date) -> str:
    return f"{day:%d/%m}"
