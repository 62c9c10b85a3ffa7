"""What rules know besides the message: the author, the chat, the topic. Read before, handed in, never fetched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

STAFF_ROLES = frozenset({"owner", "admin", "moderator", "mentor", "expert"})
"""Roles that keep order or answer for the school."""
GUARDED_ROLES = frozenset({"owner", "admin", "moderator"})
"""Roles no automatic sanction may touch."""

ADMIN_STATUSES = frozenset({"creator", "administrator"})


class TopicMode(StrEnum):
    """Who may write in a topic."""

    OPEN = "open"
    READ_ONLY = "read_only"
    EXPERTS_ONLY = "experts_only"


@dataclass(frozen=True, slots=True)
class Strike:
    """A past violation that cost something. `points` as given then; it stops counting when the policy says so."""

    at: datetime
    rule: str
    points: int = 1


@dataclass(frozen=True, slots=True)
class Past:
    """A recent message of the author, without its words.

    fingerprint: hash of the folded text and media. signals: names of personal-data signals it held (`child_name`),
    so that a name and an age sent apart are seen together while no text is kept.
    """

    at: datetime
    message_id: int
    topic_id: int | None = None
    fingerprint: int = 0
    signals: frozenset[str] = frozenset()
    has_media: bool = False


@dataclass(frozen=True, slots=True)
class AuthorFacts:
    """Standing of the author in this chat at the time of the message."""

    person_id: int = 0
    telegram_status: str = "member"
    """`creator`, `administrator`, `member`, `restricted`, `left`, `kicked`, as Telegram last said."""
    roles: frozenset[str] = frozenset()
    joined_at: datetime | None = None
    messages_before: int = 0
    strikes: tuple[Strike, ...] = ()
    violations: int = 0
    """Confirmed violations ever, expired strikes included."""
    is_trusted: bool = False
    """A moderator vouched for this person."""
    recent: tuple[Past, ...] = ()
    """Newest last; only what still lies in the longest window of the policy."""
    bio: str = ""
    reactions_recent: int = 0

    @property
    def is_staff(self) -> bool:
        """Staff of the school, whatever they do there."""
        return self.is_chat_admin or not STAFF_ROLES.isdisjoint(self.roles)

    @property
    def is_chat_admin(self) -> bool:
        """Administrator or owner of the chat in Telegram's eyes."""
        return self.telegram_status in ADMIN_STATUSES

    @property
    def is_guarded(self) -> bool:
        """Nobody an automatic sanction may touch."""
        return self.is_chat_admin or bool(self.roles & GUARDED_ROLES)

    def age(self, now: datetime) -> timedelta | None:
        """Time since the person joined; None when the join was not seen."""
        return None if self.joined_at is None else now - self.joined_at


NEWCOMER = AuthorFacts()
"""Somebody nobody knows anything about."""


@dataclass(frozen=True, slots=True)
class StaffName:
    """A member of staff whose face others may borrow."""

    person_id: int
    name: str
    username: str = ""


@dataclass(frozen=True, slots=True)
class TopicFacts:
    """Rules of the topic the message stands in. None in an optional field leaves the chat's policy."""

    topic_id: int | None = None
    title: str = ""
    mode: TopicMode = TopicMode.OPEN
    media_allowed: bool = True
    links_allowed: bool = True
    forwards_allowed: bool = True
    images_allowed: bool = True
    slow_seconds: int = 0
    """Least time between two messages of one author; 0 turns it off."""
    subject: str = ""
    """Key of what the topic is about (`organisational`, `psychology`); empty means anything goes."""


@dataclass(frozen=True, slots=True)
class ChatFacts:
    """The chat as it is at the time of the message."""

    chat_id: int = 0
    zone: str = "Europe/Moscow"
    topic: TopicFacts = TopicFacts()
    linked_channel_id: int | None = None
    own_bot_id: int | None = None
    staff: tuple[StaffName, ...] = ()
    allowed_domains: frozenset[str] = frozenset()
    """Registered domains the school trusts."""
    allowed_bots: frozenset[int] = frozenset()
    """Inline bots that may be used."""
    subjects: Mapping[str, str] = field(default_factory=dict)
    """Subjects that have a topic of their own in this chat, and the topic's title."""
    raid_until: datetime | None = None
    same_text_authors: int = 0
    """Other authors who sent this text lately (a wave)."""
    media_hashes: frozenset[str] = frozenset()
    """Files the staff marked as advertising."""
