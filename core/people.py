"""A person and a child as the engines see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.ids import ChildId, PersonId, TelegramId


@dataclass(frozen=True, slots=True)
class Person:
    """A parent, moderator, mentor or expert."""

    id: PersonId
    telegram_id: TelegramId | None
    language: str
    zone: str | None
    channel: str
    stage: str
    started_at: datetime | None
    created_at: datetime
    erased_at: datetime | None
    preferences: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Child:
    """A child as its guardian told us: `born` is the first of the month when only the month is known."""

    id: ChildId
    name: str | None
    born: date | None
