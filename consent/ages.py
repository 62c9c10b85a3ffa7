"""How a child grows into answering for itself.

14: acts with a parent's agreement and is asked as well (Russian civil code 26). 16: the age of GDPR 8. 18: an adult,
a parent's consent carries no further.
"""

from __future__ import annotations

from datetime import date
from enum import IntEnum

from core.cohorts import birthday_in, full_years


class Stage(IntEnum):
    """From which full year the child's own word counts."""

    CHILD = 0
    TEEN = 14
    OLDER_TEEN = 16
    ADULT = 18


def stage_of(born: date | None, on: date) -> Stage:
    """Tell the stage on a local date; without a birth date a child stays a child."""
    if born is None or born > on:
        return Stage.CHILD
    years = full_years(born, on)
    return max(stage for stage in Stage if stage <= years)


def stage_since(born: date, stage: Stage) -> date:
    """Tell the birthday on which a stage began."""
    return birthday_in(born, born.year + stage)
