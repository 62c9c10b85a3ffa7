"""An escalation: a question or a case that a person of the school answers. States, urgency, deadlines. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from community.duty import Span, due_after, worked
from community.model import Speciality
from core.cohorts import Cohort
from core.errors import Refusal
from core.ids import ChatId, CommunityId, PersonId


class Source(StrEnum):
    """Who called for an expert."""

    RULE = "rule"
    MODERATOR = "moderator"
    MENTOR = "mentor"
    PARENT = "parent"
    QUESTION = "question"
    """A question in a topic that nobody answered."""
    SURVEY = "survey"
    """A low score in a survey."""

    @property
    def asked(self) -> bool:
        """Tell whether the author of the words asked something; else somebody else called the expert."""
        return self in {Source.PARENT, Source.QUESTION}


class Severity(StrEnum):
    """How soon an answer is owed."""

    RED = "red"
    """A red flag: the clock never stops."""
    MEDICAL = "medical"
    NORMAL = "normal"
    FEEDBACK = "feedback"


SLA = {
    Severity.RED: timedelta(minutes=15),
    Severity.MEDICAL: timedelta(hours=2),
    Severity.NORMAL: timedelta(hours=8),
    Severity.FEEDBACK: timedelta(hours=24),
}
"""Time to an answer (R307); working time except for red flags."""


class State(StrEnum):
    """Where an escalation is."""

    OPEN = "open"
    TAKEN = "taken"
    ASKED = "asked"
    """The expert asked the family back; the clock stands."""
    ANSWERED = "answered"
    CLOSED = "closed"


class Step(StrEnum):
    """What happens next by itself, in this order (M99)."""

    ASSIGN = "assign"
    """Nobody was on duty: give it to whoever comes next."""
    REMIND = "remind"
    NEXT = "next"
    SUPERVISE = "supervise"
    NONE = "none"


OVERDUE = 0.5
"""Share of the SLA that the next expert has before a supervisor is called."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is escalated. `chat`, `topic`, `message` tell where it was written; all None when asked in private.

    `private`: the answer goes to the asker alone. `key` makes opening idempotent (one case, one escalation).
    """

    key: str
    community: CommunityId
    source: Source
    severity: Severity
    speciality: Speciality
    text: str
    asker: PersonId | None = None
    asker_telegram: int | None = None
    cohort: Cohort = Cohort.UNKNOWN
    chat: ChatId | None = None
    topic: int | None = None
    message: int | None = None
    private: bool = False
    media: bool = False


@dataclass(frozen=True, slots=True)
class Escalation:
    """An escalation as kept. `due` is when the answer is owed; `step` at `step_at` is what happens by itself."""

    id: int
    request: Request
    state: State
    opened_at: datetime
    due: datetime | None
    step: Step
    step_at: datetime | None
    assigned: PersonId | None = None
    assigned_at: datetime | None = None
    answers: int = 0
    cards: int = 0
    left: timedelta | None = None
    """Working time that was left to `due` when the clock was stopped."""
    closed_at: datetime | None = None
    rating: str | None = None

    @property
    def community(self) -> CommunityId:
        return self.request.community


_MOVES = {
    "take": ({State.OPEN}, State.TAKEN),
    "answer": ({State.OPEN, State.TAKEN, State.ASKED, State.ANSWERED}, State.ANSWERED),
    "ask": ({State.OPEN, State.TAKEN}, State.ASKED),
    "reply": ({State.ASKED}, State.TAKEN),
    "more": ({State.TAKEN, State.ANSWERED}, State.TAKEN),
    "reopen": ({State.ANSWERED, State.CLOSED}, State.TAKEN),
    "hand_over": ({State.OPEN, State.TAKEN, State.ASKED}, State.OPEN),
    "close": ({State.OPEN, State.TAKEN, State.ASKED, State.ANSWERED}, State.CLOSED),
}


def move(escalation: Escalation, act: str) -> State:
    """Tell the state after an act. Refused: `escalation.closed`, `escalation.already_taken`, `escalation.not_now`."""
    allowed, after = _MOVES[act]
    if escalation.state in allowed:
        return after
    if escalation.state is State.CLOSED:
        raise Refusal("escalation.closed")
    raise Refusal("escalation.already_taken" if act == "take" else "escalation.not_now")


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of one escalation: working spans of its speciality, or every hour for a red flag."""

    spans: tuple[Span, ...]
    always: bool

    def after(self, start: datetime, length: timedelta) -> datetime | None:
        """Tell when `length` has passed on this clock."""
        return start + length if self.always else due_after(self.spans, start, length)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Tell how much has passed on this clock."""
        return max(end - start, timedelta()) if self.always else worked(self.spans, start, end)


def clock_of(severity: Severity, spans: tuple[Span, ...]) -> Clock:
    """Choose the clock: it stops outside duty hours except for red flags (R307, M99)."""
    return Clock(spans, always=severity is Severity.RED)


def step_time(clock: Clock, held: Escalation, step: Step, now: datetime) -> datetime | None:
    """Tell when a step is due: the reminder half way to `due`, the next expert then, a supervisor half an SLA later."""
    if held.due is None:
        return None
    match step:
        case Step.REMIND:
            return clock.after(now, clock.between(now, held.due) / 2)
        case Step.NEXT:
            return held.due
        case Step.SUPERVISE:
            return clock.after(held.due, SLA[held.request.severity] * OVERDUE)
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Relay:
    """A message an expert wrote to us and the outbox row that carried it on, so that an edit can follow."""

    chat: ChatId
    message: int
    escalation: int
    outbox_key: str
    edits: int = 0
