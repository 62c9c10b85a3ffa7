"""Fixtures that hand out an empty migrated database.

`database` runs a test on each engine; `sqlite` only on the default one. A template is migrated once per session and
copied, so a test pays for a file copy, not for the migrations.
"""

from __future__ import annotations

import asyncio
import shutil
import socket
import uuid
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from core.clock import ManualClock
from storage.database import Database
from storage.migrate import upgrade
from storage.seal import Seal

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SEAL_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
SEAL = Seal([SEAL_KEY])
POSTGRES = "postgresql+asyncpg://postgres@127.0.0.1:5432"


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.3)
        return probe.connect_ex(("127.0.0.1", port)) == 0


ENGINES = ["sqlite", *(["postgresql"] if _answers(5432) else [])]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "opora.db"

    async def build() -> None:
        database = Database(f"sqlite+aiosqlite:///{path}", ManualClock(START), SEAL)
        await upgrade(database)
        async with database.writer.connect() as connection:
            await connection.exec_driver_sql("SELECT 1")
        await database.close()

    asyncio.run(build())
    return path


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    name = f"opora_template_{uuid.uuid4().hex[:8]}"

    async def build() -> None:
        await _admin(f'CREATE DATABASE "{name}"')
        database = Database(f"{POSTGRES}/{name}", ManualClock(START), SEAL)
        await upgrade(database)
        await database.close()

    asyncio.run(build())
    yield name
    asyncio.run(_admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


async def _admin(statement: str) -> None:
    engine = create_async_engine(f"{POSTGRES}/postgres", isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(sa.text(statement))
    await engine.dispose()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "opora.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture
async def sqlite(sqlite_url: str, clock: ManualClock) -> AsyncIterator[Database]:
    database = Database(sqlite_url, clock, SEAL)
    yield database
    await database.close()


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty migrated database, once per engine."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    name = f"opora_test_{uuid.uuid4().hex[:12]}"
    template = request.getfixturevalue("postgres_template")
    asyncio.run(_admin(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    yield f"{POSTGRES}/{name}"
    asyncio.run(_admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


@pytest.fixture
async def database(database_url: str, clock: ManualClock) -> AsyncIterator[Database]:
    database = Database(database_url, clock, SEAL)
    yield database
    await database.close()
