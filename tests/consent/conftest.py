"""A school with published documents, on real databases."""

from __future__ import annotations

import pytest

from core.clock import ManualClock
from storage.database import Database
from tests.consent.school import School, opened


@pytest.fixture
async def school(database: Database, clock: ManualClock) -> School:
    """The consent engine on each database."""
    return await opened(database, clock)


@pytest.fixture
async def small_school(sqlite: Database, clock: ManualClock) -> School:
    """The consent engine on SQLite alone, for what no engine could change."""
    return await opened(sqlite, clock)
