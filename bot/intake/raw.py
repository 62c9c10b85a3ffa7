"""Reading a raw update just enough to store and order it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from aiogram.methods import TelegramMethod

from handlers.groups.votes import is_vote
from storage.inbox import InboxRow

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "message_reaction",
    "message_reaction_count",
)
"""Named one by one: chat_member and the reactions never come unasked."""


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates whose answer is left undecoded, so that one odd update cannot block the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


def order_keys(update: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the chat and the person an update belongs to; updates that share a key keep their order.

    A vote keeps the order of its person only: in a live hour a thousand of them would queue one behind another.
    """
    if is_vote(update):
        return (f"p{update['callback_query']['from']['id']}",)
    kind = kind_of(update)
    body = update.get(kind)
    if not isinstance(body, dict):
        return ()
    message = body.get("message") if kind == "callback_query" else body
    chat = message.get("chat") if isinstance(message, dict) else None
    person = body.get("from") or body.get("user")
    keys = [
        f"{label}{holder['id']}"
        for label, holder in (("c", chat), ("p", person))
        if isinstance(holder, dict) and isinstance(holder.get("id"), int)
    ]
    return tuple(keys)


def kind_of(update: Mapping[str, Any]) -> str:
    """Name the field that carries the update (`message`, `callback_query` ...), or `unknown`."""
    return next((name for name in update if name != "update_id"), "unknown")


def as_row(update: Mapping[str, Any], keys: tuple[str, ...], now: datetime) -> InboxRow:
    """Make the inbox row of a raw update and its `order_keys`."""
    return InboxRow(
        update_id=int(update["update_id"]),
        received_at=now,
        kind=kind_of(update)[:40],
        lane=" ".join(keys)[:40],
        payload=orjson.dumps(update),
    )
