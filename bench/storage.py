"""What a unit of work costs on SQLite: one trip to the driver's thread for each statement, or the stock adapter.

    python -m bench.storage

A unit inserts one update into the inbox and commits; a look reads one row. CPU seconds of the whole process, the
driver's thread included.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from core.clock import SystemClock
from storage.database import Database
from storage.migrate import upgrade
from storage.seal import Seal
from storage.tables.intake import inbox

UNITS = 1500
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


async def _units(engine: AsyncEngine, first: int) -> tuple[float, float]:
    """Give CPU microseconds of a unit of work and of a look."""
    row = {
        "received_at": NOW,
        "kind": "message",
        "lane": "c1",
        "payload": b"{}",
        "state": "received",
    }
    began = time.process_time()
    for number in range(first, first + UNITS):
        async with engine.begin() as connection:
            await connection.execute(sa.insert(inbox), {"update_id": number, **row})
    written = time.process_time()
    for number in range(first, first + UNITS):
        async with engine.connect() as connection:
            query = sa.select(inbox.c.state).where(inbox.c.update_id == number)
            assert await connection.scalar(query) == "received"
    looked = time.process_time()
    return (written - began) / UNITS * 1e6, (looked - written) / UNITS * 1e6


def _stock(url: str) -> AsyncEngine:
    """Make the engine anybody would make, with the product's durability and its BEGIN IMMEDIATE."""
    engine = create_async_engine(url)

    @sa.event.listens_for(engine.sync_engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine.sync_engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


async def _main() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        database = Database(url, SystemClock(), Seal([Seal.new_key()]))
        await upgrade(database)
        await _units(database.writer, 0)
        unit, look = await _units(database.writer, UNITS)
        await database.close()
        stock = _stock(url)
        await _units(stock, 2 * UNITS)
        stock_unit, stock_look = await _units(stock, 3 * UNITS)
        await stock.dispose()
    return {
        "unit_us": unit,
        "look_us": look,
        "stock_unit_us": stock_unit,
        "stock_look_us": stock_look,
    }


def measure() -> dict[str, float]:
    """Return CPU microseconds of a unit and of a look, ours and through the stock adapter."""
    return asyncio.run(_main())


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name:16} {value:8.0f}")
