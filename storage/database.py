"""Engines and units of work: one writer on SQLite, a pool on PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from core.clock import Clock
from storage.context import CURRENT
from storage.one_trip import OneTrip
from storage.seal import Seal
from storage.unit import Unit

T = TypeVar("T")

BUSY_TIMEOUT_MS = 10_000
"""How long another process (a backup, a CLI command) may hold SQLite's write lock."""
READERS = 4


class Database:
    """Opens connections; `begin` is a unit of work, `reading` a read-only look.

    On SQLite all units of one process queue on a lock and start with BEGIN IMMEDIATE, so that no
    transaction is upgraded half way and none fails with "database is locked".
    """

    def __init__(self, url: str, clock: Clock, seal: Seal) -> None:
        self.url = sa.make_url(url)
        self.clock = clock
        self.seal = seal
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._lock: asyncio.Lock | nullcontext[None] = (
            asyncio.Lock() if self.is_sqlite else nullcontext()
        )
        self.writer = (
            _sqlite_engine(self.url, 1, "BEGIN IMMEDIATE") if self.is_sqlite else _pool(self.url)
        )
        self.reader = _sqlite_engine(self.url, READERS, "BEGIN") if self.is_sqlite else self.writer
        self._listeners: list[Callable[[Unit], None]] = []

    def after_commit(self, listener: Callable[[Unit], None]) -> None:
        """Call `listener(unit)` after every committed unit (wake the sender, drop cached facts)."""
        self._listeners.append(listener)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Unit]:
        """Open a unit of work: commits when the block ends, rolls back when it raises.

        Inside an update's handler the first unit marks the inbox row acted; a replayed update that had acted raises
        `core.errors.AlreadyStored` before anything else happens.
        """
        async with self._lock, self.writer.begin() as connection:
            unit = Unit(connection, self.clock.now(), self.seal)
            await unit.claim_update()
            yield unit
        if (current := CURRENT.get()) is not None:
            current.acted = True
        for listener in self._listeners:
            listener(unit)
        for hook in unit.after_commit:
            hook()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Unit]:
        """Open a read-only look at committed data; writing in it is a programming error on SQLite."""
        async with self.reader.connect() as connection:
            yield Unit(connection, self.clock.now(), self.seal)

    async def run(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Run `work` in a write transaction outside any update (batch writers, maintenance)."""
        async with self._lock, self.writer.begin() as connection:
            return await work(connection)

    async def close(self) -> None:
        await self.writer.dispose()
        if self.reader is not self.writer:
            await self.reader.dispose()


def _pool(url: sa.URL) -> AsyncEngine:
    return create_async_engine(url, pool_size=8, max_overflow=8, pool_pre_ping=True)


def _sqlite_engine(url: sa.URL, size: int, begin: str) -> AsyncEngine:
    engine = create_async_engine(
        url,
        module=OneTrip(),
        pool_size=size,
        max_overflow=0,
        poolclass=sa.AsyncAdaptedQueuePool,
        pool_timeout=60,
    )

    @sa.event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "temp_store=MEMORY",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        if begin == "BEGIN":
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @sa.event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.connection.dbapi_connection.begin = begin  # type: ignore[union-attr]

    return engine
