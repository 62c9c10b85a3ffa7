"""A town per test."""

from __future__ import annotations

import pytest

from bot.simulate.clock import FlowingClock
from tests.delivery.town import MONDAY_NOON, DeliveryTown, database_at


@pytest.fixture
def flowing() -> FlowingClock:
    return FlowingClock(MONDAY_NOON)


@pytest.fixture
async def town(sqlite_url, flowing):
    database = database_at(sqlite_url, flowing)
    yield DeliveryTown(database, flowing)
    await database.close()
