"""Journeys as stored JSON: a running enrolment keeps the version it began with after the file has changed."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import time, timedelta
from enum import Enum
from typing import Any

from core.cohorts import Cohort
from texts.journey_model import (
    AllOf,
    AnyOf,
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

_NOT_STORED = frozenset({"file", "line"})


def to_json(value: Any) -> Any:
    """Write a journey or a part of it as plain JSON; conditions carry their kind."""
    match value:
        case Enum():
            return value.value
        case time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case tuple():
            return [to_json(one) for one in value]
    if not is_dataclass(value):
        return value
    plain = {
        field.name: to_json(getattr(value, field.name))
        for field in fields(value)
        if field.name not in _NOT_STORED
    }
    if isinstance(value, AllOf | AnyOf | Compare):
        plain["kind"] = type(value).__name__
    return plain


def from_json(plain: dict[str, Any]) -> Journey:
    """Read back what `to_json` wrote."""
    trigger = plain["trigger"]
    yearly = trigger["yearly"]
    return Journey(
        id=plain["id"],
        version=plain["version"],
        title=plain["title"],
        trigger=Trigger(
            TriggerKind(trigger["kind"]),
            trigger["name"],
            trigger["days"],
            (yearly[0], yearly[1]) if yearly else None,
            _condition(trigger["where"]),
        ),
        steps=tuple(_step(one) for one in plain["steps"]),
        when=_condition(plain["when"]),
        exits=tuple(Exit(one["event"], _condition(one["when"])) for one in plain["exits"]),
        reentry_days=plain["reentry_days"],
        priority=plain["priority"],
        holdout=plain["holdout"],
        per_child=plain["per_child"],
    )


def _step(plain: dict[str, Any]) -> Step:
    window = plain["window"]
    return Step(
        id=plain["id"],
        day=plain["day"],
        window=(time.fromisoformat(window[0]), time.fromisoformat(window[1])) if window else None,
        branches=tuple(
            Branch(
                _condition(one["when"]),
                tuple((Cohort(cohort), item) for cohort, item in one["items"]),
            )
            for one in plain["branches"]
        ),
        only_if=_condition(plain["only_if"]),
        lifetime=timedelta(seconds=plain["lifetime"]),
    )


def _condition(plain: dict[str, Any]) -> Condition:
    match plain["kind"]:
        case "Compare":
            value = plain["value"]
            return Compare(
                plain["fact"], Op(plain["op"]), tuple(value) if isinstance(value, list) else value
            )
        case "AnyOf":
            return AnyOf(tuple(_condition(one) for one in plain["conditions"]))
    return AllOf(tuple(_condition(one) for one in plain["conditions"]))
