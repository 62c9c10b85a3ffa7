"""Read journeys from `content/journeys/*.yaml`, naming every fault with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path

from core.cohorts import Cohort, tone_of
from texts.field_read import Reader, month_day
from texts.journey_conditions import read_conditions
from texts.journey_model import (
    ALWAYS,
    ATTRIBUTES,
    EVENTS,
    AllOf,
    Branch,
    Compare,
    Condition,
    Exit,
    Journey,
    Op,
    Step,
    Trigger,
    TriggerKind,
)
from texts.packs import CONTENT, ContentError
from texts.yaml_lines import Fields, Problem, read

JOURNEYS = CONTENT / "journeys"
_FIELDS = (
    "format", "id", "version", "title", "trigger", "when", "steps", "exits", "reentry_days", "priority", "holdout",
    "per_child",
)  # fmt: skip
_STEP = ("id", "day", "at", "send", "branches", "only_if", "expires_hours")
_WINDOW = re.compile(r"^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$")
_LAST_DAY = 400
_GENERIC = "any"


@dataclass(frozen=True, slots=True)
class Journeys:
    """All journeys by id."""

    by_id: dict[str, Journey]


def load_journeys(folder: Path = JOURNEYS) -> Journeys:
    """Read the journeys. ContentError lists every fault with its file and line."""
    found, problems = read_journeys(folder)
    if problems:
        raise ContentError(problems)
    return Journeys({journey.id: journey for journey in found})


def read_journeys(folder: Path) -> tuple[list[Journey], list[Problem]]:
    """Read every journey file; a file holds one journey."""
    journeys: list[Journey] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        name = path.name
        fields, faults = read(path, name)
        reader = Reader(name, faults)
        if not faults:
            journey = _journey(reader, fields)
            if any(one.id == journey.id for one in journeys):
                reader.fault(
                    fields, "id", f"{journey.id} is in another file too", "an id of its own"
                )
            journeys.append(journey)
        problems += reader.problems
    return journeys, problems


def _journey(reader: Reader, fields: Fields) -> Journey:
    reader.known_only(fields, _FIELDS)
    reader.number(fields, "format", 0, 1, 1)
    never = fields.get("reentry_days") in (None, "never")
    steps = tuple(_step(reader, one) for one in reader.mappings(fields, "steps"))
    if not steps:
        reader.fault(fields, "steps", "no steps", "at least one")
    ids = [step.id for step in steps]
    if len(set(ids)) != len(ids):
        reader.fault(fields, "steps", "two steps share an id", "an id of its own for every step")
    if [step.day for step in steps] != sorted(step.day for step in steps):
        reader.fault(
            fields, "steps", "steps are not in the order of their days", "day 0, day 1, ..."
        )
    return Journey(
        id=reader.text(fields, "id", required=True),
        version=reader.number(fields, "version", 1, 1, 9999),
        title=reader.text(fields, "title", required=True),
        trigger=_trigger(reader, fields),
        steps=steps,
        when=read_conditions(reader, fields, "when"),
        exits=tuple(_exit(reader, one) for one in reader.mappings(fields, "exits")),
        reentry_days=None if never else reader.number(fields, "reentry_days", 90, 0, 3650),
        priority=reader.number(fields, "priority", 50, 0, 100),
        holdout=reader.share(fields, "holdout"),
        per_child=fields.get("per_child") is True,
        file=reader.file,
        line=fields.line,
    )


def _trigger(reader: Reader, fields: Fields) -> Trigger:
    given = fields.get("trigger")
    if not isinstance(given, Fields):
        reader.fault(
            fields, "trigger", "trigger is missing", "event, schedule, attribute or silence"
        )
        return Trigger(TriggerKind.EVENT)
    where = read_conditions(reader, given, "where")
    if "event" in given:
        reader.known_only(given, ("event", "where"))
        return Trigger(TriggerKind.EVENT, reader.one_of(given, "event", EVENTS), where=where)
    if "silence" in given:
        reader.known_only(given, ("silence", "days", "where"))
        days = reader.number(given, "days", 0, 1, 730)
        return Trigger(
            TriggerKind.SILENCE, reader.one_of(given, "silence", EVENTS), days, where=where
        )
    if "attribute" in given:
        reader.known_only(given, ("attribute", "days", "where"))
        days = reader.number(given, "days", 0, -90, 730)
        return Trigger(
            TriggerKind.ATTRIBUTE, reader.one_of(given, "attribute", ATTRIBUTES), days, where=where
        )
    reader.known_only(given, ("schedule", "where"))
    yearly = month_day(reader.text(given, "schedule", required=True))
    if yearly is None:
        reader.fault(
            given, "schedule", f"schedule is {given.get('schedule')!r}", "month and day: 08-20"
        )
    return Trigger(TriggerKind.SCHEDULE, yearly=yearly, where=where)


def _exit(reader: Reader, fields: Fields) -> Exit:
    reader.known_only(fields, ("event", "when"))
    if not fields:
        reader.fault(fields, "event", "an exit without a reason", "event or when")
    event = reader.one_of(fields, "event", EVENTS) if "event" in fields else ""
    return Exit(event, read_conditions(reader, fields, "when"))


def _step(reader: Reader, fields: Fields) -> Step:
    reader.known_only(fields, _STEP)
    if ("send" in fields) == ("branches" in fields):
        reader.fault(
            fields,
            "send",
            "a step has either send or branches",
            "send: an item, or branches: a list",
        )
    branches = [_branch(reader, one) for one in reader.mappings(fields, "branches")]
    if "send" in fields:
        branches = [_branch(reader, fields, always=True)]
    return Step(
        id=reader.text(fields, "id", required=True),
        day=reader.number(fields, "day", 0, 0, _LAST_DAY),
        window=_window(reader, fields),
        branches=tuple(branches),
        only_if=read_conditions(reader, fields, "only_if"),
        lifetime=timedelta(hours=reader.number(fields, "expires_hours", 24, 1, 24 * 14)),
    )


def _window(reader: Reader, fields: Fields) -> tuple[time, time] | None:
    words = str(fields.get("at", "once"))
    if words == "once":
        return None
    found = _WINDOW.match(words)
    hours = [int(number) for number in found.groups()] if found else [0, 0, 0, 0]
    try:
        start, end = time(hours[0], hours[1]), time(hours[2], hours[3])
    except ValueError:
        start, end = time(), time()
    if start >= end:
        reader.fault(fields, "at", f"at is {words!r}", "local hours as 10:00-12:00, or once")
    return (start, end)


def _branch(reader: Reader, fields: Fields, *, always: bool = False) -> Branch:
    if not always:
        reader.known_only(fields, ("if", "send"))
    item = reader.text(fields, "send", required=True)
    condition = ALWAYS if always else read_conditions(reader, fields, "if")
    reached = [cohort for cohort in Cohort if _may_reach(condition, cohort)]
    return Branch(condition, tuple((cohort, _item_of(item, cohort)) for cohort in reached))


def _may_reach(condition: Condition, cohort: Cohort) -> bool:
    """Tell whether a child of this cohort can satisfy the condition, as far as age and tone go."""
    match condition:
        case AllOf(conditions):
            return all(_may_reach(one, cohort) for one in conditions)
        case Compare("cohort", Op.IN, tuple(values)):
            return cohort.value in values
        case Compare("tone", Op.IN, tuple(values)):
            return tone_of(cohort).value in values
        case _:
            return True


def _item_of(pattern: str, cohort: Cohort) -> str:
    """`onboarding-{cohort}-day-0` is one item for each cohort and `onboarding-any-day-0` for the unknown."""
    return pattern.replace("{cohort}", _GENERIC if cohort is Cohort.UNKNOWN else cohort.value)
