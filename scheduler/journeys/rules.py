"""Rules of journeys, pure: conditions, who may begin, when a step is due, what it sends."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.cohorts import Cohort
from core.effects import Effect, Kind
from core.localtime import local_day, resolve
from scheduler.journeys.model import NO_CHILD, Enrolment, EnrolmentState, Fact, Happening, Subject
from texts.journey_model import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Journey,
    Op,
    Step,
    TriggerKind,
)
from texts.pack_model import Item

CHILD_ADDED = "child_added"
FRESH = timedelta(days=3)
"""An event older than this begins nothing."""
LOOK_AGAIN = timedelta(minutes=15)
"""How often a step that waits for an answer is looked at."""
_HIGHEST_PRIORITY = 100


def holds(condition: Condition, facts: Mapping[str, Fact]) -> bool:
    """Tell whether a condition holds. A fact nobody knows makes every comparison false but `known: false` and `not`."""
    match condition:
        case AllOf(conditions):
            return all(holds(one, facts) for one in conditions)
        case AnyOf(conditions):
            return any(holds(one, facts) for one in conditions)
        case Compare(fact, op, value):
            return _compare(op, facts.get(fact), value)


def _compare(op: Op, known: Fact | None, value: Any) -> bool:
    if op is Op.KNOWN:
        return (known is not None) == bool(value)
    if op is Op.NOT:
        return bool(known != value)
    return known is not None and _COMPARISONS[op](known, value)


_COMPARISONS: Mapping[Op, Callable[[Any, Any], bool]] = {
    Op.IS: lambda known, value: known == value,
    Op.IN: lambda known, value: str(known) in value,
    Op.AT_LEAST: lambda known, value: isinstance(known, int) and known >= value,
    Op.AT_MOST: lambda known, value: isinstance(known, int) and known <= value,
}


def why_not(
    journey: Journey, subject: Subject, previous: Sequence[Enrolment], now: datetime
) -> str | None:
    """Name what keeps a subject from beginning a journey; None when it may. `previous` are its own earlier ones."""
    if any(one.state is EnrolmentState.ACTIVE for one in previous):
        return "running"
    if previous:
        last = max(one.ended_at or one.started_at for one in previous)
        if journey.reentry_days is None:
            return "once"
        if now < last + timedelta(days=journey.reentry_days):
            return "cooldown"
    if not subject.reachable or not subject.has_child or subject.grown_up:
        return "away"
    fits = holds(journey.when, subject.facts) and holds(journey.trigger.where, subject.facts)
    return None if fits else "condition"


def anchor_of(
    journey: Journey, today: date, cohort: Cohort, siblings: Sequence[tuple[Enrolment, Cohort]]
) -> date | None:
    """Choose the day a child's journey counts from, given those of its siblings that run.

    One family gets one message a day, so the weeks of two new children follow one another. A sibling of the same age
    would bring the same texts: it goes along with the first, and None is the answer (L28).
    """
    if journey.trigger.name != CHILD_ADDED:
        return today
    if any(one is cohort for _, one in siblings):
        return None
    length = timedelta(days=journey.steps[-1].day + 1)
    return max([today, *(one.anchor + length for one, _ in siblings)])


def is_stale(happening: Happening, now: datetime) -> bool:
    """Tell whether an event lies too far back, or only in a backfill, to begin anything."""
    return happening.history or now - happening.at > FRESH


def held_out(journey: Journey, person: int) -> bool:
    """Tell whether a family is in the comparison group: the same answer every time, growing with the share."""
    digest = hashlib.sha256(f"journey:{journey.id}:{person}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % 10_000 < journey.holdout * 10_000


def exit_reason(
    journey: Journey, enrolment: Enrolment, subject: Subject, happening: Happening | None = None
) -> str | None:
    """Name what ends an enrolment between two steps; None when it goes on."""
    if not subject.has_child:
        return "child.gone"
    if subject.grown_up:
        return "child.grown"
    for one in journey.exits:
        if one.event:
            came = happening is not None and happening.name == one.event
            later = (
                came and happening is not None and happening.at >= _counts_from(journey, enrolment)
            )
            if later and holds(one.when, subject.facts):
                return f"event.{one.event}"
        elif holds(one.when, subject.facts):
            return "condition"
    return None


def _counts_from(journey: Journey, enrolment: Enrolment) -> datetime:
    """Tell from when events end an enrolment: its beginning, or that of the silence a late event disproves (L42)."""
    if journey.trigger.kind is TriggerKind.SILENCE:
        return enrolment.started_at - timedelta(days=journey.trigger.days)
    return enrolment.started_at


def due_at(step: Step, enrolment: Enrolment, zone: ZoneInfo) -> datetime:
    """Tell when a step may leave: its local window on its local day, the next day's if it began after the window."""
    day = enrolment.anchor + timedelta(days=step.day)
    if step.window is None:
        if step.day == 0:
            return enrolment.started_at
        return resolve(day, enrolment.started_at.astimezone(zone).time(), zone)
    start, end = step.window
    if _began_after(end, step, enrolment, zone):
        day += timedelta(days=1)
    return max(resolve(day, start, zone), enrolment.started_at)


def _began_after(end: time, step: Step, enrolment: Enrolment, zone: ZoneInfo) -> bool:
    local = enrolment.started_at.astimezone(zone)
    return (
        step.day == 0
        and local.time() >= end
        and local_day(enrolment.started_at, zone) == enrolment.anchor
    )


def waits(step: Step, due: datetime, now: datetime, subject: Subject) -> bool:
    """Tell whether a step sent at once should wait for its condition (an answer to the step before)."""
    return (
        step.window is None and not holds(step.only_if, subject.facts) and now < due + step.lifetime
    )


def choose(step: Step, subject: Subject) -> str | None:
    """Choose the item: the first branch that fits, in the variant of the cohort; None passes the step over."""
    if not holds(step.only_if, subject.facts):
        return None
    for branch in step.branches:
        if holds(branch.when, subject.facts):
            return branch.item_for(subject.cohort)
    return None


def message(
    journey: Journey, step: Step, enrolment: Enrolment, subject: Subject, item: Item, due: datetime
) -> Effect:
    """Make the step's effect. Its key knows no variant, so a step cannot come in two.

    Within a day the journey of higher priority is due first, so it takes the day's place under the cap. A step sent at
    once waits for nobody: it answers what the family has just done.
    """
    after = timedelta(seconds=_HIGHEST_PRIORITY - journey.priority if step.window else 0)
    facts = {name: subject.facts[name] for name in sorted(item.needs) if name in subject.facts}
    return Effect(
        key=f"journey:{enrolment.id}:{step.id}",
        kind=Kind.MESSAGE,
        message_class=item.message_class,
        person=enrolment.person,
        child=enrolment.child if enrolment.child != NO_CHILD else None,
        content=f"item:{item.ref}",
        facts=facts,
        purpose=item.purpose,
        campaign=f"journey:{journey.id}",
        due=due + after,
        expires=due + step.lifetime,
        reasons=(
            f"plan.journey {journey.id}@{journey.version} step={step.id} entry={enrolment.entry}",
            f"cohort={subject.cohort.value}",
        ),
    )
