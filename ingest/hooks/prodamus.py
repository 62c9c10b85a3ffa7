"""Prodamus: a PHP form with nested fields, signed over its sorted JSON as PHP writes it (help.prodamus.ru, "Hmac").

All values are strings, keys are sorted at every depth, letters stay as they are and every slash is escaped (L52).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from typing import Any
from urllib.parse import parse_qsl

from ingest.hooks.heard import Json, Message, Spoofed, payment, same

_PART = re.compile(r"\[([^\]]*)\]")
_EVENTS = {"success": "payment_succeeded", "order_denied": "payment_failed"}
_USER = ("_param_user_id", "customer_extra", "order_num")
"""Where the school puts its user id, the likeliest first."""


def verify(raw: bytes, headers: Json, secret: str) -> None:
    """Check the signature. Raises Spoofed."""
    said = nested(raw)
    said.pop("signature", None)
    signed = hmac.new(secret.encode(), written(said).encode(), hashlib.sha256).hexdigest()
    if not same(signed, headers.get("Sign")):
        raise Spoofed


def message(_kind: str, raw: bytes) -> Message | None:
    """Read a notice; None for one that tells nothing."""
    said = nested(raw)
    user = next((str(said[name]) for name in _USER if said.get(name)), "")
    event = _EVENTS.get(str(said.get("payment_status")))
    if not user or event is None:
        return None
    return payment(
        event,
        str(said.get("order_id")),
        user,
        amount=said.get("sum"),
        currency=str(said.get("currency") or "RUB").upper(),
        autopay=True if said.get("subscription") else None,
    )


def nested(raw: bytes) -> dict[str, Any]:
    """Read `products[0][name]=...` as PHP does."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(raw.decode(errors="replace"), keep_blank_values=True):
        first = name.partition("[")[0]
        path = [first, *_PART.findall(name[len(first) :])]
        place = found
        for part in path[:-1]:
            inner = place.setdefault(part or str(len(place)), {})
            place = inner if isinstance(inner, dict) else {}
        place[path[-1] or str(len(place))] = value
    return found


def written(value: Any) -> str:
    """Write as `json_encode(..., JSON_UNESCAPED_UNICODE)` after a recursive `ksort`."""
    if not isinstance(value, dict):
        return json.dumps(str(value), ensure_ascii=False).replace("/", "\\/")
    keys = sorted(value, key=lambda key: (not key.isdigit(), int(key) if key.isdigit() else 0, key))
    if keys == [str(number) for number in range(len(keys))]:
        return "[" + ",".join(written(value[key]) for key in keys) + "]"
    return "{" + ",".join(f"{written(key)}:{written(value[key])}" for key in keys) + "}"
