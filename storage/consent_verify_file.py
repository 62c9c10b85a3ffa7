"""Checks the whole ledger in an SQLite file on every core: the product's own file, or a copy of it.

A chain can be followed from any link whose hash is known, so the ledger is cut into runs; each process starts from the
stored hash before its run, and the process before it has proved that hash. One process compares the pointers meanwhile.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import pairwise
from pathlib import Path

from consent.chain import Break, Head
from storage.consent_pointers import file_pointers
from storage.consent_run import LEDGER, follow_run, opened
from storage.consent_verify import Verdict, compared

WORTH_A_PROCESS = 20_000
"""Records; a forked process costs some hundredths of a second."""
RUNS = 4
"""Runs for each process, so that none is left with a long last one."""
_HEAD = "SELECT seq, hash FROM consent_heads WHERE ledger = ?"

Outcome = Head | Break | None
Task = Callable[[], Outcome]


def verify_file(path: Path, *, workers: int | None = None, runs: int | None = None) -> Verdict:
    """Check chain, head and pointers as of one moment.

    workers: processes, None for one per core. runs: pieces of the chain, None for some to each process.
    """
    with opened(path) as connection:
        last = connection.execute("SELECT COALESCE(MAX(seq), 0) FROM consents").fetchone()[0]
        stored = connection.execute(_HEAD, (LEDGER,)).fetchone()
    count = min(workers or multiprocessing.cpu_count(), 1 + last // WORTH_A_PROCESS)
    runs = runs or (1 if count == 1 else RUNS * count)
    edges = [last * number // runs for number in range(runs + 1)]
    work: list[Task] = [partial(pointers_of, path)]
    work.extend(partial(follow_run, path, start, end) for start, end in pairwise(edges))
    outcomes = [task() for task in work] if count == 1 else _everywhere(work, count)
    return _joined(outcomes, stored)


def pointers_of(path: Path) -> Break | None:
    """Compare the pointers, of a moment of its own: a record and its pointer are stored together."""
    with opened(path) as connection:
        return file_pointers(connection)


def _joined(outcomes: Sequence[Outcome], stored: tuple[int, str] | None) -> Verdict:
    """Join what the pointers and the runs in their order came to."""
    pointer, *chain = outcomes
    head = Head(LEDGER)
    for outcome in chain:
        if isinstance(outcome, Break):
            return Verdict(outcome.seq - 1, head, outcome)
        head = outcome or head
    broken = compared(head, stored)
    if broken is None and isinstance(pointer, Break):
        broken = pointer
    return Verdict(head.seq, head, broken)


def _everywhere(work: Sequence[Task], count: int) -> list[Outcome]:
    """Do it in processes. A fork takes the loaded modules along; beside threads only a fresh process is safe."""
    alone = threading.active_count() == 1 and "fork" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if alone else "spawn")
    with ProcessPoolExecutor(count, mp_context=context) as pool:
        return list(pool.map(_call, work))


def _call(task: Task) -> Outcome:
    return task()
