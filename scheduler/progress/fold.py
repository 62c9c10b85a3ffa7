"""Fold events into what is known about a child and a parent: the same result in any order (L41).

Everything kept is a join: a register keeps the value that was true last (ties are broken by the message), a lesson is
kept under the number of its event. Joins commute, associate and repeat harmlessly, so late, doubled and reordered
events need no care of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from scheduler.progress.model import Lesson, PlatformEvent, Register, Registers

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
AT = "at:"
"""Prefix of registers that remember when an event last happened."""
SCHEDULE = "schedule:"
"""Prefix of registers that hold a schedule and the instant it begins."""
REFUNDED = "refunded:"

CHILD_EVENTS = frozenset({"lesson_start", "lesson_finish", "level_up", "module_finished"})
"""Events that are always about a learner."""
_PLAIN: Mapping[str, Mapping[str, str]] = {
    "lesson_start": {"title": "lesson", "course": "course", "url": "lesson_url"},
    "lesson_finish": {"title": "lesson", "course": "course", "next_lesson_at": "next_lesson_at"},
    "level_up": {"level": "level"},
    "module_finished": {"module": "module", "next_module": "next_module"},
    "signup": {"plan": "plan", "trial_ends": "trial_ends"},
    "trial_started": {"plan": "plan", "trial_ends": "trial_ends"},
    "checkout_abandoned": {"plan": "plan", "pay_url": "pay_url"},
    "invoice_issued": {"amount": "amount", "due": "invoice_due", "pay_url": "pay_url"},
    "payment_succeeded": {
        "amount": "amount", "plan": "plan", "paid_until": "subscription_ends", "receipt_url": "receipt_url",
        "autopay": "autopay",
    },
    "payment_failed": {"amount": "amount", "pay_url": "pay_url", "due": "invoice_due"},
    "refund": {"amount": "amount"},
    "subscription_cancelled": {"ends": "subscription_ends"},
    "nps": {"score": "nps"},
}  # fmt: skip
"""Property of an event -> register."""
_SETS: Mapping[str, Mapping[str, bool]] = {
    "payment_succeeded": {"subscribed": True},
    "refund": {"subscribed": False},
    "subscription_cancelled": {"subscribed": False, "autopay": False},
    "autopay_off": {"autopay": False},
    "autopay_on": {"autopay": True, "subscribed": True},
}
TRAITS = frozenset(
    {"autopay", "course", "lesson_url", "level", "next_lesson_at", "next_module", "plan", "subscribed",
     "subscription_ends", "timezone", "trial_ends"}
)  # fmt: skip
"""Traits of `identify` that become registers as they are."""
HIGH_RISK, LOW_RISK = 0.7, 0.4
"""Scores between the two change nothing, so a score that trembles does not flap (L47)."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about one child or one parent."""

    registers: Registers = field(default_factory=dict)
    lessons: Mapping[int, Lesson] = field(default_factory=dict)


def fold(known: Known, event: PlatformEvent, lesson: Lesson | None = None) -> Known:
    """Take one event; `lesson` is given for those that start or finish one."""
    lessons = known.lessons if lesson is None else {**known.lessons, lesson.event: lesson}
    return Known(join(known.registers, registers_of(event)), lessons)


def join(one: Registers, other: Registers) -> dict[str, Register]:
    """Merge registers: for each name the value that was true last."""
    joined = dict(one)
    for name, register in other.items():
        held = joined.get(name)
        if held is None or (held[0], held[1]) < (register[0], register[1]):
            joined[name] = register
    return joined


def registers_of(event: PlatformEvent) -> dict[str, Register]:
    """Tell what an event says."""
    stamp = (event.at - _EPOCH) // timedelta(microseconds=1)
    facts = event.facts
    said: dict[str, Any] = {}
    if event.type == "identify":
        said = {name: facts[name] for name in TRAITS if name in facts}
        if "schedule" in facts:
            said[SCHEDULE + event.at.isoformat()] = facts["schedule"]
    else:
        said = {
            into: facts[name] for name, into in _PLAIN.get(event.name, {}).items() if name in facts
        }
        said |= _SETS.get(event.name, {})
        said |= _marks(event)
    return {name: (stamp, event.message, value) for name, value in said.items()}


def _marks(event: PlatformEvent) -> dict[str, Any]:
    marks: dict[str, Any] = {AT + event.name: True}
    if event.name == "refund" and "payment_id" in event.facts:
        marks[REFUNDED + str(event.facts["payment_id"])] = True
    if event.name == "churn_risk" and (risk := risk_of(event.facts)) is not None:
        marks["churn"] = risk
    return marks


def risk_of(facts: Mapping[str, Any]) -> str | None:
    """Read a risk: `high`, `low`, or None when the score lies between."""
    if "risk" in facts:
        return str(facts["risk"])
    score = facts.get("score")
    if score is None or score >= HIGH_RISK:
        return "high"
    return "low" if score <= LOW_RISK else None


def value(registers: Registers, name: str) -> Any:
    """Read a register; None when nothing was said."""
    register = registers.get(name)
    return register[2] if register is not None else None


def when(registers: Registers, name: str) -> datetime | None:
    """Tell when an event last happened."""
    register = registers.get(AT + name)
    return _EPOCH + timedelta(microseconds=register[0]) if register is not None else None


def schedules(registers: Registers) -> list[tuple[datetime, Any]]:
    """List schedules with the instants from which they hold, the oldest first."""
    return sorted(
        (datetime.fromisoformat(name.removeprefix(SCHEDULE)), register[2])
        for name, register in registers.items()
        if name.startswith(SCHEDULE)
    )


def minutes_of(lessons: Iterable[Lesson]) -> dict[int, int]:
    """Tell the minutes of each finished lesson: as said, else since it was started, at most three hours back."""
    known = sorted(lessons, key=lambda one: (one.at, one.event))
    starts: dict[str, datetime] = {}
    minutes: dict[int, int] = {}
    for one in known:
        if one.kind == "start":
            starts[one.lesson] = one.at
            continue
        began = starts.get(one.lesson) if one.lesson else None
        since = one.at - began if began is not None else timedelta(0)
        measured = round(since.total_seconds() / 60) if since <= LONGEST_LESSON else 0
        minutes[one.event] = one.minutes or measured
    return minutes


LONGEST_LESSON = timedelta(hours=3)
