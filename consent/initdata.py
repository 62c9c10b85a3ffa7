"""Mini App initData: whose it is and how old. aiogram checks the signature only, never the age."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

import orjson

from core.errors import Refusal

OLDEST = timedelta(hours=1)
"""How old initData may be; a form is filled in minutes."""
AHEAD = timedelta(minutes=1)


def telegram_id_of(init_data: str, bot_token: str, now: datetime) -> int:
    """Check initData and tell the Telegram id. Refuses `consent.link_forged` and `consent.link_expired`."""
    try:
        fields = dict(parse_qsl(init_data, strict_parsing=True))
        given = fields.pop("hash")
        text = "\n".join(f"{key}={value}" for key, value in sorted(fields.items()))
        key = hmac.new(b"WebAppData", bot_token.encode(), hashlib.sha256).digest()
        genuine = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
        made = datetime.fromtimestamp(int(fields["auth_date"]), UTC)
        person = int(orjson.loads(fields["user"])["id"])
    except (KeyError, ValueError, TypeError, OverflowError):
        raise Refusal("consent.link_forged") from None
    if not hmac.compare_digest(given, genuine):
        raise Refusal("consent.link_forged")
    if not now - OLDEST <= made <= now + AHEAD:
        raise Refusal("consent.link_expired")
    return person
