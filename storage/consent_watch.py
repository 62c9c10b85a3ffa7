"""The regular check of the ledger: a break stops its purpose, is told to staff once and written to the event log."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from core.effects import Effect, Kind, MessageClass
from core.events import Event, EventName
from core.ids import ChatId
from storage.consent_verify import Verdict, alarm, verify
from storage.consent_verify_file import verify_file
from storage.database import Database


async def watch(database: Database, staff_chat: ChatId | None) -> Verdict:
    """Verify; on a break stop sending by the purpose (all of them when it cannot be told) and call a human."""
    verdict = await check(database)
    broken = verdict.broken
    if broken is None:
        return verdict
    async with database.begin() as unit:
        purpose = await alarm(unit.connection, broken, unit.now)
        facts = {"seq": broken.seq, "reason": broken.reason, "purpose": purpose}
        await unit.events.record(Event(EventName.CONSENT_LEDGER_BROKEN, unit.now, facts=facts))
        if staff_chat is not None:
            await unit.outbox.enqueue(
                Effect(
                    key=f"ledger-broken:{broken.seq}:{broken.reason}",
                    kind=Kind.MESSAGE,
                    message_class=MessageClass.CONTROL,
                    chat=staff_chat,
                    content="text:consent-ledger-broken",
                    facts={"seq": str(broken.seq), "reason": broken.reason},
                )
            )
    return verdict


async def check(database: Database) -> Verdict:
    """Verify beside a running bot: an SQLite file in a thread of its own, PostgreSQL by its own hands."""
    if database.is_sqlite:
        path = Path(str(database.url.database))
        return await asyncio.to_thread(partial(verify_file, path, workers=1))
    async with database.reading() as unit:
        return await verify(unit.connection)
