"""The journal of erasures beside the database, and what is done with it after a restore.

A backup made before an erasure brings the erased back; the journal, which is not part of the backup, sends them away
again before anything is sent. It holds keys and instants, nothing that says who.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import sqlalchemy as sa

from core.errors import Refusal
from core.ids import ChildId, PersonId
from storage.database import Database
from storage.tables.consents import erasures

logger = logging.getLogger(__name__)

TRUNCATE_TRIES = 20
TRUNCATE_PAUSE_S = 0.25
"""A reader may hold the log for a moment; 5 s of trying stay well under the promised 60 s."""


class ErasureJournal:
    """One JSON line per erasure, on disk before `append` returns."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, entries: Sequence[Mapping[str, Any]]) -> None:
        """Add entries; known ones change nothing when read."""
        if not entries:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            file.write(b"".join(orjson.dumps(entry) + b"\n" for entry in entries))
            file.flush()
            os.fsync(file.fileno())

    def entries(self) -> list[dict[str, Any]]:
        """Read all entries; a line cut off by a crash is left out."""
        if not self.path.exists():
            return []
        found = []
        for line in self.path.read_bytes().splitlines():
            try:
                found.append(orjson.loads(line))
            except orjson.JSONDecodeError:
                logger.warning("erasure journal has a broken line")
        return found


async def reapply(database: Database, journal: ErasureJournal) -> int:
    """Erase again who came back with a restored backup, and complete the journal. Run before anything is sent."""
    again = 0
    known = set()
    for entry in journal.entries():
        known.add(entry["id"])
        born = datetime.fromisoformat(entry["born_at"])
        async with database.begin() as unit:
            if not await unit.erasures.holds(entry["scope"], entry["key"], born):
                continue
            requested = datetime.fromisoformat(entry["at"])
            try:
                if entry["scope"] == "person":
                    person = PersonId(entry["key"])
                    await unit.erasures.person(person, "restore", requested, unit.now)
                else:
                    child = ChildId(entry["key"])
                    await unit.erasures.child(child, "restore", requested, unit.now)
            except Refusal:
                continue
        again += 1
    await _complete(database, journal, known)
    if again:
        await sweep(database)
        logger.warning("erasures done again after a restore", extra={"count": again})
    return again


async def sweep(database: Database) -> None:
    """Clear the database's own log of what was erased: the WAL of SQLite, dead rows of PostgreSQL."""
    async with database.reading() as unit:
        ids = await unit.erasures.unswept()
    if not ids:
        return
    if database.is_sqlite:
        done = await _truncate(Path(str(database.url.database)))
    else:
        done = await _vacuum(database)
    if done:
        async with database.begin() as unit:
            await unit.erasures.swept(ids, unit.now)


async def _complete(database: Database, journal: ErasureJournal, known: set[str]) -> None:
    async with database.reading() as unit:
        rows = (await unit.connection.execute(sa.select(erasures))).mappings().all()
    journal.append(
        [
            {
                "id": row["id"],
                "scope": row["scope"],
                "key": row["key"],
                "born_at": row["born_at"].isoformat(),
                "at": row["completed_at"].isoformat(),
                "cause": row["cause"],
            }
            for row in rows
            if row["id"] not in known
        ]
    )


async def _truncate(path: Path) -> bool:
    for _ in range(TRUNCATE_TRIES):
        if await asyncio.to_thread(_checkpoint, path):
            return True
        await asyncio.sleep(TRUNCATE_PAUSE_S)  # noqa: TID251 - real time: another connection is what is waited for
    logger.warning("write-ahead log is busy, erased data may still lie in it")
    return False


def _checkpoint(path: Path) -> bool:
    with closing(sqlite3.connect(path, timeout=5)) as connection:
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


async def _vacuum(database: Database) -> bool:
    engine = database.writer.execution_options(isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(sa.text("VACUUM"))
    return True
