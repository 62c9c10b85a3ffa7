"""One time for the emulator and the bot when both live in one process."""

from __future__ import annotations

import time

from typing_extensions import override

from core.clock import SystemClock
from emulator.clock import SystemClock as EmulatorClock


class SharedClock(EmulatorClock):
    """The emulator's clock that takes the product's along: to advance one is to advance both."""

    def __init__(self, clock: SystemClock) -> None:
        super().__init__()
        self._product = clock

    @override
    def advance(self, seconds: float) -> None:
        """Move both ahead. Refuses (ValueError) to go back."""
        super().advance(seconds)
        self._product.shift_to(self.now() - time.time())  # noqa: TID251 - the offset is the point
