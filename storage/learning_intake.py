"""Events at the door: many requests, one commit; each event once for ever."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from scheduler.progress.model import Arrival
from storage.database import Database
from storage.group_writer import GroupWriter
from storage.seal import Seal
from storage.tables.learning import platform_events


class EventIntake:
    """Stores arrivals by group commit. `store` returns when they are committed."""

    def __init__(self, database: Database) -> None:
        self._seal = database.seal
        self._insert = sqlite.insert if database.is_sqlite else postgresql.insert
        self._statement = self._insert(platform_events).on_conflict_do_nothing()
        self._writer: GroupWriter[Arrival] = GroupWriter(database, self._write, largest=1000)

    @property
    def behind(self) -> int:
        """How many events are not committed yet."""
        return self._writer.behind

    async def store(self, arrivals: Sequence[Arrival]) -> None:
        """Store events; a message id that is known changes nothing (L39)."""
        for arrival in arrivals:
            self._writer.submit(arrival)
        await self._writer.stored()

    async def run(self) -> None:
        """Commit batches until cancelled."""
        await self._writer.run()

    async def _write(self, connection: AsyncConnection, batch: Sequence[Arrival]) -> None:
        await connection.execute(self._statement, [row_of(one, self._seal) for one in batch])


def row_of(arrival: Arrival, seal: Seal) -> dict[str, object]:
    """Write an event as a row: ids as blind indexes, what is private sealed."""
    return {
        "source": arrival.source,
        "message": arrival.message,
        "type": arrival.type,
        "name": arrival.name,
        "version": arrival.version,
        "at": arrival.at,
        "received_at": arrival.received_at,
        "user_ref": seal.blind(arrival.user) if arrival.user else None,
        "learner_ref": seal.blind(arrival.learner) if arrival.learner else None,
        "history": arrival.history,
        "facts": dict(arrival.facts),
        "sealed": seal.close(arrival.private.decode()) if arrival.private is not None else None,
        "state": arrival.state.value,
        "error": arrival.error,
    }


async def add(connection: AsyncConnection, arrivals: Sequence[Arrival], seal: Seal) -> None:
    """Store events in a transaction of the caller's (replay)."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(platform_events).on_conflict_do_nothing()
    await connection.execute(statement, [row_of(one, seal) for one in arrivals])
