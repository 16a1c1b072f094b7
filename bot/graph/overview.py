"""All groups in one picture: each with its steps, and in the middle the procedures that several of them have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from statistics import fmean

from bot.base.model import Base, Group
from bot.graph.drawing import HUES, PALE, WHITE, Box, Drawing, Point, height_of
from bot.graph.words import Words
from bot.markup import escape
from bot.paper import INK, Colour

MARGIN, HEADER = 8.0, 22.0
CARD, SHARED, BETWEEN = 74.0, 66.0, 34.0  # widths
PAD, GAP = 2.4, 4.0
HEAD, ROW, PILL = 7.4, 4.8, 6.6  # heights
TITLE, SIZE, SMALL = 13.0, 8.5, 7.0  # points
ROUNDS = 6  # of putting things nearer to what they are tied to
WAYS: Colour = (232, 241, 233)
WAYS_INK: Colour = (58, 112, 74)


@dataclass(frozen=True, slots=True)
class Card:
    """A group: where it stands, and its procedures in their order."""

    group: Group
    right: bool
    rows: tuple[str, ...]
    y: float = 0.0

    @property
    def height(self) -> float:
        return HEAD + len(self.rows) * ROW + PAD

    def port(self, procedure: str) -> float:
        """How far down the row of *procedure* is."""
        return self.y + HEAD + (self.rows.index(procedure) + 0.5) * ROW + PAD / 2


def draw(words: Words) -> bytes:
    """The picture, as PNG."""
    cards, pills = arranged(words)
    drawing = Drawing()
    bottom = max((card.y + card.height for card in cards), default=0.0)
    drawing.begin(2 * MARGIN + 2 * CARD + SHARED + 2 * BETWEEN, HEADER + bottom + 2 * MARGIN)
    _Sheet(drawing, words).fill(cards, pills)
    return drawing.png()


def arranged(words: Words) -> tuple[list[Card], dict[str, float]]:
    """The groups, and how far down each procedure stands that several of them have."""
    cards = list(_cards(words.base))
    pills = dict.fromkeys(words.shared(), 0.0)
    for _ in range(ROUNDS):
        pills = _spread(pills, cards)
        cards = [one for right in (False, True) for one in _stacked(cards, right, pills)]
    return cards, pills


def _procedures(group: Group) -> tuple[str, ...]:
    return tuple(dict.fromkeys(step.procedure for step in group.steps))


def _cards(base: Base) -> Iterator[Card]:
    """The groups in two columns of about the same height."""
    filled = [0.0, 0.0]
    for group in base.groups.values():
        side = filled[1] < filled[0]
        card = Card(group, side, _procedures(group), filled[side])
        filled[side] += card.height + GAP
        yield card


def _spread(pills: Mapping[str, float], cards: list[Card]) -> dict[str, float]:
    """The *pills* evenly down the page, each about where the rows are that it is tied to."""
    wanted = {id: fmean(card.port(id) for card in cards if id in card.rows) for id in pills}
    room = max((card.y + card.height for card in cards), default=0.0) / max(len(pills), 1)
    return {id: (place + 0.5) * room for place, id in enumerate(sorted(wanted, key=wanted.__getitem__))}


def _stacked(cards: list[Card], right: bool, pills: Mapping[str, float]) -> Iterator[Card]:
    """The *cards* of one side below each other, each about where the pills are that it is tied to."""
    y = 0.0
    for card in sorted((card for card in cards if card.right is right), key=lambda card: _drawn(card, pills)):
        yield replace(card, y=y)
        y += card.height + GAP


def _drawn(card: Card, pills: Mapping[str, float]) -> float:
    tied = [pills[id] for id in card.rows if id in pills]
    return fmean(tied) if tied else card.y


class _Sheet:
    """The page on which all groups are drawn."""

    def __init__(self, drawing: Drawing, words: Words) -> None:
        self._drawing = drawing
        self._words = words

    def fill(self, cards: Iterable[Card], pills: Mapping[str, float]) -> None:
        self._above(len(pills))
        for number, card in enumerate(cards):
            hue = HUES[number % len(HUES)]
            self._card(card, hue)
            for id in card.rows:
                if id in pills:
                    self._tie(card, id, pills[id], hue)
        for id, y in pills.items():
            self._pill(self._words.procedure(id), y)

    def _above(self, count: int) -> None:
        base = self._words.base
        steps = len({id for group in base.groups.values() for id in _procedures(group)})
        said = self._words.say("graph.all", groups=len(base.groups), procedures=steps, shared=count)
        self._drawing.write(self._drawing.wrapped(f"**{escape(said)}**", 1000, TITLE), MARGIN, MARGIN, TITLE)

    def _card(self, card: Card, hue: Colour) -> None:
        x, y = self._left(card), HEADER + card.y
        self._drawing.box((x, y, CARD, card.height), PALE, 2)
        self._drawing.box((x, y, CARD, HEAD), hue, 2)
        line = self._drawing.wrapped(f"**{escape(self._words.text(card.group.short))}**", CARD, SIZE)[:1]
        self._drawing.write(line, x + PAD, y + (HEAD - height_of(line, SIZE)) / 2, SIZE, WHITE)
        for id in card.rows:
            name = self._drawing.wrapped(escape(self._words.text(self._words.base.procedures[id].short)), CARD, SMALL)[
                :1
            ]
            self._drawing.write(name, x + PAD, HEADER + card.port(id) - height_of(name, SMALL) / 2, SMALL, INK)

    def _tie(self, card: Card, id: str, y: float, hue: Colour) -> None:
        """From a row of *card* to the pill at *y*."""
        middle = MARGIN + CARD + BETWEEN
        row: Point = (self._left(card) + (0 if card.right else CARD), HEADER + card.port(id))
        pill: Point = (middle + (SHARED if card.right else 0), HEADER + y)
        self._drawing.curve(*((pill, row) if card.right else (row, pill)), hue)
        self._drawing.dot(row, 0.8, hue)

    def _pill(self, name: str, y: float) -> None:
        box: Box = (MARGIN + CARD + BETWEEN, HEADER + y - PILL / 2, SHARED, PILL)
        self._drawing.box(box, WAYS, PILL * 0.49)
        self._drawing.outline(box, WAYS_INK, PILL * 0.49)
        self._drawing.centred(name, (box[0] + SHARED / 2, HEADER + y), SMALL, INK)

    def _left(self, card: Card) -> float:
        return MARGIN + (CARD + SHARED + 2 * BETWEEN if card.right else 0)
