"""Join surges: the gate of a chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ClosedGate:
    """A closed gate; `author_id` None: a surge closed it."""

    chat_id: int
    since: datetime
    until: datetime
    author_id: int | None = None
