"""A broadcast: who gets what, when, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from core.cohorts import Cohort
from core.effects import MessageClass, RowState
from core.ids import PersonId
from core.roles import Role


class CampaignState(StrEnum):
    """`confirmed` is being planned, `running` is being sent."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    RUNNING = "running"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    FINISHED = "finished"


LIVE = frozenset({CampaignState.CONFIRMED, CampaignState.RUNNING, CampaignState.PAUSED})


@dataclass(frozen=True, slots=True)
class Segment:
    """Who is meant: every given condition has to hold, an empty one holds for all.

    active_days: written to the bot or the community within so many days; 0 turns it off. missed_of: those whom an
    earlier campaign did not reach.
    """

    cohorts: frozenset[Cohort] = frozenset()
    topics: frozenset[str] = frozenset()
    roles: frozenset[Role] = frozenset()
    languages: frozenset[str] = frozenset()
    active_days: int = 0
    missed_of: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Write as plain JSON."""
        return {
            "cohorts": sorted(self.cohorts),
            "topics": sorted(self.topics),
            "roles": sorted(self.roles),
            "languages": sorted(self.languages),
            "active_days": self.active_days,
            "missed_of": self.missed_of,
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Segment:
        """Read what `to_json` wrote."""
        return cls(
            cohorts=frozenset(Cohort(one) for one in plain.get("cohorts", ())),
            topics=frozenset(plain.get("topics", ())),
            roles=frozenset(Role(one) for one in plain.get("roles", ())),
            languages=frozenset(plain.get("languages", ())),
            active_days=int(plain.get("active_days", 0)),
            missed_of=plain.get("missed_of"),
        )


@dataclass(frozen=True, slots=True)
class Campaign:
    """A broadcast and its plan. Nothing but `state` changes once it is confirmed (L84)."""

    key: str
    title: str
    message_class: MessageClass
    body: str
    label: str
    segment: Segment
    day: date | None
    at: time | None
    state: CampaignState
    planned: int
    cursor: int
    created_by: PersonId
    created_at: datetime
    progress_chat: int | None = None
    progress_message: int | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person a segment may take in."""

    person: PersonId
    zone: str | None
    language: str
    cohorts: frozenset[Cohort] = frozenset()
    topics: frozenset[str] = frozenset()
    roles: frozenset[Role] = frozenset()
    last_seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """How a campaign stands; `planned` is the sum of all outcomes and of what is open, at every instant."""

    planned: int
    states: Mapping[RowState, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)

    @property
    def open(self) -> int:
        return self.states.get(RowState.PLANNED, 0) + self.states.get(RowState.CLAIMED, 0)

    @property
    def holds(self) -> bool:
        """Tell whether the law of counts holds."""
        return self.planned == sum(self.states.values())
