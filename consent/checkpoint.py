"""A signed statement of where the chain stood: kept elsewhere, it dates the ledger and shows a later rewrite.

Ed25519 (RFC 8032) of the `cryptography` library over canonical JSON.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from consent.chain import Head
from core.errors import Refusal


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The last link at an instant, signed."""

    head: Head
    at: datetime
    key: str
    signature: str

    def as_json(self) -> dict[str, Any]:
        return {**_statement(self.head, self.at), "key": self.key, "signature": self.signature}


def new_key() -> str:
    """Make a private signing key (base64 of 32 bytes)."""
    return base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()


def sign(head: Head, at: datetime, private_key: str) -> Checkpoint:
    """Sign a head. `private_key`: base64 of 32 bytes; another form is refused `consent.bad_key`."""
    try:
        key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(private_key, validate=True))
    except ValueError:
        raise Refusal("consent.bad_key") from None
    signature = key.sign(orjson.dumps(_statement(head, at), option=orjson.OPT_SORT_KEYS))
    return Checkpoint(
        head,
        at,
        base64.b64encode(key.public_key().public_bytes_raw()).decode(),
        base64.b64encode(signature).decode(),
    )


def is_genuine(checkpoint: Checkpoint, public_key: str) -> bool:
    """Check the signature under a public key known from elsewhere (the one inside proves nothing)."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(
            base64.b64decode(checkpoint.signature, validate=True),
            orjson.dumps(_statement(checkpoint.head, checkpoint.at), option=orjson.OPT_SORT_KEYS),
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def read(text: str | bytes) -> Checkpoint:
    """Read an exported checkpoint; anything else is refused `consent.bad_checkpoint`."""
    try:
        raw = orjson.loads(text)
        head = Head(raw["ledger"], int(raw["seq"]), raw["hash"])
        at = datetime.fromisoformat(raw["at"])
        return Checkpoint(head, at, raw["key"], raw["signature"])
    except (ValueError, KeyError, TypeError):
        raise Refusal("consent.bad_checkpoint") from None


def _statement(head: Head, at: datetime) -> dict[str, Any]:
    return {"ledger": head.ledger, "seq": head.seq, "hash": head.hash, "at": at.isoformat()}
