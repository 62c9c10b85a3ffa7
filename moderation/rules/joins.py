"""Join surges: the gate tightens by itself and opens by itself. Members who are already here notice nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from moderation.policy import JoinPolicy, Mode


@dataclass(frozen=True, slots=True)
class Gate:
    """State of the gate. `until` is the instant (UTC) it opens if nothing more happens; None: it is open."""

    until: datetime | None = None
    joins: int = 0

    def is_closed(self, now: datetime) -> bool:
        """Tell whether newcomers wait for approval; half-open, so at `until` the gate is open."""
        return self.until is not None and now < self.until


OPEN = Gate()


def gate(joins: Iterable[datetime], before: Gate, policy: JoinPolicy, now: datetime) -> Gate:
    """Close the gate on a surge, keep it closed while people pour in, open it after quiet time.

    `joins` are the instants of the latest joins and join requests, `now` included when it is one.
    """
    if policy.mode is not Mode.LIVE or not policy.joins_max:
        return OPEN
    since = now - timedelta(seconds=policy.window_seconds)
    count = sum(1 for at in joins if since < at <= now)
    release = now + timedelta(seconds=policy.release_after_seconds)
    if count >= policy.joins_max:
        return Gate(release, count)
    if before.is_closed(now):
        return Gate(before.until, count)
    return Gate(None, count)
