"""config.yaml and the environment: few keys, all with working defaults, secrets only from the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.base import facts
from bot.base.problems import At, Kind, Problems
from bot.base.reading import Block, Entry, Scalar, read
from bot.errors import ConfigError
from bot.limits import Rate

SHIPPED = Path(__file__).parent.parent / "config.yaml"
LANGUAGES = ("vi", "en")
MODES = ("polling", "webhook")
TOPICS = ("none", "field", "place")
ID = re.compile(r"[0-9]{1,18}")
CHAT = re.compile(r"-?[0-9]{1,18}")
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # https://core.telegram.org/bots/api#setwebhook


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram reaches us, when it does."""

    listen: str
    port: int
    path: str
    url: str


@dataclass(frozen=True, slots=True)
class Telegram:
    """The Telegram channel; *collaborators* is a chat id, empty when there is no such chat yet."""

    api_url: str
    mode: str
    webhook: Webhook
    admins: frozenset[int]
    collaborators: str
    topics: str  # what has a topic of its own in that chat
    token: str
    secret: str


@dataclass(frozen=True, slots=True)
class Config:
    """Everything an operator decides."""

    knowledge: Path
    database: Path
    language: str
    place: str
    rate: Rate
    telegram: Telegram

    @property
    def cache(self) -> Path:
        """The folder for what takes long to work out; it may be emptied at any time."""
        return self.database.parent / "cache"


def load(path: Path, environment: Mapping[str, str]) -> Config:
    """The configuration in the file at *path*; relative paths in it are relative to the file."""
    if not path.is_file():
        raise ConfigError("error.no-config", path=path)
    problems = Problems()
    node = read(path, str(path), problems)
    top = Entry(node or Block(At(str(path)), {}), problems)
    found = Config(
        knowledge=path.parent.absolute() / (top.word("knowledge") or "knowledge"),
        database=path.parent.absolute() / (top.word("database") or ".data/bot.db"),
        language=facts.choice(top, "language", LANGUAGES, default="vi"),
        place=_optional(top, "place"),
        rate=_rate(_entry(top, "limits")),
        telegram=_telegram(_entry(top, "telegram"), environment),
    )
    top.close()
    if problems:
        raise ConfigError("error.config", problems)
    _check(found, path)
    return found


def _telegram(entry: Entry, environment: Mapping[str, str]) -> Telegram:
    found = Telegram(
        api_url=(environment.get("TELEGRAM_API_URL") or _optional(entry, "api_url") or "https://api.telegram.org"),
        mode=facts.choice(entry, "mode", MODES, default="polling"),
        webhook=_webhook(_entry(entry, "webhook")),
        admins=frozenset(_ids(entry, "admins")),
        collaborators=_chat(entry, "collaborators"),
        topics=facts.choice(entry, "topics", TOPICS, default="none"),
        token=environment.get("TELEGRAM_BOT_TOKEN", "").strip(),
        secret=environment.get("TELEGRAM_WEBHOOK_SECRET", "").strip(),
    )
    entry.node("api_url")
    entry.close()
    return found


def _rate(entry: Entry) -> Rate:
    found = Rate(burst=facts.number(entry, "burst", default=30), minute=facts.number(entry, "minute", default=20))
    entry.close()
    return found


def _webhook(entry: Entry) -> Webhook:
    port = facts.number(entry, "port", default=8080)
    if not 0 < port < 65536:
        entry.problems.add(entry.where("port"), Kind.BAD_NUMBER, word=port)
    found = Webhook(
        listen=_optional(entry, "listen") or "127.0.0.1",
        port=port,
        path=_optional(entry, "path") or "/telegram",
        url=_optional(entry, "url"),
    )
    entry.close()
    return found


def _check(found: Config, path: Path) -> None:
    """What is wrong only when taken together."""
    if not found.knowledge.is_dir():
        raise ConfigError("error.no-knowledge", path=found.knowledge, config=path)
    telegram = found.telegram
    if telegram.token and telegram.mode == "webhook":
        if not SECRET.fullmatch(telegram.secret):
            raise ConfigError("error.no-secret")
        if not telegram.webhook.url.startswith("http"):
            raise ConfigError("error.no-url", config=path)


def _entry(entry: Entry, key: str) -> Entry:
    """The mapping under *key*; an absent one, or a key with nothing after it, is empty."""
    node = entry.node(key)
    if node is None or node == Scalar(node.at, ""):
        node = Block(entry.where(key), {})
    return Entry(node, entry.problems)


def _optional(entry: Entry, key: str) -> str:
    """The scalar under *key*, which may be left empty."""
    node = entry.node(key)
    text = getattr(node, "text", None)
    if node is not None and text is None:
        entry.problems.add(node.at, Kind.NOT_A_TEXT, what=key)
    return (text or "").strip()


def _ids(entry: Entry, key: str) -> list[int]:
    words = entry.words(key) if key in entry else ()
    for word in words:
        if not ID.fullmatch(word):
            entry.problems.add(entry.where(key), Kind.BAD_NUMBER, word=word)
    return [int(word) for word in words if ID.fullmatch(word)]


def _chat(entry: Entry, key: str) -> str:
    word = _optional(entry, key)
    if word and not CHAT.fullmatch(word):
        entry.problems.add(entry.where(key), Kind.BAD_NUMBER, word=word)
    return word
