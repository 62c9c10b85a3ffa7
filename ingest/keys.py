"""Write keys: who may send events, and under which name they are kept apart."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SHORTEST_KEY = 8
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class WriteKeys:
    """Sources by the SHA-256 of their key, so that looking one up takes the same time for every guess."""

    sources: Mapping[bytes, str]

    @classmethod
    def read(cls, pairs: Iterable[str]) -> WriteKeys:
        """Read `name:key` pairs. ValueError: a pair without a name, a short key, or a key given twice."""
        sources: dict[bytes, str] = {}
        for pair in pairs:
            name, _, key = pair.partition(":")
            if not name or len(name) > LONGEST_NAME or len(key) < SHORTEST_KEY:
                message = (
                    f"WRITE_KEYS: {name or '?'} needs name:key with a key of 8 characters or more"
                )
                raise ValueError(message)
            if _hashed(key) in sources:
                message = f"WRITE_KEYS: {name} has the key of another name"
                raise ValueError(message)
            sources[_hashed(key)] = name
        return cls(sources)

    def source(self, authorization: str | None, in_body: object = None) -> str | None:
        """Name the source: Basic with the key as user name, Bearer, or `writeKey` in the body; None is nobody."""
        for key in (_from_header(authorization), in_body):
            if isinstance(key, str) and (source := self.sources.get(_hashed(key))) is not None:
                return source
        return None


def _from_header(authorization: str | None) -> str | None:
    scheme, _, value = (authorization or "").strip().partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() != "basic":
        return None
    try:
        return base64.b64decode(value.strip(), validate=True).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return None


def _hashed(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
