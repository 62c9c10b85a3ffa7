"""Plan a weekly digest for everybody: rows a second and memory, beside an APScheduler job per message.

    python -m bench.planning [--recipients 100000]

Every recipient is a guardian in one time zone whose consent to the data of one child is in the ledger, so that all
digests come due at the same hour and may leave; the gate is asked for each.

The baseline adds one APScheduler job per recipient to its SQLite job store.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import resource
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from bot.simulate.clock import FlowingClock
from consent.chain import COLUMNS, Head, Row, link
from consent.purposes import Purpose
from consent.record import (
    Action,
    Channel,
    Controller,
    DocumentRef,
    Draft,
    Grantor,
    Relation,
    instant,
)
from core.effects import RowState
from delivery.planning import Planning
from delivery.policy import GatePolicy
from scheduler.digests import Digests
from scheduler.plan.digests import DigestPolicy
from storage.consents import LEDGER
from storage.database import Database
from storage.migrate import upgrade
from storage.seal import Seal

SUNDAY = datetime(2026, 11, 29, 14, 50, tzinfo=UTC)
_SEAL = Seal(["MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="])
BASELINE_JOBS = 2_000


async def measure(recipients: int = 100_000, *, baseline: bool = True) -> dict[str, float]:
    """Measure planning; seconds, rows a second, megabytes above what was resident before, and the baseline."""
    with TemporaryDirectory() as name:
        clock = FlowingClock(SUNDAY)
        database = Database(f"sqlite+aiosqlite:///{Path(name) / 'opora.db'}", clock, _SEAL)
        await upgrade(database)
        await move_in(database, recipients)
        planning: Any = Planning(GatePolicy())
        digests: Digests[Any] = Digests(database, planning, DigestPolicy())
        gc.collect()
        with Memory() as memory:
            began, cpu = time.perf_counter(), time.process_time()
            planned = await digests.tick()
            seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
        async with database.reading() as unit:
            waiting = (await unit.outbox.count_by_state()).get(RowState.PLANNED, 0)
        await database.close()
        if not planned == waiting == recipients:
            message = f"{planned} of {recipients} planned, {waiting} may leave"
            raise AssertionError(message)
        return {
            "seconds": round(seconds, 2),
            "rows_per_s": round(recipients / seconds),
            "rows_per_cpu_s": round(recipients / cpu),
            "million_seconds": round(seconds * 1_000_000 / recipients, 1),
            "million_cpu_seconds": round(cpu * 1_000_000 / recipients, 1),
            "megabytes_above": round(memory.above, 1),
            **({"apscheduler_jobs_per_s": round(_baseline(Path(name)))} if baseline else {}),
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


async def move_in(database: Database, count: int) -> None:
    """Lay people, children, consents and their pointers into the database, by the chain's own code."""
    head, controller = Head(LEDGER), Controller()
    for start in range(1, count + 1, 10_000):
        numbers = range(start, min(start + 10_000, count + 1))
        records: list[Row] = []
        for number in numbers:
            row, head = link(
                _draft(number), f"01990000-0000-7000-a000-{number:012d}", head, controller
            )
            records.append(row)
        async with database.begin() as unit:
            run = unit.connection.exec_driver_sql
            await run(_PEOPLE, [(1_000 + n,) for n in numbers])
            await run(_CHILDREN, [(n,) for n in numbers])
            await run(_GUARDS, [(n, n) for n in numbers])
            await run(_SUBJECTS, [(_parent(n), n, None) for n in numbers])
            await run(_SUBJECTS, [(_child(n), None, n) for n in numbers])
            await run(_CONSENTS, [tuple(row) for row in records])
            await run(_STATE, [(n, n, LEDGER, n) for n in numbers])


def _draft(number: int) -> Draft:
    at = instant(1_790_000_000_000_000 + number)
    return Draft(
        subject=_parent(number),
        child=_child(number),
        purpose=Purpose.CHILD_DATA,
        action=Action.GRANT,
        at=at,
        received_at=at,
        grantor=Grantor(Relation.PARENT),
        channel=Channel.BOT,
        receipt=f"01990000-0000-7000-9000-{number:012d}",
        document=DocumentRef(Purpose.CHILD_DATA, 1, "ru", "0" * 64),
        served=f"01990000-0000-7000-8000-{number:012d}",
    )


def _parent(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def _child(number: int) -> str:
    return f"00000000-0000-4000-9000-{number:012d}"


_PEOPLE = (
    "INSERT INTO people (telegram_id, language, zone, channel, created_at, stage) "
    "VALUES (?, 'ru', 'Europe/Moscow', 'active', 0, 'done')"
)
_CHILDREN = "INSERT INTO children (id, created_at) VALUES (?, 0)"
_GUARDS = (
    "INSERT INTO guardians (person_id, child_id, relation, verified_by, since) "
    "VALUES (?, ?, 'parent', 'declared', 0)"
)
_SUBJECTS = "INSERT INTO consent_subjects (subject, person_id, child_id) VALUES (?, ?, ?)"
_CONSENTS = f"INSERT INTO consents ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - our own names
_STATE = (
    "INSERT INTO consent_state (person_id, purpose, child_id, ledger, seq) "
    "VALUES (?, 'child_data', ?, ?, ?)"
)


class Memory:
    """Watches what is resident while a block runs; `above` is the highest over what was there before, megabytes."""

    def __init__(self) -> None:
        self.above = 0.0
        self._over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._before = _megabytes()
        self._watcher.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._watcher.join()

    def _watch(self) -> None:
        while not self._over.wait(0.02):
            self.above = max(self.above, _megabytes() - self._before)


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--recipients", type=int, default=100_000)
    parser.add_argument("--alone", action="store_true", help="leave the baseline out")
    asked = parser.parse_args()
    print(asyncio.run(measure(asked.recipients, baseline=not asked.alone)))
