"""Several schools side by side: a thousand families are houses of their own, a process for each core."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any

from bot import quick_aiogram

HOUSE = 500
"""Families of one school at most; more would only make each step longer."""


def simulate_schools(families: int, days: int, seed: int, *, faults: bool = True) -> dict[str, Any]:
    """Run `days` of as many schools as `families` fill; the result has the shape of `run.simulate`.

    How many schools there are depends on the families alone, so the same arguments give the same run on any machine.
    """
    began = time.monotonic()
    count = -(-families // HOUSE)
    sizes = [families // count + (number < families % count) for number in range(count)]
    work = [(size, seed + 1000 * number) for number, size in enumerate(sizes)]
    play = partial(_school, days=days, faults=faults)
    if count == 1:
        found = [play(work[0])]
    else:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(min(count, os.cpu_count() or 1), context) as pool:
            found = list(pool.map(play, work))
    return joined(found, seed, round(time.monotonic() - began, 1))


def joined(found: Sequence[dict[str, Any]], seed: int, seconds: float) -> dict[str, Any]:
    """Add up the findings of schools."""
    counts: dict[str, Any] = {}
    for one in found:
        for name, value in one["counts"].items():
            if isinstance(value, dict):
                counts[name] = dict(Counter(counts.get(name, {})) + Counter(value))
            else:
                counts[name] = counts.get(name, 0) + value
    return {
        "ok": all(one["ok"] for one in found),
        "violations": [wrong for one in found for wrong in one["violations"]][:50],
        "seed": seed,
        "counts": counts,
        "seconds": seconds,
    }


def _school(work: tuple[int, int], *, days: int, faults: bool) -> dict[str, Any]:
    quick_aiogram.install()
    from bot.simulate.run import simulate  # noqa: PLC0415 - after aiogram was made quick
    from bot.startup import settle_memory  # noqa: PLC0415

    settle_memory()
    families, seed = work
    return asyncio.run(simulate(families, days, seed, faults=faults))
