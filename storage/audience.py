"""Streams of people for planners and campaigns: keyset pages, flat memory."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from core.events import EventName
from core.ids import PersonId
from scheduler.plan.digests import DigestReader
from storage.tables.intake import events, installation
from storage.tables.people import guardians, people

_REACHABLE = (people.c.channel == "active") & people.c.erased_at.is_(None)
_OWN_HOUR = sa.or_(
    people.c.preferences["digest_weekday"].as_string().is_not(None),
    people.c.preferences["digest_hour"].as_string().is_not(None),
)


class Audience:
    """Who may be written to."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def zones(self) -> list[str | None]:
        """List the zones people live in; None stands for the school's."""
        return list((await self._connection.execute(sa.select(people.c.zone).distinct())).scalars())

    async def digest_page(
        self, after: int, zones: Collection[str | None], limit: int
    ) -> list[DigestReader]:
        """List reachable guardians in these zones or with a digest hour of their own, by id."""
        named = [zone for zone in zones if zone is not None]
        lives_there: sa.ColumnElement[bool] = people.c.zone.in_(named)
        if None in zones:
            lives_there = sa.or_(lives_there, people.c.zone.is_(None))
        return await self._readers(
            sa.and_(people.c.id > after, sa.or_(lives_there, _OWN_HOUR)), limit
        )

    async def moved_since(self, since: datetime) -> list[DigestReader]:
        """List reachable guardians who chose a zone since."""
        chosen = sa.select(events.c.person_id).where(
            events.c.name == EventName.PERSON_ZONE_CHOSEN.value, events.c.at >= since
        )
        return await self._readers(people.c.id.in_(chosen), None)

    async def _readers(
        self, condition: sa.ColumnElement[bool], limit: int | None
    ) -> list[DigestReader]:
        guards = (
            sa.select(guardians.c.person_id)
            .where(guardians.c.person_id == people.c.id, guardians.c.until.is_(None))
            .exists()
        )
        query = (
            sa.select(people.c.id, people.c.zone, sa.case((_OWN_HOUR, people.c.preferences)))
            .where(_REACHABLE, guards, condition)
            .order_by(people.c.id)
            .limit(limit)
        )
        rows = (await self._connection.execute(query)).all()
        return [DigestReader(PersonId(person), zone, kept or {}) for person, zone, kept in rows]


class Watermarks:
    """Until when each planner has planned."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def until(self, planner: str) -> datetime | None:
        found = await self._connection.scalar(
            sa.select(installation.c.value).where(installation.c.name == _name(planner))
        )
        return datetime.fromisoformat(found) if found is not None else None

    async def advance(self, planner: str, until: datetime) -> None:
        """Remember; a clock that was set back does not take planned time back (L15)."""
        known = await self.until(planner)
        if known is not None and known >= until:
            return
        values = {"value": until.isoformat(), "changed_at": self._now}
        if known is None:
            statement = sa.insert(installation).values(name=_name(planner), **values)
            await self._connection.execute(statement)
            return
        await self._connection.execute(
            sa.update(installation).where(installation.c.name == _name(planner)).values(**values)
        )


def _name(planner: str) -> str:
    return f"planned.{planner}"
