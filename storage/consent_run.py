"""One run of the chain in an SQLite file. Imports little, because every process of a check imports it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from consent.chain import GENESIS, TEXT_COLUMNS, Break, Head, follow

LEDGER = "consents"
BATCH = 2_000
"""Rows in memory at a time; few enough to stay in the cache of a core."""
MAPPED = 2**30
_TEXT = " || '\n' || ".join(TEXT_COLUMNS)
_ROWS = (
    f"SELECT seq, id, previous, hash, CAST({_TEXT} AS BLOB) FROM consents "  # noqa: S608 - our own names
    "WHERE seq > ? AND seq <= ? ORDER BY seq"
)


def follow_run(path: Path, start: int, end: int) -> Head | Break:
    """Follow the records after `start` up to `end`."""
    with opened(path) as connection:
        before = connection.execute("SELECT hash FROM consents WHERE seq = ?", (start,)).fetchone()
        if before is None and start:
            return Break(start, "", "missing")
        head = Head(LEDGER, start, before[0] if before else GENESIS)
        cursor = connection.execute(_ROWS, (start, end))
        while rows := cursor.fetchmany(BATCH):
            outcome = follow(rows, head)
            if isinstance(outcome, Break):
                return outcome
            head = outcome
    return head


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file read-only."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        connection.execute(f"PRAGMA mmap_size = {MAPPED}")
        yield connection
