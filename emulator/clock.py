"""The emulator's time: a virtual clock that tests drive and a real clock that can be moved ahead."""

import asyncio
import heapq
import itertools
import time
from typing import Protocol


class Clock(Protocol):
    """What the emulator asks of time. Instants are unix seconds, UTC."""

    @property
    def version(self) -> int:
        """Grow by one with every `advance`, so that a watcher can tell whether it has seen the last one."""

    def now(self) -> float:
        """Return the current instant in unix seconds."""

    async def sleep(self, seconds: float) -> None:
        """Return when `seconds` have passed on this clock; at once for zero and less."""

    def advance(self, seconds: float) -> None:
        """Move the clock ahead. Refuses (ValueError) to go back."""

    async def changed(self, after_version: int) -> int:
        """Return the version as soon as it differs from `after_version`."""


class _Watched:
    """Count the moves of a clock and wake whoever waits for one."""

    def __init__(self) -> None:
        self._version = 0
        self._moved = asyncio.Event()

    @property
    def version(self) -> int:
        return self._version

    async def changed(self, after_version: int) -> int:
        while self._version == after_version:
            await self._moved.wait()
        return self._version

    def _announce(self) -> None:
        self._version += 1
        self._moved.set()
        self._moved = asyncio.Event()


class VirtualClock(_Watched):
    """Stand still until advanced; wake sleepers in the order in which they come due."""

    def __init__(self, start: float) -> None:
        super().__init__()
        self._now = start
        self._order = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def now(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            return
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + seconds, next(self._order), woken))
        await woken

    def advance(self, seconds: float) -> None:
        """Move ahead; every sleeper due on the way is woken, the earliest first."""
        target = self._now + _forward(seconds)
        while self._sleepers and self._sleepers[0][0] <= target:
            due, _, woken = heapq.heappop(self._sleepers)
            self._now = max(self._now, due)
            if not woken.done():
                woken.set_result(None)
        self._now = target
        self._announce()

    @property
    def next_due(self) -> float | None:
        """Return the instant at which the earliest sleeper wakes, None when nobody sleeps."""
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        return self._sleepers[0][0] if self._sleepers else None


class SystemClock(_Watched):
    """Run with real time, ahead of it by the sum of all advances."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead = 0.0

    def now(self) -> float:
        return time.time() + self._ahead  # noqa: TID251 - the emulator's only look at real time

    async def sleep(self, seconds: float) -> None:
        """Sleep; an advance meanwhile shortens the wait."""
        due = self.now() + seconds
        while (left := due - self.now()) > 0:
            try:
                await asyncio.wait_for(self.changed(self._version), timeout=left)
            except TimeoutError:
                continue

    def advance(self, seconds: float) -> None:
        self._ahead += _forward(seconds)
        self._announce()


def _forward(seconds: float) -> float:
    if not 0 <= seconds < float("inf"):
        msg = "a clock moves ahead only, by a finite number of seconds"
        raise ValueError(msg)
    return seconds
