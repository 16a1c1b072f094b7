"""Choices while somebody still writes `@bot …`, with the limits of the Bot API, and what becomes of the one chosen."""

from __future__ import annotations

from typing import Any

from .messages import content, markup
from .world import Json, Refusal, World

RESULTS = 50  # https://core.telegram.org/bots/api#answerinlinequery
ID = 64  # bytes, https://core.telegram.org/bots/api#inlinequeryresultarticle
PARAMETER = 64  # characters, https://core.telegram.org/bots/api#inlinequeryresultsbutton
OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def answer(world: World, params: Json) -> bool:
    """https://core.telegram.org/bots/api#answerinlinequery"""
    query, results = params["inline_query_id"], params["results"]
    if world.queries.get(query, ...) is not None:  # unknown, or answered before
        raise Refusal(400, OLD)
    if len(results) > RESULTS:
        raise Refusal(400, "Bad Request: RESULTS_TOO_MUCH")
    ids = [result["id"] for result in results]
    if len(set(ids)) < len(ids):
        raise Refusal(400, "Bad Request: RESULT_ID_DUPLICATE")
    if not all(1 <= len(id.encode()) <= ID for id in ids):
        raise Refusal(400, "Bad Request: RESULT_ID_INVALID")
    _button(params.get("button"))
    for result in results:
        message(result)
    world.queries[query] = params
    world.bell.ring()
    return True


def message(result: Json) -> Json:
    """What is sent when *result* is chosen."""
    said: dict[str, Any] = result["input_message_content"]
    text, entities = content({**said, "text": said["message_text"]})
    return {"text": text, "entities": entities, "reply_markup": markup(result)}


def _button(button: Json | None) -> None:
    start = (button or {}).get("start_parameter", "")
    if button and not (1 <= len(start) <= PARAMETER and all(c.isascii() and (c.isalnum() or c in "_-") for c in start)):
        raise Refusal(400, "Bad Request: START_PARAM_INVALID")
