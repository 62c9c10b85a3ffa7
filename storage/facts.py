"""What families answered by buttons: a goal, a mark, ticks of a check-list. One value per fact; the last one counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.ext.asyncio import AsyncConnection

from community.replies import Sent
from core.ids import ChildId, PersonId
from storage.tables.delivery import outbox
from storage.tables.journeys import answers


class Facts:
    """Reads and writes answers. Child 0 is the parent."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self._insert = (
            postgresql.insert if connection.dialect.name == "postgresql" else sqlite_dialect.insert
        )

    async def of(self, person: PersonId) -> Mapping[tuple[ChildId, str], str]:
        """Read every answer of a person, by child and fact."""
        query = sa.select(answers).where(answers.c.person_id == person)
        rows = (await self._connection.execute(query)).mappings()
        return {(ChildId(row["child_id"]), row["fact"]): row["value"] for row in rows}

    async def sent(self, row: int) -> Sent | None:
        """Find the row behind a message."""
        query = sa.select(
            outbox.c.id, outbox.c.person_id, outbox.c.child_id, outbox.c.content, outbox.c.done_at
        ).where(outbox.c.id == row)
        found = (await self._connection.execute(query)).first()
        return Sent(*found) if found is not None else None

    async def keep(self, person: PersonId, child: ChildId, fact: str, value: str) -> None:
        """Keep an answer in place of the one before."""
        values = {"value": value, "at": self._now}
        await self._connection.execute(
            self._insert(answers)
            .values(person_id=person, child_id=child, fact=fact, **values)
            .on_conflict_do_update(index_elements=["person_id", "child_id", "fact"], set_=values)
        )

    async def drop(self, person: PersonId, child: ChildId, fact: str) -> None:
        """Take an answer back."""
        await self._connection.execute(
            sa.delete(answers).where(
                answers.c.person_id == person, answers.c.child_id == child, answers.c.fact == fact
            )
        )
