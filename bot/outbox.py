"""An `Outgoing` as a row of the outbox and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from bot.actions import decode, encode
from bot.attachments import Attachment, Bar, Bars, Chart, Column, Dates, Event, Line, Media, Sheet
from bot.messages import (
    Address,
    Button,
    Copied,
    Fetch,
    File,
    Found,
    Gather,
    Inspect,
    Job,
    Learn,
    Load,
    OpenTopic,
    Outgoing,
    Rows,
    Screen,
)


def dump(outgoing: Outgoing) -> str:
    """*outgoing* without its address, as JSON."""
    screen = outgoing.screen
    body: dict[str, Any] = {
        **({} if screen is None else _dump_screen(screen)),
        "edits": outgoing.edits,
        "quotes": outgoing.quotes,
        "latest": outgoing.latest,
        "case": outgoing.case,
        "part": None if outgoing.part == "card" else outgoing.part,
        "transient": outgoing.transient,
        "slow": outgoing.slow,
        "job": None if outgoing.job is None else asdict(outgoing.job),
        "attachment": None if outgoing.attachment is None else asdict(outgoing.attachment),
        "copies": None if outgoing.copies is None else asdict(outgoing.copies),
    }
    if outgoing.found:
        body["found"] = [{**asdict(one), "screen": _dump_screen(one.screen)} for one in outgoing.found]
    kept = {key: value for key, value in body.items() if value or key == "text"}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)


def load(channel: str, chat: str, body: str) -> Outgoing:
    """The outgoing behind a row."""
    values: dict[str, Any] = json.loads(body)
    text, buttons = values.pop("text", None), values.pop("buttons", ())
    screen = None if text is None else _load_screen(text, buttons)
    found = tuple(Found(**{**one, "screen": _load_screen(**one["screen"])}) for one in values.pop("found", ()))
    job, attachment = _load_job(values.pop("job", None)), _load_attachment(values.pop("attachment", None))
    copies = _load_copied(values.pop("copies", None))
    to = Address(channel, chat)
    return Outgoing(to, screen, job=job, attachment=attachment, copies=copies, found=found, **values)


def _dump_screen(screen: Screen) -> dict[str, Any]:
    return {"text": screen.text, "buttons": [[_dump_button(button) for button in row] for row in screen.buttons]}


def _load_screen(text: str, buttons: Iterable[Iterable[list[str]]] = ()) -> Screen:
    rows: Rows = tuple(tuple(button for part in row if (button := _load_button(part)) is not None) for row in buttons)
    return Screen(text, rows)


def _dump_button(button: Button) -> list[str]:
    return [button.label, button.does] if isinstance(button.does, str) else [button.label, "", encode(button.does)]


def _load_button(part: list[str]) -> Button | None:
    match part:
        case [label, "", data]:
            action = decode(data)
            return None if action is None else Button(label, action)
        case [label, link]:
            return Button(label, link)
    return None


def _load_job(body: dict[str, Any] | None) -> Job | None:
    if body is None:
        return None
    match body:
        case {"file": file, "note": note}:
            return Fetch(File(**file), note)
        case {"weeks": weeks, "last": last, "ask": ask}:
            return Gather(weeks, date.fromisoformat(last), ask)
        case {"tests": tests, "kept": kept}:
            pairs = tuple((one, other) for one, other in kept)
            return replace(Learn(**body), tests=tuple(tests), kept=pairs)
        case {"over": _}:
            return Load(**body)
        case {"key": _}:
            return OpenTopic(**body)
    return Inspect(**body)


def _load_copied(body: dict[str, Any] | None) -> Copied | None:
    return None if body is None else Copied(**{**body, "chat": Address(**body["chat"])})


def _load_attachment(body: dict[str, Any] | None) -> Attachment | None:
    if body is None:
        return None
    match body:
        case {"lines": lines, "codes": codes}:
            found = (Line(**line) for line in lines)
            links = ((link, note) for link, note in codes)
            return Sheet(**{**body, "lines": tuple(found), "codes": tuple(links)})
        case {"name": name, "events": events}:
            days = (Event(**{**event, "day": date.fromisoformat(event["day"])}) for event in events)
            return Dates(name, tuple(days))
        case {"columns": _}:
            return _load_chart(body)
        case {"file": _}:
            return Media(**body)
    return None


def _load_chart(body: dict[str, Any]) -> Chart:
    columns = (Column(**{**one, "parts": tuple(one["parts"])}) for one in body["columns"])
    lists = (Bars(**{**one, "bars": tuple(Bar(**bar) for bar in one["bars"])}) for one in body["lists"])
    kinds = tuple(body["kinds"])
    return Chart(**{**body, "kinds": kinds, "columns": tuple(columns), "lists": tuple(lists)})
