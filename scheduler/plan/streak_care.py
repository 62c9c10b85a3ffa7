"""Looking after a streak: freezes asked for, and the reminder that may save it. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.localtime import Window, resolve
from scheduler.plan.streaks import streak_day

LAST_MINUTES = timedelta(minutes=30)
"""How long before quiet hours the last reminder of a day leaves: a lesson still fits in."""


def freeze_refusal(day: date, now: datetime, zone: ZoneInfo, left: int) -> str | None:
    """Name why a freeze may not be set for a day; None when it may. Freezes are for a day that is not over (L59)."""
    if streak_day(now, zone) > day:
        return "streak.late"
    return "streak.none" if left <= 0 else None


def remind_at(
    day: date, usual: time, zone: ZoneInfo, quiet: Window, ahead: timedelta
) -> datetime | None:
    """Choose when a reminder for `day` leaves: `ahead` of the usual hour, before quiet hours begin (L63).

    None when the day offers no hour: a reminder after midnight is of no use.
    """
    wanted = resolve(day, usual, zone) - ahead
    if quiet.start == quiet.end:
        return wanted
    begins, ends = resolve(day, quiet.start, zone), resolve(day, quiet.end, zone)
    if quiet.start > quiet.end:
        latest = begins - LAST_MINUTES
        return max(min(wanted, latest), ends) if ends <= latest else None
    return ends if begins <= wanted < ends else wanted


def remind_content(current: int, *, done_today: bool, personal: bool) -> str | None:
    """Choose what a streak saver says when it leaves; None when there is nothing to save any more (L62, L64)."""
    if done_today or current <= 0:
        return None
    return "streak-saver" if personal else "streak-saver-generic"
