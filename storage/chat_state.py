"""State of moderated chats: gates that are closed, rights the bot lacks, a move to another id."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.effects import OPEN, RowState
from moderation.records import ClosedGate
from storage.tables import metadata
from storage.tables.delivery import outbox
from storage.tables.moderation_settings import missing_rights, raid_gates
from storage.tables.people import people

MOVED = (
    "messages",
    "members",
    "cases",
    "sanctions",
    "reports",
    "appeals",
    "member_notes",
    "samples",
    "policy_changes",
    "missing_rights",
    "raid_gates",
)
"""Tables of moderation whose `chat_id` follows a chat to its new id (M77)."""


class ChatState:
    """Statements over gates and rights."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._dialect = postgresql if connection.dialect.name == "postgresql" else sqlite

    async def close_gate(self, gate: ClosedGate) -> bool:
        """Close a gate or prolong one; True when it was open."""
        insert = self._dialect.insert(raid_gates).values(
            chat_id=gate.chat_id, since=gate.since, until=gate.until, author_id=gate.author_id
        )
        known = await self.gate(gate.chat_id)
        await self._connection.execute(
            insert.on_conflict_do_update(
                index_elements=[raid_gates.c.chat_id], set_={"until": gate.until}
            )
        )
        return known is None

    async def gate(self, chat_id: int) -> ClosedGate | None:
        query = sa.select(raid_gates).where(raid_gates.c.chat_id == chat_id)
        row = (await self._connection.execute(query)).mappings().first()
        return ClosedGate(**row) if row is not None else None

    async def gates(self) -> list[ClosedGate]:
        query = sa.select(raid_gates)
        return [ClosedGate(**row) for row in (await self._connection.execute(query)).mappings()]

    async def open_gate(self, chat_id: int) -> bool:
        """Open a gate; False when it was open."""
        gone = await self._connection.execute(
            sa.delete(raid_gates).where(raid_gates.c.chat_id == chat_id)
        )
        return bool(gone.rowcount)

    async def lacks(self, chat_id: int, right: str, now: datetime) -> bool:
        """Note a missing right; False when it is known to be missing (M67)."""
        insert = self._dialect.insert(missing_rights).values(
            chat_id=chat_id, right_name=right, since=now
        )
        stored = await self._connection.execute(
            insert.on_conflict_do_nothing().returning(missing_rights.c.chat_id)
        )
        return stored.scalar_one_or_none() is not None

    async def granted(self, chat_id: int) -> None:
        """Forget missing rights: the bot's standing changed, the next refusal is told again."""
        await self._connection.execute(
            sa.delete(missing_rights).where(missing_rights.c.chat_id == chat_id)
        )

    async def migrate(self, old: int, new: int) -> None:
        """Move everything of a chat to its new id; a second time nothing is left to move (M77)."""
        for name in MOVED:
            table = metadata.tables[name]
            await self._connection.execute(
                sa.update(table).where(table.c.chat_id == old).values(chat_id=new)
            )

    async def cancel_outgoing(self, chat_id: int, now: datetime) -> int:
        """Cancel what waits for a chat the bot has left (M78)."""
        ended = await self._connection.execute(
            sa.update(outbox)
            .where(
                outbox.c.chat_id == chat_id,
                outbox.c.state.in_([state.value for state in OPEN]),
                outbox.c.handed_at.is_(None),
            )
            .values(
                state=RowState.CANCELLED.value,
                reason="chat.left",
                done_at=now,
                worker=None,
                facts={},
            )
        )
        return int(ended.rowcount)

    async def staff_name(self, telegram_id: int) -> str:
        """Tell the name somebody of the staff goes by; the id when there is none."""
        query = sa.select(people.c.display_name).where(people.c.telegram_id == telegram_id)
        return await self._connection.scalar(query) or str(telegram_id)
