"""Lay a chat's or a topic's own numbers over the defaults, and describe every number for the people who set them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, get_type_hints

from core.errors import Refusal
from moderation.policy import Policy

Value = str | int | float | bool
Diff = Mapping[str, Value]
"""`{"flood.messages_max": 12, "toxicity.mode": "shadow"}`: only what differs."""


@dataclass(frozen=True, slots=True)
class Knob:
    """One thing an admin can set."""

    key: str
    kind: type
    default: Value
    unit: str = ""
    low: float | None = None
    high: float | None = None
    off: float | None = None


@cache
def knobs() -> Mapping[str, Knob]:
    """List every knob by its key (`section.field`)."""
    return {knob.key: knob for knob in _all_knobs()}


def lay_over(policy: Policy, *diffs: Diff) -> Policy:
    """Return the policy with the diffs applied, later ones last (chat, then topic).

    Refuses `policy.unknown` (key), `policy.wrong_type` (key, expected), `policy.out_of_range` (key, low, high) and
    `policy.wrong_value` (key, allowed).
    """
    changes: dict[str, dict[str, Any]] = {}
    for diff in diffs:
        for key, value in diff.items():
            section, _, name = key.partition(".")
            changes.setdefault(section, {})[name] = check_value(key, value)
    sections = {
        section: dataclasses.replace(getattr(policy, section), **fields)
        for section, fields in changes.items()
    }
    return dataclasses.replace(policy, **sections) if sections else policy


def check_value(key: str, value: Value) -> Value:
    """Return the value in the knob's own type, or refuse with what would have been right."""
    knob = knobs().get(key)
    if knob is None:
        raise Refusal("policy.unknown", key=key)
    if issubclass(knob.kind, StrEnum):
        allowed = [str(member) for member in knob.kind]
        if value not in allowed:
            raise Refusal("policy.wrong_value", key=key, allowed=", ".join(allowed))
        return knob.kind(value)
    if knob.kind is bool:
        if not isinstance(value, bool):
            raise Refusal("policy.wrong_type", key=key, expected="bool")
        return value
    return _number(knob, value)


def difference(policy: Policy, base: Policy) -> dict[str, Value]:
    """List what `policy` changes against `base`, ready to be stored."""
    found: dict[str, Value] = {}
    for key in knobs():
        section, _, name = key.partition(".")
        value = getattr(getattr(policy, section), name)
        if value != getattr(getattr(base, section), name):
            found[key] = value
    return found


def _number(knob: Knob, value: Value) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refusal("policy.wrong_type", key=knob.key, expected=knob.kind.__name__)
    if knob.kind is int and value != int(value):
        raise Refusal("policy.wrong_type", key=knob.key, expected="int")
    if knob.low is not None and knob.high is not None and not knob.low <= value <= knob.high:
        raise Refusal("policy.out_of_range", key=knob.key, low=str(knob.low), high=str(knob.high))
    number: int | float = knob.kind(value)
    return number


def _all_knobs() -> Iterator[Knob]:
    defaults = Policy()
    for section in dataclasses.fields(defaults):
        part = getattr(defaults, section.name)
        types = get_type_hints(type(part))
        for item in dataclasses.fields(part):
            yield Knob(
                key=f"{section.name}.{item.name}",
                kind=types[item.name],
                default=getattr(part, item.name),
                **item.metadata,
            )
