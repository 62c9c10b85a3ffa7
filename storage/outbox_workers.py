"""Workers that claim rows: their heartbeats, and the mark of what this database has handed over."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.ext.asyncio import AsyncConnection

from core.effects import RowState
from storage.tables.delivery import delivery_workers, outbox
from storage.tables.intake import installation

_MARK = "delivery.mark"
_READ_MARK = sa.select(installation.c.value).where(installation.c.name == _MARK)
_WRITE_MARK = (
    sa.update(installation)
    .where(installation.c.name == _MARK)
    .values(
        value=sa.bindparam("mark", type_=installation.c.value.type),
        changed_at=sa.bindparam("at", type_=installation.c.changed_at.type),
    )
)


class Workers:
    """A worker lives while its beat grows."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def beat(self, worker: str) -> None:
        """Show that the worker lives."""
        insert = (
            postgresql.insert(delivery_workers)
            if self._connection.dialect.name == "postgresql"
            else sqlite_dialect.insert(delivery_workers)
        )
        await self._connection.execute(
            insert.values(id=worker, beat=1, seen_at=self._now).on_conflict_do_update(
                index_elements=["id"],
                set_={"beat": delivery_workers.c.beat + 1, "seen_at": self._now},
            )
        )

    async def beats(self) -> dict[str, int]:
        """Map every known worker to its last beat; holders of claims without a row beat 0."""
        holders = sa.select(outbox.c.worker).where(
            outbox.c.state == sa.literal_column(f"'{RowState.CLAIMED.value}'")
        )
        beats = {
            worker: 0
            for worker in (await self._connection.execute(holders.distinct())).scalars()
            if worker is not None
        }
        rows = await self._connection.execute(
            sa.select(delivery_workers.c.id, delivery_workers.c.beat)
        )
        beats.update((worker, beat) for worker, beat in rows.all())
        return beats

    async def bury(self, worker: str) -> None:
        """Forget a worker whose rows were recovered or given back."""
        await self._connection.execute(
            sa.delete(delivery_workers).where(delivery_workers.c.id == worker)
        )

    async def mark(self) -> int:
        """Read how many batches this database has handed to Telegram."""
        found = await self._connection.scalar(_READ_MARK)
        return int(found) if found is not None else 0

    async def advance_mark(self) -> int:
        """Count one more batch; a copy or a snapshot of the database stays behind."""
        mark = await self.mark() + 1
        values = {"value": mark, "changed_at": self._now}
        updated = await self._connection.execute(_WRITE_MARK, {"mark": mark, "at": self._now})
        if updated.rowcount == 0:
            await self._connection.execute(sa.insert(installation).values(name=_MARK, **values))
        return mark
