"""What a notice says: a message of the Segment protocol, and the ways in which it is turned away."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any

Json = Mapping[str, Any]
Message = dict[str, Any]


class Spoofed(Exception):  # noqa: N818 - an answer
    """The notice does not come from whom it says; nothing of it is kept."""


class Later(Exception):  # noqa: N818 - an answer
    """It cannot be verified at this moment: the sender is asked to come again."""


def payment(
    event: str, number: str, user: str, *, at: datetime | None = None, **properties: Any
) -> Message:
    """Make the message of a payment; the same notice twice is one event (L39)."""
    said = {name: value for name, value in properties.items() if value not in (None, "")}
    message: Message = {
        "type": "track",
        "event": event,
        "messageId": f"{event}:{number}",
        "userId": user,
        "properties": {"payment_id": number, **said},
    }
    return message | ({"timestamp": at.isoformat()} if at is not None else {})


def same(mine: str, given: str | None) -> bool:
    """Compare signatures in constant time."""
    return hmac.compare_digest(mine.encode(), (given or "").strip().encode())
