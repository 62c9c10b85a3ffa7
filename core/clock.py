"""The only place that asks what time it is, or sleeps."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

from typing_extensions import override


class Clock(Protocol):
    """Wall time in UTC and sleep, driven by reality, a test or a simulation."""

    def now(self) -> datetime:
        """Tell the current instant, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Tell seconds from an arbitrary start that never go back."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return once `seconds` of this clock have passed."""
        ...


class SystemClock:
    """Real time plus an offset that a demonstration may move forward."""

    def __init__(self) -> None:
        self._offset = 0.0
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time() + self._offset, UTC)  # noqa: TID251

    def monotonic(self) -> float:
        return time.monotonic() + self._offset

    async def sleep(self, seconds: float) -> None:
        ends = self.monotonic() + seconds
        while (left := ends - self.monotonic()) > 0:
            try:
                await asyncio.wait_for(self._moved.wait(), left)
            except TimeoutError:
                return
        await asyncio.sleep(0)  # noqa: TID251

    def shift_to(self, offset: float) -> None:
        """Set the offset in seconds; every sleeper looks again at its deadline."""
        self._offset = offset
        self._moved.set()
        self._moved = asyncio.Event()


class ManualClock:
    """Time that stands still until told to advance; sleepers wake in due order."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._now = start
        self._order = itertools.count()
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return (self._now - self._start).total_seconds()

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)  # noqa: TID251
            return
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        due = self._now + timedelta(seconds=seconds)
        heapq.heappush(self._sleepers, (due, next(self._order), waiter))
        await waiter

    def next_due(self) -> datetime | None:
        """Tell when the first sleeper wants to wake."""
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        return self._sleepers[0][0] if self._sleepers else None

    async def advance(self, by: timedelta) -> None:
        """Move time forward by `by`, stopping at every sleeper on the way."""
        await self.advance_to(self._now + by)

    async def advance_to(self, instant: datetime) -> None:
        """Move time forward to `instant`; the past is left alone."""
        while (due := self.next_due()) is not None and due <= instant:
            _, _, waiter = heapq.heappop(self._sleepers)
            self._now = max(self._now, due)
            waiter.set_result(None)
            await _settle()
        self._now = max(self._now, instant)

    def jump(self, by: timedelta) -> None:
        """Move the wall clock without waking anybody, as a wrong host clock would (may go back)."""
        self._now += by

    @override
    def __repr__(self) -> str:
        return f"ManualClock({self._now.isoformat()})"


async def _settle(rounds: int = 20) -> None:
    """Let what a wake-up started run until it waits for something else."""
    for _ in range(rounds):
        await asyncio.sleep(0)  # noqa: TID251
