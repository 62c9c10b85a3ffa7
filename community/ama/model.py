"""A session, its questions, its people. States and what may follow what. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from core.cohorts import Cohort
from core.errors import Refusal
from core.ids import ChatId, CommunityId, PersonId

MINUTES = 60
LONGEST_MINUTES = 240
LONGEST_QUESTION = 1000
"""Characters of a question: it must stand on stage in one message with room for its heading."""
QUESTIONS_EACH = 5
"""Open questions one person may have in a session."""
WRITTEN_DAYS = 5
"""Days within which what was not reached is answered in writing."""


class State(StrEnum):
    """Where a session is."""

    ANNOUNCED = "announced"
    LIVE = "live"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class Asked(StrEnum):
    """Where a question is."""

    PENDING = "pending"
    """A rule objected: a moderator looks first."""
    OPEN = "open"
    STAGED = "staged"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    MERGED = "merged"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    WRITTEN = "written"
    """Not reached or too late: goes to the expert in writing."""


class Vote(StrEnum):
    """What became of a vote."""

    COUNTED = "counted"
    AGAIN = "again"
    """The person had voted for this question."""
    CLOSED = "closed"
    """The question is neither waiting nor on stage."""
    STRANGER = "stranger"
    """The person never opened the bot."""


@dataclass(frozen=True, slots=True)
class Cast:
    """A vote and the language of the voter, None for a stranger."""

    vote: Vote
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A session as kept. `starts` is an instant; `sequence` grows with every move, so calendars follow."""

    id: int
    community: CommunityId
    title: str
    expert: PersonId
    starts: datetime
    minutes: int
    state: State
    created_by: PersonId
    cohort: Cohort | None = None
    capacity: int | None = None
    sequence: int = 0
    stage: int | None = None
    """The question on stage."""
    expert_here: datetime | None = None
    finished_at: datetime | None = None
    notes: Mapping[str, Any] = field(default_factory=dict)
    thread: int | None = None
    """The topic of its own; None while it is held in the shared one."""

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)

    @property
    def open_to_questions(self) -> bool:
        return self.state in {State.ANNOUNCED, State.LIVE, State.PAUSED}


@dataclass(frozen=True, slots=True)
class Question:
    """A question as kept. Anonymous ones show no name to anybody but the audit."""

    id: int
    session: int
    asker: PersonId
    text: str
    anonymous: bool
    name: str
    state: Asked
    asked_at: datetime
    votes: int = 0
    umbrella: int | None = None
    chat: ChatId | None = None
    message: int | None = None
    """Where the asker wrote it, so that an edit of it is followed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One message of the expert's answer, where it stands in the topic."""

    question: int
    chat: ChatId
    message: int
    text: str


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Somebody who wants to be reminded; `here` once they showed up live."""

    person: PersonId
    here: bool = False
    rating: int | None = None


_SESSION_MOVES = {
    "start": ({State.ANNOUNCED}, State.LIVE),
    "pause": ({State.LIVE}, State.PAUSED),
    "resume": ({State.PAUSED}, State.LIVE),
    "finish": ({State.LIVE, State.PAUSED, State.ANNOUNCED}, State.FINISHED),
    "cancel": ({State.ANNOUNCED, State.LIVE, State.PAUSED}, State.CANCELLED),
    "move": ({State.ANNOUNCED, State.PAUSED}, State.ANNOUNCED),
    "stage": ({State.LIVE}, State.LIVE),
}


def move(session: Session, act: str) -> State:
    """Tell the state after an act. Refused: `ama.not_now` with the state the session is in."""
    allowed, after = _SESSION_MOVES[act]
    if session.state not in allowed:
        raise Refusal("ama.not_now", state=session.state.value)
    return after


@dataclass(frozen=True, slots=True)
class Figures:
    """What a session brought, for the owner. `returned`: of those who came, active again within 30 days."""

    asked: int
    answered: int
    votes: int
    subscribed: int
    attended: int
    returned: int
    rating: float | None
