"""A platform on each database, and a quick one on SQLite."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from core.clock import ManualClock
from storage.database import Database
from tests.ingest.platform import Platform, platform


@pytest.fixture
async def lms(sqlite: Database, clock: ManualClock) -> AsyncIterator[Platform]:
    async with platform(sqlite, clock) as opened:
        yield opened


@pytest.fixture
async def everywhere(database: Database, clock: ManualClock) -> AsyncIterator[Platform]:
    async with platform(database, clock) as opened:
        yield opened
