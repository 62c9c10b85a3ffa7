"""A founded school."""

from __future__ import annotations

import pytest

from storage.database import Database
from tests.community.people import School, found


@pytest.fixture
async def school(sqlite: Database) -> School:
    return await found(sqlite)


@pytest.fixture
async def each_school(database: Database) -> School:
    """The same on each engine, for what the engines could do differently."""
    return await found(database)
