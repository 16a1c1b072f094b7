"""The bot as a process of its own: started, stopped or killed, on a configuration and a database of its own."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .api import TOKEN, Server

ROOT = Path(__file__).resolve().parents[2]
SECRET = "secret_of-the-webhook"
ADMIN, OTHER_ADMIN = 6_000_000_001, 6_000_000_002
COLLABORATORS = -1_001_700_000_001
START = 30.0  # seconds; a machine under load takes its time to import

CACHE = tempfile.TemporaryDirectory(prefix="bot-cache-")
CONFIG = """\
knowledge: {knowledge}
database: bot.db
place: ""
limits: {{burst: 0}}
telegram:
  api_url: {api_url}
  mode: {mode}
  webhook: {{listen: 127.0.0.1, port: {port}, path: /hook, url: "http://127.0.0.1:{port}/hook"}}
  admins: [{admins}]
  collaborators: "{collaborators}"
"""


MODES = ("polling", "webhook")
EXPECTED = ("message is not modified", "terminated by other getUpdates")  # refusals that are nobody's fault
LOGGED = ("BadRequest: Can't parse entities",)  # errors that the bot overcomes, and tells its operator with all details
TRACEBACK = re.compile(r"^Traceback .*?^(\S.*?)$", re.DOTALL | re.MULTILINE)


@asynccontextmanager
async def a_server() -> AsyncIterator[Server]:
    """A Bot API server with an empty collaborators' group; at the end nothing may have broken the Bot API's rules."""
    server = Server()
    server.world.open(COLLABORATORS, "supergroup", "Cộng tác viên")
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
    assert server.violations == []


@asynccontextmanager
async def a_bot(server: Server, config: Path) -> AsyncIterator[BotProcess]:
    """A running bot; at the end it must stop cleanly, without a traceback and without calls that were refused."""
    bot = BotProcess(server, config)
    try:
        await bot.start()
        yield bot
    finally:
        code = await bot.stop()
    assert bot.failures() == [], bot.stderr
    assert code == 0, bot.stderr
    assert [refusal for refusal in server.refusals if not any(known in refusal for known in EXPECTED)] == []


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def write_config(
    folder: Path,
    server: Server,
    mode: str,
    collaborators: int = COLLABORATORS,
    *,
    knowledge: Path = ROOT / "knowledge",
    admins: Iterable[int] = (ADMIN,),
) -> Path:
    """A configuration in *folder*; all bots share one cache, which the first one fills."""
    (folder / "cache").symlink_to(CACHE.name)
    path = folder / "config.yaml"
    text = CONFIG.format(
        knowledge=knowledge, api_url=server.url, mode=mode, port=free_port(), admins=", ".join(map(str, admins)),
        collaborators=collaborators,
    )  # fmt: skip
    path.write_text(text, encoding="utf-8")
    return path


async def run(*arguments: str, environment: dict[str, str] | None = None) -> asyncio.subprocess.Process:
    """`python -m bot` with *arguments* and no variables of ours but those in *environment*."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("TELEGRAM_")}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments, cwd=ROOT, env={**inherited, **(environment or {})},
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


@dataclass
class BotProcess:
    """A bot that runs on *config* and talks to *server*."""

    server: Server
    config: Path
    stderr: str = ""
    _was_killed: bool = False
    _process: asyncio.subprocess.Process | None = field(default=None, repr=False)
    _output: asyncio.Task[tuple[bytes, bytes]] | None = field(default=None, repr=False)

    @property
    def database(self) -> Path:
        return self.config.parent / "bot.db"

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None and not self._was_killed

    async def start(self) -> None:
        """Run it, until it has asked the server for updates."""
        ready, self._was_killed = self._signs_of_life(), False
        secrets = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": self.server.url, "TELEGRAM_WEBHOOK_SECRET": SECRET}
        self._process = await run("run", "--config", str(self.config), environment=secrets)
        self._output = asyncio.create_task(self._process.communicate())
        self._output.add_done_callback(lambda _: self.server.bell.ring())
        await self.server.bell.until(lambda: self._signs_of_life() > ready or self._ended(), START)
        if self._ended() and not self._was_killed:
            await self._over()
            raise AssertionError(f"the bot ended with {self._process.returncode}:\n{self.stderr}")

    def kill(self) -> None:
        """kill -9, at once; await `killed` before another start."""
        if self._process and self.running:
            self._was_killed = True
            os.kill(self._process.pid, signal.SIGKILL)  # Popen's own may reap it behind the loop's back

    async def killed(self) -> None:
        self.kill()
        await self._over()

    async def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """Ask it to end, as Ctrl-C does or, with SIGTERM, a service manager; its exit code."""
        if not self._process:
            return 0
        if self.running:
            os.kill(self._process.pid, how)
        async with asyncio.timeout(60):
            await self._over()
        return self._process.returncode or 0

    def failures(self) -> list[str]:
        """The errors whose tracebacks stand on stderr."""
        errors: list[str] = TRACEBACK.findall(self.stderr)
        return [error for error in errors if not any(known in error for known in LOGGED)]

    def _signs_of_life(self) -> int:
        return self.server.updates.polls + len(self.server.called("setWebhook"))

    def _ended(self) -> bool:
        return self._output is not None and self._output.done()

    async def _over(self) -> None:
        if self._output:
            self.stderr += (await self._output)[1].decode()
            self._output = None
