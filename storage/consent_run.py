"""One run of the chain in an SQLite file. Imports little, because a process of a check may have to import it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from consent.chain import GENESIS, TEXT_COLUMNS, Break, Head, follow, hold_pace

LEDGER = "consents"
MAPPED = 2**31 - 2**16
"""Bytes of a file read without copying: the most SQLite allows."""
TEXT_SQL = " || '\n' || ".join(TEXT_COLUMNS)
"""The hashed text of a record, put together by the database; both engines read it alike."""
_FAST = f"SELECT hash, {TEXT_SQL} FROM consents WHERE seq > ? AND seq <= ? ORDER BY seq"  # noqa: S608 - our own names
_SLIM = (
    f"SELECT seq, id, previous, hash, CAST({TEXT_SQL} AS BLOB) FROM consents "  # noqa: S608 - our own names
    "WHERE seq > ? AND seq <= ? ORDER BY seq"
)


def follow_run(path: Path, start: int, end: int) -> Head | Break:
    """Follow the records after `start` up to `end`.

    The quick pass asks of a record only that its text begins with the hash before it and hashes to its own, which no
    change, loss or swap survives; the first that fails is looked at again for what happened to it.
    """
    with opened(path) as connection:
        before = connection.execute("SELECT hash FROM consents WHERE seq = ?", (start,)).fetchone()
        if before is None and start:
            return Break(start, "", "missing")
        head = Head(LEDGER, start, before[0] if before else GENESIS)
        connection.text_factory = bytes
        head = hold_pace(connection.execute(_FAST, (start, end)), head)
        connection.text_factory = partial(str, encoding="utf-8", errors="replace")
        return head if head.seq == end else follow(connection.execute(_SLIM, (head.seq, end)), head)


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file read-only, in one transaction: everything read is of the same moment."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        connection.execute(f"PRAGMA mmap_size = {MAPPED}")
        connection.execute("BEGIN")
        yield connection
