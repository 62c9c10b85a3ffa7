"""People, their children and guardianship."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from core.ids import ChildId, PersonId, TelegramId
from core.people import Child, Person
from storage.seal import Seal
from storage.tables.people import children, guardians, people

_BATCH = 500
"""Ids in one statement."""


class People:
    """Reads and writes people and children. Names and birth dates are sealed at rest."""

    def __init__(self, connection: AsyncConnection, seal: Seal) -> None:
        self._connection = connection
        self._seal = seal
        self.touched: set[int] = set()
        """Telegram ids whose row this unit wrote."""
        self.touched_people: set[PersonId] = set()

    async def get(self, person: PersonId) -> Person | None:
        return await self._one(people.c.id == person)

    async def by_telegram(self, telegram_id: int) -> Person | None:
        return await self._one(people.c.telegram_id == telegram_id)

    async def add(self, telegram_id: int, language: str, now: datetime) -> Person:
        """Add a person or find the one with this Telegram id."""
        if (known := await self.by_telegram(telegram_id)) is not None:
            return known
        await self._connection.execute(
            sa.insert(people).values(
                telegram_id=telegram_id, language=language, created_at=now, preferences={}
            )
        )
        self.touched.add(telegram_id)
        added = await self.by_telegram(telegram_id)
        assert added is not None  # noqa: S101 - inserted in this very transaction
        return added

    async def change(self, person: PersonId, **values: Any) -> None:
        """Set columns of one person."""
        self.touched_people.add(person)
        await self._connection.execute(
            sa.update(people).where(people.c.id == person).values(**values)
        )

    async def seen(self, telegram_ids: Sequence[int], at: datetime) -> None:
        """Note when people were last here; those nobody knows are passed over."""
        for start in range(0, len(telegram_ids), _BATCH):
            batch = telegram_ids[start : start + _BATCH]
            await self._connection.execute(
                sa.update(people).where(people.c.telegram_id.in_(batch)).values(last_seen_at=at)
            )

    async def add_child(
        self,
        guardian: PersonId,
        now: datetime,
        *,
        name: str | None,
        born: str | None,
        relation: str = "parent",
    ) -> ChildId:
        """Add a child under a guardian. `born` is ISO `YYYY-MM` or `YYYY-MM-DD`."""
        inserted = await self._connection.execute(
            sa.insert(children)
            .values(
                name=self._seal.close(name) if name else None,
                birth=self._seal.close(born) if born else None,
                created_at=now,
            )
            .returning(children.c.id)
        )
        child = ChildId(inserted.scalar_one())
        await self._connection.execute(
            sa.insert(guardians).values(
                person_id=guardian,
                child_id=child,
                relation=relation,
                verified_by="declared",
                since=now,
            )
        )
        return child

    async def children_of(self, person: PersonId) -> list[Child]:
        """List the children a person stands for, in the order they were added."""
        query = (
            sa.select(children)
            .join(guardians, guardians.c.child_id == children.c.id)
            .where(
                guardians.c.person_id == person,
                guardians.c.until.is_(None),
                children.c.erased_at.is_(None),
            )
            .order_by(children.c.id)
        )
        return [self._child(row) for row in (await self._connection.execute(query)).mappings()]

    async def child(self, child: ChildId) -> Child | None:
        query = sa.select(children).where(children.c.id == child, children.c.erased_at.is_(None))
        row = (await self._connection.execute(query)).mappings().first()
        return self._child(row) if row is not None else None

    async def guardians_of(self, child: ChildId) -> list[PersonId]:
        query = sa.select(guardians.c.person_id).where(
            guardians.c.child_id == child, guardians.c.until.is_(None)
        )
        return [PersonId(person) for person in (await self._connection.execute(query)).scalars()]

    async def _one(self, condition: sa.ColumnElement[bool]) -> Person | None:
        row = (
            (await self._connection.execute(sa.select(people).where(condition))).mappings().first()
        )
        return _person(row) if row is not None else None

    def _child(self, row: sa.RowMapping) -> Child:
        born = self._seal.open(row["birth"]) if row["birth"] is not None else None
        return Child(
            id=ChildId(row["id"]),
            name=self._seal.open(row["name"]) if row["name"] is not None else None,
            born=parse_birth(born) if born else None,
        )


def parse_birth(text: str) -> date:
    """Read `YYYY-MM` (the first of the month) or `YYYY-MM-DD`."""
    return date.fromisoformat(text if text.count("-") == 2 else f"{text}-01")  # noqa: PLR2004 - y-m-d


def _person(row: sa.RowMapping) -> Person:
    return Person(
        id=PersonId(row["id"]),
        telegram_id=TelegramId(row["telegram_id"]) if row["telegram_id"] is not None else None,
        language=row["language"],
        zone=row["zone"],
        channel=row["channel"],
        stage=row["stage"],
        started_at=row["started_at"],
        created_at=row["created_at"],
        erased_at=row["erased_at"],
        preferences=row["preferences"] or {},
    )
