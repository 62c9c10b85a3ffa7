"""Requests to look at a decision again."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from moderation.records import Appeal, AppealState
from storage.tables.moderation_people import appeals


class Appeals:
    """At most one per case."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._dialect = postgresql if connection.dialect.name == "postgresql" else sqlite

    async def open(
        self, case_id: int, chat_id: int, user_id: int, now: datetime, due: datetime
    ) -> int | None:
        """Store an appeal and return its id; None when the case has one."""
        insert = self._dialect.insert(appeals).values(
            case_id=case_id,
            chat_id=chat_id,
            user_id=user_id,
            state=AppealState.OPEN.value,
            opened_at=now,
            due_at=due,
        )
        stored = await self._connection.execute(
            insert.on_conflict_do_nothing(index_elements=[appeals.c.case_id]).returning(
                appeals.c.id
            )
        )
        return stored.scalar_one_or_none()

    async def get(self, appeal_id: int) -> Appeal | None:
        query = sa.select(appeals).where(appeals.c.id == appeal_id)
        row = (await self._connection.execute(query)).mappings().first()
        return _appeal(row) if row is not None else None

    async def decide(
        self, appeal_id: int, state: AppealState, actor_id: int, now: datetime
    ) -> bool:
        """Decide an open appeal; False when somebody was faster."""
        done = await self._connection.execute(
            sa.update(appeals)
            .where(appeals.c.id == appeal_id, appeals.c.state == AppealState.OPEN.value)
            .values(state=state.value, decided_by=actor_id, decided_at=now)
        )
        return bool(done.rowcount)

    async def late(self, now: datetime) -> list[Appeal]:
        """List open appeals past their time about which nobody was alarmed."""
        query = sa.select(appeals).where(
            appeals.c.state == AppealState.OPEN.value,
            appeals.c.due_at <= now,
            appeals.c.alarmed_at.is_(None),
        )
        return [_appeal(row) for row in (await self._connection.execute(query)).mappings()]

    async def alarmed(self, appeal_id: int, now: datetime) -> None:
        await self._connection.execute(
            sa.update(appeals).where(appeals.c.id == appeal_id).values(alarmed_at=now)
        )

    async def between(self, since: datetime, until: datetime) -> list[Appeal]:
        """List appeals opened in [since, until)."""
        query = sa.select(appeals).where(appeals.c.opened_at >= since, appeals.c.opened_at < until)
        return [_appeal(row) for row in (await self._connection.execute(query)).mappings()]


def _appeal(row: sa.RowMapping) -> Appeal:
    return Appeal(
        id=row["id"],
        case_id=row["case_id"],
        chat_id=row["chat_id"],
        user_id=row["user_id"],
        state=AppealState(row["state"]),
        opened_at=row["opened_at"],
        due_at=row["due_at"],
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
    )
