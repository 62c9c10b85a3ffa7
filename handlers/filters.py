"""Filters of the house: async and derived from aiogram's Filter.

A sync filter costs a thread hop (65 times more), and an async callable that is no `Filter` is never awaited and lets
everybody in (docs/decisions/0002-intake.md).
"""

from __future__ import annotations

from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, TelegramObject
from typing_extensions import override

GROUPS = frozenset({ChatType.GROUP.value, ChatType.SUPERGROUP.value})


class Private(Filter):
    """A private chat with the bot."""

    @override
    async def __call__(self, event: TelegramObject) -> bool:
        chat = chat_type(event)
        return chat == ChatType.PRIVATE.value


class Group(Filter):
    """A group or supergroup."""

    @override
    async def __call__(self, event: TelegramObject) -> bool:
        return chat_type(event) in GROUPS


class Data(Filter):
    """A button whose callback data begins with one of `prefixes`."""

    def __init__(self, *prefixes: str) -> None:
        self.prefixes = prefixes

    @override
    async def __call__(self, query: CallbackQuery) -> bool:
        return (query.data or "").startswith(self.prefixes)


class Has(Filter):
    """A message with a field of this name (`new_chat_members`)."""

    def __init__(self, field: str) -> None:
        self.field = field

    @override
    async def __call__(self, event: TelegramObject) -> bool:
        return bool(getattr(event, self.field, None))


def chat_type(event: TelegramObject) -> str | None:
    """Name the type of chat an event stands in; an inline message of a button counts as none."""
    message = event.message if isinstance(event, CallbackQuery) else event
    chat = getattr(message, "chat", None)
    return getattr(chat, "type", None)
