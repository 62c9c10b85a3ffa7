"""A case: one message (or album) that needed a decision, with what was seen and what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

CASE_TIME = timedelta(hours=2)
"""How long a case may wait for a person before it is handed over (R58)."""
REMIND_BEFORE = timedelta(minutes=30)
"""How long before that its holder is reminded."""


class CaseState(StrEnum):
    """Where a case is."""

    OPEN = "open"
    CLAIMED = "claimed"
    DECIDED = "decided"
    UNDONE = "undone"


DECIDABLE = (CaseState.OPEN, CaseState.CLAIMED, CaseState.DECIDED)
"""States in which a decision can still be undone."""


class Verdict(StrEnum):
    """What a person decided."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    HIDE = "hide"
    WARN = "warn"
    MUTE = "mute"
    BAN = "ban"
    ESCALATED = "escalated"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`key` names the message or album, so a redelivered update finds the same case. `body` is the raw message JSON."""

    key: str
    chat_id: int
    message_id: int
    message_ids: Sequence[int]
    author_id: int
    author_kind: str
    rule: str
    action: str
    reason: str
    opened_at: datetime
    id: int = 0
    topic_id: int | None = None
    album_id: str = ""
    findings: Sequence[Mapping[str, Any]] = ()
    body: bytes | None = None
    due_at: datetime | None = None
    state: CaseState = CaseState.OPEN
    claimed_by: int | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None
    verdict: str | None = None
    staff_chat_id: int | None = None
    claimed_at: datetime | None = None
    fingerprint: int = 0
    joined_to: int | None = None
    """An earlier case about the same text: its decision counts for this one too."""


class SanctionKind(StrEnum):
    """What was taken from a member."""

    WARN = "warn"
    MUTE = "mute"
    BAN = "ban"
    BAN_CHANNEL = "ban_channel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction:
    """A strike, mute or ban. `until` None means until lifted; points count until the policy forgets."""

    chat_id: int
    user_id: int
    kind: SanctionKind
    rule: str
    since: datetime
    id: int = 0
    case_id: int | None = None
    points: int = 0
    until: datetime | None = None
    actor_id: int | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a case's audit. `actor_id` is a Telegram id; None is the bot."""

    at: datetime
    step: str
    actor_id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """Words of a moderator about a member or a decision."""

    at: datetime
    author_id: int
    words: str
    case_id: int | None = None
