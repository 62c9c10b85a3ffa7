"""Events put aside: what the operator lists, plays again or drops."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from scheduler.progress.model import DEAD, Arrival, PlatformEvent, State
from storage.learning import event_of
from storage.learning_intake import add
from storage.seal import Seal
from storage.tables.learning import platform_events

_DEAD = sorted(state.value for state in DEAD)


class DeadEvents:
    """Works on events that were rejected, broke, or have an impossible time."""

    def __init__(self, connection: AsyncConnection, seal: Seal) -> None:
        self._connection = connection
        self._seal = seal

    async def listing(self, ids: Collection[int] = (), limit: int = 1000) -> list[PlatformEvent]:
        """List them, the oldest first; all of them or those named."""
        query = sa.select(platform_events).where(platform_events.c.state.in_(_DEAD))
        if ids:
            query = query.where(platform_events.c.id.in_(list(ids)))
        rows = await self._connection.execute(query.order_by(platform_events.c.id).limit(limit))
        return [event_of(row, self._seal) for row in rows.mappings()]

    async def waiting(self) -> dict[str, tuple[int, datetime]]:
        """Count events that wait for their learner, by what is missing, with the oldest of each."""
        query = (
            sa.select(
                platform_events.c.error, sa.func.count(), sa.func.min(platform_events.c.received_at)
            )
            .where(platform_events.c.state == State.PARKED.value)
            .group_by(platform_events.c.error)
        )
        rows = (await self._connection.execute(query)).all()
        return {error or "": (count, oldest) for error, count, oldest in rows}

    async def give_back(self, ids: Collection[int]) -> None:
        """Let events be taken afresh; an impossible time becomes the time of arrival."""
        await self._connection.execute(
            sa.update(platform_events)
            .where(platform_events.c.id.in_(list(ids)))
            .values(state=State.RECEIVED.value, attempts=0, error=None)
        )

    async def replace(self, event: int, arrivals: Sequence[Arrival]) -> None:
        """Put what a rejected event turned out to be in its place."""
        await self._connection.execute(
            sa.delete(platform_events).where(platform_events.c.id == event)
        )
        await add(self._connection, arrivals, self._seal)

    async def drop(self, ids: Collection[int]) -> None:
        """Give events up; what they held is emptied."""
        await self._connection.execute(
            sa.update(platform_events)
            .where(platform_events.c.id.in_(list(ids)))
            .values(
                state=State.DROPPED.value, facts={}, sealed=None, user_ref=None, learner_ref=None
            )
        )
