"""A journey: who gets which items, when, and what ends it. Read from `content/journeys/*.yaml`; not executed here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum

from core.cohorts import Cohort

EVENTS = (
    "autopay_off", "autopay_on", "checkout_abandoned", "child_added", "churn_risk", "done", "lesson_finish",
    "lesson_start", "level_up", "module_finished", "nps", "payment_failed", "payment_succeeded", "refund", "signup",
    "subscription_cancelled", "trial_started", "blocked", "invoice_issued",
)  # fmt: skip
"""Events a journey may begin or end with: those of the school's platform and the bot's own."""
ATTRIBUTES = (
    "birthday",
    "anniversary",
    "subscription_ends",
    "trial_ends",
    "school_year",
    "invoice_due",
)
"""Dates a journey may begin before or after."""
FACTS = (
    "autopay", "birth_known", "children", "cohort", "days_silent", "goal", "has_schedule", "in_community", "invited",
    "language", "lessons_total", "lessons_week", "level", "months_with_us", "nps", "plan", "streak", "subscribed",
    "tone", "why_stopped",
)  # fmt: skip
"""Facts a condition may ask for; a `fact:` button adds to them."""


class Op(StrEnum):
    """How a fact is compared."""

    IS = "is"
    IN = "in"
    NOT = "not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Compare:
    """One comparison. A fact nobody knows makes every comparison false, but for `known: false` and `not`."""

    fact: str
    op: Op
    value: str | int | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one holds; empty is true."""

    conditions: tuple[Condition, ...] = ()


Condition = Compare | AnyOf | AllOf
ALWAYS = AllOf()


class TriggerKind(StrEnum):
    """What begins a journey."""

    EVENT = "event"
    SCHEDULE = "schedule"
    ATTRIBUTE = "attribute"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Trigger:
    """What begins a journey; which fields matter depends on the kind.

    name: an event of EVENTS or a date of ATTRIBUTES; for silence the event that is missing. days: for an attribute
    days from it (negative is before), for silence full days without the event. yearly: (month, day) of a schedule.
    """

    kind: TriggerKind
    name: str = ""
    days: int = 0
    yearly: tuple[int, int] | None = None
    where: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Exit:
    """What ends an enrolment between two steps: an event after its beginning, or a condition that came true."""

    event: str = ""
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Branch:
    """An item for those whom `when` fits. `items` maps a cohort to an item id; one id may serve all."""

    when: Condition
    items: tuple[tuple[Cohort, str], ...]

    def item_for(self, cohort: Cohort) -> str | None:
        """Name the item of a cohort; None when the branch has nothing for it."""
        return dict(self.items).get(cohort)


@dataclass(frozen=True, slots=True)
class Step:
    """One message. The first branch that fits is sent; if none fits the step is passed over.

    day: local days after the beginning. window: local hours [start, end) in which it is sent; None means at once.
    lifetime: how long after the window opened it is still worth sending.
    """

    id: str
    day: int
    window: tuple[time, time] | None
    branches: tuple[Branch, ...]
    only_if: Condition = ALWAYS
    lifetime: timedelta = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Journey:
    """A whole journey. A running enrolment keeps the version it began with.

    per_child: enrolled once for each child, else once for a parent. reentry_days: days after the end before the same
    family may begin again; None is never. priority: 0..100, the higher wins a day when several want it. holdout:
    share of families that never get it, for comparison.
    """

    id: str
    version: int
    title: str
    trigger: Trigger
    steps: tuple[Step, ...]
    when: Condition = ALWAYS
    exits: tuple[Exit, ...] = ()
    reentry_days: int | None = None
    priority: int = 50
    holdout: float = 0.0
    per_child: bool = False
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    @property
    def item_ids(self) -> frozenset[str]:
        """Every item it may send."""
        return frozenset(
            item for step in self.steps for branch in step.branches for _, item in branch.items
        )
