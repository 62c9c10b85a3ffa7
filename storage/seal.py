"""Encryption at rest of sensitive columns, and keyed hashes to look them up.

Fernet (AES-128-CBC with HMAC-SHA256) of the `cryptography` library; several keys allow rotation: the first one seals,
each of them opens.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, MultiFernet


class Seal:
    """Seals short texts (names, birth dates, phones) and makes blind indexes of them."""

    def __init__(self, keys: Sequence[str], *, index_key: str | None = None) -> None:
        """`keys`: url-safe base64 of 32 bytes each, newest first.

        `index_key` keys the blind indexes, which no rotation can make again; left out, it is the last of `keys`.
        """
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        secret = index_key if index_key is not None else keys[-1]
        self._index_key = hashlib.sha256(b"opora blind index\0" + secret.encode()).digest()

    @staticmethod
    def new_key() -> str:
        return Fernet.generate_key().decode()

    def close(self, text: str) -> bytes:
        """Encrypt."""
        return self._fernet.encrypt(text.encode())

    def open(self, sealed: bytes) -> str:
        """Decrypt; raises `cryptography.fernet.InvalidToken` under a foreign key. What was emptied opens as nothing."""
        return self._fernet.decrypt(sealed).decode() if sealed else ""

    def rotate(self, sealed: bytes) -> bytes:
        """Encrypt again under the newest key."""
        return self._fernet.rotate(sealed)

    def blind(self, text: str) -> str:
        """Make a keyed hash (hex SHA-256) by which an equal value can be found without opening any."""
        return hmac.new(self._index_key, text.encode(), hashlib.sha256).hexdigest()
