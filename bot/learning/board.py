"""What who approves reads: the list of what waits, and one suggestion whole."""

from __future__ import annotations

from collections.abc import Sequence

from bot import actions as act
from bot.admin.chat.circle import SHOWN, listed, note
from bot.learning.opinions import known
from bot.learning.suggestions import Cluster
from bot.markup import escape
from bot.messages import Button, Screen
from bot.talk.speech import shorten
from bot.talk.view import View
from bot.team import Member

LABEL = 40  # characters of a button in a row of its own
QUOTED = 200  # characters of a text in a list


def board(view: View, waiting: Sequence[Cluster], tasks: Sequence[Cluster]) -> Screen:
    """What waits, what most people asked first; then the facts that somebody is to mend."""
    if not waiting and not tasks:
        return note(view.speech, "learn.none")
    lines = [f"{number}. {_line(view, one)}" for number, one in enumerate(waiting[:SHOWN], 1)]
    if len(waiting) > SHOWN:
        lines.append(view.say("admin.more", count=len(waiting) - SHOWN))
    if tasks:
        lines += ["", view.say("learn.tasks"), *(f"• {_line(view, one)}" for one in tasks[:SHOWN])]
    shown = (*((f"{number}.", one) for number, one in enumerate(waiting, 1)), *(("•", one) for one in tasks))
    buttons = [_opens(mark, one) for mark, one in (*shown[: len(waiting)][:SHOWN], *shown[len(waiting) :][:SHOWN])]
    return note(view.speech, "learn.list", lines, *buttons, count=len(waiting))


def card(view: View, found: Cluster, team: Sequence[Member]) -> Screen:
    """One cluster whole, and what may be done with it."""
    first = found.first
    words = {
        "about": view.name(first.subject), "answer": first.answer, "text": first.text,
        "source": "; ".join(found.sources), **owner(view, first.subject),
    }  # fmt: skip
    lines = [*listed(view.speech, found.wordings), ""] if first.kind == "phrase" else []
    cases = ", ".join(dict.fromkeys(str(one.case) for one in found.members))
    lines.append(view.say("learn.from", asked=found.asked, authors=escape(_names(found, team)), cases=cases))
    yes = "done" if first.state == "accepted" else "accept" if first.kind == "fact" else "approve"
    buttons = (
        view.button(f"learn.button.{yes}", act.Judge(first.id, given=True)),
        view.button("learn.button.decline", act.Judge(first.id, given=False)),
    )
    return note(view.speech, f"learn.card-{first.kind}", lines, *buttons, **words)


def owner(view: View, subject: str) -> dict[str, str]:
    """Who keeps *subject*, and in which file."""
    found = known(view.base, subject)
    return {"owner": "", "file": ""} if found is None else {"owner": found.owner, "file": found.at.file}


def _opens(mark: str, one: Cluster) -> Button:
    return Button(f"{mark} {shorten(one.first.text, LABEL)}", act.OpenSuggestion(one.first.id))


def _line(view: View, one: Cluster) -> str:
    words = {"about": view.name(one.first.subject), "text": escape(shorten(one.first.text, QUOTED))}
    return view.say(f"learn.line-{one.first.kind}", asked=one.asked, **words)


def _names(found: Cluster, team: Sequence[Member]) -> str:
    """Who made it, as the team knows them."""
    labels = {one.user: one.label for one in team}
    return ", ".join(dict.fromkeys(labels.get(one.author) or str(one.author) for one in found.members))
