"""An `Outgoing` as a row of the outbox and back."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from bot.actions import decode, encode
from bot.attachments import Attachment, Dates, Event, Line, Media, Sheet
from bot.messages import Address, Button, Fetch, File, Job, Learn, Load, Outgoing, Rows, Screen


def dump(outgoing: Outgoing) -> str:
    """*outgoing* without its address, as JSON."""
    screen = outgoing.screen
    body: dict[str, Any] = {
        "text": None if screen is None else screen.text,
        "buttons": [] if screen is None else [[_dump_button(button) for button in row] for row in screen.buttons],
        "edits": outgoing.edits,
        "quotes": outgoing.quotes,
        "latest": outgoing.latest,
        "case": outgoing.case,
        "transient": outgoing.transient,
        "slow": outgoing.slow,
        "job": None if outgoing.job is None else asdict(outgoing.job),
        "attachment": None if outgoing.attachment is None else asdict(outgoing.attachment),
    }
    kept = {key: value for key, value in body.items() if value}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)


def load(channel: str, chat: str, body: str) -> Outgoing:
    """The outgoing behind a row."""
    values: dict[str, Any] = json.loads(body)
    text = values.pop("text", None)
    buttons: Rows = tuple(
        tuple(button for part in row if (button := _load_button(part)) is not None) for row in values.pop("buttons", ())
    )
    job, attachment = _load_job(values.pop("job", None)), _load_attachment(values.pop("attachment", None))
    screen = None if text is None else Screen(text, buttons)
    return Outgoing(Address(channel, chat), screen, job=job, attachment=attachment, **values)


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
        case {"tests": tests, "kept": kept}:
            pairs = tuple((one, other) for one, other in kept)
            return replace(Learn(**body), tests=tuple(tests), kept=pairs)
        case {}:
            return Load(**body)
    return None


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
        case {"file": _}:
            return Media(**body)
    return None
