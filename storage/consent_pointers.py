"""Pointers to the records in force, compared with the fold: in sets, on both engines, by the same SQL.

Nearly always the record in force is the last of its line, which an index answers; only other lines are folded.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from consent.chain import COLUMNS, Break, read
from consent.fold import standing

_KNOWN = """
FROM consent_subjects who CROSS JOIN consents line
LEFT JOIN consent_subjects about ON line.child <> '' AND about.subject = line.child
"""
_LINES = """
WHERE line.subject = who.subject AND (line.child = '' OR about.subject IS NOT NULL)
GROUP BY who.subject, line.purpose, line.child
"""
"""Lines of people who are known; erasure forgets who a pseudonym was."""
_POINTED = """
FROM consent_state state
LEFT JOIN consents line ON line.seq = state.seq
LEFT JOIN consent_subjects who ON state.person_id <> 0 AND who.person_id = state.person_id
LEFT JOIN consent_subjects about ON state.child_id <> 0 AND about.child_id = state.child_id
"""
_OWN = """line.purpose = state.purpose AND line.subject = coalesce(who.subject, about.subject)
AND line.child = coalesce(about.subject, '')"""
"""A pointer names a record of its own line."""

LAST = f"SELECT count(*), sum(seq) FROM (SELECT max(line.seq) AS seq {_KNOWN} {_LINES}) AS last"  # noqa: S608 - our own words
POINTED = f"SELECT count(*), sum(state.seq), count(CASE WHEN {_OWN} THEN 1 END) {_POINTED}"
DOUBTFUL = f"""
SELECT who.subject, line.purpose, line.child, max(state.seq) {_KNOWN}
LEFT JOIN consent_state state ON state.person_id = coalesce(who.person_id, 0)
    AND state.purpose = line.purpose AND state.child_id = coalesce(about.child_id, 0)
{_LINES} HAVING max(state.seq) IS NULL OR max(state.seq) <> max(line.seq) ORDER BY max(line.seq)
"""
STRAY = f"SELECT min(state.seq) {_POINTED} WHERE NOT coalesce({_OWN}, FALSE)"
LINE = (
    f"SELECT {', '.join(COLUMNS)} FROM consents "  # noqa: S608 - our own names
    "WHERE subject = :subject AND purpose = :purpose AND child = :child"
)


def file_pointers(connection: sqlite3.Connection) -> Break | None:
    """Find the first wrong pointer in an SQLite file."""
    if _agree(connection.execute(LAST).fetchone(), connection.execute(POINTED).fetchone()):
        return None
    for subject, purpose, child, pointer in connection.execute(DOUBTFUL).fetchall():
        line = {"subject": subject, "purpose": purpose, "child": child}
        if broken := _wrong(connection.execute(LINE, line).fetchall(), pointer):
            return broken
    return _strayed(connection.execute(STRAY).fetchone()[0])


async def pointers(connection: AsyncConnection) -> Break | None:
    """Find the first wrong pointer by the product's own connection."""
    last = (await connection.execute(sa.text(LAST))).one()
    if _agree(last, (await connection.execute(sa.text(POINTED))).one()):
        return None
    for subject, purpose, child, pointer in (await connection.execute(sa.text(DOUBTFUL))).all():
        line = {"subject": subject, "purpose": purpose, "child": child}
        found = (await connection.execute(sa.text(LINE), line)).all()
        if broken := _wrong(found, pointer):
            return broken
    return _strayed(await connection.scalar(sa.text(STRAY)))


def _agree(last: Sequence[Any], pointed: Sequence[Any]) -> bool:
    """Tell whether every line has a pointer at its last record.

    Each pointer that names a record of its own line stands at its last one or before it. As many pointers as lines, all
    their own, with the same sum of places: none stands before.
    """
    lines, places = last
    count, pointed_places, own = pointed
    return (lines, places) == (count, pointed_places) and own == count


def _wrong(rows: Sequence[Sequence[Any]], pointer: int | None) -> Break | None:
    """Fold one line; a break when its pointer is elsewhere, or a record cannot be read (the chain breaks there too)."""
    try:
        records = [read(tuple(row)) for row in rows]
    except (ValueError, KeyError, TypeError):
        return Break(min(int(row[1]) for row in rows), "", "changed")
    chosen = standing(records, max(record.received_at for record in records))
    right = next(r for r in records if chosen is not None and r.id == chosen.record)
    return Break(right.seq, right.id, "pointer") if right.seq != pointer else None


def _strayed(seq: int | None) -> Break | None:
    return Break(seq, "", "pointer") if seq is not None else None
