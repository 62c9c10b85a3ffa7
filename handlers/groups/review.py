"""Every message of a community passes moderation before anything else looks at it.

The gate works on the update as Telegram sent it: fields this version of aiogram does not know are seen too, and a plain
message of a parent, nine in ten, is done without being decoded at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from handlers.filters import GROUPS
from moderation.model import Severity
from moderation.raw import incoming_from_json
from moderation.service import Moderation

ChannelOf = Callable[[int], int | None]
"""The channel linked to a chat, if any."""
KINDS = ("message", "edited_message")
CONTENT = frozenset(
    {
        "message_id", "date", "chat", "from", "message_thread_id", "is_topic_message", "text", "entities",
        "caption", "caption_entities", "photo", "video", "animation", "voice", "audio", "sticker", "media_group_id",
        "link_preview_options", "sender_tag", "sender_boost_count", "has_media_spoiler", "edit_date",
    }
)  # fmt: skip
"""Fields of a message that only says something to the others: no reply, no service event, no command object."""


class Review:
    """Judges group messages.

    Only `watched` chats are judged: communities, not the staff forum. `concerns` tells of messages that handlers want
    to see although they are plain (staff, a live session, a question).
    """

    def __init__(
        self,
        moderation: Moderation,
        *,
        watched: Callable[[int], bool],
        channel: ChannelOf,
        concerns: Callable[[Mapping[str, Any]], bool],
    ) -> None:
        self._moderation = moderation
        self._watched = watched
        self._channel = channel
        self._concerns = concerns

    async def __call__(self, update: Mapping[str, Any]) -> bool:
        """Judge an update; True when nothing is left for handlers to do."""
        kind = next((kind for kind in KINDS if kind in update), None)
        if kind is None:
            return False
        body = update[kind]
        chat = body.get("chat") if isinstance(body, Mapping) else None
        if (
            not isinstance(chat, Mapping)
            or chat.get("type") not in GROUPS
            or not self._watched(chat["id"])
        ):
            return False
        incoming = incoming_from_json(body, linked_channel_id=self._channel(chat["id"]))
        decision = await self._moderation.review(incoming, orjson.dumps(body))
        if decision.action >= Severity.HIDE:
            return True
        return kind == "message" and is_plain(body) and not self._concerns(body)


def is_plain(message: Mapping[str, Any]) -> bool:
    """Tell whether a message only talks to the other parents: no command, reply or service event."""
    words = message.get("text") or message.get("caption") or ""
    return message.keys() <= CONTENT and not words.startswith("/")
