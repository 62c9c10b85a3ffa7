"""Checks the whole ledger: the chain in stored order, then every pointer against the fold."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from consent.chain import TEXT_COLUMNS, Break, Head, Slim, follow, read
from consent.fold import standing
from storage.consents import LEDGER
from storage.tables.consents import (
    ROW,
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
TEXT = tuple(consents.c[name] for name in TEXT_COLUMNS)
"""Columns in the order of `consent.chain.text_of`."""


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


async def _batch(connection: AsyncConnection, after: int) -> Sequence[Slim]:
    """Read the next rows; the database puts their texts together."""
    text: sa.ColumnElement[Any] = sa.cast(TEXT[0], sa.Text)
    for column in TEXT[1:]:
        text = text + sa.literal("\n", sa.Text) + sa.cast(column, sa.Text)
    query = (
        sa.select(consents.c.seq, consents.c.id, consents.c.previous, consents.c.hash, text)
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


async def pointers(connection: AsyncConnection) -> Break | None:
    """Find the first line whose pointer is not the record the fold chooses.

    Nearly always that is the line's last record, which an index answers; only the rest is folded.
    """
    for row in await connection.execute(_doubtful()):
        line = sa.select(*ROW).where(
            consents.c.subject == row.subject,
            consents.c.purpose == row.purpose,
            consents.c.child == row.child,
        )
        records = [read(tuple(one)) for one in await connection.execute(line)]
        chosen = standing(records, max(record.received_at for record in records))
        right = next(r for r in records if chosen is not None and r.id == chosen.record)
        if right.seq != row.pointer:
            return Break(right.seq, right.id, "pointer")
    return None


def _doubtful() -> sa.Select[Any]:
    """Select lines of known people whose pointer is not at their last record."""
    last = (
        sa.select(
            consents.c.subject,
            consents.c.purpose,
            consents.c.child,
            sa.func.max(consents.c.seq).label("seq"),
        )
        .group_by(consents.c.subject, consents.c.purpose, consents.c.child)
        .subquery()
    )
    who, about = consent_subjects.alias("who"), consent_subjects.alias("about")
    pointed = sa.and_(
        consent_state.c.person_id == sa.func.coalesce(who.c.person_id, 0),
        consent_state.c.purpose == last.c.purpose,
        consent_state.c.child_id == sa.func.coalesce(about.c.child_id, 0),
    )
    return (
        sa.select(
            last.c.subject, last.c.purpose, last.c.child, consent_state.c.seq.label("pointer")
        )
        .join_from(last, who, who.c.subject == last.c.subject)
        .outerjoin(about, sa.and_(about.c.subject == last.c.child, last.c.child != ""))
        .outerjoin(consent_state, pointed)
        .where(
            sa.or_(last.c.child == "", about.c.subject.is_not(None)),
            sa.or_(consent_state.c.seq.is_(None), consent_state.c.seq != last.c.seq),
        )
        .order_by(last.c.seq)
    )
