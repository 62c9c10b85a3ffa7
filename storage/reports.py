"""Reports of members about messages, and how often each reporter was right."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from moderation.records import Record, Report
from storage.tables.moderation_people import reports


class Reports:
    """One row per case and reporter."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._dialect = postgresql if connection.dialect.name == "postgresql" else sqlite

    async def add(self, report: Report) -> bool:
        """Store a report; False when this person reported this message before (M89)."""
        insert = self._dialect.insert(reports).values(
            case_id=report.case_id,
            chat_id=report.chat_id,
            reporter_id=report.reporter_id,
            weight=report.weight,
            at=report.at,
        )
        stored = await self._connection.execute(
            insert.on_conflict_do_nothing().returning(reports.c.id)
        )
        return stored.scalar_one_or_none() is not None

    async def of_case(self, case_id: int) -> list[Report]:
        query = sa.select(reports).where(reports.c.case_id == case_id).order_by(reports.c.id)
        return [
            Report(row["case_id"], row["chat_id"], row["reporter_id"], row["weight"], row["at"])
            for row in (await self._connection.execute(query)).mappings()
        ]

    async def record(self, reporter_id: int, since: datetime) -> Record:
        """Tell how often a reporter was right and wrong, and how many reports came since an instant."""
        query = sa.select(
            sa.func.coalesce(sa.func.sum(sa.case((reports.c.was_right, 1), else_=0)), 0),
            sa.func.coalesce(
                sa.func.sum(sa.case((reports.c.was_right == sa.false(), 1), else_=0)), 0
            ),
            sa.func.coalesce(sa.func.sum(sa.case((reports.c.at > since, 1), else_=0)), 0),
        ).where(reports.c.reporter_id == reporter_id)
        right, wrong, lately = (await self._connection.execute(query)).one()
        return Record(int(right), int(wrong), int(lately))

    async def settle(self, case_id: int, *, was_right: bool) -> list[int]:
        """Judge the reports of a case and list the reporters to be told; judged before, nobody is told again."""
        judged = await self._connection.execute(
            sa.update(reports)
            .where(reports.c.case_id == case_id, reports.c.was_right.is_(None))
            .values(was_right=was_right)
            .returning(reports.c.reporter_id)
        )
        return list(judged.scalars())
