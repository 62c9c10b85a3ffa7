"""How long what is kept, and why: a table of settings, not of code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType

from core.errors import Refusal

NEVER = timedelta(0)
"""Zero days: the rows are kept until erasure."""


@dataclass(frozen=True, slots=True)
class Keep:
    """One line of the schedule. `days` of rows or of their contents; `why` is shown in the report."""

    days: timedelta
    what: str
    why: str
    longest: int
    """Days a setting may not exceed."""


SCHEDULE: Mapping[str, Keep] = MappingProxyType(
    {
        "group_messages": Keep(timedelta(days=14), "texts of group messages", "moderation", 90),
        "case_bodies": Keep(timedelta(days=90), "texts in moderation cases", "appeals", 365),
        "case_versions": Keep(timedelta(days=90), "texts of edited cases", "appeals", 365),
        "inbox": Keep(timedelta(days=7), "handled updates", "recovery after a crash", 30),
        "outbox_facts": Keep(timedelta(days=30), "facts of sent messages", "explaining", 365),
        "outbox": Keep(timedelta(days=400), "rows of sent messages", "yearly comparison", 1100),
        "questions": Keep(timedelta(days=180), "words of closed questions", "quality", 365),
        "survey_words": Keep(timedelta(days=365), "words of surveys", "quality", 730),
        "drafts": Keep(timedelta(days=30), "unfinished forms", "convenience", 90),
        "used_links": Keep(timedelta(days=60), "used signed links", "replay protection", 90),
        "access_log": Keep(timedelta(days=1095), "looks of staff", "accountability", 1825),
        "events": Keep(NEVER, "events by key", "figures of retention", 3650),
    }
)
"""Defaults; a school may shorten each, or lengthen it up to `longest`."""


def schedule(overrides: Mapping[str, int]) -> dict[str, Keep]:
    """Apply settings in days. Refuses `policy.unknown` and `policy.out_of_range`."""
    made = dict(SCHEDULE)
    for name, days in overrides.items():
        if name not in made:
            raise Refusal("policy.unknown", key=name)
        if not 0 <= days <= made[name].longest:
            raise Refusal("policy.out_of_range", key=name, low=0, high=made[name].longest)
        made[name] = replace(made[name], days=timedelta(days=days))
    return made
