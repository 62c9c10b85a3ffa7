"""Hashes by which messages are compared without keeping their words."""

from __future__ import annotations

from hashlib import blake2b

from moderation.content import Content
from moderation.model import Incoming

_BYTES = 8


def version_hash(message: Incoming) -> int:
    """Hash everything a reader sees, exactly. An edit with the same hash changed nothing.

    Link previews, reactions and unused fields are no part of it.
    """
    seen = [(p.source.value, p.text, p.entities) for p in message.passages]
    rest = (message.media_ids, message.button_urls, message.files, message.unknown)
    return _hash(repr((seen, sorted(message.media), rest if any(rest) else ())))


def is_unchanged(message: Incoming, before: int) -> bool:
    """Tell whether an edit left the content as `version_hash` saw it before."""
    return message.is_edit and version_hash(message) == before


def text_fingerprint(content: Content) -> int:
    """Hash the folded words and the media: equal for copies however they are spelled. 0 when there is nothing."""
    message = content.message
    words = content.folded.compact
    if not words and not message.media_ids and not message.sticker_set:
        return 0
    return _hash("\x1f".join((words, *message.media_ids)))


def _hash(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest()
    return int.from_bytes(digest, "big", signed=True)
