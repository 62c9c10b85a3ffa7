"""Reports of members about messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
