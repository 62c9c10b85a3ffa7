"""A school with published documents, on real databases."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from core.clock import ManualClock
from storage.database import Database
from tests.consent.school import School, opened


@pytest.fixture
async def school(database: Database, clock: ManualClock) -> AsyncIterator[School]:
    """The consent engine on each database."""
    yield await opened(database, clock)


@pytest.fixture
async def small_school(sqlite: Database, clock: ManualClock) -> AsyncIterator[School]:
    """The consent engine on SQLite alone, for what no engine could change."""
    yield await opened(sqlite, clock)
