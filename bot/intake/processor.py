"""From a stored update to a handled one."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import orjson
from aiogram import Bot, Dispatcher
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError, TelegramRetryAfter
from aiogram.types import Update
from pydantic import ValidationError

from bot.intake.lanes import Lanes
from bot.intake.raw import as_row, order_keys
from core.clock import Clock
from core.errors import AlreadyStored
from handlers.groups.votes import is_vote
from storage.context import CURRENT, CurrentUpdate
from storage.database import Database
from storage.inbox import Inbox, InboxRow
from storage.journal import Journal

logger = logging.getLogger(__name__)

TRANSIENT = (TelegramNetworkError, TelegramRetryAfter, ClientDecodeError, ConnectionError)
"""Faults of the road to Telegram: the update is tried again while its effects are not stored."""
TRIES = 3
PAUSE_SECONDS = 0.5

Resume = Callable[[Update], Awaitable[None]]
Gate = Callable[[Mapping[str, Any]], Awaitable[bool]]
"""Looks at a raw update first; True when nothing is left for the handlers."""


class Intake:
    """Stores raw updates, then handles each one in the order of its chat and person.

    `resume` shows a person the screen they are at: it answers updates whose effects an earlier run had committed.
    """

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        bot: Bot,
        dispatcher: Dispatcher,
        journal: Journal,
        lanes: Lanes,
        resume: Resume,
        gate: Gate,
    ) -> None:
        self._database = database
        self._clock = clock
        self._bot = bot
        self._dispatcher = dispatcher
        self._journal = journal
        self._lanes = lanes
        self._resume = resume
        self._gate = gate

    async def replay(self) -> int:
        """Handle what an earlier run received and did not finish; returns how many."""
        async with self._database.reading() as unit:
            rows = await Inbox(unit.connection).open_rows()
        for row in rows:
            await self._lanes.room()
            if row.payload:
                update = orjson.loads(row.payload)
                self._submit(row, order_keys(update), update)
            else:
                self._journal.done(row.update_id)
        return len(rows)

    async def receive(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Store a batch in one commit, then queue what had not been seen before."""
        now = self._clock.now()
        taken = {}
        for update in updates:
            keys = order_keys(update)
            row = as_row(update, keys, now)
            taken[row.update_id] = row, keys, update
        fresh = await self._database.run(
            lambda connection: Inbox(connection).store([row for row, _, _ in taken.values()])
        )
        for update_id in sorted(fresh):
            self._submit(*taken[update_id])
        await self._lanes.room()

    async def drained(self) -> None:
        """Wait until everything received is handled and its marks are stored."""
        await self._lanes.drained()
        await self._journal.stored()

    def _submit(self, row: InboxRow, keys: tuple[str, ...], update: Mapping[str, Any]) -> None:
        self._lanes.submit(keys, lambda: self._handle(row, update), light=is_vote(update))

    async def _handle(self, row: InboxRow, raw: Mapping[str, Any]) -> None:
        current = CurrentUpdate(row.update_id)
        token = CURRENT.set(current)
        try:
            if not await self._gate(raw):
                await self._dispatch(self._decode(raw), raw, current)
        except ValidationError as error:
            await self._quarantine(row.update_id, f"decode: {error.error_count()} errors")
            return
        except AlreadyStored:
            current.acted = True
            await self._resume_quietly(raw)
        except Exception as error:
            logger.exception("update failed", extra={"update": row.update_id, "kind": row.kind})
            if not current.acted:
                await self._quarantine(row.update_id, f"handle: {type(error).__name__}")
                return
        finally:
            CURRENT.reset(token)
        self._journal.done(row.update_id)

    def _decode(self, raw: Mapping[str, Any]) -> Update:
        return Update.model_validate(raw, context={"bot": self._bot})

    async def _dispatch(
        self, update: Update, raw: Mapping[str, Any], current: CurrentUpdate
    ) -> None:
        for attempt in range(1, TRIES + 1):
            try:
                await self._dispatcher.feed_update(self._bot, update, raw=raw)
            except TRANSIENT:
                if current.acted or attempt == TRIES:
                    raise
                await self._clock.sleep(PAUSE_SECONDS * attempt)
            else:
                return

    async def _resume_quietly(self, raw: Mapping[str, Any]) -> None:
        try:
            await self._resume(self._decode(raw))
        except Exception:
            logger.exception(
                "screen not shown after a restart", extra={"update": raw.get("update_id")}
            )

    async def _quarantine(self, update_id: int, reason: str) -> None:
        logger.error("update quarantined", extra={"update": update_id, "reason": reason})
        await self._database.run(lambda connection: Inbox(connection).quarantine(update_id, reason))
