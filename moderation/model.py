"""The one normal form of everything that is moderated, and what rules say about it.

Telegram spreads what people read over forty fields. `Incoming` gathers them: every text, wherever it stood, is a
`Passage`; every medium, link target and origin has one place. Rules read this and never a raw update.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from moderation.text.entities import Entity

TELEGRAM_SERVICE_ID = 777_000
"""Telegram's own account: posts of the linked channel and login codes come from it."""


class Severity(IntEnum):
    """What a finding asks for, mildest first; the harshest finding wins.

    ESCALATE stands below HIDE: the message stays and a person with a duty clock is called.
    """

    NONE = 0
    OBSERVE = 1
    REVIEW = 2
    WARN = 3
    ESCALATE = 4
    HIDE = 5
    MUTE = 6
    BAN = 7

    @property
    def word(self) -> str:
        """Name the severity as it is stored and printed (`hide`)."""
        return self.name.lower()


class AuthorKind(StrEnum):
    """Who stands behind a message. Only USER and CHANNEL can be sanctioned."""

    USER = "user"
    CHANNEL = "channel"
    ANONYMOUS_ADMIN = "anonymous_admin"
    LINKED_CHANNEL = "linked_channel"
    BOT = "bot"
    SERVICE = "service"


class Source(StrEnum):
    """Where a text stood in the message."""

    TEXT = "text"
    CAPTION = "caption"
    QUOTE = "quote"
    POLL = "poll"
    CHECKLIST = "checklist"
    RICH = "rich"
    BUTTON = "button"
    DOCUMENT = "document"
    REPLIED = "replied"
    OTHER = "other"


class OriginKind(StrEnum):
    """Where a forward came from (`forward_origin.type`)."""

    USER = "user"
    HIDDEN_USER = "hidden_user"
    CHAT = "chat"
    CHANNEL = "channel"
    BOT = "bot"


class EscalationKind(StrEnum):
    """Which duty a case goes to."""

    EXPERT = "expert"
    METHODIST = "methodist"
    DUTY = "duty"
    """The person on duty, at once, at any hour."""


class Urgency(StrEnum):
    """How fast a person must look."""

    ROUTINE = "routine"
    SOON = "soon"
    AT_ONCE = "at_once"


@dataclass(frozen=True, slots=True)
class Passage:
    """One text somebody reads. `own` is False when the author did not write it (quote, forwarded button)."""

    source: Source
    text: str
    entities: tuple[Entity, ...] = ()
    own: bool = True
    author_id: int | None = None
    """Set when somebody else wrote this part (a poll option added by another member)."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a forwarded message was first written."""

    kind: OriginKind
    id: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A message this one refers to. `is_topic_root` marks Telegram's implicit reply to the topic's first message."""

    message_id: int
    author_id: int | None = None
    chat_id: int | None = None
    is_topic_root: bool = False
    is_same_chat: bool = True
    """False when an external reply points into another chat (another topic of this chat is not another chat)."""


@dataclass(frozen=True, slots=True)
class File:
    """An attached file, as its sender named it."""

    name: str = ""
    mime: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A message, an edit of one, or an album judged as one.

    author_id: a user's id, or the chat's id when a channel or an anonymous admin writes. topic_id: None in General
    and outside forums. at: instant (UTC) of this version of the message.
    """

    chat_id: int
    message_id: int
    author_id: int
    at: datetime
    author_kind: AuthorKind = AuthorKind.USER
    author_name: str = ""
    author_username: str = ""
    sender_tag: str = ""
    update_id: int | None = None
    topic_id: int | None = None
    album_id: str = ""
    album_message_ids: tuple[int, ...] = ()
    passages: tuple[Passage, ...] = ()
    media: frozenset[str] = frozenset()
    media_ids: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    """Names of content fields this version cannot read; they go to a person, never pass as empty."""
    service: str = ""
    via_bot_id: int | None = None
    via_bot_name: str = ""
    origin: Origin | None = None
    reply_to: Reference | None = None
    external_reply: Reference | None = None
    button_urls: tuple[str, ...] = ()
    contact_user_id: int | None = None
    files: tuple[File, ...] = ()
    sticker_set: str = ""
    is_edit: bool = False
    edited_at: datetime | None = None

    @property
    def text(self) -> str:
        """The author's own text or caption, as written."""
        for passage in self.passages:
            if passage.source in {Source.TEXT, Source.CAPTION}:
                return passage.text
        return ""

    @property
    def own_text(self) -> str:
        """Everything the author wrote, one passage per line."""
        if len(self.passages) == 1 and self.passages[0].own:
            return self.passages[0].text
        return "\n".join(p.text for p in self.passages if p.own)

    @property
    def all_text(self) -> str:
        """Everything a reader sees, quotes and buttons included, one passage per line."""
        if len(self.passages) == 1:
            return self.passages[0].text
        return "\n".join(p.text for p in self.passages)

    @property
    def message_ids(self) -> tuple[int, ...]:
        """Ids to delete with the message: every part of an album."""
        return self.album_message_ids or (self.message_id,)


Facts = Mapping[str, Any]
"""Facts of a text: strings, integers, or `{"list": [text keys]}`."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule saw.

    rule: name of the rule. score: 0..1, how sure it is. evidence: a Fluent key of `moderation_evidence.ftl`, its
    variables in `facts` (never a person's data). spans: [start, end) in `own_text`, so that a card can mark the
    place without copying it.
    """

    rule: str
    severity: Severity
    score: float
    evidence: str
    facts: Facts = field(default_factory=dict)
    spans: tuple[tuple[int, int], ...] = ()
    escalation: EscalationKind | None = None
    urgency: Urgency = Urgency.ROUTINE
    pointer: str = ""
    """Fluent key of a friendly answer in the chat (a question about a dose gets one)."""
    notice: str = ""
    """Fluent key of what the author is told; the rule's own notice when empty."""
    protects: bool = False
    """A call for help: nothing may delete the message or punish its author without a person."""
    soft_first: bool = False
    """The first time costs no strike."""
    punishes: bool = True
    """False when the message may go but its author must not pay for it (somebody else's words, an honest slip)."""
    binds_staff: bool = False
    """True when the message goes whoever wrote it: a child's data stays out of the chat from staff as well."""
    mute_seconds: int = 0
    """How long a MUTE asked for by the rule lasts; 0 leaves it to the ladder."""
