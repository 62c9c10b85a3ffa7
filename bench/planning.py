"""Plan a weekly digest for everybody: rows a second and memory, beside an APScheduler job per message.

    python -m bench.planning [--recipients 100000]

Every recipient is a guardian with a child, in one time zone, so that all digests come due at the same hour; the gate is
asked for each. The baseline adds one APScheduler job per recipient to its SQLite job store.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import resource
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from bot.simulate.clock import FlowingClock
from delivery.planning import Planning
from delivery.policy import GatePolicy
from scheduler.digests import Digests
from scheduler.plan.digests import DigestPolicy
from storage.database import Database
from storage.migrate import upgrade
from storage.seal import Seal

SUNDAY = datetime(2026, 11, 29, 14, 50, tzinfo=UTC)
_SEAL = Seal(["MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="])
BASELINE_JOBS = 2_000


async def measure(recipients: int = 100_000) -> dict[str, float]:
    """Measure planning; seconds, rows a second, megabytes above what was resident before, and the baseline."""
    with TemporaryDirectory() as name:
        clock = FlowingClock(SUNDAY)
        database = Database(f"sqlite+aiosqlite:///{Path(name) / 'opora.db'}", clock, _SEAL)
        await upgrade(database)
        await _people(database, recipients)
        planning: Any = Planning(GatePolicy())
        digests: Digests[Any] = Digests(database, planning, DigestPolicy())
        gc.collect()
        before = _megabytes()
        began, cpu = time.perf_counter(), time.process_time()
        planned = await digests.tick()
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
        after = _megabytes()
        await database.close()
        if planned != recipients:
            message = f"{planned} of {recipients} planned"
            raise AssertionError(message)
        return {
            "seconds": round(seconds, 2),
            "rows_per_s": round(recipients / seconds),
            "rows_per_cpu_s": round(recipients / cpu),
            "million_seconds": round(seconds * 1_000_000 / recipients, 1),
            "megabytes_above": round(after - before, 1),
            "apscheduler_jobs_per_s": round(_baseline(Path(name))),
        }


def _baseline(folder: Path) -> float:
    """Add one job per message to APScheduler's own store, as a bot author would."""
    store = SQLAlchemyJobStore(url=f"sqlite:///{folder / 'jobs.db'}")
    scheduler = BackgroundScheduler(jobstores={"default": store}, timezone="UTC")
    scheduler.start(paused=True)
    began = time.perf_counter()
    for number in range(BASELINE_JOBS):
        at = datetime(2126, 1, 1, tzinfo=UTC) + timedelta(seconds=number)
        scheduler.add_job("bench.planning:nothing", "date", run_date=at, args=[number])
    spent = time.perf_counter() - began
    scheduler.shutdown(wait=False)
    return BASELINE_JOBS / spent


def nothing(_number: int) -> None:
    """Stand for the sending of a message."""


async def _people(database: Database, count: int) -> None:
    people = (
        "INSERT INTO people (telegram_id, language, zone, channel, created_at, stage) "
        "VALUES (?, 'ru', 'Europe/Moscow', 'active', 0, 'done')"
    )
    children = "INSERT INTO children (id, created_at) VALUES (?, 0)"
    guards = (
        "INSERT INTO guardians (person_id, child_id, relation, verified_by, since) "
        "VALUES (?, ?, 'parent', 'declared', 0)"
    )
    for start in range(1, count + 1, 10_000):
        numbers = range(start, min(start + 10_000, count + 1))
        async with database.begin() as unit:
            await unit.connection.exec_driver_sql(people, [(1_000 + n,) for n in numbers])
            await unit.connection.exec_driver_sql(children, [(n,) for n in numbers])
            await unit.connection.exec_driver_sql(guards, [(n, n) for n in numbers])


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--recipients", type=int, default=100_000)
    print(asyncio.run(measure(parser.parse_args().recipients)))
