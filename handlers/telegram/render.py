"""An Outgoing as calls of the Bot API: the one place where text becomes HTML and buttons become a keyboard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import Literal, NamedTuple

from telegram import InputFile

from bot.actions import encode
from bot.markup import START, Span, parse
from bot.messages import Address, Button, Copied, Outgoing, Rows, Screen, room

TEXT_LIMIT = 4096  # UTF-16 units after the markup is read, https://core.telegram.org/bots/api#sendmessage
CAPTION_LIMIT = 1024  # the same for the text below a file, https://core.telegram.org/bots/api#senddocument
ROW_LIMIT, KEYBOARD_LIMIT = 8, 100  # buttons, https://core.telegram.org/bots/features#inline-keyboards

LINK = "https://t.me/{name}?start={start}"  # https://core.telegram.org/bots/features#deep-linking

FileKind = Literal["photo", "video", "document"]
Text = tuple[Span, ...]
Keyboard = dict[str, object]


class NoTopic(Exception):
    """The topic of an address has no number: nobody has opened it yet."""


class Call(NamedTuple):
    """A method of the Bot API and its parameters."""

    method: str
    data: dict[str, object]


def render(outgoing: Outgoing, name: str = "", *, markup: bool = True) -> list[Call]:
    """The calls that do *outgoing*, in order; without *markup* as plain text. *name* is the bot's own user name.

    A text that is too long becomes several messages, with the buttons under the last.
    """
    if outgoing.copies is not None:
        return [_copy(outgoing, outgoing.copies)]
    to = _chat(outgoing.to)
    edited: dict[str, object] = {} if outgoing.edits is None else {"message_id": outgoing.edits}
    if outgoing.screen is None:
        return [Call("DeleteMessage", to | edited)] if edited else []
    bodies = list(bodies_of(outgoing.screen, name, markup=markup))
    if edited:
        first = Call("EditMessageText", to | bodies[0] | edited)
    else:
        first = Call("SendMessage", _place(outgoing.to) | bodies[0] | _quoted(outgoing))
    return [first, *(Call("SendMessage", _place(outgoing.to) | body) for body in bodies[1:])]


def _copy(outgoing: Outgoing, copied: Copied) -> Call:
    """https://core.telegram.org/bots/api#copymessage; its caption stays as it is, unless another is given."""
    source: dict[str, object] = {"from_chat_id": chat_id(copied.chat), "message_id": copied.message}
    if copied.wordless:
        source["caption"] = ""
    return Call("CopyMessage", _place(outgoing.to) | source | _quoted(outgoing))


def _quoted(outgoing: Outgoing) -> dict[str, object]:
    if outgoing.quotes is None:
        return {}
    return {"reply_parameters": {"message_id": outgoing.quotes, "allow_sending_without_reply": True}}


def render_file(outgoing: Outgoing, kind: FileKind, file: InputFile | str, name: str = "") -> list[Call]:
    """The calls that send *file*, as bytes or as the id Telegram gave it, and the screen with it.

    A text that is too long for a caption follows in messages of its own, with the buttons.
    """
    alone = Call(f"Send{kind.capitalize()}", _place(outgoing.to) | {kind: file})
    if outgoing.screen is None:
        return [alone]
    text = parse(outgoing.screen.text)
    if units("".join(span.text for span in text)) > CAPTION_LIMIT:
        return [alone, *render(replace(outgoing, edits=None, quotes=None), name)]
    below: dict[str, object] = {"caption": html(text), "parse_mode": "HTML"}
    if outgoing.screen.buttons:
        below["reply_markup"] = keyboard(outgoing.screen.buttons, name)
    return [Call(alone.method, alone.data | below)]


def html(text: Iterable[Span]) -> str:
    """*text* as Telegram's HTML, https://core.telegram.org/bots/api#html-style"""
    return "".join(_element(span) for span in text)


def plain(text: Iterable[Span]) -> str:
    """*text* without looks; a link keeps its address."""
    return "".join(f"{span.text} ({span.link})" if span.link else span.text for span in text)


def keyboard(rows: Rows, name: str = "") -> Keyboard:
    """*rows* as an inline keyboard of the bot called *name*; a row that is too long goes on in the next."""
    short = [row[start : start + ROW_LIMIT] for row in rows for start in range(0, len(row), ROW_LIMIT)]
    buttons, free = [], KEYBOARD_LIMIT
    for row in short:
        buttons.append([_button(button, name) for button in row[:free]])
        free -= len(buttons[-1])
    return {"inline_keyboard": [row for row in buttons if row]}


def units(text: str) -> int:
    """The length of *text* as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: Text, limit: int = TEXT_LIMIT) -> list[Text]:
    """*text* in parts of at most *limit* units, cut at line ends where there are any."""
    if units("".join(span.text for span in text)) <= limit:
        return [text]
    parts: list[list[Span]] = [[]]
    free = limit
    for line in _lines(text, limit):
        length = sum(units(span.text) for span in line)
        if length > free:
            parts.append([])
            free = limit
        parts[-1] += line
        free -= length
    # Telegram refuses a message of blanks.
    return [tuple(part) for part in parts if any(span.text.strip() for span in part)] or [()]


def bodies_of(screen: Screen, name: str = "", *, markup: bool = True) -> Iterator[dict[str, object]]:
    """What is said in each of the messages that *screen* takes, and how."""
    text = parse(screen.text)
    parts = split(text if markup else (Span(plain(text)),))
    for number, part in enumerate(parts, start=1):
        body: dict[str, object] = {"text": html(part) if markup else plain(part)}
        if markup:
            body["parse_mode"] = "HTML"
        body["link_preview_options"] = {"is_disabled": True}
        if screen.buttons and number == len(parts):
            body["reply_markup"] = keyboard(screen.buttons, name)
        yield body


def _lines(text: Text, limit: int) -> Iterator[Sequence[Span]]:
    """The lines of *text* with their ends; a line over *limit* in pieces that are not."""
    line: list[Span] = []
    for span in text:
        for piece in span.text.splitlines(keepends=True):
            line.append(replace(span, text=piece))
            if piece.endswith("\n"):
                yield from _pieces(line, limit)
                line = []
    yield from _pieces(line, limit)


def _pieces(line: list[Span], limit: int) -> Iterator[Sequence[Span]]:
    if sum(units(span.text) for span in line) <= limit:
        yield line
        return
    size = limit // 2  # characters: each is at most two units
    for span in line:
        yield from ([replace(span, text=span.text[at : at + size])] for at in range(0, len(span.text), size))


def _element(span: Span) -> str:
    inner = escape(span.text, quote=False)
    if span.link:
        inner = f'<a href="{escape(span.link)}">{inner}</a>'
    return f"<b>{inner}</b>" if span.bold else inner


def _button(button: Button, name: str) -> dict[str, str]:
    if not isinstance(button.does, str):
        return {"text": button.label, "callback_data": encode(button.does)}
    ours, payload = button.does.startswith(START), button.does.removeprefix(START)
    return {"text": button.label, "url": LINK.format(name=name, start=payload) if ours else payload}


def _chat(address: Address) -> dict[str, object]:
    return {"chat_id": chat_id(address)}


def _place(address: Address) -> dict[str, object]:
    """Where a new message goes: also into which topic, https://core.telegram.org/bots/api#sendmessage"""
    topic = address.topic
    if topic and not topic.isdecimal():
        raise NoTopic(topic)
    return _chat(address) | {"message_thread_id": int(topic)} if topic else _chat(address)


def chat_id(address: Address) -> int | str:
    """How Telegram knows the chat of *address*, whatever the topic."""
    chat = room(address).chat
    number = chat.removeprefix("-")
    return int(chat) if number.isascii() and number.isdigit() else chat
