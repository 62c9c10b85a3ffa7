"""YooKassa: unsigned notices from known addresses; what counts is what its API says when asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from ipaddress import ip_address, ip_network

import orjson

from ingest.hooks.heard import Json, Message, Spoofed, payment

NETWORKS = tuple(
    map(
        ip_network,
        (
            "185.71.76.0/27", "185.71.77.0/27", "77.75.153.0/25", "77.75.154.128/25", "77.75.156.11/32",
            "77.75.156.35/32", "2a02:5180::/32",
        ),
    )
)  # fmt: skip
"""Addresses notices come from."""
API = "https://api.yookassa.ru/v3"
Fetch = Callable[[str], Awaitable[Json]]
"""Asks the API for an address; raises Later when there is no answer."""
_EVENTS = {
    "payment.succeeded": ("payments", "payment_succeeded", "succeeded"),
    "payment.canceled": ("payments", "payment_failed", "canceled"),
    "refund.succeeded": ("refunds", "refund", "succeeded"),
}


def verify(sender: str | None) -> None:
    """Check the address the notice came from (L50). Raises Spoofed."""
    try:
        address = ip_address(sender or "")
    except ValueError:
        raise Spoofed from None
    if not any(address in network for network in NETWORKS):
        raise Spoofed


async def message(raw: bytes, fetch: Fetch) -> tuple[Message | None, str]:
    """Read a notice and ask the API about it: the message, and what does not fit (empty: everything does).

    None for a notice that tells nothing. Raises Spoofed, Later.
    """
    try:
        said = orjson.loads(raw)
        told, (kind, event, status) = said["object"], _EVENTS[said["event"]]
        number = str(told["id"])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return None, ""
    if not number.replace("-", "").isalnum():
        raise Spoofed
    known = await fetch(f"{API}/{kind}/{number}")
    wrong = ""
    if known.get("status") != status or _money(known) != _money(told):
        wrong = "payment.mismatch"
    user = str((known.get("metadata") or {}).get("user_id") or "")
    if not user:
        return None, ""
    amount, currency = _money(told)
    saved = (known.get("payment_method") or {}).get("saved")
    heard = payment(
        event,
        number,
        user,
        at=_when(known.get("captured_at") or known.get("created_at")),
        amount=amount,
        currency=currency,
        autopay=True if saved and event == "payment_succeeded" else None,
    )
    return heard, wrong


def _money(said: Json) -> tuple[str, str]:
    amount = said.get("amount") or {}
    return str(amount.get("value")), str(amount.get("currency"))


def _when(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return None
