"""Numbers of the gate and of the sender, read once at the start."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from core.localtime import Window

HORIZON, FAST, FAST_HORIZON = 0.1, 100.0, 0.2
"""Seconds booked ahead; above so many messages a second a turn takes longer than the first, and slots would be lost."""
IN_FLIGHT, IN_FLIGHT_SECONDS = 64, 0.4
"""Calls that may run at once: at least so many, else so many seconds of the rate."""
FIRST_WEEK = "journey:onboarding"
"""The campaign that rests from the weekly cap, and nothing else does: its seven messages were announced."""
QUIET = Window(time(21), time(9))
HARD_CEILING = 4
"""Messages a day nobody may configure away: five a day make people unsubscribe (R321)."""


@dataclass(frozen=True, slots=True)
class GatePolicy:
    """When a family may be written to.

    soft_per_day, soft_per_week: care and marketing together, per parent; 0 stops them. ceiling_per_day: with service
    messages counted in, above it care and marketing wait. holdout_percent: share that never gets marketing, so that
    its effect can be measured; 0 turns it off. advertiser_named: False stops marketing, since the law asks that every
    offer names who advertises (38-FZ).
    """

    school_zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Moscow"))
    quiet: Window = QUIET
    soft_per_day: int = 1
    soft_per_week: int = 4
    ceiling_per_day: int = HARD_CEILING
    holdout_percent: int = 0
    holdout_salt: str = "school"
    advertiser_named: bool = True

    def __post_init__(self) -> None:
        if (
            not 0 <= self.soft_per_day <= HARD_CEILING
            or not 0 < self.ceiling_per_day <= HARD_CEILING
        ):
            message = f"at most {HARD_CEILING} messages a day"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class SenderPolicy:
    """How fast and how stubbornly messages leave.

    per_second: Telegram's overall limit (30; with paid broadcast up to 1000). horizon: seconds of the limit booked
    ahead; it bounds how long a receipt waits behind a digest. in_flight: calls at once; service_slots of them are
    kept from care and marketing. dead_after: seconds without a heartbeat until a worker's claims are recovered.
    template_failures: refusals of one content in a row until it is stopped.
    """

    per_second: float = 30.0
    horizon: float = HORIZON
    in_flight: int = IN_FLIGHT
    service_slots: int = 16
    beat_every: float = 5.0
    dead_after: float = 30.0
    idle_poll: float = 1.0
    """Seconds after which the sender looks again without being woken (another process may have planned)."""
    attempts: int = 5
    backoff: tuple[timedelta, ...] = (
        timedelta(seconds=5),
        timedelta(seconds=30),
        timedelta(minutes=2),
        timedelta(minutes=10),
    )
    template_failures: int = 3
    alarm_after: float = 60.0
    """A pause longer than this many seconds is worth an alarm."""

    @classmethod
    def at(cls, per_second: float) -> SenderPolicy:
        """Choose the numbers for a rate: the more a second, the more calls run at once."""
        return cls(
            per_second=per_second,
            horizon=FAST_HORIZON if per_second > FAST else HORIZON,
            in_flight=max(IN_FLIGHT, round(per_second * IN_FLIGHT_SECONDS)),
        )
