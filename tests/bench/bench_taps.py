"""Taps a second through the whole bot, durable, against an aiogram echo bot without storage in the same run.

    python tests/bench/bench_taps.py [--seconds 3] [--rounds 3] [--lanes 64]

Every bot is a process of its own behind a webhook; each lane has one update in flight and delivers the next when the
last was confirmed and its answer reached the Bot API. The taps walk the birth group through and begin again.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from time import perf_counter

import uvloop

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.wire import SCREEN, Lane, Stub  # noqa: E402 it is run by its path
from tests.outside.harness import CONFIG, SECRET, free_port  # noqa: E402

TOKEN = "7:token-of-the-benchmark"
CHATS_A_LANE = 4
HEADERS = f"Host: x\r\nContent-Type: application/json\r\nX-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n".encode()
UPDATE = (
    '{"update_id":%d,"callback_query":{"id":"%d","from":{"id":%d,"is_bot":false,"first_name":"b","language_code":"vi"},'
    '"chat_instance":"1","data":"%s","message":{"message_id":%d,"date":1,"chat":{"id":%d,"type":"private","first_name":"b"},'
    '"from":{"id":7,"is_bot":true,"first_name":"b"},"text":"x"}}}'
)
numbers = count(1)


@dataclass
class Load:
    """The lanes to one bot, and how long their taps took."""

    port: int
    taps: list[str] = field(default_factory=lambda: ["g:birth"])
    lanes: list[Lane] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    bodies: dict[int, bytes] = field(default_factory=dict)
    until: float = 0.0
    idle: asyncio.Event = field(default_factory=asyncio.Event)

    def shown(self, chat: bytes, body: bytes) -> None:
        lane = self.lanes[int(chat) % len(self.lanes)]
        if int(chat) == len(self.lanes):  # the first chat of the first lane
            self.bodies[0] = body
        lane.shown = True
        lane.check()

    def done(self, lane: Lane) -> None:
        now = perf_counter()
        self.times.append(now - lane.since)
        if now < self.until:
            self.tap(lane, now)
        elif all(one.confirmed and one.shown for one in self.lanes):
            self.idle.set()

    def tap(self, lane: Lane, now: float) -> None:
        """The next tap of this lane: its chats in turn, each through all *taps*."""
        chat = lane.number + len(self.lanes) * (1 + lane.turn % CHATS_A_LANE)
        data = self.taps[lane.turn // CHATS_A_LANE % len(self.taps)]
        lane.turn += 1
        number = next(numbers)
        lane.deliver((UPDATE % (number, number, chat, data, SCREEN, chat)).encode(), now)

    async def run(self, seconds: float) -> tuple[float, list[float]]:
        """Taps a second, and the time of each."""
        self.times, started = [], perf_counter()
        self.until = started + seconds
        self.idle.clear()
        for lane in self.lanes:
            self.tap(lane, started)
        await self.idle.wait()
        return len(self.times) / (perf_counter() - started), sorted(self.times)


Start = Callable[[str, int, Path], subprocess.Popen[bytes]]


def start_bot(url: str, port: int, folder: Path) -> subprocess.Popen[bytes]:
    config = folder / "config.yaml"
    text = CONFIG.format(
        knowledge=ROOT / "knowledge", api_url=url, mode="webhook", port=port, admins=1, collaborators=-100
    )
    config.write_text(text, encoding="utf-8")
    secrets = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": url, "TELEGRAM_WEBHOOK_SECRET": SECRET}
    command = [sys.executable, "-m", "bot", "run", "--config", str(config)]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **secrets})


def start_echo(url: str, port: int, folder: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(ROOT / "tests/bench/echo_bot.py"), url, TOKEN, str(port), *options]
    return subprocess.Popen(command, cwd=folder)


BOTS: dict[str, Start] = {
    "this bot, durable": start_bot,
    "aiogram echo": start_echo,
    "aiogram echo, polite": lambda url, port, folder: start_echo(url, port, folder, "--polite"),
}


async def opened(start: Start, lanes: int, folder: Path, processes: list[subprocess.Popen[bytes]]) -> Load:
    """The lanes to a new bot, which has a core of its own where there are two."""
    loop, registered = asyncio.get_running_loop(), asyncio.Event()
    load = Load(free_port())
    server = await loop.create_server(lambda: Stub(load.shown, registered), "127.0.0.1", 0)
    processes.append(start(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", load.port, folder))
    if (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(processes[-1].pid, {0})
    await asyncio.wait_for(registered.wait(), 30)
    await asyncio.sleep(0.3)  # aiogram registers before it listens
    for number in range(lanes):
        lane_of = partial(Lane, number, load.done, HEADERS)
        _, lane = await loop.create_connection(lane_of, "127.0.0.1", load.port)
        load.lanes.append(lane)
    return load


async def learn(load: Load) -> list[str]:
    """The taps that walk the birth group from its first question to its plan, and back to the start."""
    lane, taps = load.lanes[0], ["g:birth"]
    while True:
        load.taps, lane.turn, load.until = [taps[-1]], 0, 0.0
        load.idle.clear()
        load.tap(lane, perf_counter())
        await load.idle.wait()
        rows = json.loads(load.bodies[0])["reply_markup"]["inline_keyboard"]
        answers = [b["callback_data"] for row in rows for b in row if b.get("callback_data", "").startswith("a:")]
        if not answers:
            return [*taps[1:], "r:birth"]
        taps.append(answers[0])


async def measure(seconds: float, rounds: int, lanes: int, folder: Path) -> dict[str, list[tuple[float, list[float]]]]:
    loads: dict[str, Load] = {}
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for name, start in BOTS.items():
            loads[name] = await opened(start, lanes, folder, processes)
        taps = await learn(next(iter(loads.values())))
        results: dict[str, list[tuple[float, list[float]]]] = {name: [] for name in BOTS}
        for load in loads.values():
            load.taps = taps
            await load.run(0.5)
        for _ in range(rounds):
            for name, load in loads.items():
                results[name].append(await load.run(seconds))
        return results
    finally:
        for process in processes:
            process.kill()
            process.wait()


def report(results: dict[str, list[tuple[float, list[float]]]]) -> None:
    rates = {name: statistics.median(rate for rate, _ in runs) for name, runs in results.items()}
    ours = next(iter(rates.values()))
    for name, runs in results.items():
        times = sorted(time for _, some in runs for time in some)
        middle, late = (1000 * times[int(len(times) * part)] for part in (0.5, 0.99))
        print(
            f"{name:24}{rates[name]:7.0f} taps/s   p50 {middle:5.1f} ms   p99 {late:5.1f} ms   "
            f"this bot is {ours / rates[name]:.2f} times as fast   ({', '.join(f'{rate:.0f}' for rate, _ in runs)})"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--lanes", type=int, default=64)
    options = parser.parse_args()
    if (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {1})
    with tempfile.TemporaryDirectory() as folder:
        work: Callable[[], Awaitable[object]] = partial(
            measure, options.seconds, options.rounds, options.lanes, Path(folder)
        )
        report(uvloop.run(work()))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
