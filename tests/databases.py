"""Fixtures that hand out an empty migrated database.

`database` runs a test on each engine; `sqlite` only on the default one. A template is migrated once per session and
copied (SQLite) or emptied again (PostgreSQL), so a test does not pay for the migrations.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
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


@dataclass(slots=True)
class Prepared:
    """Templates made before the suite forked: a file, and the name of a PostgreSQL database."""

    sqlite: Path | None = None
    postgres: str = ""


PREPARED = Prepared()


@contextmanager
def prepared(folder: Path) -> Iterator[None]:
    """Migrate both templates once for all test processes."""
    with ExitStack() as stack:
        PREPARED.sqlite = folder / "template.db"
        migrate(_file(PREPARED.sqlite))
        if "postgresql" in ENGINES:
            PREPARED.postgres = stack.enter_context(_migrated())
        yield


def migrate(url: str) -> None:
    """Bring an empty database to the current schema."""

    async def work() -> None:
        database = Database(url, ManualClock(START), SEAL)
        await upgrade(database)
        async with database.writer.connect() as connection:
            await connection.exec_driver_sql("SELECT 1")
        await database.close()

    asyncio.run(work())


def _file(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


@contextmanager
def _migrated() -> Iterator[str]:
    with postgres.made() as name:
        migrate(postgres.address(name))
        postgres.keep(name)
        yield name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if PREPARED.sqlite is not None:
        return PREPARED.sqlite
    path = tmp_path_factory.mktemp("template") / "opora.db"
    migrate(_file(path))
    return path


@pytest.fixture(scope="session")
def postgres_database() -> Iterator[str]:
    """Name of this process's migrated database."""
    made = postgres.made(PREPARED.postgres) if PREPARED.postgres else _migrated()
    with made as name:
        yield name


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "opora.db"
    shutil.copy(sqlite_template, path)
    return _file(path)


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
