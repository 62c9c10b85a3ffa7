"""Sanctions: what was taken from members, until when, and who ended it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from moderation.cases import Sanction, SanctionKind
from storage.tables.moderation import sanctions


class CaseSanctions:
    """Statements over sanctions; part of `storage.cases.Cases`."""

    _connection: AsyncConnection

    async def sanction(self, sanction: Sanction) -> int:
        """Store a sanction and return its id."""
        statement = (
            sa.insert(sanctions)
            .values(
                case_id=sanction.case_id,
                chat_id=sanction.chat_id,
                user_id=sanction.user_id,
                kind=sanction.kind.value,
                rule=sanction.rule,
                points=sanction.points,
                since=sanction.since,
                until=sanction.until,
                actor_id=sanction.actor_id,
            )
            .returning(sanctions.c.id)
        )
        return int((await self._connection.execute(statement)).scalar_one())

    async def sanctions_of_case(self, case_id: int) -> list[Sanction]:
        return await self._sanctions(sanctions.c.case_id == case_id)

    async def sanctions_of(self, chat_id: int, user_id: int) -> list[Sanction]:
        """List everything ever held against a member, oldest first."""
        return await self._sanctions(
            sa.and_(sanctions.c.chat_id == chat_id, sanctions.c.user_id == user_id)
        )

    async def lapsed(self, now: datetime) -> list[Sanction]:
        """List timed sanctions whose time is over and that nobody ended."""
        return await self._sanctions(
            sa.and_(sanctions.c.ended_at.is_(None), sanctions.c.until <= now)
        )

    async def end_sanctions(
        self, ids: Sequence[int], at: datetime, by: int | None, why: str
    ) -> None:
        """Close sanctions that are still open."""
        await self._connection.execute(
            sa.update(sanctions)
            .where(sanctions.c.id.in_(ids), sanctions.c.ended_at.is_(None))
            .values(ended_at=at, ended_by=by, end_reason=why)
        )

    async def held(self, chat_id: int, user_id: int) -> list[Sanction]:
        """List mutes and bans of a member that nobody has ended."""
        return await self._sanctions(
            sa.and_(
                sanctions.c.chat_id == chat_id,
                sanctions.c.user_id == user_id,
                sanctions.c.ended_at.is_(None),
                sanctions.c.kind != SanctionKind.WARN.value,
            )
        )

    async def held_by_rule(self, chat_id: int, rule: str) -> list[Sanction]:
        """List open sanctions of one rule in a chat (everybody held by a closed gate)."""
        return await self._sanctions(
            sa.and_(
                sanctions.c.chat_id == chat_id,
                sanctions.c.rule == rule,
                sanctions.c.ended_at.is_(None),
            )
        )

    async def end_all(self, chat_id: int, at: datetime, why: str) -> int:
        """Close every timed sanction of a chat the bot has left (M78)."""
        ended = await self._connection.execute(
            sa.update(sanctions)
            .where(
                sanctions.c.chat_id == chat_id,
                sanctions.c.ended_at.is_(None),
                sanctions.c.until.is_not(None),
            )
            .values(ended_at=at, end_reason=why)
        )
        return int(ended.rowcount)

    async def _sanctions(self, condition: sa.ColumnElement[bool]) -> list[Sanction]:
        query = sa.select(sanctions).where(condition).order_by(sanctions.c.id)
        return [_sanction(row) for row in (await self._connection.execute(query)).mappings()]


def _sanction(row: sa.RowMapping) -> Sanction:
    return Sanction(
        id=row["id"],
        case_id=row["case_id"],
        chat_id=row["chat_id"],
        user_id=row["user_id"],
        kind=SanctionKind(row["kind"]),
        rule=row["rule"],
        points=row["points"],
        since=row["since"],
        until=row["until"],
        actor_id=row["actor_id"],
        ended_at=row["ended_at"],
    )
