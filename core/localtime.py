"""Local time: wall time + IANA zone, resolved at the target instant.

A wall time that the clock skips moves to the first valid instant after the gap; one that comes twice means its first
occurrence. Weekdays, days, weeks and months are those of the local calendar; windows are half-open.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_SECOND = timedelta(seconds=1)
_DAYS_TO_LOOK = 9
"""A weekday comes within 7 days; a zone may skip one whole day (Apia, 30 December 2011)."""


@lru_cache(maxsize=1024)
def known_zone(name: str) -> ZoneInfo | None:
    """Find a zone by its IANA name; None when there is no such one."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_of(name: str | None, school: ZoneInfo) -> ZoneInfo:
    """Choose a person's zone; an unknown or missing one is the school's, so that quiet hours always hold (L5)."""
    return (known_zone(name) if name else None) or school


def resolve(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Find the instant (UTC) at which the clock of `zone` first shows `day` and `at`, or the first after a gap."""
    wall = datetime.combine(day, at)
    found = wall.replace(tzinfo=zone).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == wall:
        return found
    return _end_of_gap(wall, zone)


def _end_of_gap(wall: datetime, zone: ZoneInfo) -> datetime:
    """Search the second at which the clock jumped over `wall`."""
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if middle in (before, after):
            break
        if middle.astimezone(zone).replace(tzinfo=None) < wall:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """Read the date on the clock of `zone`."""
    return instant.astimezone(zone).date()


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Find the instant a local day begins; midnight itself may fall into a gap."""
    return resolve(day, time(0), zone)


@dataclass(frozen=True, slots=True)
class Window:
    """Hours of the local clock, half-open: `start` belongs to it, `end` does not; it may cross midnight.

    Equal ends mean an empty window (the off value).
    """

    start: time
    end: time

    def holds(self, at: time) -> bool:
        """Tell whether a wall time lies inside."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    def until(self, instant: datetime, zone: ZoneInfo) -> datetime | None:
        """Tell when the window the instant lies in ends (UTC); None when the instant lies outside."""
        local = instant.astimezone(zone)
        if not self.holds(local.time()):
            return None
        day = local.date()
        if self.start > self.end and local.time() >= self.start:
            day += timedelta(days=1)
        end = resolve(day, self.end, zone)
        while end <= instant:
            # The clock was set back over the end: the window is entered a second time.
            day += timedelta(days=1)
            end = resolve(day, self.end, zone)
        return end


def next_slot(after: datetime, weekday: int, at: time, zone: ZoneInfo) -> datetime:
    """Find the first instant not before `after` that is local `weekday` (Monday 0) and `at`.

    A slot inside a gap that ends on another weekday is not that weekday's slot; the next week's is taken.
    """
    day = local_day(after, zone) - timedelta(days=1)
    for _ in range(_DAYS_TO_LOOK + 7):
        if day.weekday() == weekday:
            instant = resolve(day, at, zone)
            if instant >= after and local_day(instant, zone) == day:
                return instant
        day += timedelta(days=1)
    message = "a weekday that never comes"
    raise AssertionError(message)


def next_time(after: datetime, at: time, zone: ZoneInfo) -> datetime:
    """Find the first instant not before `after` at which the local clock shows `at`."""
    day = local_day(after, zone) - timedelta(days=1)
    while (instant := resolve(day, at, zone)) < after:
        day += timedelta(days=1)
    return instant


def week_key(day: date) -> str:
    """Name the ISO week of a date: `2026-W53`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def month_key(day: date) -> str:
    """Name the calendar month of a date: `2026-02`."""
    return f"{day.year:04}-{day.month:02}"


def add_months(day: date, months: int) -> date:
    """Move by calendar months; a day the month lacks becomes its last day, counted from the first date (L20)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
