"""An album is one message: its parts are joined before anything is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from moderation.model import Incoming


def join(parts: Sequence[Incoming]) -> Incoming:
    """Join the parts of an album, in whatever order they came, into one message with every id.

    The first part by id gives the author and the reply; texts, media and files are those of all parts.
    """
    if not parts:
        raise ValueError("an album has at least one part")
    ordered = sorted(
        {part.message_id: part for part in parts}.values(), key=lambda part: part.message_id
    )
    first = ordered[0]
    return replace(
        first,
        at=max(part.at for part in ordered),
        album_message_ids=tuple(part.message_id for part in ordered),
        passages=tuple(passage for part in ordered for passage in part.passages),
        media=frozenset().union(*(part.media for part in ordered)),
        media_ids=tuple(media for part in ordered for media in part.media_ids),
        unknown=tuple(sorted({name for part in ordered for name in part.unknown})),
        files=tuple(file for part in ordered for file in part.files),
        button_urls=tuple(url for part in ordered for url in part.button_urls),
        is_edit=any(part.is_edit for part in ordered),
    )
