"""Time that flows only when somebody sleeps: one driver, no waiting, the same every time."""

from __future__ import annotations

from datetime import datetime, timedelta


class FlowingClock:
    """A clock for programs that run one step after another: a sleep moves it forward and returns.

    Wall time may jump; the monotonic count never does. With several sleepers at once use `core.clock.ManualClock`.
    """

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._passed = 0.0
        self._jumped = timedelta(0)

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._passed) + self._jumped

    def monotonic(self) -> float:
        return self._passed

    def true(self) -> datetime:
        """Tell the time without the jumps."""
        return self._start + timedelta(seconds=self._passed)

    async def sleep(self, seconds: float) -> None:
        self._passed += max(0.0, seconds)

    def advance_to(self, instant: datetime) -> None:
        """Let time pass until the wall clock shows `instant`; the past is left alone."""
        self._passed += max(0.0, (instant - self.now()).total_seconds())

    def jump(self, by: timedelta) -> None:
        """Set the wall clock wrong (or right again) without time passing."""
        self._jumped += by


class EmulatorTime:
    """The emulator's clock, following ours."""

    def __init__(self, clock: FlowingClock) -> None:
        self._clock = clock

    @property
    def version(self) -> int:
        return int(self._clock.monotonic())

    def now(self) -> float:
        """Tell true time: what the host believes does not move Telegram."""
        return self._clock.true().timestamp()

    async def sleep(self, seconds: float) -> None:
        await self._clock.sleep(seconds)

    def advance(self, seconds: float) -> None:
        message = f"the product's clock decides, not {seconds}"
        raise RuntimeError(message)

    async def changed(self, after_version: int) -> int:
        message = f"nobody waits for time to change after {after_version}"
        raise RuntimeError(message)
