"""Checks the chain in an SQLite file on every core: the product's own file, a backup or an export.

A chain can be followed from any link whose hash is known, so the ledger is cut into runs; each process starts from the
stored hash before its run, and the process before it has proved that hash.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path

from consent.chain import Break, Head
from storage.consent_run import LEDGER, follow_run, opened
from storage.consent_verify import Verdict, compared

WORTH_A_PROCESS = 200_000
"""Records; starting a process costs about a third of a second."""


def verify_file(path: Path, *, workers: int | None = None) -> Verdict:
    """Follow the whole chain and compare its end with the stored head. `workers` None: one per core."""
    with opened(path) as connection:
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
