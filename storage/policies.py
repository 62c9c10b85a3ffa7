"""Changes of moderation's numbers: a log; what is in force is its fold."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from moderation.overrides import Value
from moderation.records import Change
from storage.tables.moderation_settings import policy_changes

CHAT_WIDE = 0
"""topic_id of what holds in the whole chat."""


class PolicyChanges:
    """Append-only; topic None is the whole chat."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def in_force(self, chat_id: int, topic_id: int | None) -> dict[str, Value]:
        """List what differs from the defaults in a place."""
        latest = (
            sa.select(sa.func.max(policy_changes.c.id))
            .where(_place(chat_id, topic_id))
            .group_by(policy_changes.c.key)
        )
        query = sa.select(policy_changes.c.key, policy_changes.c.after).where(
            policy_changes.c.id.in_(latest), policy_changes.c.after.is_not(None)
        )
        return {row.key: row.after for row in await self._connection.execute(query)}

    async def add(self, change: Change) -> int:
        """Append a change and return its id."""
        statement = (
            sa.insert(policy_changes)
            .values(
                chat_id=change.chat_id,
                topic_id=change.topic_id or CHAT_WIDE,
                key=change.key,
                before=change.before,
                after=change.after,
                author_id=change.author_id,
                at=change.at,
            )
            .returning(policy_changes.c.id)
        )
        return int((await self._connection.execute(statement)).scalar_one())

    async def get(self, change_id: int) -> Change | None:
        query = sa.select(policy_changes).where(policy_changes.c.id == change_id)
        row = (await self._connection.execute(query)).mappings().first()
        return _change(row) if row is not None else None

    async def last(self, chat_id: int, topic_id: int | None, key: str) -> Change | None:
        """Find the latest change of a number in a place (M103)."""
        query = (
            sa.select(policy_changes)
            .where(_place(chat_id, topic_id), policy_changes.c.key == key)
            .order_by(policy_changes.c.id.desc())
            .limit(1)
        )
        row = (await self._connection.execute(query)).mappings().first()
        return _change(row) if row is not None else None


def _place(chat_id: int, topic_id: int | None) -> sa.ColumnElement[bool]:
    return sa.and_(
        policy_changes.c.chat_id == chat_id,
        policy_changes.c.topic_id == (topic_id or CHAT_WIDE),
    )


def _change(row: sa.RowMapping) -> Change:
    at: datetime = row["at"]
    return Change(
        id=row["id"],
        chat_id=row["chat_id"],
        topic_id=row["topic_id"] or None,
        key=row["key"],
        before=row["before"],
        after=row["after"],
        author_id=row["author_id"],
        at=at,
    )
