"""Enrolments and what the engine knows about whom they are for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from core.cohorts import Cohort, Tone
from core.ids import ChildId, PersonId

Fact = str | int | bool
NO_CHILD = ChildId(0)


class EnrolmentState(StrEnum):
    """`held_out` belongs to the comparison group: tracked, never written to."""

    ACTIVE = "active"
    DONE = "done"
    EXITED = "exited"
    HELD_OUT = "held_out"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One family (or one child of it) on one journey, pinned to the version it began with."""

    id: int
    journey: str
    version: int
    person: PersonId
    child: ChildId
    entry: int
    anchor: date
    started_at: datetime
    step: int
    wake_at: datetime
    state: EnrolmentState = EnrolmentState.ACTIVE
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """Something a journey may begin or end with; `name` is one of `texts.journey_model.EVENTS`.

    history: imported from the past; it never begins anything (L44).
    """

    name: str
    at: datetime
    person: PersonId
    child: ChildId = NO_CHILD
    history: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """What is known about a person (and child) when a step is looked at. `facts` answer conditions and fill texts."""

    person: PersonId
    child: ChildId = NO_CHILD
    zone: str | None = None
    language: str = "ru"
    reachable: bool = True
    has_child: bool = True
    """False when the child is not this person's any more: erased, or custody changed."""
    grown_up: bool = False
    cohort: Cohort = Cohort.UNKNOWN
    tone: Tone = Tone.NEUTRAL
    facts: Mapping[str, Fact] = field(default_factory=dict)
