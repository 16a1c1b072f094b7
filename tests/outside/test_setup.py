"""What an operator sees: a broken configuration or token is one line and exit 2; a stop is a clean stop."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from bot.actions import Answer, OpenGroup

from .api import TOKEN, Server
from .harness import ROOT, SECRET, BotProcess, free_port, run, write_config
from .people import Person

BROKEN = {
    "unknown key": "knowlege: knowledge\n",
    "not YAML": "telegram: [\n",
    "a list": "- knowledge\n",
    "wrong mode": "telegram: {mode: pull}\n",
    "no such folder": "knowledge: nowhere\n",
    "admins are no numbers": "telegram: {admins: [me]}\n",
    "port is no number": "telegram: {webhook: {port: eighty}}\n",
    "duplicate key": "language: vi\nlanguage: en\n",
    "unknown place": "knowledge: {knowledge}\nplace: atlantis\n",
}


async def ends(config: Path, **environment: str) -> str:
    """What the bot that ends with 2 says."""
    process = await run("run", "--config", str(config), environment=environment)
    out, said = await process.communicate()
    text = said.decode()
    assert (process.returncode, out) == (2, b""), text
    assert "Traceback" not in text
    return text


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("INFO")]


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
async def test_a_broken_configuration_is_a_line_and_exit_2(server: Server, tmp_path: Path, text: str):
    config = tmp_path / "config.yaml"
    config.write_text(text.replace("{knowledge}", str(ROOT / "knowledge")), encoding="utf-8")

    said = await ends(config, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=server.url)

    assert 1 <= len(lines(said)) <= 2  # the problem with its place, and what to do
    assert server.calls == []


async def test_a_missing_configuration_is_a_line_and_exit_2(tmp_path: Path):
    said = await ends(tmp_path / "none.yaml", TELEGRAM_BOT_TOKEN=TOKEN)

    assert len(lines(said)) == 1


@pytest.mark.parametrize("token", ["700700700:another", "nonsense", "7:x y", ":"])
async def test_a_wrong_token_is_a_line_and_exit_2(server: Server, tmp_path: Path, token: str):
    config = write_config(tmp_path, server, "polling")

    said = await ends(config, TELEGRAM_BOT_TOKEN=token, TELEGRAM_API_URL=server.url, TELEGRAM_WEBHOOK_SECRET=SECRET)

    assert len(lines(said)) == 1
    assert token not in said


async def test_no_token_and_nobody_at_the_keyboard_is_a_line_and_exit_2(server: Server, tmp_path: Path):
    config = write_config(tmp_path, server, "polling")

    assert len(lines(await ends(config))) == 1


@pytest.mark.parametrize("secret", ["", "có dấu"])
async def test_a_webhook_without_a_good_secret_is_a_line_and_exit_2(server: Server, tmp_path: Path, secret: str):
    config = write_config(tmp_path, server, "webhook")

    said = await ends(config, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=server.url, TELEGRAM_WEBHOOK_SECRET=secret)

    assert len(lines(said)) == 1


async def test_a_webhook_port_in_use_is_a_line_and_exit_2(server: Server, tmp_path: Path):
    config = write_config(tmp_path, server, "webhook")
    taken = server.url.rpartition(":")[2]
    text = config.read_text(encoding="utf-8").split("port: ")
    config.write_text(f"{text[0]}port: {taken}{text[1][text[1].index(',') :]}", encoding="utf-8")

    said = await ends(config, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=server.url, TELEGRAM_WEBHOOK_SECRET=SECRET)

    assert len(lines(said)) == 1


async def test_a_second_bot_on_the_same_database_is_a_line_and_exit_2(server: Server, bot: BotProcess):
    said = await ends(bot.config, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=server.url, TELEGRAM_WEBHOOK_SECRET=SECRET)

    assert len(lines(said)) == 1


async def test_a_token_revoked_while_running_is_a_line_and_exit_2(
    server: Server, idle_bot: BotProcess, citizen: Person
):
    await idle_bot.start()
    server.token = "700700700:a-new-one"

    citizen.say("/menu")
    await server.bell.until(lambda: not idle_bot.running, 10)

    assert await idle_bot.stop() == 2
    assert len(lines(idle_bot.stderr)) == 1


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "service manager"])
async def test_a_stop_is_clean_and_the_next_start_goes_on(idle_bot: BotProcess, citizen: Person, how: signal.Signals):
    await idle_bot.start()
    citizen.say("/menu")
    await citizen.expect_button(OpenGroup)

    code = await idle_bot.stop(how)
    citizen.say("/menu")
    await idle_bot.start()
    await citizen.expect_button(OpenGroup)

    assert (code, await idle_bot.stop()) == (0, 0)
    assert len(citizen.shown()) == 2


async def test_a_stop_under_load_repeats_nothing(server: Server, idle_bot: BotProcess):
    people = [Person(server) for _ in range(40)]
    await idle_bot.start()
    for person in people:
        person.say("/help")
        person.say("con em moi sinh can lam giay to gi")
    for person in people[:10]:
        await person.expect_button(Answer)

    assert await idle_bot.stop() == 0
    await idle_bot.start()
    for person in people:
        await server.bell.until(lambda person=person: len(person.shown()) >= 2, 10)  # type: ignore[misc]
    assert await idle_bot.stop() == 0

    assert [len(person.shown()) for person in people] == [2] * len(people)


@pytest.mark.parametrize("mode", ["polling"])
async def test_polling_removes_a_webhook_first_and_says_so(server: Server, idle_bot: BotProcess, citizen: Person):
    await server.updates.set_webhook({"url": f"http://127.0.0.1:{free_port()}/old"})
    await idle_bot.start()

    citizen.say("/menu")
    await citizen.expect_button(OpenGroup)

    assert await idle_bot.stop() == 0
    assert "webhook" in idle_bot.stderr


@pytest.mark.parametrize("mode", ["webhook"])
async def test_the_webhook_takes_nothing_without_the_secret(server: Server, idle_bot: BotProcess, citizen: Person):
    await idle_bot.start()
    server.updates.webhook["secret_token"] = "a-guess"

    citizen.say("/menu")
    await server.bell.until(lambda: server.updates.rejected, 5)
    assert citizen.shown() == []
    server.updates.webhook["secret_token"] = SECRET

    await citizen.expect_button(OpenGroup)
    assert set(server.updates.rejected) == {403}
