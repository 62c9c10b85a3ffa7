"""The duty roster: shifts, exemptions, swaps, limits."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from community.duty import Exemption, Kind, Roster, Shift, Swap
from community.model import Speciality
from core.ids import CommunityId, PersonId
from storage.tables.community_escalations import (
    duty_exemptions,
    duty_limits,
    duty_shifts,
    duty_swaps,
)


class Duty:
    """A roster is small and read whole."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def roster(self, community: CommunityId) -> Roster:
        limits = await self._rows(duty_limits, community)
        return Roster(
            shifts=tuple(_shift(row) for row in await self._rows(duty_shifts, community)),
            exemptions=tuple(_exemption(r) for r in await self._rows(duty_exemptions, community)),
            swaps=tuple(_swap(row) for row in await self._rows(duty_swaps, community)),
            limits={PersonId(row["expert_id"]): row["open_at_once"] for row in limits},
        )

    async def add_shift(self, community: CommunityId, shift: Shift) -> int:
        return await self._add(
            duty_shifts,
            community_id=community,
            expert_id=shift.expert,
            speciality=shift.speciality.value,
            weekday=shift.weekday,
            starts=_hour(shift.starts),
            ends=_hour(shift.ends),
            zone=shift.zone,
            first_day=shift.first.isoformat() if shift.first else None,
            last_day=shift.last.isoformat() if shift.last else None,
        )

    async def drop_shift(self, community: CommunityId, shift: int) -> bool:
        table = duty_shifts
        dropped = await self._connection.execute(
            sa.delete(table).where(table.c.community_id == community, table.c.id == shift)
        )
        return dropped.rowcount > 0

    async def add_exemption(self, community: CommunityId, exemption: Exemption) -> int:
        return await self._add(
            duty_exemptions,
            community_id=community,
            expert_id=exemption.expert,
            speciality=exemption.speciality.value,
            day=exemption.day.isoformat(),
            kind=exemption.kind.value,
            starts=_hour(exemption.starts),
            ends=_hour(exemption.ends),
            zone=exemption.zone,
        )

    async def ask_swap(
        self, community: CommunityId, day: date, gives: PersonId, takes: PersonId, now: datetime
    ) -> int:
        return await self._add(
            duty_swaps,
            community_id=community,
            day=day.isoformat(),
            gives_id=gives,
            takes_id=takes,
            asked_at=now,
        )

    async def accept_swap(self, swap: int, takes: PersonId, now: datetime) -> Swap | None:
        """Accept a swap offered to `takes`; None when there is none or it was accepted before."""
        table = duty_swaps
        accepted = await self._connection.execute(
            sa.update(table)
            .where(table.c.id == swap, table.c.takes_id == takes, table.c.accepted_at.is_(None))
            .values(accepted_at=now)
            .returning(table)
        )
        row = accepted.mappings().first()
        return _swap(row) if row is not None else None

    async def set_limit(self, community: CommunityId, expert: PersonId, limit: int) -> None:
        table = duty_limits
        here = sa.and_(table.c.community_id == community, table.c.expert_id == expert)
        await self._connection.execute(sa.delete(table).where(here))
        await self._connection.execute(
            sa.insert(table).values(community_id=community, expert_id=expert, open_at_once=limit)
        )

    async def _rows(self, table: sa.Table, community: CommunityId) -> list[sa.RowMapping]:
        query = sa.select(table).where(table.c.community_id == community)
        if "id" in table.c:
            query = query.order_by(table.c.id)
        return list((await self._connection.execute(query)).mappings())

    async def _add(self, table: sa.Table, **values: Any) -> int:
        inserted = await self._connection.execute(
            sa.insert(table).values(**values).returning(table.c.id)
        )
        return int(inserted.scalar_one())


def _hour(at: time) -> str:
    return at.strftime("%H:%M")


def _shift(row: sa.RowMapping) -> Shift:
    return Shift(
        id=row["id"],
        expert=PersonId(row["expert_id"]),
        speciality=Speciality(row["speciality"]),
        weekday=row["weekday"],
        starts=time.fromisoformat(row["starts"]),
        ends=time.fromisoformat(row["ends"]),
        zone=row["zone"],
        first=date.fromisoformat(row["first_day"]) if row["first_day"] else None,
        last=date.fromisoformat(row["last_day"]) if row["last_day"] else None,
    )


def _exemption(row: sa.RowMapping) -> Exemption:
    return Exemption(
        id=row["id"],
        expert=PersonId(row["expert_id"]),
        speciality=Speciality(row["speciality"]),
        day=date.fromisoformat(row["day"]),
        kind=Kind(row["kind"]),
        starts=time.fromisoformat(row["starts"]),
        ends=time.fromisoformat(row["ends"]),
        zone=row["zone"],
    )


def _swap(row: sa.RowMapping) -> Swap:
    return Swap(
        id=row["id"],
        day=date.fromisoformat(row["day"]),
        gives=PersonId(row["gives_id"]),
        takes=PersonId(row["takes_id"]),
        accepted=row["accepted_at"] is not None,
    )
