"""Units of work beside the one that handles an update.

What they store is found again by keys, so an update that is replayed after a crash may do it a second time; therefore
they leave the update's own mark alone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from storage.context import CURRENT
from storage.database import Database
from storage.unit import Unit


class Aside:
    """Opens units that do not mark the update in hand."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Unit]:
        """Open a unit of work as `Database.begin` does outside any update."""
        token = CURRENT.set(None)
        try:
            async with self._database.begin() as unit:
                yield unit
        finally:
            CURRENT.reset(token)

    def reading(self) -> AbstractAsyncContextManager[Unit]:
        """Open a read-only look."""
        return self._database.reading()
