"""Set-based reads of consent's nightly jobs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from consent.chain import standing_of
from consent.ports import Line
from consent.purposes import Purpose
from core.ids import ChildId, PersonId
from storage.people import parse_birth
from storage.seal import Seal
from storage.tables.consents import ROW, consent_stages, consent_state, consents
from storage.tables.people import children, people


class Growth:
    """Who grew up, who is asked again, whose consent ran out."""

    def __init__(self, connection: AsyncConnection, seal: Seal) -> None:
        self._connection = connection
        self._seal = seal

    async def children(self) -> list[tuple[ChildId, date | None, int]]:
        """List living children with birth date and the stage that is noted."""
        query = (
            sa.select(children.c.id, children.c.birth, consent_stages.c.stage)
            .outerjoin_from(children, consent_stages, consent_stages.c.child_id == children.c.id)
            .where(children.c.erased_at.is_(None), children.c.birth.is_not(None))
        )
        return [
            (ChildId(row.id), parse_birth(self._seal.open(row.birth)), row.stage or 0)
            for row in await self._connection.execute(query)
        ]

    async def mark(self, child: ChildId, stage: int, since: datetime) -> None:
        """Note the stage a child has reached."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        fields = {"stage": stage, "since": since}
        await self._connection.execute(
            dialect.insert(consent_stages)
            .values(child_id=child, **fields)
            .on_conflict_do_update(index_elements=["child_id"], set_=fields)
        )

    async def granted_before(
        self, purpose: Purpose, version: int
    ) -> list[tuple[PersonId, str | None]]:
        """List people whose grant is to an earlier version, with their zones."""
        query = self._granted(consent_state.c.purpose == purpose.value, people.c.zone)
        found = {}
        for *row, person, _, zone in await self._connection.execute(query):
            if standing_of(row).version < version:
                found[PersonId(person)] = zone
        return sorted(found.items())

    async def run_out(self, now: datetime) -> list[Line]:
        """List grants in force whose validity is over."""
        ended = []
        dated = consents.c.body.not_like('%"valid_until":null%')
        for *row, person, child, _ in await self._connection.execute(
            self._granted(dated, people.c.zone)
        ):
            standing = standing_of(row)
            if standing.valid_until is not None and standing.valid_until <= now:
                about = ChildId(child) if child else None
                ended.append(Line(PersonId(person), Purpose(row[5]), about, standing))
        return ended

    @staticmethod
    def _granted(condition: sa.ColumnElement[bool], *more: sa.Column[str]) -> sa.Select[Any]:
        return (
            sa.select(*ROW, consent_state.c.person_id, consent_state.c.child_id, *more)
            .join_from(
                consent_state,
                consents,
                sa.and_(
                    consents.c.ledger == consent_state.c.ledger,
                    consents.c.seq == consent_state.c.seq,
                ),
            )
            .join(people, people.c.id == consent_state.c.person_id)
            .where(consents.c.action == "grant", condition)
        )
