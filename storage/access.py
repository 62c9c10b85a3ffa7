"""The log of looks: which of the staff saw whose data, what and why."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from core.ids import PersonId, uuid7
from storage.tables.consents import access_log
from storage.tables.people import people


class AccessLog:
    """Written in the transaction of the look itself: no look without a line."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def record(
        self, actor: PersonId, person: PersonId, what: str, reason: str, now: datetime
    ) -> None:
        """Note one look."""
        await self._connection.execute(
            sa.insert(access_log).values(
                id=uuid7(now), at=now, actor_id=actor, person_id=person, what=what, reason=reason
            )
        )

    async def of_person(self, person: PersonId) -> list[tuple[PersonId, str, datetime]]:
        """List who looked at a person's data, oldest first."""
        query = (
            sa.select(access_log.c.actor_id, access_log.c.what, access_log.c.at)
            .where(access_log.c.person_id == person)
            .order_by(access_log.c.at, access_log.c.id)
        )
        return [(PersonId(r.actor_id), r.what, r.at) for r in await self._connection.execute(query)]

    async def find(self, name: str) -> PersonId | None:
        """Find a person by @name or our number."""
        wanted = name.removeprefix("@")
        condition = (
            people.c.id == int(wanted)
            if wanted.isdecimal() and len(wanted) < 19  # noqa: PLR2004 - fits 64 bits
            else sa.func.lower(people.c.username) == wanted.lower()
        )
        found = await self._connection.scalar(
            sa.select(people.c.id).where(condition, people.c.erased_at.is_(None))
        )
        return PersonId(found) if found is not None else None
