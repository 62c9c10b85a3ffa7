"""Fixtures that hand out an empty migrated database.

`database` runs a test on each engine; `sqlite` only on the default one. A template is migrated once per session and
copied (SQLite) or emptied again (PostgreSQL), so a test does not pay for the migrations.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.clock import ManualClock
from storage.database import Database
from storage.migrate import upgrade
from storage.seal import Seal
from tests import postgres

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SEAL_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
SEAL = Seal([SEAL_KEY])
ENGINES = ["sqlite", *(["postgresql"] if postgres.answers() else [])]


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
def postgres_database() -> Iterator[str]:
    """Name of this process's migrated database."""
    with postgres.made() as name:

        async def build() -> None:
            database = Database(postgres.address(name), ManualClock(START), SEAL)
            await upgrade(database)
            await database.close()

        asyncio.run(build())
        postgres.keep(name)
        yield name


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
    name = request.getfixturevalue("postgres_database")
    yield postgres.address(name)
    postgres.empty(name)


@pytest.fixture
async def database(database_url: str, clock: ManualClock) -> AsyncIterator[Database]:
    database = Database(database_url, clock, SEAL)
    yield database
    await database.close()
