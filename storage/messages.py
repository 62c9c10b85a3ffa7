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
from storage.bulk import Bulk, known
from storage.tables.moderation import members, messages
from storage.tables.people import people
from storage.types import micros


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
    version: int = 0
    signals: str = ""
    has_media: bool = False
    hidden: bool = False
    body: bytes | None = None


async def keep(connection: AsyncConnection, seen: Sequence[SeenMessage]) -> None:
    """Store messages and count new ones for their authors; an edit replaces the body and counts nothing."""
    is_sqlite = connection.dialect.name == "sqlite"
    dialect = sqlite if is_sqlite else postgresql
    fresh = [message for message in seen if message.edited_at is None]
    if fresh:
        new = await (_new_on_sqlite if is_sqlite else _new_elsewhere)(connection, fresh)
        await _count(connection, [message for message in new if not message.hidden])
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


EDITABLE = ("edited_at", "fingerprint", "version", "signals", "has_media", "hidden", "body")


async def _new_on_sqlite(
    connection: AsyncConnection, fresh: Sequence[SeenMessage]
) -> list[SeenMessage]:
    new = {(message.chat_id, message.message_id): message for message in fresh}
    for chat in {message.chat_id for message in fresh}:
        asked = [number for at, number in new if at == chat]
        for number in await known(connection, messages.c.message_id, asked, chat_id=chat):
            del new[chat, number]
    rows = [_values(message) | {"at": micros(message.at)} for message in new.values()]
    await _KEEP.run(connection, rows)
    return list(new.values())


async def _new_elsewhere(
    connection: AsyncConnection, fresh: Sequence[SeenMessage]
) -> list[SeenMessage]:
    statement = (
        postgresql.insert(messages)
        .on_conflict_do_nothing()
        .returning(messages.c.chat_id, messages.c.message_id)
    )
    inserted = await connection.execute(statement, [_values(message) for message in fresh])
    new = {(row.chat_id, row.message_id) for row in inserted}
    return list(
        {key: one for one in fresh if (key := (one.chat_id, one.message_id)) in new}.values()
    )


async def _count(connection: AsyncConnection, new: Sequence[SeenMessage]) -> None:
    counts = Counter((message.chat_id, message.author_id) for message in new)
    if not counts:
        return
    last = {(message.chat_id, message.author_id): message.at for message in new}
    rows: list[dict[str, Any]] = [
        {"chat_id": chat, "user_id": author, "messages": count, "last_at": last[chat, author]}
        for (chat, author), count in counts.items()
    ]
    if connection.dialect.name == "sqlite":
        await _COUNT.run(connection, [row | {"last_at": micros(row["last_at"])} for row in rows])
    else:
        await connection.execute(_counting(postgresql.insert(members)), rows)


def _counting(insert: Any) -> Any:
    named = ("chat_id", "user_id", "messages", "last_at")
    return insert.values({name: sa.bindparam(name) for name in named}).on_conflict_do_update(
        index_elements=[members.c.chat_id, members.c.user_id],
        set_={
            "messages": members.c.messages + insert.excluded.messages,
            "last_at": insert.excluded.last_at,
        },
    )


_KEEP = Bulk(sa.insert(messages))
_COUNT = Bulk(_counting(sqlite.insert(members)))


def _values(message: SeenMessage) -> dict[str, Any]:
    return {
        "chat_id": message.chat_id,
        "message_id": message.message_id,
        "author_id": message.author_id,
        "at": message.at,
        "topic_id": message.topic_id,
        "edited_at": message.edited_at,
        "album_id": message.album_id,
        "fingerprint": message.fingerprint,
        "version": message.version,
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
        version=mark.version,
        signals=" ".join(sorted(mark.signals)),
        has_media=bool(message.media),
        hidden=hidden,
        body=body,
    )


@dataclass(frozen=True, slots=True)
class GroupMessages:
    """Statements over the journal, inside a unit."""

    connection: AsyncConnection

    async def version(self, chat_id: int, message_id: int) -> int | None:
        """Tell the hash of the version last seen; None for a message nobody saw."""
        query = sa.select(messages.c.version).where(
            messages.c.chat_id == chat_id, messages.c.message_id == message_id
        )
        found: int | None = await self.connection.scalar(query)
        return found

    async def album(self, chat_id: int, album_id: str) -> list[int]:
        """List the known parts of an album."""
        query = sa.select(messages.c.message_id).where(
            messages.c.chat_id == chat_id, messages.c.album_id == album_id
        )
        return list((await self.connection.execute(query)).scalars())

    async def copies(
        self, chat_id: int, fingerprint: int, since: datetime
    ) -> list[tuple[int, int]]:
        """List messages with the same text that still stand, as (message, author)."""
        query = sa.select(messages.c.message_id, messages.c.author_id).where(
            messages.c.chat_id == chat_id,
            messages.c.fingerprint == fingerprint,
            messages.c.at > since,
            messages.c.hidden.is_(False),
        )
        return [(row.message_id, row.author_id) for row in await self.connection.execute(query)]

    async def since(
        self, chat_id: int, topic_id: int | None, first: int, last: int, limit: int
    ) -> list[tuple[int, datetime]]:
        """List standing messages of a topic from `first` to `last`, newest first, as (message, sent at)."""
        query = (
            sa.select(messages.c.message_id, messages.c.at)
            .where(
                messages.c.chat_id == chat_id,
                messages.c.topic_id.is_(None)
                if topic_id is None
                else messages.c.topic_id == topic_id,
                messages.c.message_id.between(first, last),
                messages.c.hidden.is_(False),
            )
            .order_by(messages.c.message_id.desc())
            .limit(limit)
        )
        return [(row.message_id, row.at) for row in await self.connection.execute(query)]

    async def author(self, chat_id: int, message_id: int) -> int | None:
        """Tell who wrote a message."""
        query = sa.select(messages.c.author_id).where(
            messages.c.chat_id == chat_id, messages.c.message_id == message_id
        )
        found: int | None = await self.connection.scalar(query)
        return found

    async def body(self, chat_id: int, message_id: int) -> bytes | None:
        """Read a message's raw JSON, while it is kept."""
        query = sa.select(messages.c.body).where(
            messages.c.chat_id == chat_id, messages.c.message_id == message_id
        )
        found: bytes | None = await self.connection.scalar(query)
        return found

    async def written(self, chat_id: int, user_id: int) -> int:
        """Count what a member has written here."""
        query = sa.select(members.c.messages).where(
            members.c.chat_id == chat_id, members.c.user_id == user_id
        )
        return int(await self.connection.scalar(query) or 0)

    async def named(self, username: str) -> int | None:
        """Find the Telegram id behind a @username: among people, else among the latest authors."""
        query = sa.select(people.c.telegram_id).where(
            sa.func.lower(people.c.username) == username.lower()
        )
        found: int | None = await self.connection.scalar(query.limit(1))
        if found is not None:
            return found
        bodies = await self.connection.execute(
            sa.select(messages.c.author_id, messages.c.body)
            .where(messages.c.body.is_not(None))
            .order_by(messages.c.at.desc())
            .limit(NAMES_LOOKED_AT)
        )
        wanted = f'"username":"{username.lower()}"'.encode()
        return next((row.author_id for row in bodies if wanted in bytes(row.body).lower()), None)

    async def latest(self, chat_id: int, limit: int) -> list[bytes]:
        """Read the raw bodies of the newest messages of a chat that are still kept, oldest first."""
        return await latest(self.connection, chat_id, limit)


NAMES_LOOKED_AT = 2000
"""Latest messages in which a @username is looked for."""


async def latest(connection: AsyncConnection, chat_id: int, limit: int) -> list[bytes]:
    """Read the raw bodies of the newest messages of a chat that are still kept, oldest first."""
    query = (
        sa.select(messages.c.body)
        .where(messages.c.chat_id == chat_id, messages.c.body.is_not(None))
        .order_by(messages.c.at.desc())
        .limit(limit)
    )
    return [bytes(body) for body in reversed((await connection.execute(query)).scalars().all())]
