"""What moderators note about a member or a decision; sealed, for staff only."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from moderation.cases import Note
from storage.seal import Seal
from storage.tables.moderation_people import member_notes


class MemberNotes:
    """Notes by member, oldest first."""

    def __init__(self, connection: AsyncConnection, seal: Seal) -> None:
        self._connection = connection
        self._seal = seal

    async def add(
        self,
        chat_id: int,
        user_id: int,
        author_id: int,
        at: datetime,
        words: str,
        *,
        case_id: int | None = None,
    ) -> None:
        await self._connection.execute(
            sa.insert(member_notes).values(
                chat_id=chat_id,
                user_id=user_id,
                case_id=case_id,
                author_id=author_id,
                at=at,
                sealed=self._seal.close(words),
            )
        )

    async def of(self, chat_id: int, user_id: int) -> list[Note]:
        query = (
            sa.select(member_notes)
            .where(member_notes.c.chat_id == chat_id, member_notes.c.user_id == user_id)
            .order_by(member_notes.c.id)
        )
        return [
            Note(row["at"], row["author_id"], self._seal.open(row["sealed"]), row["case_id"])
            for row in (await self._connection.execute(query)).mappings()
        ]
