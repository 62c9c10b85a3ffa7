"""One time for the emulator and the bot when both live in one process."""

from __future__ import annotations

import asyncio
import time

from core.clock import SystemClock


class SharedClock:
    """The emulator's clock over the product's: to advance one is to advance both."""

    def __init__(self, clock: SystemClock) -> None:
        self._clock = clock
        self._version = 0
        self._moved = asyncio.Event()

    @property
    def version(self) -> int:
        """Grow by one with every `advance`."""
        return self._version

    def now(self) -> float:
        """Return the instant in unix seconds."""
        return self._clock.now().timestamp()

    async def sleep(self, seconds: float) -> None:
        """Return when `seconds` have passed on this clock."""
        await self._clock.sleep(seconds)

    def advance(self, seconds: float) -> None:
        """Move both ahead. Refuses (ValueError) to go back."""
        if seconds < 0:
            message = "time does not go back"
            raise ValueError(message)
        self._clock.shift_to(self.now() + seconds - time.time())  # noqa: TID251 - the offset is the point
        self._version += 1
        self._moved.set()
        self._moved = asyncio.Event()

    async def changed(self, after_version: int) -> int:
        """Return the version as soon as it differs from `after_version`."""
        while self._version == after_version:
            await self._moved.wait()
        return self._version
