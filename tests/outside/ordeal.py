"""A working day on which somebody keeps pulling the plug: many people write, the bot is killed again and again."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from random import Random

from bot.actions import Consent

from .api import Call, Server
from .errands import offered, unknown
from .harness import BotProcess, write_config
from .people import Person

PEOPLE, MESSAGES = 40, 5
FIRST = 7_000_000_000
KILLS, BETWEEN = 5, 60  # at most; calls from one kill to the next
SENDS = ("sendmessage", "editmessagetext")
ROUND_TRIP = 0.01  # seconds
RECORDING = 0.25  # seconds until the bot has surely committed that a message went out
BUFFERED = 0.3  # seconds in which the server may still read what a dead bot wrote; a start takes longer
SAYINGS = (  # each with an answer of its own, so that an answer given twice can be told
    "con em moi sinh can lam giay to gi", "/help", "/language", "lam giay khai sinh cho con het bao nhieu tien",
    "dang ky ket hon can giay to gi", "mat the can cuoc lam lai o dau", "bo toi moi mat can lam thu tuc gi",
)  # fmt: skip


@dataclass
class Day:
    """What is left of a day: the different answers that people saw, the rows in the database, and the plugs pulled."""

    answers: dict[int, list[str]] = field(default_factory=dict)
    rows: dict[str, list[tuple[object, ...]]] = field(default_factory=dict)
    kills: list[float] = field(default_factory=list)
    in_flight: int = 0
    repeats: list[tuple[Call, Call]] = field(default_factory=list)

    def excused(self, first: Call, again: Call) -> bool:
        """Whether the bot could not know, at a kill between the two, that the *first* had arrived."""
        kills = (kill for kill in self.kills if first.at - BUFFERED <= kill <= again.at)
        return any(kill - first.answered < RECORDING for kill in kills)

    def was_in_flight(self, call: Call) -> bool:
        """Whether *call* had left and its reply had not arrived when the bot was killed."""
        return any(kill - 1 < call.at < kill + BUFFERED and call.answered > kill for kill in self.kills)


async def live_through(folder: Path, server: Server, mode: str, kills: Random | None) -> Day:
    """The same day each time, but for the *kills*."""
    bot = BotProcess(server, write_config(folder, server, mode))
    day = Day()
    try:
        people = await _ask_first(bot, server)
        _write_much(people)
        with _killing(server, bot, day, kills):
            await _keep_running(server, bot)
        assert await bot.stop() == 0
    finally:
        await bot.killed()
    assert bot.failures() == [], bot.stderr
    _look_back(server, bot, day)
    return day


async def _ask_first(bot: BotProcess, server: Server) -> list[Person]:
    """Everybody asks something that nobody knows, and is offered to have it passed on."""
    await bot.start()
    people = [Person(server, id=FIRST + number) for number in range(PEOPLE)]
    for number, person in enumerate(people):
        person.say(unknown(number))
    for person in people:
        await offered(person)
    await _recorded(bot)
    assert await bot.stop() == 0
    return people


def _write_much(people: list[Person]) -> None:
    """While the bot is away, everybody consents and writes on."""
    order = Random(7)
    for person in people:
        person.tap(Consent)
    sayings = [iter(order.sample(SAYINGS, MESSAGES - 1)) for _ in people]
    turns = [number for number in range(len(people)) for _ in range(MESSAGES - 1)]
    order.shuffle(turns)
    for number in turns:
        people[number].say(next(sayings[number]))


@contextmanager
def _killing(server: Server, bot: BotProcess, day: Day, kills: Random | None) -> Iterator[None]:
    """Pull the plug now in the middle of a call, now at any moment after one."""
    left = kills.randint(1, BETWEEN) if kills else inf

    def pull() -> None:
        now = asyncio.get_running_loop().time()
        if bot.running and len(day.kills) < KILLS:
            bot.kill()
            day.kills.append(now)

    def count(call: Call) -> None:
        nonlocal left
        if kills is None or len(day.kills) >= KILLS:
            return
        left -= 1
        if left <= 0:
            left = kills.randint(1, BETWEEN)
            asyncio.get_running_loop().call_later(kills.uniform(0, 0.1), pull) if kills.random() < 0.5 else pull()

    server.on_call, server.latency = count, ROUND_TRIP
    yield
    server.on_call, server.latency = (lambda call: None), 0


async def _keep_running(server: Server, bot: BotProcess) -> None:
    """Start the bot whenever it died, until everything is decided and sent."""
    while not bot.running:
        await bot.killed()
        await bot.start()
        await server.bell.until(lambda: not bot.running or not server.updates.waiting, 60)
        await _recorded(bot)


async def _recorded(bot: BotProcess) -> None:
    """Until the bot knows of everything that it went out; nobody outside can see when."""
    while bot.running and _query(bot.database, "select id from outbox where done is null"):  # noqa: ASYNC110
        await asyncio.sleep(0.05)


def _look_back(server: Server, bot: BotProcess, day: Day) -> None:
    for chat in server.world.chats.values():
        seen = [e.message["text"] for e in chat.events if e.message["from"]["id"] == server.world.bot["id"]]
        day.answers[chat.id] = list(dict.fromkeys(ORDER.sub("…", text) for text in seen))
    for name, sql in ROWS.items():
        day.rows[name] = sorted(_query(bot.database, sql), key=repr)
    day.repeats = list(_repeats(server))
    day.in_flight = sum(call.method in SENDS and day.was_in_flight(call) for call in server.calls)


ORDER = re.compile(r"số \d+|Trước câu này .*|Còn \d+ câu .*")  # what depends on who came first
ROWS = {
    "integrity": "pragma integrity_check",
    "updates": "select id from updates",
    # but for the numbers of the questions asked last, which depend on who came first, and when they came
    "sessions": "select chat, json_remove(body, '$.asked', '$.pieces') from sessions where chat > 0",
    "questions": "select chat, text, decision, aspect from questions",
    "cases": "select chat, text, state from cases",
    "copies": 'select "case" from copies',
    "outbox": "select chat, outcome from outbox",
}


def _repeats(server: Server) -> Iterator[tuple[Call, Call]]:
    """Sends and edits that came twice."""
    done: dict[tuple[str, object, object], Call] = {}
    for call in server.calls:
        if call.method in SENDS:
            what = (call.method, call.params["chat_id"], call.params["text"])
            if what in done:
                yield done[what], call
            done[what] = call


def _query(database: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return connection.execute(sql).fetchall()
