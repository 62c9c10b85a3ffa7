"""Reads what staff type: durations, days, hours."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from core.errors import Refusal

_UNITS = {
    "m": timedelta(minutes=1),
    "м": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "ч": timedelta(hours=1),
    "d": timedelta(days=1),
    "д": timedelta(days=1),
    "w": timedelta(weeks=1),
    "н": timedelta(weeks=1),
}
_DURATION = re.compile(r"^(\d{1,4})\s*([mмhчdдwн])[a-zа-я]*\.?$", re.IGNORECASE)
_HOUR = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))?$")
_DAY = re.compile(r"^(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?$")
LONGEST = timedelta(days=3660)


def duration(text: str) -> timedelta:
    """Read `30м`, `2 часа`, `3d`, `1 неделя`. Refused: `input.duration`."""
    found = _DURATION.match(text.strip())
    if found is None:
        raise Refusal("input.duration")
    length = int(found[1]) * _UNITS[found[2].lower()]
    if not timedelta() < length <= LONGEST:
        raise Refusal("input.duration")
    return length


def hour(text: str) -> time:
    """Read `18`, `18:00`, `9.30`; `24:00` is midnight. Refused: `input.time`."""
    found = _HOUR.match(text.strip())
    if found is None:
        raise Refusal("input.time")
    hours, minutes = int(found[1]), int(found[2] or 0)
    if (hours, minutes) == (24, 0):
        return time(0)
    try:
        return time(hours, minutes)
    except ValueError:
        raise Refusal("input.time") from None


def day(text: str, today: date) -> date:
    """Read `29.11` (the next one) or `29.11.2026`. Refused: `input.date`."""
    found = _DAY.match(text.strip())
    if found is None:
        raise Refusal("input.date")
    try:
        if found[3]:
            return date(int(found[3]), int(found[2]), int(found[1]))
        this_year = date(today.year, int(found[2]), int(found[1]))
    except ValueError:
        raise Refusal("input.date") from None
    if this_year >= today:
        return this_year
    try:
        return this_year.replace(year=today.year + 1)
    except ValueError:
        raise Refusal("input.date") from None


_WEEKDAYS = (
    ("пн", "понедельник", "mon"),
    ("вт", "вторник", "tue"),
    ("ср", "сред", "wed"),
    ("чт", "четверг", "thu"),
    ("пт", "пятниц", "fri"),
    ("сб", "суббот", "sat"),
    ("вс", "воскресень", "sun"),
)


def weekday(text: str) -> int:
    """Read `пн`, `понедельник`, `mon`; Monday is 0. Refused: `input.date`."""
    word = text.strip().lower()
    for index, (short, russian, english) in enumerate(_WEEKDAYS):
        if word == short or word.startswith((russian, english)):
            return index
    raise Refusal("input.date")


def span(text: str) -> tuple[time, time]:
    """Read `10:00-14:00`, `10–14`. Refused: `input.time`."""
    parts = re.split(r"\s*[-–—]\s*", text.strip())
    if len(parts) != 2:  # noqa: PLR2004 - from and until
        raise Refusal("input.time")
    return hour(parts[0]), hour(parts[1])
