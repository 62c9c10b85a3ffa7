"""Texts staff marked as spam or harmless: hashes, no words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from moderation.spam.samples_index import Sample
from storage.tables.moderation_people import samples


class StoredSamples:
    """One sample per case."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._dialect = postgresql if connection.dialect.name == "postgresql" else sqlite

    async def learn(
        self,
        case_id: int,
        chat_id: int,
        fingerprint: Sequence[int],
        author_id: int,
        at: datetime,
        *,
        spam: bool,
    ) -> None:
        """Mark a case's text, in place of an earlier mark."""
        values = {
            "case_id": case_id,
            "chat_id": chat_id,
            "spam": spam,
            "fingerprint": list(fingerprint),
            "author_id": author_id,
            "at": at,
        }
        await self._connection.execute(
            self._dialect.insert(samples)
            .values(values)
            .on_conflict_do_update(
                index_elements=[samples.c.case_id],
                set_={"spam": spam, "author_id": author_id, "at": at},
            )
        )

    async def forget(self, case_id: int) -> bool:
        """Take a mark back; tell whether there was one."""
        gone = await self._connection.execute(
            sa.delete(samples).where(samples.c.case_id == case_id)
        )
        return bool(gone.rowcount)

    async def of_chat(self, chat_id: int) -> list[Sample]:
        query = sa.select(samples).where(samples.c.chat_id == chat_id).order_by(samples.c.at)
        return [
            Sample(row["case_id"], tuple(row["fingerprint"]), row["spam"])
            for row in (await self._connection.execute(query)).mappings()
        ]
