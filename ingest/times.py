"""When an event happened: the sender's clock corrected, impossible times put aside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from ingest.problems import Wrong

TRUSTED_SKEW = timedelta(seconds=60)
"""A difference between `sentAt` and our clock up to this is the road, not the sender's clock."""
NEAR_FUTURE = timedelta(hours=24)
"""An event up to this far ahead is taken as happening at once; further ahead it is put aside (L43)."""
OLDEST = datetime(2010, 1, 1, tzinfo=UTC)
"""Nothing the school did is older; 1970 is a broken clock."""


def event_time(
    message: Mapping[str, Any], sent_at: Any, received: datetime
) -> tuple[datetime, str | None]:
    """Tell when an event happened and, if that cannot be, the code of what is wrong with it.

    As the Segment protocol has it: received - (sentAt - timestamp), but only for clocks more than a minute off.
    Raises Wrong when `timestamp` is no instant.
    """
    said = message.get("originalTimestamp") or message.get("timestamp")
    if said is None:
        return received, None
    at = instant(said, "timestamp")
    sent = message.get("sentAt") or sent_at
    if sent is not None:
        skew = received - instant(sent, "sentAt")
        if abs(skew) > TRUSTED_SKEW:
            at += skew
    return plausible(at, received)


def plausible(at: datetime, received: datetime) -> tuple[datetime, str | None]:
    """Clamp a time a little ahead; name what is wrong with an impossible one."""
    if at > received + NEAR_FUTURE:
        return received, "time.future"
    if at < OLDEST:
        return received, "time.past"
    return min(at, received), None


def instant(value: Any, field: str) -> datetime:
    """Read an ISO instant (UTC when it names no offset) or seconds or milliseconds since 1970."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            seconds = value / 1000 if abs(value) > 1e11 else value  # noqa: PLR2004 - 1e11 s lie in the year 5138
            return datetime.fromtimestamp(seconds, UTC)
        at = datetime.fromisoformat(str(value))
    except (ValueError, OverflowError, OSError):
        raise Wrong("schema.value", field) from None
    return (at if at.tzinfo is not None else at.replace(tzinfo=UTC)).astimezone(UTC)
