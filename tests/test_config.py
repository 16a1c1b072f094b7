"""config.yaml: everything may be left out, nothing wrong is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import config
from bot.base.model import Base
from bot.config import Config, load
from bot.errors import ConfigError
from bot.limits import Rate
from bot.talk.speech import Speech

TOKEN = {"TELEGRAM_BOT_TOKEN": "1:a"}
WEBHOOK = "telegram: {mode: webhook, webhook: {url: https://a.vn/telegram}}\n"


def write(folder: Path, text: str) -> Path:
    (folder / "knowledge").mkdir(exist_ok=True)
    path = folder / "config.yaml"
    path.write_text(text, "utf-8")
    return path


def refused(path: Path, environment: dict[str, str] | None = None) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        load(path, environment or {})
    return caught.value


@pytest.mark.parametrize("text", ["database: .data/bot.db\n", "telegram:\n", "telegram: {}\n", "place: \n"])
def test_everything_has_a_default(text: str, tmp_path: Path) -> None:
    found = load(write(tmp_path, text), {})
    assert found == Config(
        knowledge=tmp_path / "knowledge",
        database=tmp_path / ".data/bot.db",
        language="vi",
        place="",
        rate=Rate(burst=30, minute=20),
        telegram=config.Telegram(
            api_url="https://api.telegram.org",
            mode="polling",
            webhook=config.Webhook("127.0.0.1", 8080, "/telegram", ""),
            admins=frozenset(),
            collaborators="",
            topics="none",
            token="",
            secret="",
        ),
    )


def test_the_shipped_file_says_the_defaults(tmp_path: Path) -> None:
    shipped = load(config.SHIPPED, {})
    default = load(write(tmp_path, "database: .data/bot.db\n"), {})
    assert shipped.telegram == default.telegram
    assert (shipped.language, shipped.place, shipped.rate) == (default.language, default.place, default.rate)
    assert shipped.knowledge == config.SHIPPED.parent / "knowledge"


def test_what_is_written_counts(tmp_path: Path) -> None:
    text = "language: en\nplace: hoa-bac\ntelegram: {admins: [900, 901], collaborators: '-100500'}\n"
    found = load(write(tmp_path, text), {})
    assert (found.language, found.place) == ("en", "hoa-bac")
    assert (found.telegram.admins, found.telegram.collaborators) == (frozenset({900, 901}), "-100500")


def test_relative_paths_are_relative_to_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "knowledge: knowledge\ndatabase: ../data.db\n")
    monkeypatch.chdir(tmp_path)
    found = load(Path(path.name), {})
    assert (found.knowledge, found.database) == (tmp_path / "knowledge", tmp_path / "../data.db")


def test_absolute_paths_stay(tmp_path: Path) -> None:
    assert load(write(tmp_path, "database: /var/lib/bot.db\n"), {}).database == Path("/var/lib/bot.db")


def test_secrets_come_from_the_environment(tmp_path: Path) -> None:
    path = write(tmp_path, WEBHOOK)
    found = load(path, {"TELEGRAM_BOT_TOKEN": " 1:a\n", "TELEGRAM_WEBHOOK_SECRET": "s", "TELEGRAM_API_URL": "http://x"})
    assert (found.telegram.token, found.telegram.secret, found.telegram.api_url) == ("1:a", "s", "http://x")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("language: vi\nlanguge: en\n", "2: không có mục 'languge' ở đây (ý anh/chị là 'language'?)"),
        ("telegram:\n  token: x\n", "2: không có mục 'token' ở đây"),
        ("language: fr\n", "1: 'fr': chỉ được một trong: vi, en"),
        ("telegram:\n  mode: push\n", "2: 'push': chỉ được một trong: polling, webhook"),
        ("telegram:\n  admins: [an]\n", "2: 'an' không phải số"),
        ("telegram:\n  admins: ['²']\n", "2: '²' không phải số"),
        ("telegram:\n  collaborators: '@group'\n", "2: '@group' không phải số"),
        ("telegram:\n  webhook:\n    port: http\n", "3: 'http' không phải số"),
        ("telegram:\n  webhook:\n    port: 99999\n", "3: '99999' không phải số"),
        ("telegram: polling\n", "1: ở đây phải là các dòng dạng “mục: giá trị”"),
        ("telegram: {webhook: 8080}\n", "1: ở đây phải là các dòng dạng “mục: giá trị”"),
        ("- language: vi\n", "1: ở đây phải là các dòng dạng “mục: giá trị”"),
        ("place: [a]\n", "1: ở đây phải là chữ (place)"),
        ("language: vi\nlanguage: en\n", "2: 'language' ghi hai lần, lần trước ở dòng 1"),
        ("a: [\n", "2: không phải YAML đúng: did not find expected node content"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, line: str, base: Base, tmp_path: Path) -> None:
    path = write(tmp_path, text)
    assert [Speech("vi", base.texts).problem(one) for one in refused(path).problems] == [f"{path}:{line}"]


def test_an_empty_file_is_all_defaults_or_said_to_be_empty(tmp_path: Path) -> None:
    assert [one.kind for one in refused(write(tmp_path, "# nothing\n")).problems] == ["empty"]


def test_no_file_is_told(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.yaml").key == "error.no-config"
    assert refused(tmp_path).key == "error.no-config"


def test_no_knowledge_is_told(tmp_path: Path) -> None:
    assert refused(write(tmp_path, "knowledge: elsewhere\n")).key == "error.no-knowledge"


@pytest.mark.parametrize("secret", ["", "a b", "é", "x" * 257])
def test_a_webhook_needs_a_good_secret(secret: str, tmp_path: Path) -> None:
    environment = {**TOKEN, "TELEGRAM_WEBHOOK_SECRET": secret}
    assert refused(write(tmp_path, WEBHOOK), environment).key == "error.no-secret"


def test_a_webhook_needs_an_address(tmp_path: Path) -> None:
    path = write(tmp_path, "telegram: {mode: webhook}\n")
    assert refused(path, {**TOKEN, "TELEGRAM_WEBHOOK_SECRET": "s"}).key == "error.no-url"


def test_without_a_token_the_webhook_does_not_matter(tmp_path: Path) -> None:
    assert load(write(tmp_path, "telegram: {mode: webhook}\n"), {}).telegram.mode == "webhook"
