"""Group commit: what many tasks want stored at the same moment goes into one transaction."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database

Item = TypeVar("Item")


class GroupWriter(Generic[Item]):
    """Collects items while a commit is under way and stores them together in the next one.

    `submit` returns at once, `stored` waits until everything submitted so far is committed. A failed batch is tried
    again on the next round, so nothing submitted is dropped while the process lives; the error also reaches who waits.
    """

    def __init__(
        self,
        database: Database,
        write: Callable[[AsyncConnection, Sequence[Item]], Awaitable[None]],
        *,
        linger: float = 0.0,
        largest: int = 500,
    ) -> None:
        """`linger`: seconds a commit waits for company while nobody waits for it; 0 commits at once."""
        self._database = database
        self._write = write
        self._linger = linger
        self._largest = largest
        self._hurry = asyncio.Event()
        self._waiting: list[Item] = []
        self._submitted = 0
        self._committed = 0
        self._news = asyncio.Event()
        self._waiters: deque[tuple[int, asyncio.Future[None]]] = deque()

    def submit(self, item: Item) -> None:
        """Queue `item` for the next commit."""
        self._waiting.append(item)
        self._submitted += 1
        self._news.set()

    @property
    def behind(self) -> int:
        """How many items are not committed yet."""
        return self._submitted - self._committed

    async def stored(self) -> None:
        """Wait until everything submitted before this call is committed; raises if its commit failed."""
        if self._committed == self._submitted:
            return
        self._hurry.set()
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.append((self._submitted, waiter))
        await waiter

    async def run(self) -> None:
        """Commit batches until cancelled; what is queued at that moment is written first."""
        try:
            while True:
                await self._news.wait()
                if self._linger and len(self._waiting) < self._largest:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._hurry.wait(), self._linger)
                await self._flush()
                if self._committed == self._submitted:
                    self._hurry.clear()
        finally:
            if self._waiting:
                await self._flush()

    async def _flush(self) -> None:
        batch = self._waiting[: self._largest]
        try:
            await self._database.run(lambda connection: self._write(connection, batch))
        except Exception as error:
            self._wake(self._submitted, error)
            raise
        del self._waiting[: len(batch)]
        if not self._waiting:
            self._news.clear()
        self._committed += len(batch)
        self._wake(self._committed)

    def _wake(self, until: int, error: Exception | None = None) -> None:
        """Wake those who wait for what was submitted up to number `until`, each once."""
        while self._waiters and self._waiters[0][0] <= until:
            _, waiter = self._waiters.popleft()
            if waiter.done():
                continue
            if error is None:
                waiter.set_result(None)
            else:
                waiter.set_exception(error)
