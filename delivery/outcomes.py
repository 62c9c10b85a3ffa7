"""What an error of a call means, and what becomes of the row. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import aiohttp
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramServerError,
    TelegramUnauthorizedError,
)

from core.effects import SOFT, Kind, RowState
from core.outgoing import OutboxRow, Outcome
from delivery.limiter import retry_after
from delivery.policy import SenderPolicy
from delivery.wire import NotConnected


class Fate(StrEnum):
    """What happened to a call that did not answer with a result."""

    DONE = "done"
    """The world is already as asked (deleted, not modified, not a member)."""
    LIMITED = "limited"
    """Not taken because of a rate: nobody's fault, no attempt burnt."""
    RETRY = "retry"
    """Certainly not done; worth another attempt."""
    UNKNOWN = "unknown"
    """Perhaps done."""
    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    LOST = "lost"
    """The chat or topic cannot be written to."""
    MIGRATED = "migrated"
    BROKEN = "broken"
    """The message itself is wrong; the next reader would get the same refusal."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Failure:
    """A classified error. `reason` is a code for reports; `seconds` belongs to LIMITED, `chat` to MIGRATED."""

    fate: Fate
    reason: str
    seconds: float = 0.0
    chat: int | None = None


REPEATABLE = frozenset(Kind) - {
    Kind.MESSAGE,
    Kind.COPY,
    Kind.DOCUMENT,
    Kind.CREATE_TOPIC,
    Kind.NOTICE,
}
"""Acts that end in the same world however often they are done."""
PACED_KINDS = frozenset({Kind.MESSAGE, Kind.EDIT, Kind.COPY, Kind.DOCUMENT, Kind.NOTICE})
"""Acts that Telegram's message rates count."""
CHAINED = REPEATABLE - PACED_KINDS
"""Acts of which several may go to one chat in one turn."""

_DONE = (
    "message is not modified",
    "message to delete not found",
    "message can't be deleted",
    "message to edit not found",
    "topic_not_modified",
    "user_already_participant",
    "hide_requester_missing",
)
_LOST = (
    "chat not found",
    "user not found",
    "message thread not found",
    "topic_deleted",
    "topic_closed",
    "have no write access",
    "not enough rights",
    "chat_admin_required",
    "peer_id_invalid",
    "participant_id_invalid",
)
_BROKEN = (
    "can't parse entities",
    "is too long",
    "text is empty",
    "button",
    "wrong file identifier",
    "failed to get http url content",
    "keyboard",
)
_UNSURE = "gateway timeout"
"""A 504 comes from a proxy that stopped waiting: Telegram may have taken the message."""


_NEVER_MADE = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, NotConnected)


def classify(error: Exception) -> Failure:
    """Name what an exception of a call means; what nobody foresaw counts as perhaps done."""
    for kind, read in _READERS:
        if isinstance(error, kind):
            return read(error)
    return Failure(Fate.UNKNOWN, "sender.fault")


def _network(error: TelegramNetworkError) -> Failure:
    """Only a connection that was never made is certainly no message (L67)."""
    cause = error.__cause__ or error.__context__
    if isinstance(cause, _NEVER_MADE):
        return Failure(Fate.LIMITED, "network.connect", seconds=5.0)
    return Failure(Fate.UNKNOWN, "network.lost")


def _forbidden(error: TelegramForbiddenError) -> Failure:
    words = error.message.lower()
    if "blocked by the user" in words:
        return Failure(Fate.BLOCKED, "channel.blocked")
    if "deactivated" in words:
        return Failure(Fate.DEACTIVATED, "channel.deactivated")
    return Failure(Fate.LOST, "chat.forbidden")


def _server(error: TelegramServerError) -> Failure:
    unsure = _UNSURE in error.message.lower()
    return Failure(Fate.UNKNOWN if unsure else Fate.RETRY, "telegram.server")


def _refused(error: TelegramAPIError) -> Failure:
    seconds = retry_after(error)
    if seconds is not None:
        return Failure(Fate.LIMITED, "telegram.limit", seconds=seconds)
    words = error.message.lower()
    for known, fate, reason in (
        (_DONE, Fate.DONE, "already"),
        (_BROKEN, Fate.BROKEN, "template.broken"),
        (_LOST, Fate.LOST, "chat.lost"),
    ):
        if any(part in words for part in known):
            return Failure(fate, reason)
    return Failure(Fate.REFUSED, "telegram.refused")


_READERS: tuple[tuple[type[Exception], Callable[[Any], Failure]], ...] = (
    (TelegramNetworkError, _network),
    (ClientDecodeError, lambda _: Failure(Fate.UNKNOWN, "answer.unreadable")),
    (
        TelegramMigrateToChat,
        lambda e: Failure(Fate.MIGRATED, "migrated", chat=e.migrate_to_chat_id),
    ),
    (TelegramUnauthorizedError, lambda _: Failure(Fate.LIMITED, "token.refused", seconds=60.0)),
    (TelegramForbiddenError, _forbidden),
    (TelegramServerError, _server),
    (TelegramAPIError, _refused),
    (TimeoutError, lambda _: Failure(Fate.UNKNOWN, "network.timeout")),
)
"""The first that fits speaks."""


def settle(row: OutboxRow, failure: Failure, at: datetime, policy: SenderPolicy) -> Outcome:
    """Decide what becomes of a row after a failed call (DESIGN 5)."""
    match failure.fate:
        case Fate.DONE:
            return Outcome(row.id, RowState.SENT, at, failure.reason, attempts=1)
        case Fate.LIMITED | Fate.MIGRATED:
            due = at + timedelta(seconds=failure.seconds)
            return Outcome(row.id, RowState.PLANNED, at, failure.reason, due=due)
        case Fate.RETRY:
            return _again(row, failure, at, policy)
        case Fate.UNKNOWN:
            return _perhaps(row, failure, at, policy)
    return Outcome(row.id, RowState.FAILED, at, failure.reason, attempts=1)


def _perhaps(row: OutboxRow, failure: Failure, at: datetime, policy: SenderPolicy) -> Outcome:
    """Care and marketing never go again, service and control once, what is repeatable like any failure."""
    if row.kind in REPEATABLE:
        return _again(row, failure, at, policy)
    if row.message_class in SOFT or row.unknowns > 0:
        return Outcome(row.id, RowState.UNKNOWN, at, failure.reason, attempts=1, unknowns=1)
    due = at + policy.backoff[0]
    return Outcome(row.id, RowState.PLANNED, at, due=due, attempts=1, unknowns=1)


def _again(row: OutboxRow, failure: Failure, at: datetime, policy: SenderPolicy) -> Outcome:
    if row.attempts + 1 >= policy.attempts:
        return Outcome(row.id, RowState.FAILED, at, failure.reason, attempts=1)
    wait = policy.backoff[min(row.attempts, len(policy.backoff) - 1)]
    return Outcome(row.id, RowState.PLANNED, at, failure.reason, due=at + wait, attempts=1)
