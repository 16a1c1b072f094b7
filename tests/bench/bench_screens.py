"""How long every screen takes: `python -m tests.bench.bench_screens`. The aim: any of them within 2 ms.

Each kind of screen over all combinations of answers to all groups, all cards and menus, in both languages, decided
through the one door with an open database. What is worked out only once is in the worst of its kind. Counted is the
processor's time, so that other programs on the machine do not count.
"""

from __future__ import annotations

import gc
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from time import thread_time

from bot import actions as act
from bot.base.guides import unfold
from bot.base.loader import load
from bot.base.model import Base, Group, Procedure
from bot.groups.plan import plan
from bot.groups.walks import walks
from bot.messages import Incoming
from bot.session import Session
from bot.talk.cards import available
from bot.talk.guides import turn_over
from bot.talk.walk.pages import pages_of
from tests.stage import CITIZEN, Stage

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
AIM = 2.0  # ms


@dataclass(frozen=True, slots=True)
class Look:
    """A screen to be made: what kind it is, the button to it, and what was answered before."""

    kind: str
    action: act.Action
    facts: Mapping[str, str] = field(default_factory=dict)


def main() -> None:
    base, problems = load(KNOWLEDGE)
    if problems:
        raise SystemExit("the base has problems: bot check")
    gc.disable()  # its pauses belong to no screen
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(base, Path(folder) / "bot.db")
        stage.storage.begin()
        for language in base.texts:
            times: dict[str, list[float]] = defaultdict(list)
            for look in looks(base):
                times[look.kind].append(timed(stage, look, language))
            report(language, times)
        stage.storage.rollback()
        stage.storage.close()


def looks(base: Base) -> Iterator[Look]:
    """Every screen, in the order in which somebody patient would open them."""
    yield Look("menu", act.Menu())
    yield Look("menu", act.Fields())
    yield from (Look("menu", act.OpenField(id)) for id in base.fields)
    yield from (Look("place", act.SetPlace(id)) for id in base.places)
    for procedure in base.procedures.values():
        yield from _cards(base, procedure)
    for group in base.groups.values():
        yield from _walks(group)


def _cards(base: Base, procedure: Procedure) -> Iterator[Look]:
    yield from (Look("card", act.OpenProcedure(procedure.id, page)) for page in ("", *available(procedure)))
    if (guide := base.guides.get(procedure.guide)) is not None:
        for page in turn_over(tuple(unfold(base.guides, guide))):
            yield Look("guide", act.OpenGuide(procedure.id, page[0]))


def _walks(group: Group) -> Iterator[Look]:
    asked: set[tuple[tuple[str, str], ...]] = set()
    for facts in walks(group):
        end = plan(group, facts)
        for count in range(len(facts)):
            so_far = tuple(islice(facts.items(), count))
            if so_far not in asked:
                asked.add(so_far)
                yield Look("question", act.OpenGroup(group.id), dict(so_far))
        yield Look("plan", act.OpenGroup(group.id), facts)
        yield from (Look(page, act.OpenPage(group.id, page), facts) for page in pages_of(end))
        yield from (Look("step", act.OpenStep(group.id, step.id), facts) for step in end.steps)


def timed(stage: Stage, look: Look, language: str) -> float:
    """Milliseconds of work from the tap to what is sent."""
    stage.storage.keep(CITIZEN, Session(language=language, facts=look.facts), stage.now)
    tap = Incoming("", CITIZEN, "tap", action=look.action)
    start = thread_time()
    stage.assistant.respond(tap, stage.now)
    return (thread_time() - start) * 1000


def report(language: str, times: Mapping[str, list[float]]) -> None:
    for kind, unsorted in times.items():
        found = sorted(unsorted)
        middle, high, worst = found[len(found) // 2], found[len(found) * 95 // 100], found[-1]
        late = sum(one > AIM for one in found)
        print(
            f"{language}  {kind:9} {len(found):6}: p50 {middle:.2f} ms, p95 {high:.2f} ms, worst {worst:.2f} ms"
            + (f", {late} over {AIM:.0f} ms" if late else "")
        )


if __name__ == "__main__":
    main()
