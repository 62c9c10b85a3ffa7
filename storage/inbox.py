"""The durable inbox: every update is stored before it is acknowledged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.bulk import Bulk, known, listed
from storage.tables.intake import inbox
from storage.types import micros

KEEP_DONE = timedelta(days=3)
"""Done rows stay this long as the memory of update ids: Telegram repeats an update for at most 24 h."""


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One raw update. `lane` is the order key, `payload` raw JSON (None once purged)."""

    update_id: int
    received_at: datetime
    kind: str
    lane: str
    payload: bytes | None
    state: str = "received"
    error: str | None = None


_STORE = Bulk(sa.insert(inbox))
_DONE = (
    "UPDATE inbox SET state = 'done', payload = NULL, error = NULL, done_at = ? "
    "WHERE update_id IN (SELECT value FROM json_each(?)) AND state != 'quarantined'"
)


def _values(row: InboxRow) -> dict[str, Any]:
    return {
        "update_id": row.update_id,
        "received_at": row.received_at,
        "kind": row.kind,
        "lane": row.lane,
        "payload": row.payload,
        "state": row.state,
        "error": row.error,
        "done_at": None,
    }


class Inbox:
    """Statements over the inbox table."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def store(self, rows: Sequence[InboxRow]) -> set[int]:
        """Insert what is not there yet and tell which update ids were new."""
        if self._connection.dialect.name == "sqlite":
            seen = await known(self._connection, inbox.c.update_id, [row.update_id for row in rows])
            fresh = [row for row in rows if row.update_id not in seen]
            at = {row.received_at: micros(row.received_at) for row in fresh}
            values = [_values(row) | {"received_at": at[row.received_at]} for row in fresh]
            await _STORE.run(self._connection, values)
            return {row.update_id for row in fresh}
        statement = postgresql.insert(inbox).on_conflict_do_nothing().returning(inbox.c.update_id)
        stored = await self._connection.execute(statement, [_values(row) for row in rows])
        return set(stored.scalars())

    async def done(self, update_ids: Sequence[int], now: datetime) -> None:
        """Mark handled and purge the payload."""
        if self._connection.dialect.name == "sqlite":
            await self._connection.exec_driver_sql(_DONE, (micros(now), listed(update_ids)))
            return
        await self._connection.execute(
            sa.update(inbox)
            .where(inbox.c.update_id.in_(update_ids), inbox.c.state != "quarantined")
            .values(state="done", payload=None, error=None, done_at=now)
        )

    async def quarantine(self, update_id: int, error: str) -> None:
        """Put an update aside with the reason; its payload is kept for a retry."""
        await self._connection.execute(
            sa.update(inbox)
            .where(inbox.c.update_id == update_id)
            .values(state="quarantined", error=error[:200])
        )

    async def open_rows(self) -> list[InboxRow]:
        """List what an earlier run received and did not finish, in order."""
        return await self._rows(inbox.c.state.in_(("received", "acted")))

    async def quarantined(self) -> list[InboxRow]:
        return await self._rows(inbox.c.state == "quarantined")

    async def retry(self, update_ids: Sequence[int]) -> int:
        """Give quarantined updates back to the intake; returns how many."""
        result = await self._connection.execute(
            sa.update(inbox)
            .where(inbox.c.update_id.in_(update_ids), inbox.c.state == "quarantined")
            .values(state="received", error=None)
        )
        return int(result.rowcount)

    async def drop(self, update_ids: Sequence[int], now: datetime) -> int:
        """Give up on quarantined updates and purge them; returns how many."""
        result = await self._connection.execute(
            sa.update(inbox)
            .where(inbox.c.update_id.in_(update_ids), inbox.c.state == "quarantined")
            .values(state="done", payload=None, done_at=now)
        )
        return int(result.rowcount)

    async def purge(self, now: datetime) -> int:
        """Forget done rows older than KEEP_DONE."""
        result = await self._connection.execute(
            sa.delete(inbox).where(inbox.c.state == "done", inbox.c.done_at < now - KEEP_DONE)
        )
        return int(result.rowcount)

    async def _rows(self, condition: sa.ColumnElement[bool]) -> list[InboxRow]:
        query = sa.select(inbox).where(condition).order_by(inbox.c.update_id)
        return [
            InboxRow(
                update_id=row["update_id"],
                received_at=row["received_at"],
                kind=row["kind"],
                lane=row["lane"],
                payload=row["payload"],
                state=row["state"],
                error=row["error"],
            )
            for row in (await self._connection.execute(query)).mappings()
        ]
