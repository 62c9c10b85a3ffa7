"""Outgoing effects: what the engines ask delivery to do once their transaction is committed.

An effect is data. A message effect names its text (`content`) and compact facts, never the rendered words: it is
rendered when claimed, so the queue holds little personal data and a withdrawn personalisation turns it generic.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any

from core.ids import ChatId, ChildId, PersonId


class MessageClass(StrEnum):
    """What a message is for; it decides consent, caps and what an unknown outcome means (DESIGN 5)."""

    CONTROL = "control"
    """Moderation and group upkeep (delete, restrict, notice): no consent, first lane, repeated safely."""
    SERVICE = "service"
    CARE = "care"
    MARKETING = "marketing"


class RowState(StrEnum):
    """Where an outbox row is. `planned` and `claimed` are open; the others are outcomes."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    SENT = "sent"
    SUPPRESSED = "suppressed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """Which Telegram act an effect is; delivery owns the translation into methods."""

    MESSAGE = "message"
    """Text (or photo with caption) rendered from a Fluent key or an editorial item."""
    EDIT = "edit"
    DELETE = "delete"
    """Delete message ids (at most 100 a call; missing ones are fine)."""
    RESTRICT = "restrict"
    UNRESTRICT = "unrestrict"
    BAN = "ban"
    UNBAN = "unban"
    BAN_SENDER_CHAT = "ban_sender_chat"
    UNBAN_SENDER_CHAT = "unban_sender_chat"
    DELETE_REACTIONS = "delete_reactions"
    APPROVE_JOIN = "approve_join"
    DECLINE_JOIN = "decline_join"
    COPY = "copy"
    PIN = "pin"
    TAG = "tag"
    CREATE_TOPIC = "create_topic"
    CLOSE_TOPIC = "close_topic"
    REOPEN_TOPIC = "reopen_topic"
    DOCUMENT = "document"
    NOTICE = "notice"
    """Words for one member alone: ephemeral in the group, else in private, else a notice that deletes itself."""


class Lane(IntEnum):
    """Order of service: a lower lane leaves first, and none starves (`delivery.lanes`)."""

    CONTROL = 0
    SERVICE = 1
    CARE = 2
    MARKETING = 3


LANES: Mapping[MessageClass, Lane] = {
    MessageClass.CONTROL: Lane.CONTROL,
    MessageClass.SERVICE: Lane.SERVICE,
    MessageClass.CARE: Lane.CARE,
    MessageClass.MARKETING: Lane.MARKETING,
}
SOFT = frozenset({MessageClass.CARE, MessageClass.MARKETING})
"""What nobody waits for: it needs consent, knows quiet hours and caps, and is never sent twice (DESIGN 5)."""
GRACE: Mapping[MessageClass, timedelta] = {
    MessageClass.CARE: timedelta(hours=36),
    MessageClass.MARKETING: timedelta(days=5),
}
"""How long after `due` a message without `expires` is still worth sending; the others stay worth it."""
OPEN = frozenset({RowState.PLANNED, RowState.CLAIMED})


@dataclass(frozen=True, slots=True)
class Effect:
    """One act to be done exactly once per `key`.

    key: unique for person and effect (`digest:17:2026-W48`); planning twice changes nothing.
    person / chat: whom it reaches; a person is resolved to a chat when claimed, a chat is used as it is.
    content: `text:<fluent-key>` or `item:<content id>@<version>`; empty for acts without words.
    facts: JSON values for the text and parameters of the act (ids, seconds, keyboard
        rows as text keys and callback data).
    due: instant (UTC) from which it may leave; None means at once. expires: instant after which it is useless.
    """

    key: str
    kind: Kind
    message_class: MessageClass
    person: PersonId | None = None
    chat: ChatId | None = None
    topic: int | None = None
    child: ChildId | None = None
    content: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    purpose: str = "service"
    campaign: str | None = None
    due: datetime | None = None
    expires: datetime | None = None
    reasons: tuple[str, ...] = ()

    @property
    def target(self) -> str:
        """Whom rows queue for: order and spacing hold within one target."""
        return f"p{self.person}" if self.chat is None else f"c{self.chat}"

    @property
    def lane(self) -> Lane:
        return LANES[self.message_class]

    def deadline(self, planned_at: datetime) -> datetime | None:
        """Tell after which instant the message is useless; None means never."""
        grace = GRACE.get(self.message_class)
        if self.expires is not None or grace is None:
            return self.expires
        return (self.due or planned_at) + grace
