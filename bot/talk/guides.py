"""Filing online, walked through: a few moves a screen, on each the way back, on, and to people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import ceil

from bot.actions import OpenGroup, OpenGuide, OpenProcedure, Stuck
from bot.attachments import Media
from bot.base.guides import parts, unfold
from bot.base.model import Guide, Move, Procedure, Vouched
from bot.groups.plan import plan
from bot.markup import parse
from bot.messages import Button, Rows, Screen
from bot.talk.said import answers
from bot.talk.view import View

TOGETHER = 3  # moves on one screen, at most
WIDTH = 42  # characters of a line on a narrow phone
ROOM = 8  # such lines of moves on one screen: with the two above them ten
OPENING = 3  # lines that the first screen says besides

Pages = tuple[tuple[int, ...], ...]


def filed(view: View, about: str) -> Procedure | None:
    """The procedure that filing *about* online comes to, if it has a guide.

    *about* is that procedure, or a group whose bundle may be used with the answers given.
    """
    procedure = view.base.procedures.get(about) or _bundle(view, about)
    return procedure if procedure is not None and procedure.guide in view.base.guides else None


def screen(view: View, about: str, procedure: Procedure, number: int) -> Screen:
    """Where the move of this *number* is; move 0 is where the guide was read."""
    guide = view.base.guides[procedure.guide]
    if number == 0:
        return _sources(view, about, guide)
    moves = tuple(unfold(view.base.guides, guide))
    pages = turn_over(moves)
    at = _at(pages, number)
    lines = [f"**{view.speech.text(guide.title)}**", _place(view, pages[at], len(moves))]
    lines += _opening(view, guide, procedure) if at == 0 else ()
    for one in pages[at]:
        lines += ["", *_move(view, one, moves[one - 1])]
    lines += _old(view, guide, procedure)
    stuck = view.button("button.stuck", Stuck(about, pages[at][0]))
    rows = (
        *_neighbours(view, about, pages, at),
        (_home(view, about), view.button("button.sources", OpenGuide(about, 0))),
    )
    return view.screen(lines, rows, about, walked=about in view.base.groups, human=stuck)


def picture(view: View, procedure: Procedure, number: int) -> Media | None:
    """The picture of the screen where the move of this *number* is, if somebody has taken one."""
    moves = tuple(unfold(view.base.guides, view.base.guides[procedure.guide]))
    pages = turn_over(moves)
    shown = (moves[one - 1].picture for one in (pages[_at(pages, number)] if number else ()))
    file = next(filter(None, shown), None)
    return None if file is None else Media(file, view.base.media.get(file, ""))


def turn_over(moves: tuple[Move, ...]) -> Pages:
    """The numbers of the *moves* on each screen: the same in every language, as Vietnamese is measured.

    A message has one picture at the most.
    """
    pages: list[tuple[int, ...]] = [()]
    room = ROOM - OPENING
    for number, move in enumerate(moves, 1):
        second = move.picture and any(moves[one - 1].picture for one in pages[-1])
        if pages[-1] and (len(pages[-1]) == TOGETHER or _lines(move) > room or second):
            pages.append(())
            room = ROOM
        pages[-1] = (*pages[-1], number)
        room -= _lines(move)
    return tuple(pages)


def back(view: View, about: str, number: int) -> Rows:
    """The button that returns to a move from elsewhere."""
    if filed(view, about) is None:
        return ()
    return ((Button(view.say("button.move", number=number), OpenGuide(about, number)),),)


def _at(pages: Pages, number: int) -> int:
    """The place of the page that has the move of this *number*, else of the last."""
    return next((at for at, page in enumerate(pages) if page[-1] >= number), len(pages) - 1)


def _bundle(view: View, id: str) -> Procedure | None:
    group = view.base.groups.get(id)
    if group is None or group.bundle is None:
        return None
    now = plan(group, answers(group, view.session))
    return view.base.procedures[group.bundle.procedure] if now.bundled and now.question is None else None


def _lines(move: Move) -> int:
    texts = (move.do,) if move.note is None else (move.do, move.note)
    return sum(ceil(sum(len(span.text) for span in parse(text.vi)) / WIDTH) for text in texts)


def _place(view: View, page: tuple[int, ...], total: int) -> str:
    numbers = str(page[0]) if len(page) == 1 else f"{page[0]}–{page[-1]}"
    return view.say("guide.place", numbers=numbers, total=total)


def _opening(view: View, guide: Guide, procedure: Procedure) -> Iterator[str]:
    """What is said once: where it is done, that screens change, and what to be careful of."""
    if guide.site is not None:
        yield view.say("guide.site", site=view.speech.text(guide.site))
    yield view.say("guide.may-differ", day=view.speech.day(_read(view, guide)))
    if procedure.caution is not None:
        yield view.say("card.caution", text=view.speech.text(procedure.caution))


def _move(view: View, number: int, move: Move) -> Iterator[str]:
    yield view.say("guide.move", number=number, text=view.speech.text(move.do))
    if move.note is not None:
        yield view.say("guide.note", text=view.speech.text(move.note))


def _old(view: View, guide: Guide, procedure: Procedure) -> Iterator[str]:
    """That what the moves rest on has not been read again for long; said on every screen, as any may be opened."""
    rests_on: list[Vouched] = [procedure, *parts(view.base.guides, guide).values()]
    if any(one.stale(view.day) for one in rests_on):
        yield ""
        yield view.say("card.stale", day=view.speech.day(min(one.checked for one in rests_on)))


def _neighbours(view: View, about: str, pages: Pages, at: int) -> Rows:
    row = []
    if at > 0:
        row.append(view.button("button.previous", OpenGuide(about, pages[at - 1][0])))
    if at < len(pages) - 1:
        row.append(view.button("button.next", OpenGuide(about, pages[at + 1][0])))
    return (tuple(row),) if row else ()


def _home(view: View, about: str) -> Button:
    if about in view.base.groups:
        return view.button("button.plan", OpenGroup(about))
    return view.button("button.overview", OpenProcedure(about))


def _sources(view: View, about: str, guide: Guide) -> Screen:
    lines = [f"**{view.speech.text(guide.title)}**", view.say("walk.sources"), ""]
    read = {source.link: source for part in parts(view.base.guides, guide).values() for source in part.sources}
    for source in read.values():
        lines.append(f"• [{view.speech.text(source.title)}]({source.link}), {view.speech.day(source.date)}")
    lines.append(view.say("card.checked", day=view.speech.day(_read(view, guide))))
    rows = ((Button(view.say("button.move", number=1), OpenGuide(about)), _home(view, about)),)
    return view.screen(lines, rows, about, walked=about in view.base.groups)


def _read(view: View, guide: Guide) -> date:
    """The day on which the part of *guide* that waits longest was read."""
    return min(part.checked for part in parts(view.base.guides, guide).values())
