"""Every talk in tests/dialogues, played through the one door.

A talk is a list of lines, each with one of these keys:
- citizen: what the citizen writes           - press: the label (or its beginning) of a button they press
- bot: what the latest message contains (one text or a list)      - not: what it must not contain
- buttons: labels that are there             - no-buttons: labels that are not
- edited: yes/no: the answer took the place of the screen before, or came as a new message
- old-button: raw data of a button of another version             - stale-press: a label of the screen before the latest
- attachment: a photo or voice message with this caption (may be empty)
- team-press: the same, by somebody whose name does not matter
- collaborators: what the newest message in the collaborators' chat contains
- reply: what a collaborator replies to the newest case            - quotes: yes: the latest answer quotes the question
- lan, minh: what one of two collaborators replies to the newest case
- lan-press, minh-press: a button they press in their chat, the newest with this label
- lan-sends: a photo or voice message with which she replies       - copied: how many of them the citizen got
- plan: a group whose plan was shown by then
- handed: the name of the file that came along last, as a channel calls it
- restart: the bot is stopped and started    - days, seconds: how many pass; none do by themselves
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.base.model import Base
from bot.base.problems import Problems
from bot.base.reading import plain, read
from bot.press import Press
from tests.stage import CITIZEN, TEAM, VOLUNTEERS, Stage

DIALOGUES = sorted((Path(__file__).parent / "dialogues").glob("*.yaml"))


@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: path.stem)
def test_talk(path: Path, stage: Stage) -> None:
    problems = Problems()
    lines = plain(read(path, path.name, problems))  # type: ignore[arg-type]
    assert problems == []
    assert isinstance(lines, list)
    for number, line in enumerate(lines, 1):
        assert isinstance(line, dict)
        for key, value in line.items():
            try:
                play(stage, key, value)
            except AssertionError as error:
                seen = stage.chat().text if stage.chat().messages else ""
                raise AssertionError(f"{path.name}, line {number} ({key}: {value}): {error}\n\n{seen}") from error


def test_every_group_has_a_talk_that_comes_to_its_plan(base: Base) -> None:
    lines = [line for path in DIALOGUES for line in path.read_text(encoding="utf-8").splitlines()]

    assert [id for id in base.groups if f"- plan: {id}" not in lines] == []


def play(stage: Stage, key: str, value: str | list[str]) -> None:
    """One line of a talk."""
    chat = stage.chat()
    wanted = value if isinstance(value, list) else [value]
    match key:
        case "citizen":
            stage.say(wanted[0])
        case "press":
            stage.press(wanted[0])
        case "bot":
            for text in wanted:
                assert text in chat.text
        case "not":
            for text in wanted:
                assert text not in chat.text
        case "buttons" | "no-buttons":
            labels = [button.label for button in chat.buttons]
            for label in wanted:
                assert any(one.startswith(label) for one in labels) == (key == "buttons"), labels
        case _:
            rare(stage, key, wanted)


def rare(stage: Stage, key: str, wanted: list[str]) -> None:
    chat = stage.chat()
    case = stage.chat(VOLUNTEERS)
    match key:
        case "edited":
            assert chat.edited == (wanted == ["yes"])
        case "plan":
            assert wanted[0] in stage.storage.session(CITIZEN).shown
        case "handed":
            assert Press(Path()).make(chat.handed[-1], str).name == wanted[0]
        case "old-button":
            stage.tap(wanted[0])
        case "stale-press":
            before = sorted(chat.messages)[-2]
            found = [b for row in chat.messages[before].buttons for b in row if b.label.startswith(wanted[0])]
            stage.tap(found[0].does, CITIZEN, message=before)
        case "attachment":
            stage.say(wanted[0], kind="attachment")
        case "collaborators":
            for text in wanted:
                assert text in case.text
        case "reply":
            stage.say(wanted[0], VOLUNTEERS, replies_to=newest_card(stage))
        case "lan" | "minh":
            stage.say(wanted[0], VOLUNTEERS, replies_to=newest_card(stage), user=TEAM[key])
        case "lan-sends":
            stage.say(wanted[0], VOLUNTEERS, "attachment", newest_card(stage), TEAM["lan"])
        case "team-press" | "lan-press" | "minh-press":
            team_press(stage, wanted[0], TEAM.get(key.removesuffix("-press")))
        case "copied":
            assert len(chat.copies) == int(wanted[0])
        case "quotes":
            assert chat.quotes[chat.latest] is not None
        case "restart":
            stage.restart()
        case "days":
            stage.wait(float(wanted[0]))
        case "seconds":
            stage.wait(float(wanted[0]) / 86400)
        case _:
            raise ValueError(f"no such line: {key}")


def newest_card(stage: Stage) -> int:
    """The newest question in the collaborators' chat."""
    case = stage.chat(VOLUNTEERS)
    return max(id for id, screen in case.messages.items() if "Câu hỏi số" in screen.text and case.quotes[id] is None)


def team_press(stage: Stage, label: str, user: int | None) -> None:
    """Somebody presses the newest button with this label in the collaborators' chat."""
    for message, screen in sorted(stage.chat(VOLUNTEERS).messages.items(), reverse=True):
        for button in (one for row in screen.buttons for one in row):
            if button.label == label and not isinstance(button.does, str):
                stage.tap(button.does, VOLUNTEERS, message, user)
                return
    raise AssertionError(f"no button {label!r} in the collaborators' chat")


def test_enough_talks_have_a_detour_and_a_wrong_tap() -> None:
    talks = [path.read_text(encoding="utf-8") for path in DIALOGUES]

    lively = [talk for talk in talks if "↩" in talk and ("old-button:" in talk or "stale-press:" in talk)]

    assert len(lively) >= 25
