"""What a decision asks to be done, as data. The service turns acts into outbox rows; nothing here reaches Telegram."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from moderation.model import EscalationKind, Facts, Urgency


class CardReason(StrEnum):
    """Why staff get a card, and so which buttons it has."""

    DONE = "done"
    """Something was done; it can be undone."""
    REVIEW = "review"
    """Nothing was done; a person decides."""
    CONFIRM_BAN = "confirm_ban"
    """The author is held; only a person may ban."""


@dataclass(frozen=True, slots=True)
class Delete:
    """Remove messages (every part of an album)."""

    chat_id: int
    message_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mute:
    """Take the right to write until an instant (UTC), already clamped to what Telegram accepts."""

    chat_id: int
    user_id: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Ban:
    """Remove a member for good."""

    chat_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class BanSenderChat:
    """Stop a channel from writing here; the placeholder user behind it is left alone."""

    chat_id: int
    sender_chat_id: int


@dataclass(frozen=True, slots=True)
class Notify:
    """Tell the author alone: ephemeral where Telegram has it, else in private, else a notice that deletes itself."""

    user_id: int
    key: str
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Point:
    """Answer in the topic, kindly, without punishing: where to ask, whom to ask."""

    key: str
    reply_to: int
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Escalate:
    """Call a person of the school."""

    kind: EscalationKind
    urgency: Urgency
    rule: str


@dataclass(frozen=True, slots=True)
class Card:
    """Open a case for staff."""

    reason: CardReason
    rule: str


@dataclass(frozen=True, slots=True)
class Record:
    """Write a strike into the author's history. Zero points: a first time that costs nothing."""

    rule: str
    points: int


Act = Delete | Mute | Ban | BanSenderChat | Notify | Point | Escalate | Card | Record
