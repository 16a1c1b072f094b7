"""The command line, and the one place that wires everything together."""

from __future__ import annotations

import argparse
import asyncio
import io
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from time import time_ns
from typing import TextIO
from zoneinfo import ZoneInfo

from bot import commands, config, edition
from bot.admin import catalogue, tools
from bot.admin.gaps.asked import asked
from bot.admin.workbench import Workbench
from bot.assistant import ZONE, Assistant, Settings
from bot.attachments import Attachment
from bot.base import loader
from bot.base.catalogue import FILE
from bot.config import Config
from bot.desk import Desk
from bot.edition import Edition
from bot.errors import BotError, ConfigError, KnowledgeError
from bot.limits import BOUNDLESS
from bot.messages import Address
from bot.press import Press
from bot.storage import Storage
from bot.talk.speech import Speech
from handlers import telegram
from handlers.console import WORDS, Console
from handlers.delivery import Dispatcher
from handlers.workshop import CHANNEL as WORKSHOP
from handlers.workshop import Workshop

Clock = Callable[[], datetime]

GRACE = 5.0  # seconds that the desk has to keep what is still open when the bot stops
COMMANDS = ("start", "menu", "help", "why", "cancel", "language", "helper", "forget")  # the command menu of a channel
FILES = "files"  # beside the database: what a talk on the console was handed
BAR = 40  # characters of a progress bar

try:
    import uvloop
except ImportError:  # not made for this system; asyncio's own loop does
    LOOP: Callable[[], asyncio.AbstractEventLoop] = asyncio.new_event_loop
else:
    LOOP = uvloop.new_event_loop


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code."""
    arguments = _parser().parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # a stray byte in a question is no reason to stop
    texts = loader.load_texts(config.SHIPPED.parent / "knowledge")
    speech = Speech("vi", texts)
    try:
        found = config.load(arguments.config, os.environ)
        own = loader.load_texts(found.knowledge)  # a base without its texts still has its faults told
        speech = Speech(found.language, {language: texts[language] | own[language] for language in texts})
        return _run(arguments, found, speech)
    except BotError as error:
        for problem in error.problems:
            print(speech.problem(problem, error.folder), file=sys.stderr)
        print(speech.tell(error.key, **error.words), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0
    except BrokenPipeError:  # the reader of our output left, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(arguments: argparse.Namespace, found: Config, speech: Speech) -> int:
    clock = _clock(arguments.as_of)
    zone = ZoneInfo(ZONE)
    day = clock().astimezone(zone).date()
    if arguments.tool is not None:
        return int(arguments.tool(arguments, tools.Desktop(found, speech, day, zone)))
    match arguments.command:
        case "check":
            return commands.run_check(found, speech, day, arguments.format, confused=arguments.confusions)
        case "match" if arguments.jsonl:
            return commands.run_match(found, (line.rstrip("\n") for line in sys.stdin), speech, day, pretty=False)
        case "match" if arguments.explain and arguments.question is not None:
            return commands.run_explain(found, arguments.question, speech)
        case "match":
            return commands.run_match(found, [arguments.question], speech, day, pretty=not arguments.json)
        case "graph":
            spoken = Speech(arguments.language or found.language, speech.texts)
            return commands.run_graph(found, spoken, arguments.group, arguments.png)
        case "catalogue":
            regions = commands.good_regions(found.knowledge)
            return catalogue.run_build(arguments.records, arguments.out or found.knowledge / FILE, regions, speech)
        case "chat":
            return _loop(_chat(found, arguments, clock))
    if found.telegram.token:
        if arguments.as_of is not None:  # citizens are told what holds today
            raise ConfigError("error.as-of-live")
        return _loop(_serve(found, clock))
    if not sys.stdin.isatty():
        raise ConfigError("error.no-token")
    return _loop(_chat(found, arguments, clock))


def _loop(work: Coroutine[object, object, None]) -> int:
    """Run *work* to its end; Ctrl-C and a service manager's SIGTERM end it cleanly."""
    with asyncio.Runner(loop_factory=LOOP) as runner:
        runner.run(_stoppable(work))
    return 0


async def _stoppable(work: Coroutine[object, object, None]) -> None:
    task = asyncio.ensure_future(work)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    with suppress(asyncio.CancelledError):
        await task


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bot", description="Guides citizens through public procedures by chat.")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--config", type=Path, default=config.SHIPPED, help="another config.yaml")
    common.add_argument("--as-of", type=_day, metavar="DATE", help="as if today were DATE, such as 2027-03-01")
    parser.set_defaults(command="run", config=config.SHIPPED, as_of=None, script=None, tool=None)
    which = parser.add_subparsers(dest="command", metavar="COMMAND")
    which.add_parser("run", parents=[common], help="serve Telegram; without a token, talk here (the default)")
    chat = which.add_parser("chat", parents=[common], help="talk to the bot here")
    chat.add_argument("--script", type=Path, help="one message a line; #3 presses choice 3; prints the whole talk")
    check = which.add_parser("check", parents=[common], help="print every problem of the knowledge base")
    check.add_argument("--format", choices=("text", "json", "github"), default="text", help="for whom it is printed")
    check.add_argument("--json", action="store_const", const="json", dest="format", help="the same as --format json")
    check.add_argument("--confusions", action="store_true", help="also the phrases too like another procedure's")
    match = which.add_parser("match", parents=[common], help="what a question means")
    what = match.add_mutually_exclusive_group(required=True)
    what.add_argument("question", nargs="?", help="the question")
    what.add_argument("--jsonl", action="store_true", help="one question a line on stdin, one JSON object a line out")
    match.add_argument("--json", action="store_true", help="as JSON")
    match.add_argument("--explain", action="store_true", help="what spoke for the best candidate")
    tools.register(which, common)
    graph = which.add_parser("graph", parents=[common], help="draw a group, or all of them")
    graph.add_argument("group", metavar="GROUP", nargs="?", help="its id, such as birth; left out: all groups")
    graph.add_argument("--png", type=Path, metavar="FILE", help="a picture, instead of Mermaid on the screen")
    graph.add_argument("--language", choices=("vi", "en"), help="else that of the configuration")
    national = which.add_parser("catalogue", parents=[common], help="the national list: build it from portal records")
    national.add_argument("action", choices=["build"], help="make the list")
    national.add_argument("records", type=Path, metavar="RECORDS", help="one JSON object a line, .jsonl or .jsonl.xz")
    national.add_argument("--out", type=Path, metavar="FILE", help="instead of the list in the knowledge folder")
    return parser


def _edition(found: Config, storage: Storage) -> Edition:
    """What citizens are answered from: the folder with what is published over it, or the folder alone if they clash.

    Raises KnowledgeError when the folder itself has problems: there is no good base yet to go on with.
    """
    over = storage.publications.over()
    read = edition.read(found.knowledge, over, found.cache)
    if read.edition is None and over:
        read = edition.read(found.knowledge, {}, found.cache)
    if read.edition is None:
        folder = commands.shown(found.knowledge)
        raise KnowledgeError("error.knowledge", read.problems, folder, count=len(read.problems))
    return read.edition


def _assistant(found: Config, served: Edition, storage: Storage) -> Assistant:
    if found.place and found.place not in served.base.places:
        raise ConfigError("error.no-place", config=found.knowledge.parent, place=found.place)
    chat = found.telegram.collaborators if found.telegram.token else ""
    settings = Settings(
        language=found.language,
        place=found.place,
        collaborators=Address("telegram", chat) if chat else None,
        admins=found.telegram.admins,
        rate=found.rate,
        topics=found.telegram.topics,
    )
    return Assistant(served, storage, settings, partial(token_urlsafe, 16))


def _progress(part: float) -> None:
    """A bar where somebody sits and waits."""
    if sys.stderr.isatty():
        done = round(part * BAR)
        print(f"\r[{'#' * done}{' ' * (BAR - done)}]", end="\n" if part == 1 else "", file=sys.stderr, flush=True)


async def _serve(found: Config, clock: Clock) -> None:
    """Telegram, until stopped."""
    storage = Storage.open(found.database)
    seen = loader.stamp(found.knowledge)
    served = _edition(found, storage)
    served.matcher.warm(_progress)  # nobody should wait for it in the middle of a talk
    zone = ZoneInfo(ZONE)
    questions = partial(asked, found.database, zone)
    bench = Workbench(found.knowledge, found.cache, served, lambda: clock().astimezone(zone).date(), questions)
    workshop = Workshop(bench.perform, start=time_ns())
    desk: Desk
    dispatcher = Dispatcher(
        {WORKSHOP: workshop},
        lambda delivery, outcome: desk.report(delivery, outcome),  # noqa: PLW0108 comes next
    )
    assistant = _assistant(found, served, storage)
    assistant.begin(clock())
    desk = Desk(storage, assistant, dispatcher.deliver, clock)
    settings = telegram.TelegramSettings(
        token=found.telegram.token,
        api_url=found.telegram.api_url.rstrip("/"),
        mode="webhook" if found.telegram.mode == "webhook" else "polling",
        listen=found.telegram.webhook.listen,
        port=found.telegram.webhook.port,
        path=found.telegram.webhook.path,
        url=found.telegram.webhook.url,
        secret=found.telegram.secret,
    )
    menus = {
        language: {name: Speech(language, served.base.texts).say(f"command.{name}") for name in COMMANDS}
        for language in served.base.texts
    }
    work = asyncio.create_task(desk.run())
    make = Press(found.knowledge / "media").make
    channel = asyncio.create_task(telegram.serve(settings, desk, dispatcher, menus, make))
    sending = asyncio.create_task(dispatcher.run())
    # with something published, whether that still lies where it should is looked at once more
    stamp = partial(loader.stamp, found.knowledge)
    watching = asyncio.create_task(workshop.watch(desk, stamp, None if storage.publications.published() else seen))
    try:
        await _first_failure(work, channel, sending, watching)
    except telegram.BadToken as error:
        raise ConfigError("error.bad-token") from error
    except telegram.TelegramProblem as error:
        raise ConfigError("error.telegram", reason=error) from error
    finally:
        await _stop(watching)
        workshop.close()
        await _stop(sending)
        await _stop(channel)
        with suppress(TimeoutError):  # last: what became of the sends under way is still to be kept
            await asyncio.wait_for(desk.drain(), GRACE)
        await _stop(work)
        storage.close()


async def _first_failure(*tasks: asyncio.Task[None]) -> None:
    """Wait until one of *tasks* ends, and raise what ended it."""
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError, telegram.TelegramProblem):
        await task


async def _chat(found: Config, arguments: argparse.Namespace, clock: Clock) -> None:
    """The console: from the keyboard on the database, or from a script on a fresh one, so that it repeats.

    Another day gets a fresh one too: its dates are of no use to the talks of today.
    """
    script: Path | None = arguments.script
    fresh = script is not None or arguments.as_of is not None
    storage = Storage.memory() if fresh else Storage.open(found.database)
    served = _edition(found, storage)
    speech = Speech(found.language, served.base.texts)
    alone = replace(found, telegram=replace(found.telegram, token=""), rate=BOUNDLESS)  # scripts talk fast
    keep = partial(_keep_file, Press(found.knowledge / "media"), None if fresh else found.database.parent / FILES)
    words = {word: speech.say(f"console.{word}") for word in WORDS}
    console = Console(print, words, keep, start=0 if script else time_ns())
    desk = Desk(storage, _assistant(alone, served, storage), console.deliver, clock)
    work = asyncio.create_task(desk.run())
    try:
        if script is None:
            print(speech.say("console.live"), speech.say("console.how"), "", sep="\n")
            await console.talk(_lines(sys.stdin, echo=False), desk)
        else:
            with _opened(script) as lines:
                await console.talk(_lines(lines, echo=True), desk)
    finally:
        await _stop(work)
        storage.close()


def _keep_file(press: Press, folder: Path | None, attachment: Attachment) -> str:
    """Where the file of *attachment* now is: in *folder*, or nowhere for a talk that leaves nothing behind."""
    made = press.make(attachment, lambda start: start)
    if folder is None:
        return made.name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / made.name).write_bytes(made.content)
    return str(folder / made.name)


def _opened(script: Path) -> TextIO:
    try:
        return script.open(encoding="utf-8", errors="replace")
    except OSError as error:
        raise ConfigError("error.no-script", path=script) from error


async def _lines(source: TextIO, *, echo: bool) -> AsyncIterator[str]:
    while line := await asyncio.to_thread(source.readline):
        if echo and line.strip():
            print(f"> {line.strip()}")
        yield line


def _clock(as_of: date | None) -> Clock:
    """What the time is; with *as_of*, at this hour of that day."""
    now = datetime.now(UTC)
    ahead = timedelta() if as_of is None else as_of - now.astimezone(ZoneInfo(ZONE)).date()
    return lambda: datetime.now(UTC) + ahead


def _day(word: str) -> date:
    """The day that --as-of names; far from both ends of the calendar, as we add and subtract months."""
    day = date.fromisoformat(word)
    if not 1900 <= day.year <= 2200:
        raise ValueError(word)
    return day


if __name__ == "__main__":
    sys.exit(main())
