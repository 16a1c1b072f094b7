"""Where what of a group stands in its picture: questions on the left, steps on the right.

Questions stand below each other in their order, each with its options; a line leaves an option at its end. Steps stand
about where the answers are that lead to them, and what is filed together stands together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.base.model import Group, Question, Step
from bot.graph.drawing import Box, Drawing, height_of
from bot.graph.words import Words
from bot.markup import escape
from bot.paper import Line

SIZE, SMALL = 8.0, 7.0  # letters, in points
ASK, STEP = 80.0, 74.0  # widths
BETWEEN = 44.0  # the two columns: here the answers cross over to the steps
PAD, GAP = 2.4, 5.0
BADGE = 8.0  # room for a number
OPTION = 5.0
PORT = ASK - PAD  # where a line leaves an option
ABOVE = 6.0  # room for the title of what is filed together


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its box, its words, how far down each option is, and what stands below them."""

    question: Question
    number: int
    box: Box
    lines: tuple[Line, ...]
    ports: Mapping[str, float]
    below: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """A step: its box, its title, and what stands below that."""

    step: Step
    number: int
    box: Box
    lines: tuple[Line, ...]
    below: tuple[Line, ...]

    @property
    def middle(self) -> float:
        return self.box[1] + self.box[3] / 2


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole picture, from y = 0 down to *height*; the questions begin at x = 0."""

    asked: tuple[Asked, ...]
    taken: tuple[Taken, ...]
    together: Box | None
    height: float


def layout(drawing: Drawing, words: Words, group: Group) -> Layout:
    asked = tuple(_questions(drawing, words, group))
    bottom = max((one.box[1] + one.box[3] for one in asked), default=0.0)
    blocks = [[_step(drawing, words, group, step) for step in block] for block in _blocks(group)]
    placed = list(_placed(blocks, asked, bottom, _inside(group)))
    taken = tuple(sorted((one for block in placed for one in block), key=lambda one: one.number))
    together = next((_around(block) for block in placed if block[0].step.id in _inside(group)), None)
    lowest = max([bottom, *(one.box[1] + one.box[3] + PAD for one in taken)])
    return Layout(asked, taken, together, lowest)


def _inside(group: Group) -> frozenset[str]:
    return frozenset() if group.bundle is None else frozenset(group.bundle.steps)


def _questions(drawing: Drawing, words: Words, group: Group) -> Iterator[Asked]:
    y = 0.0
    for number, question in enumerate(group.questions, 1):
        lines = drawing.wrapped(f"**{escape(words.text(question.ask))}**", ASK - 2 * PAD - BADGE, SIZE)
        also = words.also(group, question)
        below = drawing.wrapped(escape(also), ASK - 2 * PAD - BADGE, SMALL) if also else []
        first = y + height_of(lines, SIZE) + 1.6 * PAD
        ports = {one.id: first + (place + 0.5) * OPTION for place, one in enumerate(question.options)}
        height = first - y + len(question.options) * OPTION + height_of(below, SMALL) + PAD
        yield Asked(question, number, (0.0, y, ASK, height), tuple(lines), ports, tuple(below))
        y += height + GAP


def _step(drawing: Drawing, words: Words, group: Group, step: Step) -> Taken:
    room = STEP - 2 * PAD - BADGE
    lines = drawing.wrapped(f"**{escape(words.step(step))}**", room, SIZE)
    below = drawing.wrapped(escape(words.about(step)), room, SMALL)
    height = height_of(lines, SIZE) + height_of(below, SMALL) + 2 * PAD
    return Taken(step, group.steps.index(step) + 1, (0, 0, STEP, height), tuple(lines), tuple(below))


def _blocks(group: Group) -> list[list[Step]]:
    """The steps in their order, what is filed together as one block, about where the middle of its steps is."""
    inside = _inside(group)
    together = [step for step in group.steps if step.id in inside]
    middle = sum(map(group.steps.index, together)) / len(together) if together else 0
    blocks = [(float(group.steps.index(step)), [step]) for step in group.steps if step not in together]
    return [block for _, block in sorted([*blocks, *([(middle, together)] if together else [])], key=lambda b: b[0])]


def _placed(
    blocks: list[list[Taken]], asked: Iterable[Asked], bottom: float, inside: frozenset[str]
) -> Iterator[list[Taken]]:
    """*blocks* below each other, each as near to its answers as those above and below it allow."""
    heights = [_height(block, inside) for block in blocks]
    y = 0.0
    for place, (block, height) in enumerate(zip(blocks, heights, strict=True)):
        rest = sum(heights[place:]) + GAP * (len(blocks) - place - 1)
        y = max(y, min(_wanted(block, asked) - height / 2, bottom - rest))
        top = y + (ABOVE if block[0].step.id in inside else 0)
        done = []
        for one in block:
            done.append(replace(one, box=(ASK + BETWEEN, top, *one.box[2:])))
            top += one.box[3] + GAP / 2
        yield done
        y += height + GAP


def _height(block: list[Taken], inside: frozenset[str]) -> float:
    steps = sum(one.box[3] for one in block) + GAP / 2 * (len(block) - 1)
    return steps + (ABOVE + PAD if block[0].step.id in inside else 0)


def _wanted(block: list[Taken], asked: Iterable[Asked]) -> float:
    """The middle of the answers that lead to *block*."""
    ports = {(one.question.id, option): y for one in asked for option, y in one.ports.items()}
    found = [
        ports[question, option]
        for one in block
        for case in one.step.when.cases
        for question, options in case.items()
        for option in options
    ]
    return sum(found) / len(found) if found else 0.0


def _around(block: list[Taken]) -> Box:
    x, y = block[0].box[:2]
    bottom = block[-1].box[1] + block[-1].box[3]
    return (x - PAD, y - ABOVE, STEP + 2 * PAD, bottom - y + ABOVE + PAD)
