"""A person's words in messages to others: cards for staff and experts, what was carried to a mentor, join requests.

Their rows belong to the reader, so no column names the person; the keys of the rows name what they are about.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import metadata
from storage.tables.delivery import outbox

Whose = Callable[[sa.Table], Sequence[sa.ColumnElement[bool]]]
"""Conditions that find the person's rows in a table."""

COPIES: Sequence[tuple[str, str]] = (
    ("escalations", "escalation:{id}:"),
    ("questions", "question:{id}:"),
    ("ama_questions", "ama:{session_id}:question:{id}:"),
    ("ama_questions", "ama:{session_id}:stage:{id}"),
    ("ama_questions", "ama:{session_id}:desk:{id}"),
    ("cases", "case:{id}:"),
    ("mentor_applications", "mentor:application:{id}:"),
    ("mentor_pairs", "mentor:pair:{id}:message:"),
    ("join_requests", "join:{community_id}:{telegram_id}:"),
)
"""Where the person's thing is, and how the keys begin under which others were told of it."""


async def erase_copies(connection: AsyncConnection, whose: Whose, now: datetime) -> int:
    """Empty what others were told, take back what has not left; tell how many rows. The rules of tables run later."""
    prefixes = [prefix async for prefix in _prefixes(connection, whose)]
    is_sqlite = connection.dialect.name == "sqlite"
    rows = 0
    for prefix in prefixes:
        done = await connection.execute(
            sa.update(outbox).where(_begins(prefix, is_sqlite=is_sqlite)).values(emptied(now))
        )
        rows += done.rowcount
    return rows


def emptied(now: datetime) -> dict[str, Any]:
    """Give the values of an emptied row of the outbox; an open one does not leave any more."""
    is_open = outbox.c.state.in_(["planned", "claimed"]) & outbox.c.handed_at.is_(None)
    return {
        "key": sa.case(
            (
                outbox.c.key.startswith("join:"),
                sa.literal("erased:") + sa.cast(outbox.c.id, sa.String),
            ),
            else_=outbox.c.key,
        ),
        "facts": {},
        "reasons": [],
        "state": sa.case((is_open, "suppressed"), else_=outbox.c.state),
        "reason": sa.case((is_open, "person.erased"), else_=outbox.c.reason),
        "done_at": sa.case(
            (is_open, sa.literal(now, outbox.c.done_at.type)), else_=outbox.c.done_at
        ),
        "worker": sa.case((is_open, None), else_=outbox.c.worker),
    }


async def _prefixes(connection: AsyncConnection, whose: Whose) -> AsyncIterator[str]:
    for name, form in COPIES:
        table = metadata.tables[name]
        if conditions := whose(table):
            found = await connection.execute(sa.select(table).where(sa.or_(*conditions)))
            for row in found.mappings().all():
                yield form.format_map(dict(row))


def _begins(prefix: str, *, is_sqlite: bool) -> sa.ColumnElement[bool]:
    """Ask SQLite for a range, which its index of keys answers; PostgreSQL's collation may order otherwise."""
    if not is_sqlite:
        return outbox.c.key.startswith(prefix, autoescape=True)
    end = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    return (outbox.c.key >= prefix) & (outbox.c.key < end)
