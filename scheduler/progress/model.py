"""Events of the school's platform and what is folded from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.ids import ChildId, PersonId

Value = str | int | bool
Register = tuple[int, str, Any]
"""When the value was true (microseconds since 1970), the message that says so, the value."""
Registers = Mapping[str, Register]


class State(StrEnum):
    """Where an event is. What is `applied` or `kept` stays only as proof that it came."""

    RECEIVED = "received"
    APPLIED = "applied"
    KEPT = "kept"
    """Known to nobody here (an unknown event, a page view): stored, without effect."""
    PARKED = "parked"
    """Its learner is unknown so far."""
    QUARANTINED = "quarantined"
    """Its time is impossible."""
    REJECTED = "rejected"
    """It broke its schema; the sender was told."""
    FAILED = "failed"
    """Taking it broke, several times."""
    WITHHELD = "withheld"
    """The child's data may not be processed, or the person was erased."""
    EXPIRED = "expired"
    DROPPED = "dropped"


DEAD = frozenset({State.REJECTED, State.FAILED, State.QUARANTINED})
"""What `opora events` lists, replays and drops."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event at the door. `private`: JSON that may hold names or contacts; it is sealed at rest."""

    source: str
    message: str
    type: str
    name: str
    version: int
    at: datetime
    received_at: datetime
    user: str | None = None
    learner: str | None = None
    history: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)
    private: bytes | None = None
    state: State = State.RECEIVED
    error: str | None = None


@dataclass(frozen=True, slots=True)
class PlatformEvent:
    """A stored event. `user` and `learner` are blind indexes."""

    id: int
    source: str
    message: str
    type: str
    name: str
    at: datetime
    received_at: datetime
    user: str | None
    learner: str | None
    history: bool
    facts: Mapping[str, Any]
    private: bytes | None = None
    state: State = State.RECEIVED
    error: str | None = None
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Guardian:
    """Who stands for a child, and the clock they live by."""

    person: PersonId
    zone: str | None


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom an event is about. `missing`: a code why it cannot be told yet."""

    person: PersonId | None = None
    child: ChildId | None = None
    guardians: tuple[Guardian, ...] = ()
    missing: str | None = None
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson started or finished. `day`: the learner's date, ISO; a day begins at 03:00."""

    event: int
    child: ChildId
    kind: str
    at: datetime
    day: str
    zone: str
    lesson: str = ""
    minutes: int = 0
