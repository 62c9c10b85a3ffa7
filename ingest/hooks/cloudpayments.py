"""CloudPayments: form or JSON, signed by HMAC-SHA256 of the raw body (developers.cloudpayments.ru).

`Content-HMAC` covers the body as it was sent, `X-Content-HMAC` the same with percent signs and pluses resolved.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from urllib.parse import parse_qsl, unquote_to_bytes

import orjson

from ingest.hooks.heard import Json, Message, Spoofed, payment, same

ANSWER = {"code": 0}
"""What the provider takes for "received"."""
_EVENTS = {"pay": "payment_succeeded", "fail": "payment_failed", "refund": "refund"}
_STOPPED = frozenset({"Cancelled", "Rejected", "Expired", "PastDue"})


def verify(raw: bytes, headers: Json, secret: str) -> None:
    """Check the signature over the very bytes that came (L51). Raises Spoofed."""
    if same(_signed(raw, secret), headers.get("Content-HMAC")):
        return
    decoded = unquote_to_bytes(raw.replace(b"+", b" "))
    if not same(_signed(decoded, secret), headers.get("X-Content-HMAC")):
        raise Spoofed


def message(kind: str, raw: bytes) -> Message | None:
    """Read a notice of `kind` (the last part of its address); None for one that tells nothing."""
    said = _read(raw)
    user = str(said.get("AccountId") or "")
    if not user:
        return None
    if kind == "recurrent":
        status = str(said.get("Status"))
        event = "autopay_off" if status in _STOPPED else "autopay_on"
        return payment(event, f"{said.get('Id')}:{status}", user, at=None)
    if kind not in _EVENTS:
        return None
    return payment(
        _EVENTS[kind],
        str(said.get("TransactionId")),
        user,
        at=_when(said.get("DateTime")),
        amount=said.get("Amount"),
        currency=said.get("Currency"),
        autopay=bool(said.get("SubscriptionId")) or None,
    )


def _signed(body: bytes, secret: str) -> str:
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def _read(raw: bytes) -> Json:
    if raw.lstrip().startswith(b"{"):
        try:
            said = orjson.loads(raw)
        except orjson.JSONDecodeError:
            return {}
        return said if isinstance(said, dict) else {}
    return dict(parse_qsl(raw.decode(errors="replace")))


def _when(value: object) -> datetime | None:
    """Read `2026-11-23 12:00:00`, which is UTC."""
    try:
        return datetime.fromisoformat(str(value)).replace(tzinfo=UTC)
    except ValueError:
        return None
