"""What people left behind: reports, appeals, changed numbers, closed gates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from moderation.overrides import Value


@dataclass(frozen=True, slots=True)
class Report:
    """One person's report. `weight` is the reporter's accuracy when it was made, 0..1."""

    case_id: int
    chat_id: int
    reporter_id: int
    weight: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """How often a reporter was right and wrong, and how many reports came lately."""

    right: int = 0
    wrong: int = 0
    lately: int = 0

    @property
    def weight(self) -> float:
        """Weigh the next report: the share that was right, one of each assumed before the first."""
        return (self.right + 1) / (self.right + self.wrong + 2)


class AppealState(StrEnum):
    """Where an appeal is."""

    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Appeal:
    """A request to look at one case again. `due_at`: when staff are alarmed."""

    id: int
    case_id: int
    chat_id: int
    user_id: int
    state: AppealState
    opened_at: datetime
    due_at: datetime
    decided_by: int | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one number in a chat (topic None) or a topic; None stands for the default."""

    chat_id: int
    topic_id: int | None
    key: str
    before: Value | None
    after: Value | None
    author_id: int
    at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class ClosedGate:
    """A closed gate; `author_id` None: a surge closed it."""

    chat_id: int
    since: datetime
    until: datetime
    author_id: int | None = None
