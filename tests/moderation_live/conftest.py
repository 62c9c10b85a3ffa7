"""A community with its staff forum and a bot at work, one for a module: tests use people and messages of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.moderation_live.street import Street, street_at


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def street(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Street]:
    async with street_at(sqlite_template, tmp_path_factory.mktemp("street")) as street:
        yield street
