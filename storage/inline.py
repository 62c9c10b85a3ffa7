"""SQLite in the caller's own thread, without waiting for the disk: for simulations, where nobody else runs.

The usual driver hands every statement to a thread and waits; a simulated month is ten thousand statements of
microseconds each, and the hand-over costs more than the work. Nothing here ever awaits, so the plain driver of the
standard library stands where SQLAlchemy expects an asynchronous one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.util import await_only
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


class _Done:
    """Something awaited that is ready at once: the engine insists that a statement awaits."""

    def __await__(self) -> Generator[Any, None, None]:
        yield from ()


class _Cursor(sqlite3.Cursor):
    @override
    def execute(self, sql: str, parameters: Any = (), /) -> Self:
        super().execute(sql, parameters)
        await_only(_DONE)
        return self

    @override
    def executemany(self, sql: str, parameters: Iterable[Any], /) -> Self:
        super().executemany(sql, parameters)
        await_only(_DONE)
        return self

    async def _async_soft_close(self) -> None:
        """Do nothing: all rows are in memory."""


class _Connection(sqlite3.Connection):
    @override
    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)


class InlineSqlite(SQLiteDialect_pysqlite):
    """The synchronous driver under an asynchronous engine."""

    driver = "inline"
    is_async = True
    supports_statement_cache = True


_DONE: Any = _Done()


registry.register("sqlite.inline", __name__, "InlineSqlite")


async def inline_database(path: Path, clock: Clock, seal: Seal) -> Database:
    """Open a database whose data need not outlive the machine; everything else is the product's own."""
    database = Database(f"sqlite+aiosqlite:///{path}", clock, seal)
    await database.close()
    database.writer = _engine(path, "BEGIN IMMEDIATE")
    database.reader = _engine(path, "BEGIN")
    return database


def _engine(path: Path, begin: str) -> AsyncEngine:
    engine = create_async_engine(
        f"sqlite+inline:///{path}",
        pool_size=2,
        poolclass=sa.AsyncAdaptedQueuePool,
        connect_args={"factory": _Connection},
    )

    @sa.event.listens_for(engine.sync_engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if begin == "BEGIN":
            connection.execute("PRAGMA query_only=ON")

    @sa.event.listens_for(engine.sync_engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
