"""An outbox row on its way out, and what becomes of it: the data that storage and delivery exchange."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from core.effects import Effect, Kind, MessageClass, RowState
from core.ids import ChatId, ChildId, PersonId

HOLD_ALL = "all"
"""Scope of a hold that stops every care and marketing row."""
HOLD_TELEGRAM = "telegram"
"""Scope of a pause Telegram asked for on the whole bot."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A stored effect. `due` moves when the row is held back; `planned_at` does not."""

    id: int
    key: str
    kind: Kind
    message_class: MessageClass
    target: str
    person: PersonId | None
    chat: ChatId | None
    topic: int | None
    child: ChildId | None
    content: str
    facts: Mapping[str, Any]
    purpose: str
    campaign: str | None
    due: datetime
    expires: datetime | None
    planned_at: datetime
    state: RowState
    reason: str | None
    held_by: str | None
    reasons: tuple[str, ...]
    attempts: int
    unknowns: int
    handed_at: datetime | None
    done_at: datetime | None
    message_id: int | None
    consent_record: str | None


@dataclass(frozen=True, slots=True)
class Alike:
    """One message for many: rows that differ in nothing but whom they are for.

    effect: made for nobody; its key begins with `before` and ends with `after`, the person's id between them.
    """

    effect: Effect
    before: str
    after: str

    @classmethod
    def of(cls, effect: Effect) -> Alike:
        """Take an effect whose key holds `{person}` where the id belongs."""
        before, _, after = effect.key.partition("{person}")
        return cls(effect, before, after)

    def to(self, person: PersonId) -> Effect:
        """Make the effect for one person."""
        return replace(self.effect, key=f"{self.before}{person}{self.after}", person=person)


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that may leave: the reader's local day it counts for and the ledger record that allows it."""

    id: int
    day: str
    week: str
    consent_record: str | None = None
    trace: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setback:
    """A planned row that may not leave: it ends (`state`) or waits until `due`."""

    id: int
    state: RowState
    reason: str
    trace: tuple[str, ...] = ()
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call ended. `state` PLANNED means once more at `due`."""

    id: int
    state: RowState
    at: datetime
    reason: str | None = None
    message_id: int | None = None
    due: datetime | None = None
    attempts: int = 0
    """Attempts this call burnt: 1, or 0 when the fault was a limit and not the row's."""
    unknowns: int = 0


@dataclass(frozen=True, slots=True)
class Hold:
    """Something is stopped: everything soft, a class, a campaign, a content, a chat, or Telegram itself."""

    scope: str
    reason: str
    since: datetime
    until: datetime | None = None
    by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Freeze:
    """Days of the reader's calendar on which some classes rest: `skip` ends a row, `shift` moves it behind."""

    first_day: str
    last_day: str
    classes: frozenset[MessageClass]
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reader:
    """What the gate knows about the person a row is for, at one instant.

    `soft_days`, `all_days`: messages that left (or may have left) by local date; `soft_weeks` by ISO week. Control
    rows count nowhere. `permissions`: purpose (or `purpose/child`) -> the ledger record that allows it.
    """

    person: PersonId
    telegram_id: int | None
    language: str
    zone: str | None
    channel: str
    erased: bool
    preferences: Mapping[str, Any] = field(default_factory=dict)
    children: frozenset[ChildId] = frozenset()
    soft_days: Mapping[str, int] = field(default_factory=dict)
    all_days: Mapping[str, int] = field(default_factory=dict)
    soft_weeks: Mapping[str, int] = field(default_factory=dict)
    permissions: dict[str, str] = field(default_factory=dict)
    """Filled once by whoever asks the ledger, before the gate looks."""
