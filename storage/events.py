"""The product's own log of what happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from core.events import Event, EventName
from core.ids import ChildId, PersonId, uuid7
from storage.tables.intake import events


class Events:
    """Append-only."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def record(self, *happened: Event) -> None:
        """Append events in the running transaction."""
        rows = [
            {
                "id": uuid7(event.at),
                "name": event.name.value,
                "at": event.at,
                "person_id": event.person,
                "child_id": event.child,
                "actor_id": event.actor,
                "facts": dict(event.facts),
            }
            for event in happened
        ]
        if rows:
            await self._connection.execute(sa.insert(events), rows)

    async def of_person(self, person: PersonId, names: Sequence[EventName] = ()) -> list[Event]:
        """List a person's events, oldest first."""
        query = (
            sa.select(events).where(events.c.person_id == person).order_by(events.c.at, events.c.id)
        )
        if names:
            query = query.where(events.c.name.in_([name.value for name in names]))
        return [_event(row) for row in (await self._connection.execute(query)).mappings()]

    async def count(self, name: EventName, since: datetime) -> int:
        query = sa.select(sa.func.count()).where(events.c.name == name.value, events.c.at >= since)
        return int((await self._connection.execute(query)).scalar_one())


def _event(row: sa.RowMapping) -> Event:
    return Event(
        name=EventName(row["name"]),
        at=row["at"],
        person=PersonId(row["person_id"]) if row["person_id"] is not None else None,
        child=ChildId(row["child_id"]) if row["child_id"] is not None else None,
        actor=PersonId(row["actor_id"]) if row["actor_id"] is not None else None,
        facts=row["facts"],
    )
