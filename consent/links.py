"""Signed web links: who may do one thing on a page without signing in.

A token is base64url of a letter, our key of the person, expiry, chance and 16 bytes of HMAC-SHA256. It names nobody to
others, and fits callback data and deep links (64 characters).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import random
import struct
from binascii import Error
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from core.errors import Refusal
from core.ids import PersonId

_BODY = struct.Struct(">cqIQ")
_MAC = 16
_CHANCE = random.SystemRandom()


class LinkKind(StrEnum):
    """What a link is for; one made for another thing is refused."""

    STOP = "s"
    """Stop care and marketing messages. Works any number of times until it expires."""
    FORM = "f"
    """Leave personal data on the school's own page. Works once."""
    TEEN = "t"
    """A child's own answer; `person` holds the child's key. Works until it expires: an answer may be changed."""
    CALENDAR = "c"
    """A person's calendar, asked for again and again by programs."""
    TRANSCRIPT = "a"
    """The page of a session; `person` holds the session's key."""


LIFETIMES = {
    LinkKind.STOP: timedelta(days=60),
    LinkKind.FORM: timedelta(hours=24),
    LinkKind.TEEN: timedelta(days=14),
    LinkKind.CALENDAR: timedelta(days=400),
    LinkKind.TRANSCRIPT: timedelta(days=400),
}
"""A stop link outlives the message it came with; RFC 8058 asks that it simply works."""


@dataclass(frozen=True, slots=True)
class Link:
    """A token that was read. `digest` names it in evidence and in the list of used ones."""

    kind: LinkKind
    person: PersonId
    expires: datetime
    digest: str


class Links:
    """Makes and reads tokens under the school's secret."""

    def __init__(self, secret: bytes, *, chance: random.Random = _CHANCE) -> None:
        self._key = hashlib.sha256(b"opora links\0" + secret).digest()
        self._chance = chance

    def make(self, kind: LinkKind, person: PersonId, now: datetime) -> str:
        """Make a token of 50 characters."""
        expires = int((now + LIFETIMES[kind]).timestamp())
        body = _BODY.pack(kind.encode(), person, expires, self._chance.getrandbits(64))
        return base64.urlsafe_b64encode(body + self._mac(body)).rstrip(b"=").decode()

    def read(self, token: str, kind: LinkKind, now: datetime) -> Link:
        """Check a token. Refuses `consent.link_forged` and `consent.link_expired`."""
        try:
            raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
            body, mac = raw[: _BODY.size], raw[_BODY.size :]
            letter, person, seconds, _ = _BODY.unpack(body)
            made_for = LinkKind(letter.decode())
        except (ValueError, Error, struct.error):
            raise Refusal("consent.link_forged") from None
        if not hmac.compare_digest(mac, self._mac(body)) or made_for is not kind:
            raise Refusal("consent.link_forged")
        expires = datetime.fromtimestamp(seconds, UTC)
        if expires <= now:
            raise Refusal("consent.link_expired")
        return Link(kind, PersonId(person), expires, hashlib.sha256(raw).hexdigest()[:32])

    def _mac(self, body: bytes) -> bytes:
        return hmac.new(self._key, body, hashlib.sha256).digest()[:_MAC]
