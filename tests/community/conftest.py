"""A founded school. On SQLite it is founded once per session and copied, so a test pays for a file copy."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.clock import ManualClock
from storage.database import Database
from tests import postgres
from tests.community.people import School, found
from tests.databases import ENGINES, SEAL, START


@pytest.fixture(scope="session")
def founded(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, School]:
    path = tmp_path_factory.mktemp("school") / "opora.db"
    shutil.copy(sqlite_template, path)

    async def build() -> School:
        database = Database(f"sqlite+aiosqlite:///{path}", ManualClock(START), SEAL)
        school = await found(database)
        await database.close()
        return school

    return path, asyncio.run(build())


@pytest.fixture
async def school(
    founded: tuple[Path, School], tmp_path: Path, clock: ManualClock
) -> AsyncIterator[School]:
    path, made = founded
    shutil.copy(path, tmp_path / "school.db")
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'school.db'}", clock, SEAL)
    yield School(database, made.community, made.people)
    await database.close()


@pytest.fixture
async def postgres_school(postgres_database: str, clock: ManualClock) -> AsyncIterator[School]:
    database = Database(postgres.address(postgres_database), clock, SEAL)
    yield await found(database)
    await database.close()
    await asyncio.to_thread(postgres.empty, postgres_database)


@pytest.fixture(params=ENGINES)
def each_school(request: pytest.FixtureRequest) -> School:
    """The same on each engine, for what the engines could do differently."""
    name = "school" if request.param == "sqlite" else "postgres_school"
    made: School = request.getfixturevalue(name)
    return made
