"""Guides to filing online, read from knowledge/guides, and what they come to once their parts are put in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.base import facts
from bot.base.model import Guide, Move, Part
from bot.base.problems import Kind
from bot.base.reading import Entry, Node, Scalar
from bot.base.records import at_least, known

DO = 170  # characters: a move is some four lines of a phone, so that two fit a screen
NOTE = 130


def guide(entry: Entry, id: str) -> Guide:
    """The guide in the file knowledge/guides/*id*.yaml."""
    moves = tuple(_move(node, entry) for node in entry.nodes("moves", required=True))
    found = Guide(
        **known(entry, id),
        title=facts.required_text(entry, "title"),
        site=facts.optional_text(entry, "site"),
        moves=at_least(entry, "moves", moves, 1),
    )
    entry.close()
    return found


def unfold(guides: Mapping[str, Guide], guide: Guide) -> Iterator[Move]:
    """Every move of *guide* in order, with those of its parts; the parts must exist and not go in a circle."""
    for one in guide.moves:
        if isinstance(one, Part):
            yield from unfold(guides, guides[one.guide])
        else:
            yield one


def parts(guides: Mapping[str, Guide], guide: Guide) -> dict[str, Guide]:
    """*guide* and the guides it takes in, each once, by id."""
    found = {guide.id: guide}
    for one in guide.moves:
        if isinstance(one, Part):
            found |= parts(guides, guides[one.guide])
    return found


def _move(node: Node, around: Entry) -> Move | Part:
    """A mapping is a move, a bare id the guide whose moves come in there."""
    if isinstance(node, Scalar):
        return Part(node.at, around.scalar(node))
    entry = Entry(node, around.problems)
    do, note = facts.required_text(entry, "do", DO), facts.optional_text(entry, "note", NOTE)
    found = Move(entry.at, do, note, _picture(entry))
    entry.close()
    return found


def _picture(entry: Entry) -> str | None:
    """The file under `picture`; empty when nothing stands there yet, which is no fault."""
    node = entry.node("picture")
    if node is None:
        return None
    if not isinstance(node, Scalar):
        entry.problems.add(node.at, Kind.NOT_A_TEXT, what="value")
        return None
    return node.text.strip()
