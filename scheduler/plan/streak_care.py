"""Looking after a streak: freezes asked for, and the reminder that may save it. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.cohorts import Tone
from core.localtime import Window, resolve
from scheduler.plan.streaks import Mark, Streak, streak_day

LAST_MINUTES = timedelta(minutes=30)
"""How long before quiet hours the last reminder of a day leaves: a lesson still fits in."""
AFTER_USUAL = timedelta(hours=2)
"""How long after the usual hour of the lesson it counts as forgotten."""
USUAL = time(17)
"""The hour of a lesson whose schedule names none."""
WORTH_SAVING = 3
"""Lesson days in a row from which a streak is worth a message."""
_ITEMS = {Tone.HABIT: "streak-remind-young", Tone.AUTONOMY: "streak-remind-teen"}


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


def needs_saving(streak: Streak, day: date) -> bool:
    """Tell whether missing `day` would end the streak: a lesson is planned, none was, and no freeze is left."""
    return (
        streak.current >= WORTH_SAVING
        and streak.freezes == 0
        and streak.marks.get(day) is Mark.AHEAD
    )


def saver_of(tone: Tone) -> str:
    """Choose the item by the tone of the child's age."""
    return _ITEMS.get(tone, "streak-remind-any")
