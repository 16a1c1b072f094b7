"""A case as a row of the database."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from bot.cases.values import Case, Holder, Sense
from bot.messages import Address

COLUMNS = (
    "id, channel, chat, message, text, state, opened, question, best, title, aspect, candidates, place, urgent,"
    " officers, into_case, holder, holder_name, desk_channel, desk_chat, lease, asked, follow, told, answered"
)


def case(row: tuple[Any, ...]) -> Case:
    """The case behind a row with these columns."""
    (
        id, channel, chat, message, text, state, opened, question, best, title, aspect, candidates, place, urgent,
        officers, into, holder, name, desk_channel, desk_chat, lease, asked, follow, told, answered,
    ) = row  # fmt: skip
    holds = None if holder is None else Holder(holder, name, Address(desk_channel, desk_chat))
    return Case(
        id, Address(channel, chat), message, text, state, datetime.fromtimestamp(opened, UTC), question,
        Sense(best, title, aspect, tuple((kind, one, score) for kind, one, score in json.loads(candidates))),
        place, bool(urgent), bool(officers), into,
        holds, moment(lease), bool(asked), bool(follow), bool(told), moment(answered),
    )  # fmt: skip


def seconds(moment: datetime) -> int:
    """*moment* as the database keeps it."""
    return int(moment.timestamp())


def moment(kept: int | None) -> datetime | None:
    """What `seconds` kept."""
    return None if kept is None else datetime.fromtimestamp(kept, UTC)
