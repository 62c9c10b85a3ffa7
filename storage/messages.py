"""Group messages as the journal keeps them.

An author's counter moves with the row that was really inserted, so a message handled twice (a crash between its row
and the mark of its update) is counted once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from moderation.memory import Mark
from moderation.model import Incoming
from storage.tables.moderation import members, messages


@dataclass(frozen=True, slots=True)
class SeenMessage:
    """A group message as the journal keeps it. `body` is raw JSON kept for evidence until retention purges it."""

    chat_id: int
    message_id: int
    author_id: int
    at: datetime
    topic_id: int | None = None
    edited_at: datetime | None = None
    album_id: str | None = None
    fingerprint: int = 0
    signals: str = ""
    has_media: bool = False
    hidden: bool = False
    body: bytes | None = None


async def keep(connection: AsyncConnection, seen: Sequence[SeenMessage]) -> None:
    """Store messages and count new ones for their authors; an edit replaces the body and counts nothing."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    fresh = [message for message in seen if message.edited_at is None]
    if fresh:
        statement = (
            dialect.insert(messages)
            .on_conflict_do_nothing()
            .returning(messages.c.chat_id, messages.c.author_id, messages.c.at, messages.c.hidden)
        )
        inserted = await connection.execute(statement, [_values(message) for message in fresh])
        await _count(connection, [row for row in inserted if not row.hidden])
    for message in seen:
        if message.edited_at is None:
            continue
        insert = dialect.insert(messages).values(_values(message))
        await connection.execute(
            insert.on_conflict_do_update(
                index_elements=[messages.c.chat_id, messages.c.message_id],
                set_={name: insert.excluded[name] for name in EDITABLE},
            )
        )


EDITABLE = ("edited_at", "fingerprint", "signals", "has_media", "hidden", "body")


async def _count(connection: AsyncConnection, inserted: Sequence[sa.Row[Any]]) -> None:
    counts = Counter((row.chat_id, row.author_id) for row in inserted)
    if not counts:
        return
    last = {(row.chat_id, row.author_id): row.at for row in inserted}
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(members)
    await connection.execute(
        insert.on_conflict_do_update(
            index_elements=[members.c.chat_id, members.c.user_id],
            set_={
                "messages": members.c.messages + insert.excluded.messages,
                "last_at": insert.excluded.last_at,
            },
        ),
        [
            {"chat_id": chat, "user_id": author, "messages": count, "last_at": last[chat, author]}
            for (chat, author), count in counts.items()
        ],
    )


def _values(message: SeenMessage) -> dict[str, object]:
    return {
        "chat_id": message.chat_id,
        "message_id": message.message_id,
        "author_id": message.author_id,
        "at": message.at,
        "topic_id": message.topic_id,
        "edited_at": message.edited_at,
        "album_id": message.album_id,
        "fingerprint": message.fingerprint,
        "signals": message.signals,
        "has_media": message.has_media,
        "hidden": message.hidden,
        "body": message.body,
    }


def seen_of(message: Incoming, mark: Mark, body: bytes, *, hidden: bool = False) -> SeenMessage:
    """Make the journal row of a judged message."""
    return SeenMessage(
        chat_id=message.chat_id,
        message_id=message.message_id,
        author_id=message.author_id,
        at=message.at,
        topic_id=message.topic_id,
        edited_at=message.edited_at,
        album_id=message.album_id or None,
        fingerprint=mark.fingerprint,
        signals=" ".join(sorted(mark.signals)),
        has_media=bool(message.media),
        hidden=hidden,
        body=body,
    )


async def latest(connection: AsyncConnection, chat_id: int, limit: int) -> list[bytes]:
    """Read the raw bodies of the newest messages of a chat that are still kept, oldest first."""
    query = (
        sa.select(messages.c.body)
        .where(messages.c.chat_id == chat_id, messages.c.body.is_not(None))
        .order_by(messages.c.at.desc())
        .limit(limit)
    )
    return [bytes(body) for body in reversed((await connection.execute(query)).scalars().all())]
