"""aiogram's models as judges that neither the bot nor python-telegram-bot wrote.

They check types but let unknown keys pass, so those are looked for here.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator
from functools import cache
from typing import Any, get_args

from aiogram.methods import Response, TelegramMethod
from aiogram.types import Update
from pydantic import BaseModel, TypeAdapter, ValidationError

Method = type[TelegramMethod[Any]]


def problems_of_call(method: Method, params: dict[str, Any]) -> list[str]:
    """What is wrong with a call of *method*."""
    return _problems(_judge(method), params, method.__name__)


def problems_of_reply(method: Method, payload: dict[str, Any]) -> list[str]:
    """What is wrong with the server's reply to a call of *method*."""
    return _problems(_judge(Response[method.__returning__]), payload, f"reply to {method.__name__}")  # type: ignore[name-defined]


def problems_of_update(update: dict[str, Any]) -> list[str]:
    """What is wrong with an update that the server is about to deliver."""
    return _problems(_judge(Update), update, "update")


def from_form(method: Method, form: dict[str, str]) -> dict[str, Any]:
    """*form* with the nested values decoded, which a form carries as JSON text."""
    return {key: _decoded(method, key, value) for key, value in form.items()}


def _decoded(method: Method, key: str, value: str) -> Any:
    annotation: Any = method.model_fields[key].annotation if key in method.model_fields else str
    return json.loads(value) if _is_nested(annotation) else value


@cache
def _is_nested(annotation: Hashable) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return True
    inner = get_args(annotation)
    return getattr(annotation, "__origin__", None) is list or any(map(_is_nested, inner))


@cache
def _judge(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _problems(judge: TypeAdapter[Any], raw: dict[str, Any], what: str) -> list[str]:
    try:
        judged = judge.validate_python(raw)
    except ValidationError as error:
        return [f"{what}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
    return [f"{what}: {key}: unknown key" for key in _unknown(raw, judged)]


def _unknown(raw: Any, judged: Any, at: str = "") -> Iterator[str]:
    """The keys of *raw* that the models which accepted it do not know."""
    match raw, judged:
        case dict(), BaseModel():
            names = {field.alias or name: name for name, field in type(judged).model_fields.items()}
            for key, value in raw.items():
                if key in names:
                    yield from _unknown(value, getattr(judged, names[key]), f"{at}{key}.")
                else:
                    yield f"{at}{key}"
        case list(), list():
            for index, (left, right) in enumerate(zip(raw, judged, strict=True)):
                yield from _unknown(left, right, f"{at}{index}.")
