"""Requests to look at a decision again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AppealState(StrEnum):
    """Where an appeal is."""

    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Appeal:
    """A request about one case. `due_at`: when staff are alarmed."""

    id: int
    case_id: int
    chat_id: int
    user_id: int
    state: AppealState
    opened_at: datetime
    due_at: datetime
    decided_by: int | None = None
    decided_at: datetime | None = None
