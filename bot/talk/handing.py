"""What somebody is handed of a group to keep: the plan on paper, and the officers' videos."""

from __future__ import annotations

from bot.actions import OpenGroup
from bot.groups.plan import Plan
from bot.talk.turn import Turn
from bot.talk.view import View
from bot.talk.walk import video
from bot.talk.walk.dates import dates
from bot.talk.walk.pages import HELD
from bot.talk.walk.sheet import sheet


def hand(view: View, now: Plan, what: str, step_id: str) -> Turn | None:
    """It with a few words; None for what is not there (any more)."""
    step = now.group.step(step_id)
    found = step.video if step is not None else now.group.video
    if what == video.VIDEO and found is not None:
        shown, media = video.screen(view, now.group.id, found)
        return Turn(shown, view.session, attachment=media)
    if what not in HELD:
        return None
    drawn = dates(view, now) if what == "dates" else sheet(view, now, "png" if what == "picture" else "pdf")
    if drawn is None:
        return None
    back = (view.button("button.plan", OpenGroup(now.group.id)),)
    shown = view.screen([view.say(f"walk.{what}")], (back,), now.group.id, walked=True)
    return Turn(shown, view.session, attachment=drawn)
