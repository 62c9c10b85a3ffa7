"""SQLite in the caller's own thread, without waiting for the disk: for simulations, where nobody else runs.

The usual driver hands every statement to a thread and waits; a simulated month is ten thousand statements of
microseconds each, and the hand-over costs more than the work.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import aiosqlite
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from typing_extensions import override

from core.clock import Clock
from storage.database import Database
from storage.seal import Seal

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=OFF",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "cache_size=-32000",
)


async def inline_database(path: Path, clock: Clock, seal: Seal) -> Database:
    """Open a database whose data need not outlive the machine; everything else is the product's own."""
    database = Database(f"sqlite+aiosqlite:///{path}", clock, seal)
    await database.close()
    database.writer = _engine(path, "BEGIN IMMEDIATE")
    database.reader = _engine(path, "BEGIN")
    return database


class InlineConnection(aiosqlite.Connection):
    """An aiosqlite connection that calls SQLite where it stands."""

    @override
    def __await__(self) -> Generator[Any, None, aiosqlite.Connection]:
        return self._connect().__await__()

    @override
    async def _connect(self) -> aiosqlite.Connection:
        if self._connection is None:
            self._connection = self._connector()
        return self

    @override
    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return fn(*args, **kwargs)

    @override
    async def close(self) -> None:
        self.stop()

    @override
    def stop(self) -> None:
        self._running = False
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _engine(path: Path, begin: str) -> AsyncEngine:
    async def connect(*_args: object, **_options: object) -> aiosqlite.Connection:
        return await InlineConnection(lambda: sqlite3.connect(path, isolation_level=None), 64)

    engine = create_async_engine(
        f"sqlite+aiosqlite:///{path}",
        async_creator=connect,
        pool_size=2,
        poolclass=sa.AsyncAdaptedQueuePool,
    )

    @sa.event.listens_for(engine.sync_engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        if begin == "BEGIN":
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @sa.event.listens_for(engine.sync_engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
