"""Editorial items as they were when they were first in force."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.content import kept_items
from texts.pack_model import Item

Ref = tuple[str, int, str]
"""Id, version and language."""


class KeptItems:
    """Snapshots of items. A version is kept once and never changes."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def keep(self, items: Sequence[Item]) -> int:
        """Keep the versions that are not kept yet; tell how many those are."""
        known = await self._refs()
        fresh = [item for item in items if (item.id, item.version, item.lang) not in known]
        if fresh:
            await self._connection.execute(
                sa.insert(kept_items),
                [
                    {
                        "item": item.id,
                        "version": item.version,
                        "language": item.lang,
                        "definition": item.to_json(),
                        "kept_at": self._now,
                    }
                    for item in fresh
                ],
            )
        return len(fresh)

    async def gone(self, present: Collection[Ref]) -> list[Item]:
        """List kept versions that are not among the `present` ones."""
        wanted = {item for item, _, _ in await self._refs() - set(present)}
        if not wanted:
            return []
        query = sa.select(kept_items).where(kept_items.c.item.in_(sorted(wanted)))
        rows = (await self._connection.execute(query)).mappings()
        return [
            Item.from_json(row["definition"])
            for row in rows
            if (row["item"], row["version"], row["language"]) not in present
        ]

    async def _refs(self) -> set[Ref]:
        query = sa.select(kept_items.c.item, kept_items.c.version, kept_items.c.language)
        return {
            (item, version, lang) for item, version, lang in await self._connection.execute(query)
        }
