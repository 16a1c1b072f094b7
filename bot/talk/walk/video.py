"""The officers' videos of a group and its steps: where they are, and what is shown when."""

from __future__ import annotations

from bot.actions import Hand
from bot.attachments import Media
from bot.base.model import Video
from bot.groups.plan import Plan
from bot.messages import Button, Rows, Screen
from bot.talk.view import View, column

VIDEO = "video"  # what to hand over


def videos(plan: Plan) -> tuple[Video, ...]:
    """The video of the group, then those of the steps in the plan."""
    every = (plan.group.video, *(step.video for step in plan.steps))
    return tuple(video for video in every if video is not None)


def offer(view: View, group: str, video: Video | None, step: str = "") -> Rows:
    """The way to *video*: a page with its link and marks, or the file itself."""
    return () if video is None else ((view.button("button.video", Hand(group, VIDEO, step)),),)


def screen(view: View, group: str, video: Video) -> tuple[Screen, Media | None]:
    """What is said of *video*, and the file when it is one of ours.

    Marks of a page are buttons that begin there; below a file Telegram makes its marks (2:10) something to tap.
    """
    lines = [f"**{view.speech.text(video.title)}**", ""]
    lines += [view.say("walk.mark", at=at, text=view.speech.text(text)) for at, text in video.marks]
    media = Media(video.file, view.base.media.get(video.file, "")) if video.file else None
    return view.screen(lines, _ways(view, video), group, walked=True), media


def _ways(view: View, video: Video) -> Rows:
    if not video.link:
        return ()
    marks = ((view.say("button.mark", at=at, text=view.speech.text(text)), seconds(at)) for at, text in video.marks)
    return column(
        (Button(view.say("button.watch"), video.link), *(Button(said, _from(video.link, at)) for said, at in marks))
    )


def seconds(position: str) -> int:
    """The position "2:10", or "1:02:10", in seconds."""
    total = 0
    for part in position.split(":"):
        total = 60 * total + int(part)
    return total


def _from(link: str, at: int) -> str:
    """*link* with where to begin, as YouTube and most players read it."""
    return f"{link}{'&' if '?' in link else '?'}t={at}"
