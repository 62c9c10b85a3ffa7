"""One record of the ledger: every field a proof of consent needs (ISO/IEC TS 27560; the map is in docs/consent.md)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from consent.purposes import Purpose

SCHEMA = "opora-consent/1"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Action(StrEnum):
    """What a record does to its line."""

    GRANT = "grant"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    SUPERSEDE = "supersede"


class Channel(StrEnum):
    """How the answer came in."""

    BOT = "bot"
    WEB = "web"
    GROUP = "group"
    PLATFORM = "platform"
    STAFF = "staff"
    SYSTEM = "system"


class Relation(StrEnum):
    """As whom somebody answers."""

    SELF = "self"
    PARENT = "parent"
    LEGAL_REPRESENTATIVE = "legal_representative"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Which Telegram event carries the answer. `chat` goes into the ledger only as a keyed hash."""

    chat: int | None = None
    message: int | None = None
    callback: str | None = None
    update: int | None = None
    link: str | None = None
    """Digest of the signed web link, when the answer came by one."""


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """Exactly which text was shown: `sha256` is of the UTF-8 bytes of the rendered text."""

    purpose: Purpose
    version: int
    language: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Grantor:
    """Who answers and how that was verified: `declared`, `platform`, `document`, `telegram`."""

    relation: Relation
    verified_by: str = "telegram"


@dataclass(frozen=True, slots=True)
class Controller:
    """Who is responsible and where data lies: plain values from settings, repeated in every record."""

    name: str = "school"
    contact: str = "/ask"
    recipients: tuple[str, ...] = ("Telegram",)
    storage_location: str = "RU"
    processing_locations: tuple[str, ...] = ("RU", "AE")
    jurisdiction: str = "RU"
    withdrawal: str = "/stop, /consent, button under a message, signed web link"


@dataclass(frozen=True, slots=True)
class Draft:
    """A record to be appended. `subject` and `child` are pseudonyms; `child` is empty when none is concerned.

    refers_to: the record this one withdraws, undoes or extends. receipt: the id shared by records of one tap.
    proven: False for an import without evidence; such a grant allows nothing.
    """

    subject: str
    purpose: Purpose
    action: Action
    at: datetime
    received_at: datetime
    grantor: Grantor
    channel: Channel
    receipt: str
    child: str = ""
    document: DocumentRef | None = None
    served: str | None = None
    valid_until: datetime | None = None
    evidence: Evidence = field(default_factory=Evidence)
    chat_hash: str | None = None
    source: str = "bot"
    cause: str = ""
    proven: bool = True
    refers_to: str | None = None


@dataclass(frozen=True, slots=True)
class Record(Draft):
    """A draft with its place in the chain."""

    id: str = ""
    ledger: str = "consents"
    seq: int = 0
    previous: str = ""
    hash: str = ""
    controller: Controller = field(default_factory=Controller)


def microseconds(at: datetime) -> int:
    """Count microseconds since 1970: the form in which instants are hashed."""
    return (at - _EPOCH) // _MICROSECOND


def instant(value: int) -> datetime:
    """Turn microseconds since 1970 back into an instant."""
    return _EPOCH + timedelta(microseconds=value)


def optional_instant(value: int | None) -> datetime | None:
    """Turn microseconds into an instant, and nothing into nothing."""
    return None if value is None else instant(value)


def controller_of(raw: dict[str, Any]) -> Controller:
    """Read the controller's part of a stored body."""
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in raw.items()}
    return Controller(**values)


def document_of(raw: dict[str, Any] | None) -> DocumentRef | None:
    """Read the document part of a stored body."""
    if raw is None:
        return None
    return DocumentRef(Purpose(raw["purpose"]), raw["version"], raw["language"], raw["sha256"])
