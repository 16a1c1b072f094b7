"""How long one decision takes: `python -m tests.bench.bench_respond`. The aim is 95 % under 5 ms with the shipped base.

Questions of every kind and a walk through both groups, each through the one door with a file database, one by one.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from time import perf_counter

from bot.actions import Answer, OpenGroup, Restart
from bot.base.loader import load
from bot.base.model import Group
from bot.groups.plan import plan
from bot.messages import Incoming
from bot.talk.said import answers
from tests.stage import CITIZEN, Stage

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
ROUNDS = 400
QUESTIONS = (
    "con em moi sinh can lam giay to gi",
    "đăng ký kết hôn hết bao nhiêu tiền",
    "mat can cuoc lam lai o dau",
    "ddawng kys tamj trus can j",
    "hôm nay trời đẹp quá",
    "ông nội tôi mất tuần trước, gia đình chưa biết phải làm những giấy tờ gì, nộp ở đâu và có được hỗ trợ gì không",
)


def main() -> None:
    base, problems = load(KNOWLEDGE)
    if problems:
        raise SystemExit("the base has problems: bot check")
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(base, Path(folder) / "bot.db")
        questions = cycle(QUESTIONS)
        report("questions", lambda: stage.say(next(questions)))
        for group in base.groups.values():
            stage.tap(OpenGroup(group.id))
            taps = walk(stage, group)
            report(f"taps in {group.id}", lambda taps=taps: stage.feed(next(taps)))  # type: ignore[misc]


def walk(stage: Stage, group: Group) -> Iterator[Incoming]:
    """Taps that answer *group* to its end, another way each time, and begin again."""
    for turn in cycle(range(7)):
        question = plan(group, answers(group, stage.storage.session(CITIZEN))).question
        action = (
            Answer(group.id, question.id, question.options[turn % len(question.options)].id)
            if question is not None
            else Restart(group.id)
        )
        yield Incoming("", CITIZEN, "tap", action=action, message=stage.chat().latest)


def report(what: str, work: Callable[[], object]) -> None:
    times = sorted(timed(work) for _ in range(ROUNDS))
    middle, high = times[ROUNDS // 2], times[ROUNDS * 95 // 100]
    print(f"{what:18} {ROUNDS} times: p50 {middle:.2f} ms, p95 {high:.2f} ms, worst {times[-1]:.2f} ms")


def timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
