"""Numbers of chats and topics: read for rules, changed by people, undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from moderation.overrides import Value


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
