"""What the community is made of: communities, topics, members, grants, drafts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from core.ids import ChatId, CommunityId, PersonId, TelegramId
from core.roles import Role


class Speciality(StrEnum):
    """What an expert answers for."""

    METHODIST = "methodist"
    PSYCHOLOGIST = "psychologist"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role somebody holds or held. `community` None means everywhere; `expires_at` is exclusive."""

    id: int
    community: CommunityId | None
    person: PersonId
    role: Role
    speciality: Speciality | None
    granted_by: PersonId | None
    granted_at: datetime
    expires_at: datetime | None
    withdrawn_by: PersonId | None
    withdrawn_at: datetime | None

    def holds(self, now: datetime) -> bool:
        """Tell whether the role is in force at an instant."""
        if self.withdrawn_at is not None and self.withdrawn_at <= now:
            return False
        return self.granted_at <= now and (self.expires_at is None or now < self.expires_at)

    def covers(self, community: CommunityId | None) -> bool:
        """Tell whether it counts in a community; None asks about all of them together."""
        return community is None or self.community is None or self.community == community


@dataclass(frozen=True, slots=True)
class Community:
    """A supergroup of parents and, once set up, the staff forum behind it."""

    id: CommunityId
    chat: ChatId
    staff_chat: ChatId | None
    title: str
    language: str
    zone: str
    settings: Mapping[str, Any]
    removed_at: datetime | None

    @property
    def tz(self) -> ZoneInfo:
        """The zone in which the community's hours and days are read."""
        return ZoneInfo(self.zone)


class TopicState(StrEnum):
    """What is known of a forum topic. Telegram tells of closing, never of deletion: that shows on sending."""

    OPEN = "open"
    CLOSED = "closed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Topic:
    """A forum topic under our key. General has the thread id 1 and is addressed without it (M59)."""

    community: CommunityId
    key: str
    chat: ChatId
    thread: int
    name: str
    state: TopicState


GENERAL_THREAD = 1
"""Thread id of General; sends to it leave message_thread_id out."""
NO_THREAD = 0
"""Thread id of a topic whose making was begun: the id comes with Telegram's answer."""


def address(topic: Topic | None) -> int | None:
    """Tell the message_thread_id that reaches a topic: None for General and for no topic at all."""
    return None if topic is None or topic.thread in {NO_THREAD, GENERAL_THREAD} else topic.thread


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One change of one setting: who, when, from what to what (M103)."""

    id: int
    community: CommunityId
    name: str
    before: Any
    after: Any
    author: PersonId
    at: datetime


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's standing in a community; `visits` counts how often they joined."""

    community: CommunityId
    telegram_id: TelegramId
    status: str
    first_joined_at: datetime
    joined_at: datetime
    left_at: datetime | None
    visits: int


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """A request to join and what became of it: asked, queued, approved, declined or gone."""

    community: CommunityId
    telegram_id: TelegramId
    asked_at: datetime
    state: str
    reason: str
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Draft:
    """The form a person is filling in. There is at most one; starting another drops it."""

    person: PersonId
    kind: str
    ref: str
    answers: Mapping[str, Any]
    changed_at: datetime
