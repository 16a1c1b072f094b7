"""How long the sheet to print takes: `python -m tests.bench.bench_sheet`. The aim: any of them within 500 ms.

For each group the longest of its plans, as PDF and as picture, made as the press makes it: off the desk, where nobody
waits. Counted is the processor's time, so that other programs on the machine do not count.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from bot import actions as act
from bot.attachments import Attachment, Sheet
from bot.base.loader import load
from bot.base.model import Base, Group
from bot.groups.plan import plan
from bot.groups.walks import walks
from bot.press import Press
from bot.session import Session
from tests.stage import CITIZEN, Stage

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
AIM = 500.0  # ms
TIMES = 3  # each is made so often; the middle one counts


def main() -> None:
    base, problems = load(KNOWLEDGE)
    if problems:
        raise SystemExit("the base has problems: bot check")
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(base, Path(folder) / "bot.db")
        report(
            "first", [("the first of all, font and all", made(sheet(stage, base, next(iter(base.groups)), "sheet")))]
        )
        for what in ("sheet", "picture"):
            report(what, list(timed(stage, base, what)))
        stage.storage.close()


def timed(stage: Stage, base: Base, what: str) -> Iterator[tuple[str, float]]:
    for id in base.groups:
        drawn = sheet(stage, base, id, what)
        yield id, sorted(made(drawn) for _ in range(TIMES))[TIMES // 2]


def sheet(stage: Stage, base: Base, id: str, what: str) -> Attachment:
    """What is handed over of the longest plan of the group *id*."""
    facts = longest(base.groups[id])
    stage.storage.keep(CITIZEN, Session(facts=facts), stage.now)
    stage.tap(act.Hand(id, what))
    return stage.chat().handed[-1]


def longest(group: Group) -> dict[str, str]:
    return max(walks(group), key=lambda facts: len(plan(group, facts).steps))


def made(attachment: Attachment) -> float:
    """Milliseconds of work."""
    assert isinstance(attachment, Sheet)
    start = process_time()
    Press(KNOWLEDGE / "media").make(attachment, lambda start: f"https://t.me/example_bot?start={start}")
    return (process_time() - start) * 1000


def report(what: str, times: list[tuple[str, float]]) -> None:
    worst, late = max(times, key=lambda one: one[1]), [id for id, one in times if one > AIM]
    middle = sorted(one for _, one in times)[len(times) // 2]
    print(f"{what:8} {len(times):3}: p50 {middle:4.0f} ms, worst {worst[1]:4.0f} ms ({worst[0]}); over the aim: {late}")


if __name__ == "__main__":
    main()
