"""Checks the whole ledger: the chain in stored order, then every pointer against the fold."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from consent.chain import Break, Head, follow
from storage.consents import LEDGER, ROW
from storage.tables.consents import (
    consent_alarms,
    consent_heads,
    consent_state,
    consent_subjects,
    consents,
)

logger = logging.getLogger(__name__)

BATCH = 20_000
"""Rows in memory at a time (about 30 MB)."""
EVERYTHING = "*"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found. `head` is the last link that holds; `broken` is None when all of it does."""

    records: int
    head: Head
    broken: Break | None

    @property
    def ok(self) -> bool:
        return self.broken is None


async def verify(
    connection: AsyncConnection, *, progress: Callable[[int], None] | None = None
) -> Verdict:
    """Check chain, head and pointers; name the first record that does not hold."""
    head = Head(LEDGER)
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
            if progress is not None:
                progress(head.seq)
    broken = broken or await _cut(connection, head) or await _pointers(connection)
    return Verdict(head.seq, head, broken)


def verify_file(path: Path, *, progress: Callable[[int], None] | None = None) -> Verdict:
    """Check the chain of an SQLite file (a backup, an export) without any of our machinery."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        cursor = connection.execute(
            f"SELECT {', '.join(c.name for c in ROW)} FROM consents "  # noqa: S608 - our own names
            "WHERE ledger = ? ORDER BY seq",
            (LEDGER,),
        )
        head = Head(LEDGER)
        while rows := cursor.fetchmany(BATCH):
            outcome = follow(rows, head)
            if isinstance(outcome, Break):
                return Verdict(head.seq, head, outcome)
            head = outcome
            if progress is not None:
                progress(head.seq)
        stored = connection.execute(
            "SELECT seq, hash FROM consent_heads WHERE ledger = ?", (LEDGER,)
        ).fetchone()
    return Verdict(head.seq, head, _compared(head, stored))


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


async def _batch(connection: AsyncConnection, after: int) -> Sequence[Sequence[Any]]:
    query = (
        sa.select(*ROW)
        .where(consents.c.ledger == LEDGER, consents.c.seq > after)
        .order_by(consents.c.seq)
        .limit(BATCH)
    )
    rows = (await connection.execute(query)).all()
    return [tuple(row) for row in rows]


async def _cut(connection: AsyncConnection, head: Head) -> Break | None:
    """Find records cut off the end: the stored head is further, or differs."""
    query = sa.select(consent_heads.c.seq, consent_heads.c.hash).where(
        consent_heads.c.ledger == LEDGER
    )
    row = (await connection.execute(query)).first()
    return _compared(head, tuple(row) if row is not None else None)


def _compared(head: Head, stored: tuple[int, str] | None) -> Break | None:
    if stored is None:
        return None if head.seq == 0 else Break(head.seq, "", "cut")
    if (head.seq, head.hash) != stored:
        return Break(min(head.seq, stored[0]) + 1, "", "cut")
    return None


async def _pointers(connection: AsyncConnection) -> Break | None:
    """Find a line whose pointer is not the record the fold would choose.

    The fold's law in SQL: a proven grant or any other deed speaks before an unproven grant; then the later event,
    then the later number.
    """
    unproven = sa.and_(consents.c.action == "grant", consents.c.body.contains('"proven":false'))
    rank = sa.func.row_number().over(
        partition_by=(consents.c.subject, consents.c.purpose, consents.c.child),
        order_by=(
            sa.case((unproven, 1), else_=0),
            consents.c.at.desc(),
            consents.c.seq.desc(),
        ),
    )
    last = (
        sa.select(
            consents.c.subject,
            consents.c.purpose,
            consents.c.child,
            consents.c.seq,
            consents.c.id,
            rank.label("rank"),
        )
        .where(consents.c.ledger == LEDGER)
        .subquery()
    )
    who, about = consent_subjects.alias("who"), consent_subjects.alias("about")
    person = sa.case((who.c.person_id.is_(None), 0), else_=who.c.person_id)
    query = (
        sa.select(last.c.seq, last.c.id)
        .join_from(last, who, who.c.subject == last.c.subject)
        .outerjoin(about, about.c.subject == last.c.child)
        .outerjoin(
            consent_state,
            sa.and_(
                consent_state.c.person_id == person,
                consent_state.c.purpose == last.c.purpose,
                consent_state.c.child_id == sa.func.coalesce(about.c.child_id, 0),
            ),
        )
        .where(
            last.c.rank == 1,
            sa.or_(last.c.child == "", about.c.subject.is_not(None)),
            sa.or_(consent_state.c.seq.is_(None), consent_state.c.seq != last.c.seq),
        )
        .order_by(last.c.seq)
        .limit(1)
    )
    row = (await connection.execute(query)).first()
    return Break(row.seq, row.id, "pointer") if row is not None else None
