"""Every message of a community passes moderation before any handler sees it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import orjson
from aiogram import BaseMiddleware
from aiogram.types import Message, TelegramObject
from typing_extensions import override

from handlers.filters import GROUPS
from moderation.model import Severity
from moderation.raw import incoming_from_json
from moderation.service import Moderation

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
ChannelOf = Callable[[int], int | None]
"""The channel linked to a chat, if any."""
KINDS = ("message", "edited_message")


class Review(BaseMiddleware):
    """Judges group messages; what was removed goes no further.

    `raw` in the data is the update as Telegram sent it: fields this version of aiogram does not know are seen too.
    Only `watched` chats are judged: communities, not the staff forum.
    """

    def __init__(
        self, moderation: Moderation, watched: Callable[[int], bool], channel: ChannelOf
    ) -> None:
        self._moderation = moderation
        self._watched = watched
        self._channel = channel

    @override
    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if (
            isinstance(event, Message)
            and event.chat.type in GROUPS
            and self._watched(event.chat.id)
            and (body := _body(data)) is not None
        ):
            incoming = incoming_from_json(body, linked_channel_id=self._channel(event.chat.id))
            decision = await self._moderation.review(incoming, orjson.dumps(body))
            if decision.action >= Severity.HIDE:
                return None
        return await handler(event, data)


def _body(data: Mapping[str, Any]) -> Mapping[str, Any] | None:
    raw = data.get("raw") or {}
    return next((raw[kind] for kind in KINDS if kind in raw), None)
