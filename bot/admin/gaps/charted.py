"""A survey as a chart: weeks as columns, below them what most people asked for, and the fields."""

from __future__ import annotations

from bot.admin.gaps.survey import Field, Gap, Survey, Week
from bot.admin.gaps.told import counted, named, near, quoted, rate, short
from bot.attachments import Bar, Bars, Chart, Column
from bot.talk.speech import Speech

GAPS, FIELDS = 8, 6  # so many of each have room
KINDS = ("open", "offered", "answered")


def charted(survey: Survey, speech: Speech) -> Chart:
    """The picture that goes along with what is told."""
    days = {"first": short(survey.weeks[0].first), "last": short(survey.last)}
    share = survey.share
    gaps = Bars(speech.say("gaps.chart.gaps"), tuple(_gap(one, speech) for one in survey.gaps[:GAPS]))
    fields = [_field(one, speech) for one in survey.fields if one.share.open][:FIELDS]
    lists = (gaps, Bars(speech.say("gaps.chart.fields"), tuple(fields), whole=1.0))
    return Chart(
        name=speech.say("gaps.chart.name", day=f"{survey.last:%Y-%m-%d}"),
        title=speech.say("gaps.chart.title"),
        note=speech.say("gaps.chart.note", **days, open=share.open, all=share.all, rate=rate(share)),
        kinds=tuple(speech.say(f"gaps.chart.{kind}") for kind in KINDS),
        columns=tuple(_week(week) for week in survey.weeks),
        axis=speech.say("gaps.chart.axis"),
        lists=tuple(one for one in lists if one.bars),
    )


def _week(week: Week) -> Column:
    parts = (week.open, week.offered, week.answered)
    note = f"{week.open}/{week.share.all}" if week.share.all else ""
    return Column(short(week.first), parts, rate(week.share) if week.share.all else "", note)


def _gap(gap: Gap, speech: Speech) -> Bar:
    return Bar(f"“{quoted(gap)}”", gap.people, counted(gap, speech, "\n"), near(gap, speech))


def _field(field: Field, speech: Speech) -> Bar:
    share = field.share
    return Bar(named(field, speech), share.open / share.all, f"{rate(share)} ({share.open}/{share.all})")
