"""The papers of the plan: each once, first what to bring, last what nobody has to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.groups.papers import SECTIONS, Need, Paper
from bot.groups.papers import papers as papers_of
from bot.groups.plan import Plan
from bot.talk.view import View
from bot.talk.walk.parts import in_a_row

ONLY_COUNTED = re.compile(r"\d+ \w+")  # "1 bản": of a form that lies ready, nothing one has to know


def papers(view: View, plan: Plan) -> list[str]:
    """Each paper once, with the steps that need it; forms that lie ready are no more than named."""
    found = papers_of(view.base, plan)
    lines = [view.say("walk.papers")]
    for section in SECTIONS:
        here = [paper for paper in found if paper.section == section]
        if not here:
            continue
        lines += ["", view.say(f"walk.{section}")]
        if section == "forms":
            lines.append("; ".join(_form_named(view, paper) for paper in here))
        else:
            lines += (f"• {_words(view, paper, several=len(plan.steps) > 1)}" for paper in here)
    return lines


def _words(view: View, paper: Paper, *, several: bool) -> str:
    """One paper: in which form, in which case, for which of *several* steps, and which of them gives it."""
    alone = len(paper.needs) == 1
    needs = [_need(view, paper, need, alone=alone) + (_used(view, need) if several else "") for need in paper.needs]
    given = view.say("walk.giver", numbers=in_a_row(list(paper.givers))) if paper.givers else ""
    return f"**{view.speech.text(paper.kind.name)}**{'; '.join(needs)}{given}".replace("; ,", ";")


def _need(view: View, paper: Paper, need: Need, *, alone: bool) -> str:
    """One way to need *paper*; what the paper is where nothing else is said, and this is the only one."""
    explain = paper.kind.explain if alone and need.form is None else None
    explained = "" if explain is None else f" ({view.speech.text(explain)})"
    return explained + "".join(f", {words}" for words in _conditions(view, need))


def _conditions(view: View, need: Need) -> Iterator[str]:
    """In which form it is needed and in which case, as far as anybody says so."""
    if need.unit is not None:
        yield view.say("walk.count", count=need.count, unit=view.speech.text(need.unit))
    elif need.form is not None:
        yield view.speech.text(need.form)
    if need.condition is not None:
        yield view.speech.text(need.condition)


def _used(view: View, need: Need) -> str:
    return view.say("walk.used", numbers=in_a_row(list(need.numbers)))


def _form_named(view: View, paper: Paper) -> str:
    """A form that lies ready, with what one has to see to oneself, such as a signature."""
    texts = (text for need in paper.needs for text in (need.form, need.condition) if text is not None)
    words = (view.speech.text(text) for text in texts)
    said = dict.fromkeys(one for one in words if not ONLY_COUNTED.fullmatch(one))
    return ", ".join((view.speech.text(paper.kind.name), *said))
