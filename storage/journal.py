"""The journal of group messages, written by group commit together with the inbox marks.

A clean message costs a share of one batch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from core.clock import Clock
from moderation.memory import Mark
from moderation.model import Incoming
from storage.database import Database
from storage.group_writer import GroupWriter
from storage.inbox import Inbox
from storage.messages import SeenMessage, keep, seen_of

LINGER = 0.1
"""Seconds a clean message may wait for others to share its commit; its update is safe in the inbox meanwhile."""


class Journal:
    """Collects messages and marks; `run` commits them in batches."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        noted: Callable[[int], None] = lambda _author: None,
    ) -> None:
        """Tell `noted` the Telegram id of everybody who wrote."""
        self._noted = noted
        self._clock = clock
        self._writer: GroupWriter[tuple[SeenMessage | None, int | None]] = GroupWriter(
            database, self._write, linger=LINGER
        )

    def add(self, message: SeenMessage) -> None:
        """Keep a message."""
        self._noted(message.author_id)
        self._writer.submit((message, None))

    def keep(self, message: Incoming, mark: Mark, body: bytes) -> None:
        """Keep a judged message that needs nobody."""
        self.add(seen_of(message, mark, body))

    def done(self, update_id: int) -> None:
        """Mark an update handled."""
        self._writer.submit((None, update_id))

    async def stored(self) -> None:
        """Wait until everything given so far is committed."""
        await self._writer.stored()

    async def run(self) -> None:
        """Commit batches until cancelled."""
        await self._writer.run()

    async def _write(
        self,
        connection: AsyncConnection,
        batch: Sequence[tuple[SeenMessage | None, int | None]],
    ) -> None:
        seen = [message for message, _ in batch if message is not None]
        handled = [update_id for _, update_id in batch if update_id is not None]
        if seen:
            await keep(connection, seen)
        if handled:
            await Inbox(connection).done(handled, self._clock.now())
