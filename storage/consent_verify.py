"""Checks the whole ledger: the chain in stored order, then every pointer against the fold."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from consent.chain import GENESIS, Break, Head, Slim, follow
from storage.consent_pointers import pointers
from storage.consent_run import LEDGER, TEXT_SQL
from storage.tables.consents import consent_alarms, consent_heads, consents

logger = logging.getLogger(__name__)

BATCH = 20_000
"""Rows in memory at a time (about 30 MB)."""
EVERYTHING = "*"
_TEXT: sa.ColumnElement[Any] = sa.literal_column(TEXT_SQL, sa.Text)
_HELD = sa.text(
    f"""
    SELECT count(*) AS records, max(seq) AS last, max(seq) = count(*) AND bool_and(holds) AS whole,
        (SELECT hash FROM consents ORDER BY seq DESC LIMIT 1) AS hash
    FROM (
        SELECT seq, hash = encode(sha256(convert_to({TEXT_SQL}, 'UTF8')), 'hex')
            AND previous = lag(hash, 1, :genesis) OVER (ORDER BY seq) AS holds
        FROM consents WHERE ledger = :ledger
    ) AS chain
    """  # noqa: S608 - our own names
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found. `head` is the last link that holds; `broken` is None when all of it does."""

    records: int
    head: Head
    broken: Break | None

    @property
    def ok(self) -> bool:
        return self.broken is None


async def verify(connection: AsyncConnection) -> Verdict:
    """Check chain, head and pointers; name the first record that does not hold.

    PostgreSQL hashes the chain itself and is believed when all holds, as it is believed about the rows; a break is
    looked for here. An SQLite file is checked faster by `storage.consent_verify_file`.
    """
    head = (await _held(connection) if connection.dialect.name == "postgresql" else None) or Head(
        LEDGER
    )
    broken: Break | None = None
    while broken is None:
        rows = await _batch(connection, head.seq)
        if not rows:
            break
        outcome = follow(rows, head)
        if isinstance(outcome, Break):
            broken = outcome
        else:
            head = outcome
    broken = broken or await cut(connection, head) or await pointers(connection)
    return Verdict(head.seq, head, broken)


async def alarm(connection: AsyncConnection, broken: Break, now: datetime) -> str:
    """Stop sending by what the broken record allows, and say which purpose that is (`*` when it cannot be told)."""
    purpose = EVERYTHING
    if broken.reason in {"changed", "pointer"}:
        found = sa.select(consents.c.purpose).where(
            consents.c.ledger == LEDGER, consents.c.seq == broken.seq
        )
        purpose = str(await connection.scalar(found) or EVERYTHING)
    known = sa.select(consent_alarms.c.id).where(
        consent_alarms.c.seq == broken.seq, consent_alarms.c.cleared_at.is_(None)
    )
    if await connection.scalar(known) is None:
        await connection.execute(
            sa.insert(consent_alarms).values(
                ledger=LEDGER,
                seq=broken.seq,
                record=broken.record,
                purpose=purpose,
                reason=broken.reason,
                found_at=now,
            )
        )
    logger.error(
        "consent ledger is broken",
        extra={"seq": broken.seq, "record": broken.record, "reason": broken.reason},
    )
    return purpose


async def clear_alarms(connection: AsyncConnection, now: datetime) -> int:
    """Let sending go on after a human has repaired the ledger and it verifies."""
    cleared = await connection.execute(
        sa.update(consent_alarms)
        .where(consent_alarms.c.cleared_at.is_(None))
        .values(cleared_at=now)
    )
    return int(cleared.rowcount)


async def _held(connection: AsyncConnection) -> Head | None:
    """Ask PostgreSQL whether the whole chain holds: its end, or None when something is wrong or there is nothing."""
    row = (await connection.execute(_HELD, {"ledger": LEDGER, "genesis": GENESIS})).one()
    return Head(LEDGER, row.last, row.hash) if row.records and row.whole else None


async def _batch(connection: AsyncConnection, after: int) -> Sequence[Slim]:
    """Read the next rows; the database puts their texts together."""
    query = (
        sa.select(consents.c.seq, consents.c.id, consents.c.previous, consents.c.hash, _TEXT)
        .where(consents.c.ledger == LEDGER, consents.c.seq > after)
        .order_by(consents.c.seq)
        .limit(BATCH)
    )
    return (await connection.execute(query)).all()


async def cut(connection: AsyncConnection, head: Head) -> Break | None:
    """Find records cut off the end: the stored head is further, or differs."""
    query = sa.select(consent_heads.c.seq, consent_heads.c.hash).where(
        consent_heads.c.ledger == LEDGER
    )
    row = (await connection.execute(query)).first()
    return compared(head, tuple(row) if row is not None else None)


def compared(head: Head, stored: tuple[int, str] | None) -> Break | None:
    """Compare the end of a chain with the head that is stored apart."""
    if stored is None:
        return None if head.seq == 0 else Break(head.seq, "", "cut")
    if (head.seq, head.hash) != stored:
        return Break(min(head.seq, stored[0]) + 1, "", "cut")
    return None
