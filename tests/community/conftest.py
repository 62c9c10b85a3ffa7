"""A founded school on each engine."""

from __future__ import annotations

import pytest

from storage.database import Database
from tests.community.people import School, found


@pytest.fixture
async def school(database: Database) -> School:
    return await found(database)


@pytest.fixture
async def small_school(sqlite: Database) -> School:
    """The same on SQLite alone, for stories about behaviour rather than storage."""
    return await found(sqlite)
