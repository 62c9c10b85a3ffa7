"""Enrolments at rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.ext.asyncio import AsyncConnection

from core.ids import ChildId, PersonId
from scheduler.journeys.model import Enrolment, EnrolmentState
from storage.tables.journeys import answers, enrolments, journey_versions

_ACTIVE = enrolments.c.state == sa.literal_column("'active'")
_AT: sa.BindParameter[datetime] = sa.bindparam("at", type_=enrolments.c.wake_at.type)
_DUE = (
    sa.select(enrolments)
    .where(_ACTIVE, enrolments.c.wake_at <= sa.bindparam("now", type_=enrolments.c.wake_at.type))
    .order_by(enrolments.c.wake_at, enrolments.c.id)
    .limit(sa.bindparam("most", type_=sa.Integer))
    .with_for_update(skip_locked=True)
)
_NEXT_WAKE = sa.select(sa.func.min(enrolments.c.wake_at)).where(_ACTIVE)
_OF_PERSONS = (
    sa.select(enrolments)
    .where(enrolments.c.person_id.in_(sa.bindparam("persons", expanding=True)))
    .order_by(enrolments.c.id)
)
_MOVE = (
    sa.update(enrolments)
    .where(enrolments.c.id == sa.bindparam("one"))
    .values(step=sa.bindparam("to"), wake_at=_AT)
)
_END = (
    sa.update(enrolments)
    .where(enrolments.c.id == sa.bindparam("one"), _ACTIVE)
    .values(state=sa.bindparam("to"), reason=sa.bindparam("why"), ended_at=_AT)
)
"""Statements are built once: building one costs more than running it."""


class Enrolments:
    """Rows of enrolments, kept versions, and answers given on the way."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self._insert = (
            postgresql.insert if connection.dialect.name == "postgresql" else sqlite_dialect.insert
        )

    async def begin(self, enrolment: Enrolment) -> int | None:
        """Store an enrolment and tell its id; None when this entry is there already."""
        ended = enrolment.state is not EnrolmentState.ACTIVE
        statement = (
            self._insert(enrolments)
            .values(
                journey=enrolment.journey,
                version=enrolment.version,
                person_id=enrolment.person,
                child_id=enrolment.child,
                entry=enrolment.entry,
                anchor=enrolment.anchor.isoformat(),
                started_at=enrolment.started_at,
                step=enrolment.step,
                wake_at=enrolment.wake_at,
                state=enrolment.state.value,
                ended_at=self._now if ended else None,
            )
            .on_conflict_do_nothing()
            .returning(enrolments.c.id)
        )
        found = (await self._connection.execute(statement)).scalar()
        return int(found) if found is not None else None

    async def due(self, limit: int) -> list[Enrolment]:
        """Lock and list enrolments whose next step is to be looked at, the longest waiting first."""
        asked = {"now": self._now, "most": limit}
        return [_enrolment(row) for row in (await self._connection.execute(_DUE, asked)).mappings()]

    async def next_wake(self) -> datetime | None:
        """Tell when the next step is looked at."""
        found: datetime | None = await self._connection.scalar(_NEXT_WAKE)
        return found

    async def active(self, person: PersonId) -> list[Enrolment]:
        query = sa.select(enrolments).where(_ACTIVE, enrolments.c.person_id == person)
        return [_enrolment(row) for row in (await self._connection.execute(query)).mappings()]

    async def of_person(self, person: PersonId) -> list[Enrolment]:
        """List all enrolments of a person, the oldest first."""
        query = sa.select(enrolments).where(enrolments.c.person_id == person)
        rows = (await self._connection.execute(query.order_by(enrolments.c.id))).mappings()
        return [_enrolment(row) for row in rows]

    async def previous(
        self, journey: str, pairs: Collection[tuple[PersonId, ChildId]]
    ) -> dict[tuple[PersonId, ChildId], list[Enrolment]]:
        """List earlier enrolments of these pairs on a journey, running ones included."""
        query = sa.select(enrolments).where(
            enrolments.c.journey == journey,
            enrolments.c.person_id.in_({person for person, _ in pairs}),
        )
        found: dict[tuple[PersonId, ChildId], list[Enrolment]] = defaultdict(list)
        for row in (await self._connection.execute(query)).mappings():
            one = _enrolment(row)
            found[one.person, one.child].append(one)
        return found

    async def of_persons(self, persons: Collection[PersonId]) -> dict[PersonId, list[Enrolment]]:
        """List all enrolments of people, the oldest first."""
        found: dict[PersonId, list[Enrolment]] = {}
        rows = await self._connection.execute(_OF_PERSONS, {"persons": list(persons)})
        for row in rows.mappings():
            found.setdefault(PersonId(row["person_id"]), []).append(_enrolment(row))
        return found

    async def move(self, moves: Sequence[tuple[int, int, datetime]]) -> None:
        """Set the next step of enrolments and when it is looked at."""
        if moves:
            values = [{"one": one, "to": step, "at": at} for one, step, at in moves]
            await self._connection.execute(_MOVE, values)

    async def end(self, enrolment: int, state: EnrolmentState, reason: str) -> None:
        """End an enrolment; one that ended stays as it ended."""
        ending = {"one": enrolment, "to": state.value, "why": reason[:60], "at": self._now}
        await self._connection.execute(_END, ending)

    async def keep(self, journey: str, version: int, definition: Mapping[str, Any]) -> None:
        """Keep a version as it is when somebody begins it."""
        statement = self._insert(journey_versions).values(
            journey=journey, version=version, definition=dict(definition), kept_at=self._now
        )
        await self._connection.execute(statement.on_conflict_do_nothing())

    async def kept(self, journey: str, version: int) -> dict[str, Any] | None:
        found = await self._connection.scalar(
            sa.select(journey_versions.c.definition).where(
                journey_versions.c.journey == journey, journey_versions.c.version == version
            )
        )
        return dict(found) if found is not None else None

    async def remember(self, person: PersonId, child: ChildId, fact: str, value: str) -> None:
        """Keep the answer of a `fact:` button; the last one counts."""
        values = {"value": value, "at": self._now}
        await self._connection.execute(
            self._insert(answers)
            .values(person_id=person, child_id=child, fact=fact, **values)
            .on_conflict_do_update(index_elements=["person_id", "child_id", "fact"], set_=values)
        )


def _enrolment(row: sa.RowMapping) -> Enrolment:
    return Enrolment(
        id=row["id"],
        journey=row["journey"],
        version=row["version"],
        person=PersonId(row["person_id"]),
        child=ChildId(row["child_id"]),
        entry=row["entry"],
        anchor=date.fromisoformat(row["anchor"]),
        started_at=row["started_at"],
        step=row["step"],
        wake_at=row["wake_at"],
        state=EnrolmentState(row["state"]),
        ended_at=row["ended_at"],
    )
