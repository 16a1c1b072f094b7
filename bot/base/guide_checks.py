"""What can be wrong with guides to filing online when the whole base is known; checks like those of `checks`."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from bot.base.model import Base, Guide, Move, Part
from bot.base.problems import Kind, Problem, Problems, nearest


def guides_exist(base: Base) -> Iterator[Problem]:
    """Procedures and guides name guides that exist; who names one for filing online can be filed online."""
    found = Problems()
    for procedure in base.procedures.values():
        if procedure.guide and procedure.guide not in base.guides:
            near = nearest(procedure.guide, base.guides)
            found.add(procedure.at, Kind.UNKNOWN_REFERENCE, what="guide", id=procedure.guide, near=near)
        if procedure.guide and "online" not in procedure.filings:
            found.add(procedure.at, Kind.GUIDE_OFFLINE, guide=procedure.guide)
    for guide in base.guides.values():
        for part in _parts(guide):
            if part.guide not in base.guides:
                near = nearest(part.guide, base.guides)
                found.add(part.at, Kind.UNKNOWN_REFERENCE, what="guide", id=part.guide, near=near)
    yield from found


def guides_come_to_an_end(base: Base) -> Iterator[Problem]:
    """No guide takes itself in."""
    graph = {guide.id: {part.guide for part in _parts(guide)} for guide in base.guides.values()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        cycle = error.args[1][::-1]  # graphlib names who is needed first
        words = (("guides", " → ".join(cycle)),)
        yield Problem(base.guides[cycle[0]].at, Kind.GUIDE_CYCLE, words)


def media_exist(base: Base) -> Iterator[Problem]:
    """Every picture that a guide names and every video of a group is in knowledge/media."""
    found = Problems()
    for group in base.groups.values():
        for video in filter(None, (group.video, *(step.video for step in group.steps))):
            if video.file and video.file not in base.media:
                near = nearest(video.file, base.media)
                found.add(video.at, Kind.UNKNOWN_REFERENCE, what="video", id=video.file, near=near)
    for guide in base.guides.values():
        for move in guide.moves:
            if isinstance(move, Move) and move.picture and move.picture not in base.media:
                near = nearest(move.picture, base.media)
                found.add(move.at, Kind.UNKNOWN_REFERENCE, what="picture", id=move.picture, near=near)
    yield from found


def unused(base: Base) -> Iterator[Guide]:
    """The guides that no procedure and no guide leads to."""
    named = {procedure.guide for procedure in base.procedures.values()}
    named |= {part.guide for guide in base.guides.values() for part in _parts(guide)}
    return (guide for guide in base.guides.values() if guide.id not in named)


def _parts(guide: Guide) -> Iterator[Part]:
    return (one for one in guide.moves if isinstance(one, Part))
