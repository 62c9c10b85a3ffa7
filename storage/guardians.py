"""Guardianship that ends and comes back, and what a guardian may change about a child."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from core.events import EventName
from core.ids import ChildId, PersonId
from storage.seal import Seal
from storage.tables.intake import events
from storage.tables.people import children, guardians


class Guardians:
    """Changes of one family tie."""

    def __init__(self, connection: AsyncConnection, seal: Seal) -> None:
        self._connection = connection
        self._seal = seal

    async def rename(self, person: PersonId, child: ChildId, name: str | None) -> bool:
        """Set or clear a child's first name; False when the person does not stand for the child."""
        mine = sa.select(guardians.c.child_id).where(
            _tie(person, child), guardians.c.until.is_(None)
        )
        changed = await self._connection.execute(
            sa.update(children)
            .where(children.c.id.in_(mine), children.c.erased_at.is_(None))
            .values(name=self._seal.close(name) if name else None)
        )
        return changed.rowcount > 0

    async def end(self, person: PersonId, child: ChildId, at: datetime) -> bool:
        """End guardianship; False when there was none."""
        changed = await self._connection.execute(
            sa.update(guardians)
            .where(_tie(person, child), guardians.c.until.is_(None))
            .values(until=at)
        )
        return changed.rowcount > 0

    async def resume(self, person: PersonId, child: ChildId, since: datetime) -> bool:
        """Take back an end the person made since `since`; what others ended (custody) stays ended."""
        own = (
            sa.select(events.c.id)
            .where(
                events.c.name == EventName.CHILD_REMOVED.value,
                events.c.actor_id == person,
                events.c.child_id == child,
                events.c.at == guardians.c.until,
            )
            .exists()
        )
        changed = await self._connection.execute(
            sa.update(guardians)
            .where(_tie(person, child), guardians.c.until >= since, own)
            .values(until=None)
        )
        return changed.rowcount > 0


def _tie(person: PersonId, child: ChildId) -> sa.ColumnElement[bool]:
    return (guardians.c.person_id == person) & (guardians.c.child_id == child)
