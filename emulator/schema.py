"""The contract of requests: names, required flags and types of all Bot API methods.

Read from aiogram's method classes at run time, so that the emulator knows exactly the methods of the installed
Bot API version. Values may come as plain JSON or as text, because a form carries everything as text.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from inspect import isclass
from typing import Any

import aiogram.methods
from aiogram.methods.base import TelegramMethod

from emulator.errors import ApiError, bad_request
from emulator.shapes import Check, Mismatch, compile_check, resolve

MISSING_TEXTS = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "from_chat_id is empty",
    "text": "message text is empty",
    "user_id": "invalid user_id specified",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "message_thread_id": "message thread not found",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "sender_chat_id": "invalid sender_chat_id specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "video": "there is no video in the request",
    "animation": "there is no animation in the request",
    "audio": "there is no audio in the request",
    "voice": "there is no voice in the request",
    "video_note": "there is no video note in the request",
    "sticker": "there is no sticker in the request",
    "file_id": "file_id not specified",
}
"""Telegram's words for the most usual forgotten parameters (Bot API server 10.0)."""


WRONG_TYPES = {
    ("sendMediaGroup", "media"): "can't use the media of the specified type in the album",
}
"""Telegram's words for an object of a type that does not belong into a parameter."""


@dataclass(frozen=True, slots=True)
class MethodSpec:
    """One method: its parameters with their checks and what it answers."""

    name: str
    model: type[TelegramMethod[Any]]
    checks: Mapping[str, Check]
    required: tuple[str, ...]

    @property
    def returning(self) -> Any:
        return self.model.__returning__

    def accept(self, params: Mapping[str, Any], files: Mapping[str, Any]) -> dict[str, Any]:
        """Return the parameters in plain JSON shape without nulls.

        Refuses unknown parameters, wrong types and missing required ones with ApiError 400. A file that is sent
        under a parameter's own name stands for that parameter.
        """
        accepted: dict[str, Any] = {}
        for name, value in params.items():
            check = self.checks.get(name)
            if check is None:
                raise bad_request(f'method {self.name} has no parameter "{name}"')
            if value is None:
                continue
            try:
                accepted[name] = check(value)
            except Mismatch as wrong:
                if (self.name, name) in WRONG_TYPES and wrong.path.endswith(".type"):
                    raise bad_request(WRONG_TYPES[self.name, name]) from None
                raise bad_request(f'wrong parameter "{name}{wrong.path}": {wrong.reason}') from None
        for name in files:
            if name in self.checks and name not in accepted:
                accepted[name] = f"attach://{name}"
        for name in self.required:
            if name not in accepted:
                raise bad_request(
                    MISSING_TEXTS.get(name, f'parameter "{name}" is required but not specified')
                )
        return accepted


@cache
def _models() -> dict[str, type[TelegramMethod[Any]]]:
    found: dict[str, type[TelegramMethod[Any]]] = {}
    for name in aiogram.methods.__all__:
        model = getattr(aiogram.methods, name)
        if isclass(model) and issubclass(model, TelegramMethod) and model is not TelegramMethod:
            found[model.__api_method__.lower()] = model
    return found


def method_names() -> list[str]:
    """List the names of all methods, sorted."""
    return sorted(model.__api_method__ for model in _models().values())


@cache
def _spec(lowered: str) -> MethodSpec | None:
    model = _models().get(lowered)
    if model is None:
        return None
    resolve(model)
    fields = model.model_fields
    required = tuple(name for name, field in fields.items() if field.is_required())
    checks: dict[str, Callable[[Any], Any]] = {
        name: compile_check(field.annotation) for name, field in fields.items()
    }
    return MethodSpec(model.__api_method__, model, checks, required)


def find(method: str) -> MethodSpec:
    """Return the specification of a method; names are case-insensitive. Unknown: ApiError 404."""
    spec = _spec(method.lower())
    if spec is None:
        raise ApiError(404, "Not Found: method not found")
    return spec
