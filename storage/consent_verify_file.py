"""Checks the chain in an SQLite file on every core: the product's own file, a backup or an export.

A chain can be followed from any link whose hash is known, so the ledger is cut into runs; each process starts from the
stored hash before its run, and the process before it has proved that hash.
"""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path

from consent.chain import GENESIS, Break, Head, follow
from storage.consent_verify import BATCH, TEXT, Verdict, compared
from storage.consents import LEDGER

WORTH_A_PROCESS = 50_000
"""Records; starting a process costs about a third of a second."""
_TEXT = " || '\n' || ".join(column.name for column in TEXT)
_ROWS = (
    f"SELECT seq, id, previous, hash, {_TEXT} FROM consents "  # noqa: S608 - our own names
    "WHERE seq > ? AND seq <= ? ORDER BY seq"
)


def verify_file(path: Path, *, workers: int | None = None) -> Verdict:
    """Follow the whole chain and compare its end with the stored head. `workers` None: one per core."""
    with _opened(path) as connection:
        last = connection.execute("SELECT COALESCE(MAX(seq), 0) FROM consents").fetchone()[0]
        stored = connection.execute(
            "SELECT seq, hash FROM consent_heads WHERE ledger = ?", (LEDGER,)
        ).fetchone()
    count = min(workers or multiprocessing.cpu_count(), 1 + last // WORTH_A_PROCESS)
    edges = [last * number // count for number in range(count + 1)]
    runs = [(path, start, end) for start, end in pairwise(edges)]
    if count == 1:
        outcomes = [follow_run(*runs[0])]
    else:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(count, mp_context=context) as pool:
            outcomes = list(pool.map(follow_run, *zip(*runs, strict=True)))
    head = Head(LEDGER)
    for outcome in outcomes:
        if isinstance(outcome, Break):
            return Verdict(outcome.seq - 1, head, outcome)
        head = outcome
    return Verdict(head.seq, head, compared(head, stored))


def follow_run(path: Path, start: int, end: int) -> Head | Break:
    """Follow the records after `start` up to `end`."""
    with _opened(path) as connection:
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
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        connection.execute("PRAGMA mmap_size = 1073741824")
        yield connection
