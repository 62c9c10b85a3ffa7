"""Age cohorts. The cohort belongs to the child, by full years on the local date."""

from __future__ import annotations

import calendar
from datetime import date
from enum import StrEnum

FIRST_TEEN_YEAR = 13
"""From this age texts speak of autonomy and goals (R5)."""
LAST_HABIT_YEAR = 8
"""Up to this age texts speak of habit and play (R6)."""
FEBRUARY_29 = (2, 29)


class Cohort(StrEnum):
    """R1. `unknown` is generic: no birth date, not born yet, or 17 and older."""

    BABY = "0-2"
    PRESCHOOL = "3-5"
    EARLY_SCHOOL = "6-8"
    SCHOOL = "9-12"
    TEEN = "13-16"
    UNKNOWN = "unknown"


class Tone(StrEnum):
    """How a text speaks."""

    HABIT = "habit"
    BETWEEN = "between"
    AUTONOMY = "autonomy"
    NEUTRAL = "neutral"


_UPPER_YEARS = (
    (2, Cohort.BABY),
    (5, Cohort.PRESCHOOL),
    (8, Cohort.EARLY_SCHOOL),
    (12, Cohort.SCHOOL),
    (16, Cohort.TEEN),
)


def full_years(born: date, on: date) -> int:
    """Count full years; who was born on 29 February turns a year older on 28 February (L24)."""
    return on.year - born.year - (on < birthday_in(born, on.year))


def full_months(born: date, on: date) -> int:
    """Count full calendar months; a month ends on its last day when the day of birth is missing in it."""
    months = (on.year - born.year) * 12 + on.month - born.month
    last = calendar.monthrange(on.year, on.month)[1]
    return months - (on.day < min(born.day, last))


def birthday_in(born: date, year: int) -> date:
    """Tell the day on which the birthday is kept in `year`."""
    if (born.month, born.day) == FEBRUARY_29 and not calendar.isleap(year):
        return date(year, 2, 28)
    return born.replace(year=year)


def cohort_of(born: date | None, on: date) -> Cohort:
    """Place a child in a cohort on a local date. A missing, future or grown-up age is `unknown` (L25, L26)."""
    if born is None or born > on:
        return Cohort.UNKNOWN
    years = full_years(born, on)
    return next((cohort for upper, cohort in _UPPER_YEARS if years <= upper), Cohort.UNKNOWN)


def tone_of(cohort: Cohort) -> Tone:
    """Choose the tone for a cohort (R5, R6)."""
    match cohort:
        case Cohort.BABY | Cohort.PRESCHOOL | Cohort.EARLY_SCHOOL:
            return Tone.HABIT
        case Cohort.SCHOOL:
            return Tone.BETWEEN
        case Cohort.TEEN:
            return Tone.AUTONOMY
        case Cohort.UNKNOWN:
            return Tone.NEUTRAL
