"""Dates and hours in words, in the reader's language and zone."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from functools import lru_cache

from babel.dates import format_date

_DAY = {"ru": "d MMMM", "en": "d MMMM"}
_DAY_WITH_YEAR = {"ru": "d MMMM y 'года'", "en": "d MMMM y"}
_MONTH = {"ru": "LLLL y", "en": "LLLL y"}


@lru_cache(maxsize=4096)
def day(on: date, lang: str, *, year: bool = False) -> str:
    """Say a day: `29 ноября`, with a year `29 ноября 2026 года`."""
    pattern = (_DAY_WITH_YEAR if year else _DAY).get(lang, "d MMMM")
    return format_date(on, pattern, locale=lang)


@lru_cache(maxsize=4096)
def weekday(on: date, lang: str) -> str:
    """Say the day of the week: `воскресенье`."""
    return format_date(on, "EEEE", locale=lang)


@lru_cache(maxsize=4096)
def month(on: date, lang: str) -> str:
    """Say a month with its year: `ноябрь 2026`."""
    return format_date(on, _MONTH.get(lang, "LLLL y"), locale=lang)


def hour(at: datetime) -> str:
    """Say wall time: `18:00`."""
    return f"{at.hour:02d}:{at.minute:02d}"


def moment(at: datetime, lang: str, zone: tzinfo | None = None) -> str:
    """Say an instant as the reader's wall clock shows it: `воскресенье, 29 ноября, 18:00`.

    `at` is aware; `zone` is the reader's, None when `at` already stands in it. A naive `at` is a ValueError.
    """
    if at.tzinfo is None:
        raise ValueError("naive")
    local = at.astimezone(zone) if zone is not None else at
    on = local.date()
    return f"{weekday(on, lang)}, {day(on, lang)}, {hour(local)}"


def span(start: date, end: date, lang: str) -> str:
    """Say a span of days, both included: `23–29 ноября`, `30 ноября – 6 декабря`."""
    if start == end:
        return day(start, lang)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end, lang)}"
    return f"{day(start, lang)} – {day(end, lang)}"
