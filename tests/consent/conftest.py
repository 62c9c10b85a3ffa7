"""A school with published documents, on real databases. On SQLite it is built once per session and copied."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.clock import ManualClock
from storage.database import Database
from tests.consent.school import School, opened, school_of
from tests.databases import SEAL, START


@pytest.fixture(scope="session")
def published(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("published") / "opora.db"
    shutil.copy(sqlite_template, path)

    async def build() -> None:
        database = Database(f"sqlite+aiosqlite:///{path}", ManualClock(START), SEAL)
        await opened(database, ManualClock(START))
        async with database.writer.connect() as connection:
            await connection.exec_driver_sql("SELECT 1")
        await database.close()

    asyncio.run(build())
    return path


@pytest.fixture
async def school(database: Database, clock: ManualClock) -> School:
    """The consent engine on each database."""
    return await opened(database, clock)


@pytest.fixture
async def small_school(
    published: Path, tmp_path: Path, clock: ManualClock
) -> AsyncIterator[School]:
    """The consent engine on SQLite alone, for what no engine could change."""
    shutil.copy(published, tmp_path / "opora.db")
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'opora.db'}", clock, SEAL)
    yield school_of(database, clock)
    await database.close()
