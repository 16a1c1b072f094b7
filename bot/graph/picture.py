"""A group drawn: its questions, which answers lead to which steps, what waits for what, what is filed together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from bot.base.model import Group
from bot.graph.drawing import GREY, HUES, PALE, WHITE, Box, Drawing, Point, height_of, width_of
from bot.graph.layout import ASK, BADGE, BETWEEN, OPTION, PAD, PORT, SIZE, SMALL, STEP, Asked, Layout, Taken, layout
from bot.graph.tracks import Bus, tracks
from bot.graph.words import Words
from bot.markup import escape
from bot.paper import INK, Colour

MARGIN, TRACK = 8.0, 3.2
TITLE = 13.0  # points
HEADER, LEGEND = 14.0, 16.0
JOINT = 1.9  # radius of the circle in which answers meet that are needed together
STEP_FILL: Colour = (232, 241, 233)
STEP_INK: Colour = (58, 112, 74)
BUNDLE_FILL: Colour = (246, 240, 226)
BUNDLE_INK: Colour = (132, 98, 30)


def draw(words: Words, group: Group) -> bytes:
    """The picture of *group*, as PNG."""
    drawing = Drawing()
    found = layout(drawing, words, group)
    opened = tracks([*_opening(found)])
    waited = tracks([*_waiting(found)])
    left = MARGIN + TRACK * (1 + max((bus.track for bus in opened), default=-1)) + 3
    right = MARGIN + TRACK * (1 + max((bus.track for bus in waited), default=-1)) + 3
    drawing.begin(left + ASK + BETWEEN + STEP + right, HEADER + MARGIN + found.height + LEGEND)
    sheet = _Sheet(drawing, words, group, found, (left, HEADER + MARGIN))
    sheet.fill(opened, waited)
    return drawing.png()


def _opening(found: Layout) -> Iterator[Bus]:
    """From options to the questions they open: one bus for each case."""
    ports = {one.question.id: one for one in found.asked}
    for one in found.asked:
        cases = one.question.when.cases
        for place, case in enumerate(cases):
            end = one.box[1] + 3.4 + 2.4 * (place - (len(cases) - 1) / 2)
            starts = tuple(ports[id].ports[option] for id, options in case.items() for option in sorted(options))
            yield Bus(starts, (end,), joined=len(case) > 1)


def _waiting(found: Layout) -> Iterator[Bus]:
    """From steps to those that wait for them: one bus for all that wait for the same."""
    steps = {one.step.id: one for one in found.taken}
    targets: dict[tuple[str, ...], list[Taken]] = {}
    for one in found.taken:
        if before := _directly(one, steps):
            targets.setdefault(before, []).append(one)
    for before, waiting in targets.items():
        starts = tuple(steps[id].middle + 1.6 for id in before)
        yield Bus(starts, tuple(one.middle - 1.6 for one in waiting), joined=False)


def _directly(one: Taken, steps: dict[str, Taken]) -> tuple[str, ...]:
    """What *one* waits for, without what those wait for themselves."""
    beyond = {id for other in one.step.after for id in steps[other].step.after}
    return tuple(id for id in one.step.after if id not in beyond)


class _Sheet:
    """The page on which one group is drawn; *origin* is the corner of the first question."""

    def __init__(self, drawing: Drawing, words: Words, group: Group, found: Layout, origin: Point) -> None:
        self._drawing = drawing
        self._words = words
        self._group = group
        self._found = found
        self._x, self._y = origin
        self._hues = {one.question.id: HUES[(one.number - 1) % len(HUES)] for one in found.asked}
        self._asked = {one.question.id: one for one in found.asked}

    def fill(self, opened: Iterable[Bus], waited: Iterable[Bus]) -> None:
        self._head()
        if self._found.together is not None:
            self._together(self._at(self._found.together))
        for bus in opened:
            self._bus(bus, self._x, -TRACK)
        for bus in waited:
            self._bus(bus, self._x + ASK + BETWEEN + STEP, TRACK)
        for asked in self._found.asked:
            self._question(asked)
        for taken in self._found.taken:
            self._step(taken)
            self._cases(taken)
        self._legend()

    def _at(self, box: Box) -> Box:
        return (self._x + box[0], self._y + box[1], *box[2:])

    def _head(self) -> None:
        name = self._words.text(self._group.name)
        lines = self._drawing.wrapped(f"**{escape(name)}**", ASK + BETWEEN + STEP, TITLE)
        self._drawing.write(lines, self._x, MARGIN, TITLE)

    def _together(self, box: Box) -> None:
        bundle = self._group.bundle
        if bundle is None:
            return
        self._drawing.box(box, BUNDLE_FILL, 3)
        name = self._words.procedure(bundle.procedure)
        said = f"**{escape(self._words.say('graph.together', name=name))}**"
        self._drawing.write(self._drawing.wrapped(said, box[2], SMALL), box[0] + PAD, box[1] + 1.2, SMALL, BUNDLE_INK)

    def _bus(self, bus: Bus, edge: float, width: float) -> None:
        """Lines from *edge* out to a track and back."""
        track = edge + (bus.track + 1) * width
        ys = [*bus.starts, *bus.ends]
        for y in ys:
            self._drawing.line([(edge, self._y + y), (track, self._y + y)], GREY)
        self._drawing.line([(track, self._y + min(ys)), (track, self._y + max(ys))], GREY)
        for y in bus.ends:
            self._drawing.arrow((edge, self._y + y), GREY, left=width > 0)
            if bus.joined:
                self._joint((track, self._y + y))

    def _joint(self, centre: Point) -> None:
        self._drawing.dot(centre, JOINT, GREY)
        self._drawing.centred("+", centre, SMALL, WHITE)

    def _legend(self) -> None:
        """What the signs mean, those that are there."""
        x, y = self._x, self._y + self._found.height + LEGEND / 2
        group = self._group
        signs: dict[str, Callable[[Point], None]] = {
            "question": lambda at: self._drawing.diamond(at, 1, HUES[0]),
            "step": lambda at: self._drawing.disc(at, 1, STEP_INK),
        }
        conditions = (*(question.when for question in group.questions), *(step.when for step in group.steps))
        if any(len(case) > 1 for when in conditions for case in when.cases):
            signs["both"] = self._joint
        if any(step.after for step in group.steps):
            signs["first"] = self._small_bus
        for key, draw in signs.items():
            draw((x + 3, y))
            line = self._drawing.wrapped(escape(self._words.say(f"graph.legend.{key}")), 1000, SMALL)
            self._drawing.write(line, x + 8, y - height_of(line, SMALL) / 2, SMALL, GREY)
            x += 8 + width_of(line[0]) + 7

    def _small_bus(self, at: Point) -> None:
        x, y = at
        self._drawing.line([(x - 3, y - 1.6), (x + 2, y - 1.6), (x + 2, y + 1.6), (x - 3, y + 1.6)], GREY)
        self._drawing.arrow((x - 3, y + 1.6), GREY, left=True)

    def _cases(self, taken: Taken) -> None:
        """From the answers to the step; where several are needed together they meet on the way."""
        x, y, _, height = self._at(taken.box)
        cases = taken.step.when.cases
        for place, case in enumerate(cases, 1):
            tip = (x, y + height * place / (len(cases) + 1))
            joint = (tip[0] - 8, tip[1])
            end = joint if len(case) > 1 else (tip[0] - 1, tip[1])
            for question, options in case.items():
                asked, hue = self._asked[question], self._hues[question]
                for option in sorted(options):
                    port = (self._x + PORT, self._y + asked.ports[option])
                    self._drawing.curve(port, end, hue)
                    self._drawing.dot(port, 0.8, hue)
            if len(case) > 1:
                self._drawing.line([joint, tip], GREY)
                self._joint(joint)
            self._drawing.arrow(tip, GREY if len(case) > 1 else self._hues[next(iter(case))])

    def _question(self, asked: Asked) -> None:
        x, y, width, height = self._at(asked.box)
        hue = self._hues[asked.question.id]
        self._drawing.box((x, y, width, height), PALE, 2)
        self._drawing.diamond((x + PAD + 2.6, y + PAD + 2.4), asked.number, hue)
        self._drawing.write(asked.lines, x + PAD + BADGE, y + PAD, SIZE)
        for option in asked.question.options:
            self._option(self._words.text(option.label), (x, self._y + asked.ports[option.id]))
        below = y + height - PAD * 0.6 - height_of(asked.below, SMALL)
        self._drawing.write(asked.below, x + PAD + BADGE, below, SMALL, GREY)

    def _option(self, label: str, at: Point) -> None:
        x, y = at
        self._drawing.box((x + PAD + BADGE, y - OPTION / 2 + 0.3, PORT - PAD - BADGE, OPTION - 0.6), WHITE, 1.2)
        line = self._drawing.wrapped(escape(label), ASK, SMALL)[:1]
        self._drawing.write(line, x + PAD + BADGE + 2, y - height_of(line, SMALL) / 2, SMALL)

    def _step(self, taken: Taken) -> None:
        box = x, y, _, _ = self._at(taken.box)
        self._drawing.box(box, STEP_FILL, 2)
        self._drawing.outline(box, STEP_INK, 2, dashed=taken.step.optional)
        self._drawing.disc((x + PAD + 2.6, y + PAD + 2.4), taken.number, STEP_INK)
        y = self._drawing.write(taken.lines, x + PAD + BADGE, y + PAD, SIZE, INK)
        self._drawing.write(taken.below, x + PAD + BADGE, y, SMALL, GREY)
